/** The words of the rating room in the language of the page. */
import { useMemo } from 'react'
import type { SameKeys } from '#app/ui/job-words.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf, fillPhrase, type Language } from '#app/ui/languages.ts'
import { roomWordsEn } from './room-words-en.ts'
import { roomWordsPt } from './room-words-pt.ts'

export type RoomWordKey = keyof typeof roomWordsEn
/** What every language must say. */
export type RoomWords = SameKeys<typeof roomWordsEn>

const catalogue: Record<Language, RoomWords> = { en: roomWordsEn, pt: roomWordsPt }

/** Says a phrase of the room; plural forms need a `count`. */
export type RoomSay = (
  key: RoomWordKey,
  values?: Readonly<Record<string, string | number>>,
) => string

/** What says phrases in a language. */
export const roomSayIn =
  (language: Language): RoomSay =>
  (key, values) =>
    fillPhrase(language, catalogue[language][key], values)

/** The words and numbers of the room in the page's language. */
export function useRoomWords() {
  const language = useLanguage()
  return useMemo(() => ({ say: roomSayIn(language), figures: figuresOf(language) }), [language])
}

/** The letter of a response by its place, from 0. @example letterOf(2) // 'C' */
export const letterOf = (place: number): string => String.fromCharCode(65 + place)
