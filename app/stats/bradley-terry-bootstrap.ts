import {
  byCluster,
  demandComparable,
  filled,
  fitPairs,
  gradientOf,
  type PairColumns,
  type PooledPairs,
  pairsInCells,
  pooled,
} from './bradley-terry.ts'
import { expandedTail } from './expanded-tail.ts'
import { solverOf } from './matrix.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './seeded-random.ts'
import type { Interval } from './wilson-interval.ts'

export interface StrengthBootstrap {
  /** For each item the percentile interval of its strength. */
  intervals: Interval[]
  rounds: number
  /** Rounds left out because items could not be compared in them. */
  dropped: number
  seed: number
}

/**
 * Intervals of Bradley–Terry strengths by percentiles, a little farther out for few clusters: whole
 * clusters (prompts) are drawn again with replacement; each round starts at the strengths of all, so
 * that few steps find its own. Rounds whose comparisons fall apart are left out and counted. Clusters
 * are numbered from 0 to `clusters` − 1.
 *
 * Throws a RangeError where the comparisons themselves have no finite strengths.
 * Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8.
 *
 * @example bradleyTerryBootstrap(2, {
 *   a: Int32Array.of(0, 0),
 *   b: Int32Array.of(1, 1),
 *   count: Float64Array.of(3, 3),
 *   points: Float64Array.of(2, 2),
 *   cluster: Int32Array.of(0, 1),
 * }, 2).intervals[0] // { low: Math.log(2) / 2, high: Math.log(2) / 2 }
 */
export function bradleyTerryBootstrap(
  size: number,
  columns: PairColumns,
  clusters: number,
  { rounds = 1_000, seed = 1, confidence = 0.95 } = {},
): StrengthBootstrap {
  const all = pooled(size, columns)
  demandComparable(size, all)
  const { strengths: start, information } = fitPairs(size, all, new Float64Array(size))
  const solve = solverOf(filled(information))
  const random = seededRandom(seed)
  const rows = rowsInOrder(size, columns)
  const weights = new Uint16Array(clusters)
  const times = new Int32Array(rows.kinds.length)
  const counts = new Float64Array(size * size)
  const points = new Float64Array(size * size)
  const found: Float64Array[] = []
  for (let round = 0; round < rounds; round++) {
    weights.fill(0)
    for (let draw = 0; draw < clusters; draw++) {
      const one = Math.floor(random() * clusters)
      weights[one] = (weights[one] ?? 0) + 1
    }
    addDrawn(rows, weights, times.fill(0))
    counts.fill(0)
    points.fill(0)
    for (const [kind, { cell, count, scored }] of rows.kinds.entries()) {
      const drawn = times[kind] ?? 0
      counts[cell] = (counts[cell] ?? 0) + drawn * count
      points[cell] = (points[cell] ?? 0) + drawn * scored
    }
    const drawn = pairsInCells(size, counts, points)
    if (isComparable(size, drawn)) found.push(strengthsFrom(start, drawn, solve))
  }
  const tail = expandedTail(clusters, confidence)
  const intervals = Array.from({ length: size }, (_, item) => {
    const values = Float64Array.from(found, (strengths) => strengths[item] ?? 0).sort()
    return values.length === 0
      ? { low: Number.NaN, high: Number.NaN }
      : { low: quantile(values, tail), high: quantile(values, 1 - tail) }
  })
  return { intervals, rounds, dropped: rounds - found.length, seed }
}

/** A round's own error is far larger than what further steps would mend. */
const nearEnough = 1e-7
const mostSteps = 40

/**
 * The strengths of a round: steps by the curvature of all comparisons, which a round's own is close to,
 * so that nothing is factored anew; by Newton's method where they do not settle.
 */
function strengthsFrom(
  start: Float64Array,
  pairs: PooledPairs,
  solve: (gradient: Float64Array) => Float64Array,
): Float64Array {
  const strengths = Float64Array.from(start)
  for (let turn = 0; turn < mostSteps; turn++) {
    const step = solve(gradientOf(strengths, pairs))
    let largest = 0
    for (let item = 0; item < strengths.length; item++) {
      const change = step[item] ?? 0
      strengths[item] = (strengths[item] ?? 0) + change
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < nearEnough) return strengths
    if (!(largest < 5)) break
  }
  return fitPairs(start.length, pairs, start).strengths
}

/** A pair in a table of size × size, the lower place as the row, with what one row says of it. */
interface Kind {
  cell: number
  count: number
  scored: number
}

interface Rows {
  /** Where each cluster's rows begin. */
  starts: Int32Array
  /** Most rows say what many others say: that one met another once and won. Each is told by its kind. */
  kindOf: Int32Array
  kinds: Kind[]
}

/** The comparisons cluster by cluster, so that a round reads them from one end to the other. */
function rowsInOrder(size: number, columns: PairColumns): Rows {
  const { starts, rows } = byCluster(columns)
  const kindOf = new Int32Array(rows.length)
  const kinds: Kind[] = []
  const verdicts = new Map<number, Map<number, number>>()
  const known = new Map<number, number>()
  let different = 0
  const verdictOf = (count: number, scored: number): number => {
    const ofCount = verdicts.get(count) ?? new Map<number, number>()
    verdicts.set(count, ofCount)
    const place = ofCount.get(scored) ?? different++
    ofCount.set(scored, place)
    return place
  }
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    const [a, b] = [columns.a[row] ?? 0, columns.b[row] ?? 0]
    const count = columns.count[row] ?? 0
    const own = columns.points[row] ?? 0
    const cell = a < b ? a * size + b : b * size + a
    const scored = a < b ? own : count - own
    const key = verdictOf(count, scored) * size * size + cell
    const kind = known.get(key) ?? kinds.push({ cell, count, scored }) - 1
    known.set(key, kind)
    kindOf[at] = kind
  }
  return { starts, kindOf, kinds }
}

/** Adds how often each kind of row was drawn, with the clusters as often as they were. */
function addDrawn({ starts, kindOf }: Rows, weights: Uint16Array, times: Int32Array): void {
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const weight = weights[cluster] ?? 0
    if (weight === 0) continue
    const to = starts[cluster + 1] ?? 0
    for (let at = starts[cluster] ?? 0; at < to; at++) {
      const kind = kindOf[at] ?? 0
      times[kind] = (times[kind] ?? 0) + weight
    }
  }
}

/** Whether everybody can be reached from the first item by scoring, and by conceding. */
function isComparable(size: number, { a, b, count, points }: PooledPairs): boolean {
  const scored = new Uint8Array(size * size)
  for (let pair = 0; pair < a.length; pair++) {
    const [one, other] = [a[pair] ?? 0, b[pair] ?? 0]
    const own = points[pair] ?? 0
    if (own > 0) scored[one * size + other] = 1
    if (own < (count[pair] ?? 0)) scored[other * size + one] = 1
  }
  const reachesAll = (isEdge: (from: number, to: number) => boolean) => {
    const seen = new Uint8Array(size)
    const open = [0]
    seen[0] = 1
    let reached = 0
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      reached += 1
      for (let to = 0; to < size; to++) {
        if (seen[to] === 1 || !isEdge(from, to)) continue
        seen[to] = 1
        open.push(to)
      }
    }
    return reached === size
  }
  return (
    reachesAll((from, to) => scored[from * size + to] === 1) &&
    reachesAll((from, to) => scored[to * size + from] === 1)
  )
}
