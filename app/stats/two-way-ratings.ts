import { type BradleyTerryFit, bradleyTerry, type PairTotal } from './bradley-terry.ts'
import { addTo, cell, type Matrix, symmetricParts, zeros } from './matrix.ts'
import { leastTwoWayClusters } from './two-way-clustered-mean.ts'

/** What one rater said of one pair on one prompt. */
export interface TwoWayTotal extends Omit<PairTotal, 'cluster'> {
  prompt: number
  rater: number
}

export interface TwoWayFit extends Omit<BradleyTerryFit, 'clusters'> {
  prompts: number
  raters: number
  /** Why there is no covariance. */
  reason?: string
}

/**
 * `bradleyTerry` with a covariance for verdicts that are alike within a prompt and within a rater: the
 * sandwich by prompts, plus that by raters, less that by both at once. Where the sum is no covariance
 * (a variance below zero in some direction) those directions are set to zero.
 *
 * No covariance with fewer than twenty prompts or raters. Throws as `bradleyTerry` does.
 * Source: Cameron, Gelbach and Miller (2011), section 2.3 for the clipping.
 *
 * @example twoWayRatings(2, [{ a: 0, b: 1, count: 3, points: 2, prompt: 0, rater: 0 }])
 *   .strengths[0] // Math.log(2) / 2
 */
export function twoWayRatings(size: number, totals: readonly TwoWayTotal[]): TwoWayFit {
  const by = (clusterOf: (total: TwoWayTotal) => number) =>
    bradleyTerry(
      size,
      totals.map((total) => ({ ...total, cluster: clusterOf(total) })),
    )
  const raters = Math.max(0, ...totals.map(({ rater }) => rater + 1))
  const byPrompt = by(({ prompt }) => prompt)
  const byRater = by(({ rater }) => rater)
  const fit = {
    strengths: byPrompt.strengths,
    logLikelihood: byPrompt.logLikelihood,
    iterations: byPrompt.iterations,
    prompts: byPrompt.clusters,
    raters: byRater.clusters,
  }
  if (Math.min(fit.prompts, fit.raters) < leastTwoWayClusters) {
    const scarce = fit.prompts <= fit.raters ? 'prompts' : 'raters'
    return { ...fit, covariance: null, reason: `fewer than ${leastTwoWayClusters} ${scarce}` }
  }
  const byBoth = by(({ prompt, rater }) => prompt * raters + rater)
  const sum = zeros(size)
  for (const [{ covariance }, sign] of [
    [byPrompt, 1],
    [byRater, 1],
    [byBoth, -1],
  ] as const) {
    if (!covariance) continue
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        addTo(sum, row, column, sign * cell(covariance, row, column))
      }
    }
  }
  return { ...fit, covariance: withoutNegative(sum) }
}

/** The nearest matrix without a negative variance in any direction. */
function withoutNegative(matrix: Matrix): Matrix {
  const { values, vectors } = symmetricParts(matrix)
  if (values.every((value) => value >= 0)) return matrix
  const clipped = zeros(matrix.size)
  for (const [at, value] of values.entries()) {
    if (value <= 0) continue
    for (let row = 0; row < matrix.size; row++) {
      for (let column = 0; column < matrix.size; column++) {
        addTo(clipped, row, column, value * cell(vectors, row, at) * cell(vectors, column, at))
      }
    }
  }
  return clipped
}
