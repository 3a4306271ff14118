import { strongComponents } from './comparison-graph.ts'
import { addTo, cell, inverseOf, type Matrix, times, zeros } from './matrix.ts'

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
 * Cost: K³ an iteration for K items, and K² for each cluster.
 *
 * Sources: R. A. Bradley and M. E. Terry, Biometrika 39 (1952) 324–345; D. R. Hunter, Annals of
 * Statistics 32 (2004) 384–406; Cameron and Miller (2015) for the sandwich.
 *
 * @example bradleyTerry(2, [{ a: 0, b: 1, count: 3, points: 2, cluster: 0 }]).strengths[0] // ln(2)/2
 */
export function bradleyTerry(size: number, totals: readonly PairTotal[]): BradleyTerryFit {
  const pairs = pooled(totals)
  demandComparable(size, pairs)
  const strengths = new Float64Array(size)
  let current = logLikelihood(strengths, pairs)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const { gradient, information } = derivatives(strengths, pairs)
    const step = times(inverseOf(filled(information)), gradient)
    let scale = 1
    let next = moved(strengths, step, scale)
    while (logLikelihood(next, pairs) < current - 1e-12 && scale > 1e-6) {
      scale /= 2
      next = moved(strengths, step, scale)
    }
    strengths.set(next)
    current = logLikelihood(strengths, pairs)
    const largest = step.reduce((most, change) => Math.max(most, Math.abs(change)), 0)
    if (largest < 1e-11) break
  }
  const { information } = derivatives(strengths, pairs)
  const clusters = new Set(totals.filter((total) => total.count > 0).map((total) => total.cluster))
  return {
    strengths,
    covariance:
      clusters.size < 2 ? null : sandwich(strengths, totals, inverseOf(filled(information))),
    clusters: clusters.size,
    logLikelihood: current,
    iterations,
  }
}

/** A flat likelihood ends Newton's method at some large number; the graph tells before it starts. */
function demandComparable(size: number, pairs: readonly PairTotal[]): void {
  const edges = pairs.flatMap(({ a, b, count, points }) => [
    ...(points > 0 ? [{ from: a, to: b }] : []),
    ...(points < count ? [{ from: b, to: a }] : []),
  ])
  if (strongComponents(size, edges).length === 1) return
  throw new RangeError('No finite strengths exist: some item never lost, never won or never met.')
}

/** Probability that an item of strength θa beats one of strength θb. */
const chance = (a: number, b: number): number => 1 / (1 + Math.exp(b - a))

function pooled(totals: readonly PairTotal[]): PairTotal[] {
  const byPair = new Map<string, PairTotal>()
  for (const { a, b, count, points } of totals) {
    const isForward = a < b
    const key = isForward ? `${a},${b}` : `${b},${a}`
    const pair = byPair.get(key) ?? {
      a: Math.min(a, b),
      b: Math.max(a, b),
      count: 0,
      points: 0,
      cluster: 0,
    }
    pair.count += count
    pair.points += isForward ? points : count - points
    byPair.set(key, pair)
  }
  return [...byPair.values()].sort((one, other) => one.a - other.a || one.b - other.b)
}

function logLikelihood(strengths: Float64Array, pairs: readonly PairTotal[]): number {
  return pairs.reduce((sum, { a, b, count, points }) => {
    const p = chance(strengths[a] ?? 0, strengths[b] ?? 0)
    return sum + points * Math.log(p) + (count - points) * Math.log1p(-p)
  }, 0)
}

function derivatives(strengths: Float64Array, pairs: readonly PairTotal[]) {
  const gradient = new Float64Array(strengths.length)
  const information = zeros(strengths.length)
  for (const { a, b, count, points } of pairs) {
    const p = chance(strengths[a] ?? 0, strengths[b] ?? 0)
    const residual = points - count * p
    gradient[a] = (gradient[a] ?? 0) + residual
    gradient[b] = (gradient[b] ?? 0) - residual
    const weight = count * p * (1 - p)
    addTo(information, a, a, weight)
    addTo(information, b, b, weight)
    addTo(information, a, b, -weight)
    addTo(information, b, a, -weight)
  }
  return { gradient, information }
}

/** Fills the null direction (all strengths moving together), which the data cannot see. */
function filled(information: Matrix): Matrix {
  const { size } = information
  return { size, cells: information.cells.map((value) => value + 1 / size) }
}

const moved = (from: Float64Array, step: Float64Array, scale: number): Float64Array =>
  centred(from.map((value, place) => value + scale * (step[place] ?? 0)))

function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function sandwich(strengths: Float64Array, totals: readonly PairTotal[], inverse: Matrix): Matrix {
  const size = strengths.length
  const scores = new Map<number, Float64Array>()
  for (const { a, b, count, points, cluster } of totals) {
    if (count === 0) continue
    const score = scores.get(cluster) ?? new Float64Array(size)
    const residual = points - count * chance(strengths[a] ?? 0, strengths[b] ?? 0)
    score[a] = (score[a] ?? 0) + residual
    score[b] = (score[b] ?? 0) - residual
    scores.set(cluster, score)
  }
  const covariance = zeros(size)
  const factor = scores.size / (scores.size - 1)
  for (const score of scores.values()) {
    const influence = centred(times(inverse, score))
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        addTo(covariance, row, column, factor * (influence[row] ?? 0) * (influence[column] ?? 0))
      }
    }
  }
  return covariance
}

/** The variance of the difference between two strengths. */
export const differenceVariance = (covariance: Matrix, a: number, b: number): number =>
  Math.max(0, cell(covariance, a, a) + cell(covariance, b, b) - 2 * cell(covariance, a, b))
