import { differenceVariance } from './bradley-terry.ts'
import type { Matrix } from './matrix.ts'

/**
 * By how much one more comparison of each pair would raise the logarithm of the determinant of the
 * information on Bradley–Terry strengths: ln(1 + p(1 − p)·Var(θa − θb)). The most is gained, for all
 * strengths at once, where the outcome is open and the difference ill known. An item and itself tell
 * nothing.
 *
 * Source: V. V. Fedorov, Theory of Optimal Experiments (1972), chapter 2, for D-optimal designs.
 *
 * @param covariance of the strengths; the model's own, not one widened for clusters
 * @example designGain({ strengths: [0, 0], covariance: { size: 2, cells: [1, 0, 0, 1] } }, [{ a: 0, b: 1 }])
 *   // [Math.log(1.5)]
 */
export const designGain = (
  { strengths, covariance }: { strengths: ArrayLike<number>; covariance: Matrix },
  pairs: readonly { a: number; b: number }[],
): number[] =>
  pairs.map(({ a, b }) => {
    if (a === b) return 0
    const p = 1 / (1 + Math.exp((strengths[b] ?? 0) - (strengths[a] ?? 0)))
    return Math.log1p(p * (1 - p) * differenceVariance(covariance, a, b))
  })
