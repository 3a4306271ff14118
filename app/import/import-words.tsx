import { useMemo } from 'react'
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { titled } from '#app/ui/title.ts'
import { sayIn, wordsIn } from './words.ts'

/** The words and numbers of the page's language. */
export function useWords() {
  const language = useLanguage()
  return useMemo(
    () => ({ say: sayIn(language), words: wordsIn(language), figures: figuresOf(language) }),
    [language],
  )
}

/**
 * The title of an import page in its language. The page may say where a form comes from: a form
 * that is sent without scripts is refused where the browser hides that from our own site.
 */
export const importMeta = ({ data }: { data?: { language: Language } | undefined }) => [
  ...titled(sayIn(data?.language ?? 'en')('import')),
  { name: 'referrer', content: 'same-origin' },
]
