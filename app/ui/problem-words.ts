/** What a schema objects to, in its own English, and what says it again in the language of a page. */
import type { Phrase } from './languages.ts'
import { problemWordsPt } from './problem-words-pt.ts'
import { retelling } from './read-phrase.ts'

export const problemWordsEn = {
  notNumber: 'Invalid input: expected number, received NaN',
  numberMissing: 'Invalid input: expected number, received undefined',
  notWhole: 'Invalid input: expected int, received number',
  textEmpty: 'Too small: expected string to have >=1 characters',
  textShort: 'Too small: expected string to have >={least} characters',
  textLong: 'Too big: expected string to have <={most} characters',
  listEmpty: 'Too small: expected array to have >=1 items',
  listLong: 'Too big: expected array to have <={most} items',
  least: 'Too small: expected number to be >={least}',
  over: 'Too small: expected number to be >{least}',
  most: 'Too big: expected number to be <={most}',
  notOffered: 'Invalid option: expected one of {options}',
  notDate: 'Invalid ISO date',
  notAddress: 'Invalid URL',
  notEmail: 'Invalid email address',
  missing: 'Invalid input: expected {what}, received undefined',
  wrong: 'Invalid input: expected {what}, received {given}',
} satisfies Record<string, Phrase>

const schemaWords = { en: problemWordsEn, pt: problemWordsPt }

/** What says a schema's objections, and those of a list of one's own, in a language. */
export const problemsIn = <Key extends string>(own: {
  en: Readonly<Record<Key, Phrase>>
  pt: Readonly<Record<Key, Phrase>>
}) =>
  retelling<string>({
    en: { ...own.en, ...schemaWords.en },
    pt: { ...own.pt, ...schemaWords.pt },
  })
