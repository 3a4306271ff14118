/** In: two texts. Out: what of each the other has too, word by word, within a bound of steps. */

/** A stretch of a text, in code units; `isShared` when the other text has it too. */
export interface DiffPart {
  text: string
  isShared: boolean
}

export interface TextDiff {
  kind: 'compared'
  first: DiffPart[]
  second: DiffPart[]
  /** Words that both have, over the words of both, from 0 to 1. */
  shared: number
  /** Whether some stretches were so different that no word in them was compared. */
  isCoarse: boolean
}

export type DiffResult =
  | TextDiff
  | { kind: 'identical' }
  | { kind: 'too-different' }
  | { kind: 'too-long' }

/** Characters of both texts together. */
const mostCompared = 400_000
/** Steps of the search in all, and in one stretch: some tens of milliseconds on a plain machine. */
const mostSteps = 3_000_000
const mostStepsOfStretch = 1_500_000
/** Below this share of common words nearly everything is marked, which tells a reader nothing. */
const leastShared = 0.25

/**
 * Compares two texts: first by lines, then the words within lines that differ. The search is Myers'
 * greedy one (An O(ND) difference algorithm, 1986), from both ends of what differs; when it takes more
 * steps than it may, the stretch counts as different altogether. Words between longer changes that
 * are shared by chance count as changed: they would only scatter the picture.
 */
export function diffTexts(first: string, second: string): DiffResult {
  if (first === second) return { kind: 'identical' }
  if (first.length + second.length > mostCompared) return { kind: 'too-long' }
  const budget = { left: mostSteps, isCoarse: false }
  const marks = { first: new Marks(first.length), second: new Marks(second.length) }
  const lines = { first: tokensOf(first, linePattern), second: tokensOf(second, linePattern) }
  for (const gap of gapsOf(lines.first, lines.second, budget, marks, { isOfWords: false })) {
    const words = {
      first: tokensOf(first, wordPattern, gap.first),
      second: tokensOf(second, wordPattern, gap.second),
    }
    for (const _ of gapsOf(words.first, words.second, budget, marks, { isOfWords: true })) {
      // What differs stays unmarked.
    }
  }
  const parts = {
    first: partsOf(first, marks.first.shared),
    second: partsOf(second, marks.second.shared),
  }
  const shared = shareOf(parts.first, parts.second)
  if (shared < leastShared) return { kind: 'too-different' }
  return { kind: 'compared', ...parts, shared, isCoarse: budget.isCoarse }
}

interface Token {
  text: string
  start: number
  end: number
}
type Range = readonly [start: number, end: number]
interface Gap {
  first: Range
  second: Range
}

const linePattern = /[^\n]*\n|[^\n]+$/g
/**
 * Words, dates and numbers with their signs, and every other sign by itself; of scripts without spaces
 * each sign. Spaces go with what is around.
 */
const wordPattern =
  /\d+(?:[-./:,]\d+)+|[\w\u00c0-\u024f'’]+|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])[\p{L}\p{N}\p{M}])+|\S/gu

function tokensOf(text: string, pattern: RegExp, [from, to]: Range = [0, text.length]): Token[] {
  return Array.from(text.slice(from, to).matchAll(pattern), ({ 0: found, index }) => ({
    text: found,
    start: from + index,
    end: from + index + found.length,
  }))
}

/** Which code units of a text the other one has too. */
class Marks {
  readonly shared: Uint8Array
  constructor(length: number) {
    this.shared = new Uint8Array(length)
  }
  /** A run of tokens, with the spaces between them. */
  mark(tokens: readonly Token[], from: number, length: number): void {
    this.shared.fill(1, tokens[from]?.start ?? 0, tokens[from + length - 1]?.end ?? 0)
  }
}

interface Budget {
  left: number
  isCoarse: boolean
}

/** Marks what two lists of tokens share and gives the stretches between. */
function gapsOf(
  first: readonly Token[],
  second: readonly Token[],
  budget: Budget,
  marks: { first: Marks; second: Marks },
  { isOfWords }: { isOfWords: boolean },
): Gap[] {
  const [one, other] = numbered(first, second)
  const matches = withoutChance(matchesOf(one, other, budget), first, second, isOfWords)
  const gaps: Gap[] = []
  let [atFirst, atSecond] = [0, 0]
  const close = (toFirst: number, toSecond: number) => {
    if (toFirst > atFirst && toSecond > atSecond) {
      gaps.push({
        first: rangeOf(first, atFirst, toFirst),
        second: rangeOf(second, atSecond, toSecond),
      })
    }
  }
  for (const { from, to, length } of matches) {
    close(from, to)
    marks.first.mark(first, from, length)
    marks.second.mark(second, to, length)
    atFirst = from + length
    atSecond = to + length
  }
  close(first.length, second.length)
  return gaps
}

const rangeOf = (tokens: readonly Token[], from: number, to: number): Range => [
  tokens[from]?.start ?? 0,
  tokens[to - 1]?.end ?? 0,
]

/** The same number for the same text. */
function numbered(first: readonly Token[], second: readonly Token[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const numberOf = ({ text }: Token): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  return [Int32Array.from(first, numberOf), Int32Array.from(second, numberOf)]
}

/** A run of equal tokens: where it begins in each list. */
interface Match {
  from: number
  to: number
  length: number
}

function matchesOf(one: Int32Array, other: Int32Array, budget: Budget): Match[] {
  let head = 0
  const shorter = Math.min(one.length, other.length)
  while (head < shorter && one[head] === other[head]) head += 1
  let tail = 0
  while (tail < shorter - head && one[one.length - 1 - tail] === other[other.length - 1 - tail]) {
    tail += 1
  }
  const inner = greedyMatches(
    one.subarray(head, one.length - tail),
    other.subarray(head, other.length - tail),
    budget,
  )
  return [
    ...(head > 0 ? [{ from: 0, to: 0, length: head }] : []),
    ...inner.map((match) => ({ ...match, from: match.from + head, to: match.to + head })),
    ...(tail > 0 ? [{ from: one.length - tail, to: other.length - tail, length: tail }] : []),
  ]
}

/** Where no path leads. */
const nowhere = -(2 ** 30)

/** Myers' greedy search; the furthest places of every round are kept, to walk back over. */
function greedyMatches(one: Int32Array, other: Int32Array, budget: Budget): Match[] {
  if (one.length === 0 || other.length === 0) return []
  const rounds: Int32Array[] = []
  const last = one.length - other.length
  const most = Math.min(budget.left, mostStepsOfStretch)
  let steps = 0
  for (let edits = 0; steps <= most; edits++) {
    const round = new Int32Array(edits + 1)
    rounds.push(round)
    for (let at = 0; at <= edits; at++) {
      const diagonal = 2 * at - edits
      const start = arrival(rounds[edits - 1], at, diagonal, one, other).x
      let x = start
      while (x >= 0 && x < one.length && one[x] === other[x - diagonal]) x += 1
      steps += Math.max(0, x - start) + 1
      round[at] = x
      if (diagonal === last && x === one.length) {
        budget.left -= steps
        return walkBack(rounds, one, other)
      }
    }
  }
  budget.left -= steps
  budget.isCoarse = true
  return []
}

/** The furthest place that a diagonal is reached at by one more edit: an insertion, or a deletion. */
function arrival(
  before: Int32Array | undefined,
  at: number,
  diagonal: number,
  one: Int32Array,
  other: Int32Array,
): { x: number; isInsertion: boolean } {
  if (!before) return { x: 0, isInsertion: false }
  const inserted = before[at] ?? nowhere
  const deleted = (before[at - 1] ?? nowhere) + 1
  const insertion = inserted - diagonal <= other.length ? inserted : nowhere
  const deletion = deleted <= one.length ? deleted : nowhere
  return { x: Math.max(insertion, deletion), isInsertion: insertion >= deletion }
}

function walkBack(rounds: readonly Int32Array[], one: Int32Array, other: Int32Array): Match[] {
  const matches: Match[] = []
  let x = one.length
  let diagonal = one.length - other.length
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const at = (diagonal + edits) / 2
    const { x: start, isInsertion } = arrival(rounds[edits - 1], at, diagonal, one, other)
    if (x > start) matches.push({ from: start, to: start - diagonal, length: x - start })
    x = isInsertion ? start : start - 1
    diagonal += isInsertion ? 1 : -1
  }
  return matches.reverse()
}

/**
 * Leaves out what is shared by chance: runs without a word, or of one or two words that stand between
 * changes several times as long. What begins or ends both lists stays.
 */
function withoutChance(
  matches: readonly Match[],
  first: readonly Token[],
  second: readonly Token[],
  isOfWords: boolean,
): Match[] {
  return matches.filter(({ from, to, length }, place) => {
    const isEdge =
      (from === 0 && to === 0) || (from + length === first.length && to + length === second.length)
    if (isEdge) return true
    const words = first.slice(from, from + length).filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    if (!isOfWords) return words.length > 0
    const before = matches[place - 1]
    const after = matches[place + 1]
    const gaps = [
      from - (before ? before.from + before.length : 0),
      to - (before ? before.to + before.length : 0),
      (after?.from ?? first.length) - from - length,
      (after?.to ?? second.length) - to - length,
    ]
    const around = Math.min(
      Math.max(gaps[0] ?? 0, gaps[1] ?? 0),
      Math.max(gaps[2] ?? 0, gaps[3] ?? 0),
    )
    if (words.length === 0) return around <= 2
    return words.length > 2 || around <= 4 * words.length
  })
}

function partsOf(text: string, shared: Uint8Array): DiffPart[] {
  const parts: DiffPart[] = []
  const add = (piece: string, isShared: boolean) => {
    if (piece === '') return
    const last = parts.at(-1)
    if (last?.isShared === isShared) last.text += piece
    else parts.push({ text: piece, isShared })
  }
  for (let from = 0; from < text.length; ) {
    const isShared = shared[from] === 1
    const next = shared.indexOf(isShared ? 0 : 1, from)
    const end = next < 0 ? text.length : next
    const piece = text.slice(from, end)
    // Spaces around what differs are no difference.
    const inner = isShared ? piece : piece.trim()
    const at = piece.indexOf(inner)
    add(piece.slice(0, at), true)
    add(inner, isShared)
    add(piece.slice(at + inner.length), true)
    from = end
  }
  return parts
}

function shareOf(first: readonly DiffPart[], second: readonly DiffPart[]): number {
  const count = (parts: readonly DiffPart[], isShared: boolean) =>
    parts
      .filter((part) => part.isShared === isShared)
      .reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0)
  const shared = count(first, true) + count(second, true)
  const all = shared + count(first, false) + count(second, false)
  return all === 0 ? 1 : shared / all
}
