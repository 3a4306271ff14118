/** What the room says of its line to the server, in the language of the page. */
import { useMemo } from 'react'
import type { SameKeys } from '#app/ui/job-words.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { fillPhrase, type Language } from '#app/ui/languages.ts'
import { deskWordsEn } from './desk-words-en.ts'
import { deskWordsPt } from './desk-words-pt.ts'

export type DeskWordKey = keyof typeof deskWordsEn
export type DeskWords = SameKeys<typeof deskWordsEn>

const catalogue: Record<Language, DeskWords> = { en: deskWordsEn, pt: deskWordsPt }

/** Says a phrase; plural forms need a `count`. */
export type SayDesk = (
  key: DeskWordKey,
  values?: Readonly<Record<string, string | number>>,
) => string

export const sayDeskIn =
  (language: Language): SayDesk =>
  (key, values) =>
    fillPhrase(language, catalogue[language][key], values)

/** What says them in the page's language. */
export function useDeskWords(): SayDesk {
  const language = useLanguage()
  return useMemo(() => sayDeskIn(language), [language])
}
