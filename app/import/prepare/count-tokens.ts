import {
  countTokens as countWithoutLimit,
  setMergeCacheSize,
} from 'gpt-tokenizer/encoding/o200k_base'

// The tokenizer remembers rare words as views of the texts they stood in, which keeps those texts
// in memory: 100,000 of them unless we ask for fewer.
setMergeCacheSize(2_000)

/** Letters, blanks or signs in a row: the tokenizer takes such a run as one piece. */
const run = /\p{L}[\p{L}\p{M}]*|\s+|[^\s\p{L}\p{N}]+/gu

/** Its time for one piece grows with the square of its length, so longer runs are cut. */
const longestRun = 300

/** Text that looks like a control token, such as `<|endoftext|>`, is text. */
const asText = { disallowedSpecial: new Set<string>() }

/**
 * How many tokens a text has in the encoding o200k, which OpenAI's models use since GPT-4o; for
 * other models it is an approximation. Exact but for runs of more than 300 letters, blanks or signs
 * without a break, which are counted in parts so that no text takes long: each part may add a token
 * or two.
 *
 * @example countTokens('Hello, world!') // 4
 */
export function countTokens(text: string): number {
  return partsOf(text).reduce((total, part) => total + countWithoutLimit(part, asText), 0)
}

function partsOf(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const {
    0: { length },
    index,
  } of text.matchAll(run)) {
    for (let cut = index + longestRun; cut < index + length; cut += longestRun) {
      const end = isWithinCharacter(text, cut) ? cut - 1 : cut
      parts.push(text.slice(from, end))
      from = end
    }
  }
  return [...parts, text.slice(from)]
}

/** Whether a place lies between the two halves of a character, as of an emoji. */
const isWithinCharacter = (text: string, place: number): boolean =>
  (text.codePointAt(place - 1) ?? 0) > 0xffff
