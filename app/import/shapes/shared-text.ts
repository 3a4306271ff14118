/** In: two texts that each hold a prompt and an answer. Out: the prompt they share, and the rest. */

export interface SharedText {
  prompt: string
  chosen: string
  rejected: string
}

/** With fewer words in common, two texts may begin alike by chance. */
const fewestSharedWords = 2
const wordsOf = (text: string): number => text.split(/\s+/).filter(Boolean).length

/**
 * The longest common start of two texts, cut back to the end of a word, is the prompt; white space
 * after it belongs to the answers. In words, why that is too uncertain to be done: the texts share
 * too little, or one of them has nothing left that could be an answer.
 *
 * @example partSharedStart('It is red.', 'It is green.') // prompt 'It is', answers ' red.', ' green.'
 */
export function partSharedStart(chosen: string, rejected: string): SharedText | { reason: string } {
  if (chosen === rejected) {
    return { reason: 'is the same text as "chosen": nobody can tell the prompt from the answer' }
  }
  const cut = endOfWord(chosen, commonLength(chosen, rejected))
  const prompt = chosen.slice(0, cut)
  if (wordsOf(prompt) < fewestSharedWords) {
    return { reason: 'hardly shares a word at its start with "chosen": there is no common prompt' }
  }
  const rest = { chosen: chosen.slice(cut), rejected: rejected.slice(cut) }
  if (rest.chosen.trim() === '' || rest.rejected.trim() === '') {
    const reason = 'is the whole start of the other text, or holds it: one answer would be empty'
    return { reason }
  }
  return { prompt, ...rest }
}

/**
 * Both answers without a prompt that they repeat before it; undefined where they do not. A prompt of
 * one or two words may be said again by chance, so it is never taken out.
 */
export function withoutRepeatedText({
  prompt,
  chosen,
  rejected,
}: SharedText): SharedText | undefined {
  const repeated = prompt.trim()
  if (wordsOf(repeated) <= fewestSharedWords) return undefined
  const cut = (text: string) => {
    const start = text.length - text.trimStart().length
    const end = start + repeated.length
    const isWhole = text.startsWith(repeated, start) && !/^[\p{L}\p{N}]/u.test(text.slice(end))
    return isWhole && text.slice(end).trim() !== '' ? text.slice(end) : undefined
  }
  const rest = { chosen: cut(chosen), rejected: cut(rejected) }
  if (rest.chosen === undefined || rest.rejected === undefined) return undefined
  return { prompt, chosen: rest.chosen, rejected: rest.rejected }
}

function commonLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

/** The last place up to `length` where a word ends: what comes after it begins with white space. */
function endOfWord(text: string, length: number): number {
  let at = length
  while (at > 0 && !(/\s/.test(text[at] ?? ' ') && /\S/.test(text[at - 1] ?? ' '))) at -= 1
  return at
}
