import { binomialProbability } from './binomial-test.ts'

/**
 * An interval for a quantile that assumes nothing of the distribution: between two values of the
 * sorted sample, chosen so that each tail is missed with at most half of 1 − confidence. It covers at
 * least as often as it says.
 *
 * Returns null when the sample is too small for one: at 95 %, a median needs six values.
 * Source: H. A. David and H. N. Nagaraja, Order Statistics (2003), section 7.1.
 *
 * @param n size of the sample
 * @param p which quantile, strictly between 0 and 1
 * @returns ranks from 1
 * @example orderStatisticRanks(10, 0.5) // { low: 2, high: 9 }
 */
export function orderStatisticRanks(
  n: number,
  p: number,
  confidence = 0.95,
): { low: number; high: number } | null {
  const tail = (1 - confidence) / 2
  let below = 0
  let low = 0
  let high = n + 1
  for (let k = 0; k < n; k++) {
    below += binomialProbability(k, n, p)
    if (below <= tail) low = k + 1
    if (below >= 1 - tail) {
      high = k + 1
      break
    }
  }
  return low === 0 || high > n ? null : { low, high }
}
