/** The words of the import screens in the language of the page. */
import type { SameKeys } from '#app/ui/job-words.ts'
import { fillPhrase, type Language } from '#app/ui/languages.ts'
import { wordsEn } from './words-en.ts'
import { wordsPt } from './words-pt.ts'

type English = typeof wordsEn
export type WordKey = keyof English
/** What every language must say. */
export type Words = SameKeys<English>

const catalogue: Record<Language, Words> = { en: wordsEn, pt: wordsPt }

/** Says a phrase; plural forms need a `count`. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string

/** All words of a language, for pieces that take them as a whole. */
export const wordsIn = (language: Language): Words => catalogue[language]

/** What says phrases in a language. */
export const sayIn =
  (language: Language): Say =>
  (key, values) =>
    fillPhrase(language, catalogue[language][key], values)

const knownKeys = new Set(Object.keys(wordsEn))
const isKey = (key: string): key is WordKey => knownKeys.has(key)

/** The phrase of a key that is put together, such as a field's; the last part where there is none. */
export const sayPart = (say: Say, group: string, part: string): string => {
  const key = `${group}.${part}`
  return isKey(key) ? say(key) : part
}
