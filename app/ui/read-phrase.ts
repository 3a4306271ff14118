/** In: a sentence that was made of a word list. Out: its phrase, and what stands in its places. */
import { figuresOf, fillPhrase, type Language, type Phrase, type Values } from './languages.ts'

type List<Key extends string> = Readonly<Record<Key, Phrase>>

const escaped = (text: string) => text.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&')

/** What matches a phrase however its places are filled; a place that comes again says the same. */
function patternOf(phrase: string): RegExp {
  const seen = new Set<string>()
  const placeOf = (name: string) => {
    if (seen.has(name)) return `\\k<${name}>`
    seen.add(name)
    return `(?<${name}>.+?)`
  }
  const parts = phrase.split(/\{(\w+)\}/)
  const pattern = parts.map((part, at) => (at % 2 === 0 ? escaped(part) : placeOf(part)))
  return new RegExp(`^${pattern.join('')}$`, 's')
}

/** A number that English wrote as the language writes it; other text as it is. */
function rewritten(language: Language, text: string): string | number {
  if (/^-?\d{1,3}(,?\d{3})*$/.test(text)) return Number(text.replaceAll(',', ''))
  const decimals = /^-?\d+\.(\d+)$/.exec(text)?.[1]
  return decimals === undefined ? text : figuresOf(language).decimal(Number(text), decimals.length)
}

const formsOf = (phrase: Phrase): string[] =>
  typeof phrase === 'string' ? [phrase] : [phrase.one, phrase.other]

/**
 * What says again, in a language, a sentence that was kept in English. One that no phrase could have
 * made is given as it is. The phrase that stands first in the list is taken.
 */
export function retelling<Key extends string>(lists: Record<Language, List<Key>>) {
  const known = (Object.keys(lists.en) as Key[]).flatMap((key) =>
    formsOf(lists.en[key]).map((form) => ({ key, pattern: patternOf(form) })),
  )
  return (language: Language) =>
    (sentence: string): string => {
      if (language === 'en') return sentence
      for (const { key, pattern } of known) {
        const found = pattern.exec(sentence)
        if (!found) continue
        const values: Values = Object.fromEntries(
          Object.entries(found.groups ?? {}).map(([name, text]) => [
            name,
            rewritten(language, text),
          ]),
        )
        return fillPhrase(language, lists[language][key], values)
      }
      return sentence
    }
}
