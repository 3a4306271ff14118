import { demandAllComparable, filled, type PairTotal } from './bradley-terry.ts'
import { logisticFit } from './logistic-fit.ts'
import { addTo, cell, corner, type Matrix, solverOf, zeros } from './matrix.ts'
import { studentTDistribution, studentTQuantile } from './student-t.ts'

/** A comparison with how a's response differs from b's in each style: longer, more lists … */
export interface StyledTotal extends PairTotal {
  styles: readonly number[]
}

export interface StyleCoefficient {
  /** How much the logarithm of the odds rises with one standard deviation of the difference. */
  value: number
  standardError: number | null
  low: number | null
  high: number | null
  pValue: number | null
  /**
   * The share of the style's variation that is not told by which items met, 0 to 1; null where nothing
   * differs. The coefficient rests on that share alone.
   */
  ownShare: number | null
}

export interface StyleControlledFit {
  /** Natural logarithm of each strength at equal style, mean zero. */
  strengths: Float64Array
  covariance: Matrix | null
  coefficients: StyleCoefficient[]
  clusters: number
}

/**
 * Bradley–Terry strengths at equal style: the logarithm of a's odds is θa − θb + Σ βₖ zₖ, where zₖ is
 * the difference of the two responses in style k, standardised over the comparisons. A positive β says
 * that judges prefer more of it whatever the model. No ridge; a style in which nothing differs has the
 * coefficient 0 without an interval.
 *
 * Throws a RangeError where strengths or coefficients have no finite estimate.
 * Source: T. Li, A. Angelopoulos and W.-L. Chiang, “Does style matter? Disentangling style and
 * substance in Chatbot Arena” (2024), here without their ridge and with intervals clustered by prompt.
 *
 * @param totals comparisons; each style best as (a − b) / (a + b) of its count
 * @example styleControlledRatings(2, [1, -1].map((style, cluster) => (
 *   { a: 0, b: 1, count: 3, points: style > 0 ? 2 : 1, cluster, styles: [style] }
 * ))).coefficients[0]?.value // Math.log(2)
 */
export function styleControlledRatings(
  size: number,
  totals: readonly StyledTotal[],
  confidence = 0.95,
): StyleControlledFit {
  demandAllComparable(size, totals)
  const styles = totals[0]?.styles.length ?? 0
  const scales = Array.from({ length: styles }, (_, style) => spreadOf(totals, style))
  const used = scales.flatMap((scale, style) => (scale > 0 ? [style] : []))
  const fit = logisticFit(
    size + used.length,
    totals.map(({ a, b, count, points, cluster, styles: own }) => ({
      places: [a, b, ...used.map((_, k) => size + k)],
      values: [1, -1, ...used.map((style) => (own[style] ?? 0) / (scales[style] ?? 1))],
      count,
      points,
      cluster,
    })),
    { centred: size },
  )
  const { covariance, clusters } = fit
  const none = {
    value: 0,
    standardError: null,
    low: null,
    high: null,
    pValue: null,
    ownShare: null,
  }
  const shares = ownShares(size, totals, scales)
  const coefficients = scales.map((_, style): StyleCoefficient => {
    const k = used.indexOf(style)
    if (k < 0) return none
    const value = fit.coefficients[size + k] ?? 0
    const ownShare = shares[style] ?? null
    if (!covariance) return { ...none, value, ownShare }
    const standardError = Math.sqrt(Math.max(0, cell(covariance, size + k, size + k)))
    const reach = studentTQuantile(1 - (1 - confidence) / 2, clusters - 1) * standardError
    const pValue =
      standardError === 0
        ? null
        : Math.min(1, 2 * studentTDistribution(-Math.abs(value / standardError), clusters - 1))
    return { value, standardError, low: value - reach, high: value + reach, pValue, ownShare }
  })
  return {
    strengths: fit.coefficients.slice(0, size),
    covariance: covariance && corner(covariance, size),
    coefficients,
    clusters,
  }
}

/** For each style, what is left of its squares once each item may have a typical amount of it. */
function ownShares(
  size: number,
  totals: readonly StyledTotal[],
  scales: readonly number[],
): number[] {
  const meetings = zeros(size)
  for (const { a, b, count } of totals) {
    addTo(meetings, a, a, count)
    addTo(meetings, b, b, count)
    addTo(meetings, a, b, -count)
    addTo(meetings, b, a, -count)
  }
  const solve = solverOf(filled(meetings))
  return scales.map((_, style) => {
    const excess = new Float64Array(size)
    let all = 0
    for (const { a, b, count, styles } of totals) {
      const own = styles[style] ?? 0
      excess[a] = (excess[a] ?? 0) + count * own
      excess[b] = (excess[b] ?? 0) - count * own
      all += count * own * own
    }
    const typical = solve(excess)
    const told = excess.reduce((sum, own, item) => sum + own * (typical[item] ?? 0), 0)
    return all === 0 ? 0 : Math.min(1, Math.max(0, 1 - told / all))
  })
}

/** The root mean square of a style's difference: its sign must not be lost by centring. */
function spreadOf(totals: readonly StyledTotal[], style: number): number {
  let squares = 0
  let count = 0
  for (const total of totals) {
    squares += total.count * (total.styles[style] ?? 0) ** 2
    count += total.count
  }
  return count === 0 ? 0 : Math.sqrt(squares / count)
}
