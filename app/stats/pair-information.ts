import { differenceVariance } from './bradley-terry.ts'
import { inverseOf, type Matrix, times, zeros } from './matrix.ts'
import { unitNormalLoss } from './unit-normal-loss.ts'

/** What is known of one pair: comparisons, the points that a had in them, and those on their way. */
export interface PairRecord {
  a: number
  b: number
  count: number
  /** One for a's win, half for a tie, nothing for b's win. */
  points: number
  /** Comparisons that are asked for and not yet answered. */
  pending: number
}

export interface StrengthBelief {
  strengths: Float64Array
  /** What is uncertain about them once the pending comparisons are answered. */
  covariance: Matrix
}

/**
 * Strengths as a belief to choose comparisons by: Bradley–Terry, a tie as half a win, with a weak
 * normal prior of mean 0 on each strength, at its mode, with the inverse information there as
 * covariance (Laplace's approximation). Unlike `bradleyTerry` it exists for any record: none at all,
 * groups that never met, models that never lost. The prior draws strengths together; so this is never
 * an estimate to publish.
 *
 * Cost: K³ an iteration for K items, about six iterations.
 * Source: D. J. C. MacKay, Neural Computation 4 (1992) 448–472 for the approximation.
 *
 * @param spread standard deviation of the prior, in natural logarithms of strength
 * @example believedStrengths(2, []).strengths // [0, 0]
 */
export function believedStrengths(
  size: number,
  records: readonly PairRecord[],
  { spread = 2 } = {},
): StrengthBelief {
  const precision = 1 / spread ** 2
  const strengths = new Float64Array(size)
  const judged = records.map((record) => ({ ...record, pending: 0 }))
  for (let iteration = 0; iteration < 50; iteration++) {
    const step = times(
      inverseOf(informationOf(strengths, judged, precision)),
      slopeOf(strengths, judged, precision),
    )
    let largest = 0
    for (let item = 0; item < size; item++) {
      // Steps are bounded, because the curvature far from the mode says little about it.
      const change = Math.max(-2, Math.min(2, step[item] ?? 0))
      strengths[item] = (strengths[item] ?? 0) + change
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < 1e-9) break
  }
  return { strengths, covariance: inverseOf(informationOf(strengths, records, precision)) }
}

/** Probability that an item of strength a beats one of strength b. */
const chance = (a: number, b: number): number => 1 / (1 + Math.exp(b - a))

function slopeOf(
  strengths: Float64Array,
  records: readonly PairRecord[],
  precision: number,
): Float64Array {
  const slope = strengths.map((strength) => -precision * strength)
  for (const { a, b, count, points } of records) {
    const residual = points - count * chance(strengths[a] ?? 0, strengths[b] ?? 0)
    slope[a] = (slope[a] ?? 0) + residual
    slope[b] = (slope[b] ?? 0) - residual
  }
  return slope
}

function informationOf(
  strengths: Float64Array,
  records: readonly PairRecord[],
  precision: number,
): Matrix {
  const information = zeros(strengths.length)
  for (let item = 0; item < strengths.length; item++) {
    information.cells[item * strengths.length + item] = precision
  }
  for (const { a, b, count, pending } of records) {
    const p = chance(strengths[a] ?? 0, strengths[b] ?? 0)
    addContrast(information, a, b, (count + pending) * p * (1 - p))
  }
  return information
}

/** Adds weight · (e_a − e_b)(e_a − e_b)ᵀ. */
function addContrast({ size, cells }: Matrix, a: number, b: number, weight: number): void {
  cells[a * size + a] = (cells[a * size + a] ?? 0) + weight
  cells[b * size + b] = (cells[b * size + b] ?? 0) + weight
  cells[a * size + b] = (cells[a * size + b] ?? 0) - weight
  cells[b * size + a] = (cells[b * size + a] ?? 0) - weight
}

/** Comparisons that a pair's gain looks ahead to. */
const lookAhead = 8

/**
 * How much more comparisons of each pair would tell about the order: above zero, on no scale of its
 * own, to be divided by its sum.
 *
 * It is the knowledge gradient of the pair's own order. With d the difference of the two strengths,
 * v its variance and p the chance of the first, eight comparisons would move d by a normal step of
 * variance ρ²v, where ρ² = n/(1+n) and n = 8p(1−p)v. They change which of the two is placed higher
 * only where the step crosses zero, and improve on the order, in standard deviations, by
 * ρ·E max(0, Z − |d|/(ρ√v)). Where the order is plain nothing can be gained; of pairs whose order is
 * open, those less is known of gain more. A single comparison would look too little ahead: its step
 * crosses zero only where the two are all but equal already. Eight were chosen by simulation (see the
 * decision on adaptive order).
 *
 * Source: P. Frazier, W. Powell and S. Dayanik, The knowledge-gradient policy for correlated normal
 * beliefs, INFORMS Journal on Computing 21 (2009) 599–613.
 *
 * @param pairs the pairs that may be compared; an item and itself tell nothing
 * @example pairInformation(believedStrengths(2, []), [{ a: 0, b: 1 }, { a: 1, b: 1 }]) // [0.38703…, 0]
 */
export function pairInformation(
  { strengths, covariance }: StrengthBelief,
  pairs: readonly { a: number; b: number }[],
): Float64Array {
  return Float64Array.from(pairs, ({ a, b }) => {
    if (a === b) return 0
    const [one, other] = [strengths[a] ?? 0, strengths[b] ?? 0]
    const p = chance(one, other)
    const variance = differenceVariance(covariance, a, b)
    const seen = lookAhead * p * (1 - p) * variance
    const reach = Math.sqrt(seen / (1 + seen))
    return reach === 0
      ? 0
      : reach * unitNormalLoss(Math.abs(one - other) / (reach * Math.sqrt(variance)))
  })
}
