/** The words of a rater's own pages in the language of the page. */
import { useMemo } from 'react'
import type { SameKeys } from '#app/ui/job-words.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf, fillPhrase, type Language } from '#app/ui/languages.ts'
import { workWordsEn } from './work-words-en.ts'
import { workWordsPt } from './work-words-pt.ts'

export type WorkWordKey = keyof typeof workWordsEn
/** What every language must say. */
export type WorkWords = SameKeys<typeof workWordsEn>

const catalogue: Record<Language, WorkWords> = { en: workWordsEn, pt: workWordsPt }

export type WorkSay = (
  key: WorkWordKey,
  values?: Readonly<Record<string, string | number>>,
) => string

/** What says phrases in a language. */
export const workSayIn =
  (language: Language): WorkSay =>
  (key, values) =>
    fillPhrase(language, catalogue[language][key], values)

/** The words and numbers of the page's language. */
export function useWorkWords() {
  const language = useLanguage()
  return useMemo(() => ({ say: workSayIn(language), figures: figuresOf(language) }), [language])
}
