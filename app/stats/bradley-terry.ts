import { type Edge, strongComponents } from './comparison-graph.ts'
import { cell, inverseOf, type Matrix, product, solverOf, zeros } from './matrix.ts'

/** What one cluster (prompt) saw of one pair: how many comparisons, and a's points in them. */
export interface PairTotal {
  a: number
  b: number
  count: number
  /** One for a's win, half for a tie, nothing for b's win. */
  points: number
  cluster: number
}

export interface BradleyTerryFit {
  /** Natural logarithm of each strength, mean zero. */
  strengths: Float64Array
  /** Cluster-robust covariance of the strengths; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * Bradley–Terry strengths by Newton's method on the pair totals, a tie as half a win for each side:
 * P(a beats b) = 1 / (1 + exp(θb − θa)), Σθ = 0. The order of comparisons has no influence.
 *
 * The covariance is the cluster sandwich H⁻¹ (Σ s_c s_cᵀ) H⁻¹ · G/(G−1) over G clusters, because the
 * verdicts on one prompt are not independent. H is inverted with the null direction filled in
 * (H + 11ᵀ/K), never by a pseudo-inverse that keeps a rounded null eigenvalue.
 *
 * Every item must have scored and conceded within one strongly connected component (see
 * `strongComponents`); otherwise no maximum exists and a RangeError says so.
 * Cost: K³ an iteration for K items, and one pass over the totals for each of the two parts.
 *
 * Sources: R. A. Bradley and M. E. Terry, Biometrika 39 (1952) 324–345; D. R. Hunter, Annals of
 * Statistics 32 (2004) 384–406; Cameron and Miller (2015) for the sandwich.
 *
 * @example bradleyTerry(2, [{ a: 0, b: 1, count: 3, points: 2, cluster: 0 }]).strengths[0] // Math.log(2) / 2
 */
export function bradleyTerry(size: number, totals: readonly PairTotal[]): BradleyTerryFit {
  return bradleyTerryOfColumns(size, columnsOf(totals))
}

/** The same comparisons as columns of one length, for many of them. Clusters are numbered from 0 on. */
export interface PairColumns {
  a: Int32Array
  b: Int32Array
  count: Float64Array
  points: Float64Array
  cluster: Int32Array
}

/**
 * `bradleyTerry` of columns: the strengths cost one pass over them and then do not depend on their
 * number; neither does the covariance but for one more pass.
 */
export function bradleyTerryOfColumns(size: number, columns: PairColumns): BradleyTerryFit {
  const pairs = pooled(size, columns)
  demandComparable(size, pairs)
  const fit = fitPairs(size, pairs, new Float64Array(size))
  const covariance = sandwich(fit.strengths, columns, inverseOf(filled(fit.information)))
  return {
    strengths: fit.strengths,
    covariance: covariance?.matrix ?? null,
    clusters: covariance?.clusters ?? clustersIn(columns),
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
  }
}

/** Every pair once, the lower place first: how often it met, and the first one's points. */
export interface PooledPairs {
  a: Int32Array
  b: Int32Array
  count: Float64Array
  points: Float64Array
}

/** Comparisons counted together by pair. */
export function pooled(size: number, columns: PairColumns): PooledPairs {
  const counts = new Float64Array(size * size)
  const points = new Float64Array(size * size)
  const { a, b, count, points: own } = columns
  for (let row = 0; row < a.length; row++) {
    const one = a[row] ?? 0
    const other = b[row] ?? 0
    const met = count[row] ?? 0
    const scored = own[row] ?? 0
    const at = one < other ? one * size + other : other * size + one
    counts[at] = (counts[at] ?? 0) + met
    points[at] = (points[at] ?? 0) + (one < other ? scored : met - scored)
  }
  return pairsInCells(size, counts, points)
}

/** The pairs that met, from tables of size × size cells with the lower place as the row. */
export function pairsInCells(
  size: number,
  counts: Float64Array,
  points: Float64Array,
): PooledPairs {
  let met = 0
  for (let at = 0; at < counts.length; at++) if ((counts[at] ?? 0) > 0) met += 1
  const pairs = {
    a: new Int32Array(met),
    b: new Int32Array(met),
    count: new Float64Array(met),
    points: new Float64Array(met),
  }
  let pair = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (!(count > 0)) continue
    pairs.a[pair] = Math.floor(at / size)
    pairs.b[pair] = at % size
    pairs.count[pair] = count
    pairs.points[pair] = points[at] ?? 0
    pair += 1
  }
  return pairs
}

/** Newton's method from given strengths on; the fewer steps, the nearer they are. */
export function fitPairs(
  size: number,
  pairs: PooledPairs,
  start: Float64Array,
): { strengths: Float64Array; information: Matrix; logLikelihood: number; iterations: number } {
  const strengths = Float64Array.from(start)
  let current = logLikelihood(strengths, pairs)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const { gradient, information } = derivatives(size, strengths, pairs)
    const step = solverOf(filled(information))(gradient)
    let scale = 1
    let next = moved(strengths, step, scale)
    let height = logLikelihood(next, pairs)
    while (height < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(strengths, step, scale)
      height = logLikelihood(next, pairs)
    }
    strengths.set(next)
    current = height
    const largest = step.reduce((most, change) => Math.max(most, Math.abs(change)), 0)
    if (largest < 1e-11) break
  }
  const { information } = derivatives(size, strengths, pairs)
  return { strengths, information, logLikelihood: current, iterations }
}

/** How the strengths should move: what each item scored less what it should have. */
export function gradientOf(
  strengths: Float64Array,
  { a, b, count, points }: PooledPairs,
): Float64Array {
  const gradient = new Float64Array(strengths.length)
  for (let pair = 0; pair < a.length; pair++) {
    const [one, other] = [a[pair] ?? 0, b[pair] ?? 0]
    const p = chance(strengths[one] ?? 0, strengths[other] ?? 0)
    const residual = (points[pair] ?? 0) - (count[pair] ?? 0) * p
    gradient[one] = (gradient[one] ?? 0) + residual
    gradient[other] = (gradient[other] ?? 0) - residual
  }
  return gradient
}

function columnsOf(totals: readonly PairTotal[]): PairColumns {
  const numbers = new Map<number, number>()
  const numberOf = (cluster: number) => {
    const known = numbers.get(cluster) ?? numbers.size
    numbers.set(cluster, known)
    return known
  }
  return {
    a: Int32Array.from(totals, ({ a }) => a),
    b: Int32Array.from(totals, ({ b }) => b),
    count: Float64Array.from(totals, ({ count }) => count),
    points: Float64Array.from(totals, ({ points }) => points),
    cluster: Int32Array.from(totals, ({ cluster }) => numberOf(cluster)),
  }
}

/** A flat likelihood ends Newton's method at some large number; the graph tells before it starts. */
export function demandComparable(size: number, pairs: PooledPairs): void {
  if (strongComponents(size, edgesOf(pairs)).length !== 1) throw noFiniteStrengths()
}

/** Who scored against whom, each once. */
export function edgesOf({ a, b, count, points }: PooledPairs): Edge[] {
  const edges: Edge[] = []
  for (let pair = 0; pair < a.length; pair++) {
    const [one, other] = [a[pair] ?? 0, b[pair] ?? 0]
    const scored = points[pair] ?? 0
    if (scored > 0) edges.push({ from: one, to: other })
    if (scored < (count[pair] ?? 0)) edges.push({ from: other, to: one })
  }
  return edges
}

type Scored = Pick<PairTotal, 'a' | 'b' | 'points'> & { count?: number }

/** Whether every item scored and conceded within one group; a pair without a count met once. */
export function areComparable(size: number, pairs: readonly Scored[]): boolean {
  const edges = pairs.flatMap(({ a, b, points, count = 1 }): Edge[] => [
    ...(points > 0 ? [{ from: a, to: b }] : []),
    ...(points < count ? [{ from: b, to: a }] : []),
  ])
  return strongComponents(size, edges).length === 1
}

/** The same as a demand: a RangeError says that it is not met. */
export function demandAllComparable(size: number, pairs: readonly Scored[]): void {
  if (!areComparable(size, pairs)) throw noFiniteStrengths()
}

const noFiniteStrengths = () =>
  new RangeError('No finite strengths exist: some item never lost, never won or never met.')

/** Probability that an item of strength θa beats one of strength θb. */
const chance = (a: number, b: number): number => 1 / (1 + Math.exp(b - a))

function logLikelihood(strengths: Float64Array, { a, b, count, points }: PooledPairs): number {
  let sum = 0
  for (let pair = 0; pair < a.length; pair++) {
    const apart = (strengths[a[pair] ?? 0] ?? 0) - (strengths[b[pair] ?? 0] ?? 0)
    const scored = points[pair] ?? 0
    // ln of the two chances without the cancellation of 1 − p.
    const soft = Math.log1p(Math.exp(-Math.abs(apart)))
    const [won, lost] = apart >= 0 ? [-soft, -apart - soft] : [apart - soft, -soft]
    sum += scored * won + ((count[pair] ?? 0) - scored) * lost
  }
  return sum
}

function derivatives(
  size: number,
  strengths: Float64Array,
  { a, b, count, points }: PooledPairs,
): { gradient: Float64Array; information: Matrix } {
  const gradient = new Float64Array(size)
  const information = zeros(size)
  const { cells } = information
  for (let pair = 0; pair < a.length; pair++) {
    const [one, other] = [a[pair] ?? 0, b[pair] ?? 0]
    const met = count[pair] ?? 0
    const p = chance(strengths[one] ?? 0, strengths[other] ?? 0)
    const residual = (points[pair] ?? 0) - met * p
    gradient[one] = (gradient[one] ?? 0) + residual
    gradient[other] = (gradient[other] ?? 0) - residual
    const weight = met * p * (1 - p)
    const [row, column] = [one * size, other * size]
    cells[row + one] = (cells[row + one] ?? 0) + weight
    cells[column + other] = (cells[column + other] ?? 0) + weight
    cells[row + other] = (cells[row + other] ?? 0) - weight
    cells[column + one] = (cells[column + one] ?? 0) - weight
  }
  return { gradient, information }
}

/** Fills the null direction (all strengths moving together), which the data cannot see. */
export function filled(information: Matrix): Matrix {
  const { size } = information
  return { size, cells: information.cells.map((value) => value + 1 / size) }
}

const moved = (from: Float64Array, step: Float64Array, scale: number): Float64Array =>
  centred(from.map((value, place) => value + scale * (step[place] ?? 0)))

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function clustersIn({ count, cluster }: PairColumns): number {
  const seen = new Set<number>()
  for (let row = 0; row < count.length; row++) {
    if ((count[row] ?? 0) > 0) seen.add(cluster[row] ?? 0)
  }
  return seen.size
}

/** The rows of each cluster one after another: where each cluster begins, and the rows in that order. */
export function byCluster({ cluster, count }: PairColumns): {
  starts: Int32Array
  rows: Int32Array
} {
  const most = cluster.reduce((largest, one) => Math.max(largest, one), -1)
  const starts = new Int32Array(most + 2)
  for (let row = 0; row < cluster.length; row++) {
    if ((count[row] ?? 0) === 0) continue
    const after = (cluster[row] ?? 0) + 1
    starts[after] = (starts[after] ?? 0) + 1
  }
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0)
  const next = Int32Array.from(starts)
  const rows = new Int32Array(starts[most + 1] ?? 0)
  for (let row = 0; row < cluster.length; row++) {
    if ((count[row] ?? 0) === 0) continue
    const own = cluster[row] ?? 0
    const at = next[own] ?? 0
    rows[at] = row
    next[own] = at + 1
  }
  return { starts, rows }
}

/** H⁻¹ (Σ s_c s_cᵀ) H⁻¹ · G/(G−1); a cluster touches few items, so that its square is small. */
function sandwich(
  strengths: Float64Array,
  columns: PairColumns,
  inverse: Matrix,
): { matrix: Matrix; clusters: number } | null {
  const { size } = inverse
  const { a, b, count, points } = columns
  const { starts, rows } = byCluster(columns)
  const meat = zeros(size)
  const score = new Float64Array(size)
  const touched: number[] = []
  const isTouched = new Uint8Array(size)
  const touch = (item: number) => {
    if (isTouched[item] === 1) return
    isTouched[item] = 1
    touched.push(item)
  }
  let clusters = 0
  for (let own = 0; own + 1 < starts.length; own++) {
    const [from, to] = [starts[own] ?? 0, starts[own + 1] ?? 0]
    if (from === to) continue
    clusters += 1
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0
      const [one, other] = [a[row] ?? 0, b[row] ?? 0]
      const p = chance(strengths[one] ?? 0, strengths[other] ?? 0)
      const residual = (points[row] ?? 0) - (count[row] ?? 0) * p
      touch(one)
      touch(other)
      score[one] = (score[one] ?? 0) + residual
      score[other] = (score[other] ?? 0) - residual
    }
    for (const one of touched) {
      for (const other of touched) {
        const at = one * size + other
        meat.cells[at] = (meat.cells[at] ?? 0) + (score[one] ?? 0) * (score[other] ?? 0)
      }
    }
    for (const item of touched) {
      score[item] = 0
      isTouched[item] = 0
    }
    touched.length = 0
  }
  if (clusters < 2) return null
  const factor = clusters / (clusters - 1)
  const matrix = product(product(inverse, meat), inverse)
  return { matrix: { size, cells: matrix.cells.map((value) => factor * value) }, clusters }
}

/** The variance of the difference between two strengths. */
export const differenceVariance = (covariance: Matrix, a: number, b: number): number =>
  Math.max(0, cell(covariance, a, a) + cell(covariance, b, b) - 2 * cell(covariance, a, b))
