/** In: verdicts counted per prompt and pair. Out: the same as columns, with models and prompts by number. */
import type { MeasureOptions } from './method.ts'
import { scored } from './scored-pairs.ts'
import type { PairTally } from './tally.ts'

/** Columns of one length, a row for each pair of a prompt: many rows are walked, and more than once. */
export interface CountedPairs {
  /** By prompt, then by models. */
  pairs: readonly PairTally[]
  /** The models that the columns `a` and `b` give places in, each once. */
  modelIds: readonly string[]
  a: Int32Array
  b: Int32Array
  /** The prompts, numbered from 0 on in the order of rows, so that the rows of each are together. */
  prompt: Int32Array
  winsA: Int32Array
  winsB: Int32Array
  ties: Int32Array
  bothBad: Int32Array
  cantJudge: Int32Array
  /** What `scored` says of each row. */
  count: Float64Array
  points: Float64Array
  halves: Float64Array
}

/**
 * Verdicts as columns, in an order that no sum's last digit hangs on: by prompt, then by models.
 * Input that is in this order already, as stored counts are, costs one pass.
 */
export function countedPairs(
  unordered: readonly PairTally[],
  options: MeasureOptions,
): CountedPairs {
  const pairs = isOrdered(unordered) ? unordered : unordered.toSorted(byPromptAndModels)
  const size = pairs.length
  const placeOf = numbering()
  const counted = {
    a: new Int32Array(size),
    b: new Int32Array(size),
    prompt: new Int32Array(size),
    winsA: new Int32Array(size),
    winsB: new Int32Array(size),
    ties: new Int32Array(size),
    bothBad: new Int32Array(size),
    cantJudge: new Int32Array(size),
    count: new Float64Array(size),
    points: new Float64Array(size),
    halves: new Float64Array(size),
  }
  const modelIds: string[] = []
  let prompt = -1
  let promptId: string | undefined
  for (const [row, pair] of pairs.entries()) {
    if (pair.promptId !== promptId) prompt += 1
    promptId = pair.promptId
    const { count, points, halves } = scored(pair, options)
    const a = placeOf(pair.modelA)
    const b = placeOf(pair.modelB)
    modelIds[a] = pair.modelA
    modelIds[b] = pair.modelB
    counted.a[row] = a
    counted.b[row] = b
    counted.prompt[row] = prompt
    counted.winsA[row] = pair.winsA
    counted.winsB[row] = pair.winsB
    counted.ties[row] = pair.ties
    counted.bothBad[row] = pair.bothBad
    counted.cantJudge[row] = pair.cantJudge
    counted.count[row] = count
    counted.points[row] = points
    counted.halves[row] = halves
  }
  return { pairs, modelIds, ...counted }
}

/** Gives each key a number, the first 0; or the first after those known. */
export function numbering<Key>(known = new Map<Key, number>(), first = 0): (key: Key) => number {
  return (key) => {
    const place = known.get(key)
    if (place !== undefined) return place
    known.set(key, first + known.size)
    return first + known.size - 1
  }
}

function isOrdered(pairs: readonly PairTally[]): boolean {
  let last: PairTally | undefined
  for (const pair of pairs) {
    if (last && byPromptAndModels(last, pair) > 0) return false
    last = pair
  }
  return true
}

function byPromptAndModels(one: PairTally, other: PairTally): number {
  if (one.promptId !== other.promptId) return one.promptId < other.promptId ? -1 : 1
  if (one.modelA !== other.modelA) return one.modelA < other.modelA ? -1 : 1
  if (one.modelB !== other.modelB) return one.modelB < other.modelB ? -1 : 1
  return 0
}

/** The rows of each number one after another: where each number begins, and the rows in that order. */
export interface GroupedRows {
  starts: Int32Array
  rows: Int32Array
}

/** The rows in which each model took part, in their order. */
export function rowsByModel({ a, b, modelIds }: CountedPairs): GroupedRows {
  return grouped(modelIds.length, (take) => {
    for (let row = 0; row < a.length; row++) {
      take(a[row] ?? 0, row)
      take(b[row] ?? 0, row)
    }
  })
}

/** The rows of each pair of models, in their order; pairs in the order of their first rows. */
export function rowsByPair({ a, b, modelIds }: CountedPairs): GroupedRows {
  const placeOf = numbering<number>()
  const places = Int32Array.from(a, (one, row) => placeOf(one * modelIds.length + (b[row] ?? 0)))
  const pairs = places.reduce((most, place) => Math.max(most, place + 1), 0)
  return grouped(pairs, (take) => {
    for (let row = 0; row < places.length; row++) take(places[row] ?? 0, row)
  })
}

function grouped(
  size: number,
  eachRow: (take: (number: number, row: number) => void) => void,
): GroupedRows {
  const starts = new Int32Array(size + 1)
  eachRow((number) => {
    starts[number + 1] = (starts[number + 1] ?? 0) + 1
  })
  for (let at = 1; at <= size; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  const next = starts.slice()
  const rows = new Int32Array(starts[size] ?? 0)
  eachRow((number, row) => {
    const at = next[number] ?? 0
    rows[at] = row
    next[number] = at + 1
  })
  return { starts, rows }
}

/** The rows of one number. */
export const rowsOf = ({ starts, rows }: GroupedRows, number: number): Int32Array =>
  rows.subarray(starts[number], starts[number + 1])
