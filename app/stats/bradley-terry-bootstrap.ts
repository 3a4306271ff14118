import {
  byCluster,
  demandComparable,
  fitPairs,
  type PairColumns,
  type PooledPairs,
  pairsInCells,
  pooled,
} from './bradley-terry.ts'
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
 * Percentile intervals of Bradley–Terry strengths from whole clusters (prompts) drawn again with
 * replacement; each round starts at the strengths of all, so that few steps find its own. Rounds whose
 * comparisons fall apart are left out and counted. Clusters are numbered from 0 to `clusters` − 1.
 *
 * Throws a RangeError where the comparisons themselves have no finite strengths.
 * Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8.
 */
export function bradleyTerryBootstrap(
  size: number,
  columns: PairColumns,
  clusters: number,
  { rounds = 1_000, seed = 1, confidence = 0.95 } = {},
): StrengthBootstrap {
  const all = pooled(size, columns)
  demandComparable(size, all)
  const start = fitPairs(size, all, new Float64Array(size)).strengths
  const random = seededRandom(seed)
  const rows = rowsInOrder(size, columns)
  const weights = new Uint16Array(clusters)
  const counts = new Float64Array(size * size)
  const points = new Float64Array(size * size)
  const found: Float64Array[] = []
  for (let round = 0; round < rounds; round++) {
    weights.fill(0)
    for (let draw = 0; draw < clusters; draw++) {
      const one = Math.floor(random() * clusters)
      weights[one] = (weights[one] ?? 0) + 1
    }
    addDrawn(rows, weights, counts.fill(0), points.fill(0))
    const drawn = pairsInCells(size, counts, points)
    if (isComparable(size, drawn)) found.push(fitPairs(size, drawn, start, nearEnough).strengths)
  }
  const tail = (1 - confidence) / 2
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

interface Rows {
  /** Where each cluster's rows begin. */
  starts: Int32Array
  /** The cell of each row's pair in a table of size × size, the lower place as the row. */
  cells: Int32Array
  count: Float64Array
  points: Float64Array
}

/** The comparisons cluster by cluster, so that a round reads them from one end to the other. */
function rowsInOrder(size: number, columns: PairColumns): Rows {
  const { starts, rows } = byCluster(columns)
  const cells = new Int32Array(rows.length)
  const count = new Float64Array(rows.length)
  const points = new Float64Array(rows.length)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0
    const [a, b] = [columns.a[row] ?? 0, columns.b[row] ?? 0]
    const met = columns.count[row] ?? 0
    const scored = columns.points[row] ?? 0
    cells[at] = a < b ? a * size + b : b * size + a
    count[at] = met
    points[at] = a < b ? scored : met - scored
  }
  return { starts, cells, count, points }
}

function addDrawn(
  { starts, cells, count, points }: Rows,
  weights: Uint16Array,
  counts: Float64Array,
  scored: Float64Array,
): void {
  for (let cluster = 0; cluster + 1 < starts.length; cluster++) {
    const weight = weights[cluster] ?? 0
    if (weight === 0) continue
    const to = starts[cluster + 1] ?? 0
    for (let at = starts[cluster] ?? 0; at < to; at++) {
      const cell = cells[at] ?? 0
      counts[cell] = (counts[cell] ?? 0) + weight * (count[at] ?? 0)
      scored[cell] = (scored[cell] ?? 0) + weight * (points[at] ?? 0)
    }
  }
}

function isComparable(size: number, pairs: PooledPairs): boolean {
  try {
    demandComparable(size, pairs)
    return true
  } catch {
    return false
  }
}
