/**
 * Finds prompts that ask the same in nearly the same words. A signature finds candidates; a look at
 * the words of both decides. The order of words does not count: it is what people change most.
 */
import { normalisedWords } from './normalised-words.ts'
import { kindOf, type WordKind } from './word-kinds.ts'
import { bandsOf, unorderedHash, type WordHash, wordHash } from './word-signature.ts'

/** What a text is looked up by. */
export interface Signature {
  /** Shared by texts that differ in case, white space, punctuation, order and number form only. */
  exact: string
  /** Near-duplicates share at least one of these nearly always. */
  bands: number[]
}

/**
 * What to look candidates up by. Time and room grow with the length of the text alone. A text of
 * small words only ("is it or is it not") has its bands from those; an empty text has none.
 */
export function signatureOf(text: string): Signature {
  const hashed: [WordHash, number][] = []
  const matters = new Set<number>()
  for (const [word, count] of countsOf(normalisedWords(text))) {
    const hash = wordHash(word)
    hashed.push([hash, count])
    if (isMatter(kindOf(word))) matters.add(hash.high)
  }
  const features = matters.size > 0 ? matters : new Set(hashed.map(([{ high }]) => high))
  return { exact: unorderedHash(hashed), bands: bandsOf(features) }
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const isMatter = (kind: WordKind): boolean => kind === 'content' || kind === 'number'

/**
 * Whether two texts ask the same: they have the same words, or one of them has a few words more
 * that change nothing (a courtesy, a manner, an adjective). A negation, a number or a matter that
 * only one of them has, or a word put in the place of another, makes them different, however much
 * else they share; a slip of the pen in a long word does not. Words in another order are the same
 * words, even where the order carries a meaning ("from Rome to Oslo").
 */
export function areNearDuplicates(one: string, other: string): boolean {
  const wordsOfOne = normalisedWords(one)
  const wordsOfOther = normalisedWords(other)
  const [extraInOne, extraInOther] = withoutSlips(
    extraWords(wordsOfOne, wordsOfOther),
    extraWords(wordsOfOther, wordsOfOne),
  )
  if (extraInOne.length + extraInOther.length > mostExtraWords) return false
  const hasWeightInOne = extraInOne.some(hasWeight)
  if (hasWeightInOne && extraInOther.some(hasWeight)) return false
  return hasWeightInOne
    ? isSmallInsertion(extraInOne, wordsOfOne)
    : isSmallInsertion(extraInOther, wordsOfOther)
}

/** Beyond this, differing words are more than an edit in passing, whatever they are. */
const mostExtraWords = 16
const mostManners = 5

/** Courtesies and articles may even stand in the place of one another. */
const hasWeight = (word: string): boolean => {
  const kind = kindOf(word)
  return kind !== 'courtesy' && kind !== 'article'
}

/** Whether the words that one text has more leave its request as it is. */
function isSmallInsertion(extra: readonly string[], longer: readonly string[]): boolean {
  const count = (kind: WordKind, words = extra) =>
    words.filter((word) => kindOf(word) === kind).length
  if (count('negation') > 0 || count('number') > 0) return false
  const matters = count('content')
  const manners = count('manner')
  if (manners > mostManners) return false
  if (matters === 0) return true
  const bringsMatter = count('link') > manners || count('joint') > (matters + manners) / 2
  if (bringsMatter || isAddedAtEdge(extra, longer)) return false
  return matters <= mostMatters(count('content', longer) - matters)
}

/** New content at the start or the end is a request of its own ("Make it rhyme."), no adjective. */
function isAddedAtEdge(extra: readonly string[], longer: readonly string[]): boolean {
  const isAdded = (words: readonly string[]): boolean => {
    const left = countsOf(extra)
    for (const word of words) {
      const count = left.get(word) ?? 0
      if (count === 0) return false
      if (kindOf(word) === 'content') return true
      left.set(word, count - 1)
    }
    return false
  }
  const reach = extra.length + 1
  return isAdded(longer.slice(0, reach)) || isAdded(longer.slice(-reach).toReversed())
}

/** How many new adjectives a request bears, by the content words it has. */
function mostMatters(shared: number): number {
  if (shared < 2) return 0
  if (shared < 6) return 1
  return shared < 12 ? 2 : 3
}

/** The words that one text has and the other has not, or has less often. */
function extraWords(words: readonly string[], others: readonly string[]): string[] {
  const left = countsOf(others)
  return words.filter((word) => {
    const count = left.get(word) ?? 0
    if (count > 0) left.set(word, count - 1)
    return count === 0
  })
}

/** Takes out the pairs of long words of which one is the other with a slip of the pen. */
function withoutSlips(
  ofOne: readonly string[],
  ofOther: readonly string[],
): [readonly string[], readonly string[]] {
  if (ofOne.length + ofOther.length > mostExtraWords) return [ofOne, ofOther]
  const rest = [...ofOther]
  const unmatched = ofOne.filter((word) => {
    const place = rest.findIndex((candidate) => isSlip(word, candidate))
    if (place >= 0) rest.splice(place, 1)
    return place < 0
  })
  return [unmatched, rest]
}

const shortestSlipped = 8

/**
 * Whether one long word is another with a letter too many or with two neighbours swapped. A letter
 * put for another is no slip: that is more often another word ("complement", "compliment").
 */
function isSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length < shortestSlipped || long.length - short.length > 1) return false
  if (!/^\p{L}+$/u.test(long) || short[0] !== long[0]) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  if (long.length > short.length) return short.slice(start) === long.slice(start + 1)
  const isSwapped = short[start] === long[start + 1] && short[start + 1] === long[start]
  return isSwapped && short.slice(start + 2) === long.slice(start + 2)
}
