/** In: texts that a model will be tested on. Out: whether a prompt shares any of them. */
import { normalisedWords } from '#app/import/prepare/normalised-words.ts'

/** Runs of so many words in common give a text away. Source: T. B. Brown et al., NeurIPS (2020), appendix C. */
const run = 13

export interface HeldOut {
  isEmpty: boolean
  shares: (text: string) => boolean
}

/**
 * A prompt shares a held-out text when it holds 13 words in a row of it, whatever their case,
 * punctuation and white space; or, where the text is shorter, when it says the same.
 */
export function heldOutOf(texts: readonly string[]): HeldOut {
  const whole = new Set<string>()
  const runs = new Set<string>()
  for (const text of texts) {
    const words = normalisedWords(text)
    if (words.length === 0) continue
    whole.add(words.join(' '))
    for (const one of runsOf(words)) runs.add(one)
  }
  return {
    isEmpty: whole.size === 0,
    shares: (text) => {
      if (whole.size === 0) return false
      const words = normalisedWords(text)
      return whole.has(words.join(' ')) || runsOf(words).some((one) => runs.has(one))
    },
  }
}

const runsOf = (words: readonly string[]): string[] =>
  words.length < run
    ? []
    : words.slice(run - 1).map((_, start) => words.slice(start, start + run).join(' '))
