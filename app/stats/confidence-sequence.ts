import { logBeta } from './beta-distribution.ts'
import type { Interval } from './wilson-interval.ts'

/**
 * The mixing variance at which a two-sided normal mixture's boundary is tightest once the intrinsic
 * time is v.
 * Source: S. R. Howard, A. Ramdas, J. McAuliffe and J. Sekhon, Annals of Statistics 49 (2021)
 * 1055–1080, section 3.5 (their closed form).
 *
 * @example optimalMixing(100) // 12.6005…
 */
export const optimalMixing = (v: number, alpha = 0.05): number =>
  v / (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha)))

/**
 * How far a sum of centred values may stray at intrinsic time v (their summed variances), at any time
 * at all, with probability 1 − α: the two-sided normal mixture boundary.
 * Source: as `optimalMixing`, their equation (14).
 *
 * @param tightestAt the intrinsic time at which the boundary is meant to be tightest
 * @example normalMixtureBound(100, { tightestAt: 100 }) // 30.3520…
 */
export function normalMixtureBound(
  v: number,
  { tightestAt, alpha = 0.05 }: { tightestAt: number; alpha?: number },
): number {
  const mixing = optimalMixing(tightestAt, alpha)
  return Math.sqrt((v + mixing) * (Math.log1p(v / mixing) + 2 * Math.log(1 / alpha)))
}

/**
 * The logarithm of the evidence that a sum of centred values at intrinsic time v is not centred at 0: a
 * likelihood ratio mixed by a normal distribution around it. It starts at 0 and reaches ln(1/α) where
 * the sum reaches `normalMixtureBound`.
 * Source: as `optimalMixing`, section 3.2.
 *
 * @example normalMixtureEvidence(10, 100, { tightestAt: 100 }) // -0.6510…
 */
export function normalMixtureEvidence(
  sum: number,
  v: number,
  { tightestAt, alpha = 0.05 }: { tightestAt: number; alpha?: number },
): number {
  const mixing = optimalMixing(tightestAt, alpha)
  return sum ** 2 / (2 * (v + mixing)) - Math.log1p(v / mixing) / 2
}

/**
 * The logarithm of the evidence against a proportion p after so many successes and failures: a
 * likelihood ratio mixed by a beta distribution around p. It starts at 0 and exceeds ln(1/α), ever,
 * with probability at most α where p is true.
 * Source: as `optimalMixing`, proposition 7 (two-sided beta-binomial).
 */
export function betaBinomialEvidence(
  { successes, failures }: { successes: number; failures: number },
  p: number,
  { tightestAt, alpha = 0.05 }: { tightestAt: number; alpha?: number },
): number {
  const unit = p * (1 - p)
  const mixing = Math.max(optimalMixing(tightestAt * unit, alpha) - unit, 1e-3 * unit)
  const [a, b] = [mixing / (1 - p), mixing / p]
  return (
    logBeta(a + successes, b + failures) -
    logBeta(a, b) -
    successes * Math.log(p) -
    failures * Math.log1p(-p)
  )
}

/**
 * A confidence sequence for a proportion: an interval that holds at all times at once, so that one may
 * look after every trial and stop whenever one likes. Each trial must be independent of those before;
 * of several verdicts on one prompt only their mean is, for which see `meanConfidenceSequence`.
 *
 * Returns null when there was no trial.
 * Source: as `optimalMixing`; the interval is where `betaBinomialEvidence` stays below ln(1/α).
 *
 * @param tightestAt the number of trials at which the interval is meant to be tightest
 * @example proportionConfidenceSequence(700, 1000, { tightestAt: 100 }) // { low: 0.6516…, high: 0.7459… }
 */
export function proportionConfidenceSequence(
  successes: number,
  trials: number,
  { tightestAt, alpha = 0.05 }: { tightestAt: number; alpha?: number },
): Interval | null {
  if (trials <= 0) return null
  const share = successes / trials
  const counts = { successes, failures: trials - successes }
  const isOut = (p: number) =>
    betaBinomialEvidence(counts, p, { tightestAt, alpha }) > Math.log(1 / alpha)
  const edge = (outside: number): number => {
    let [out, inside] = [outside, share]
    for (let step = 0; step < 100; step++) {
      const middle = (out + inside) / 2
      if (isOut(middle)) out = middle
      else inside = middle
    }
    return inside
  }
  const least = 1e-9
  return {
    low: share === 0 || !isOut(least) ? 0 : edge(least),
    high: share === 1 || !isOut(1 - least) ? 1 : edge(1 - least),
  }
}

/**
 * A confidence sequence for the mean of values between 0 and 1, in the order in which they came: the
 * predictable plug-in empirical Bernstein bound, and of all intervals so far what they share. Give one
 * value for each prompt, its mean over raters: raters' verdicts on one prompt are not exchangeable
 * with those on the next.
 *
 * Returns the interval after the last value; null without any. Throws a RangeError for a value outside.
 * Source: I. Waudby-Smith and A. Ramdas, Journal of the Royal Statistical Society B 86 (2024) 1–27,
 * theorem 2.
 */
export function meanConfidenceSequence(values: readonly number[], alpha = 0.05): Interval | null {
  if (values.length === 0) return null
  const reach = Math.log(2 / alpha)
  let [sum, squares, weights, weighted, penalty] = [0, 0, 0, 0, 0]
  let [low, high] = [0, 1]
  for (const [place, value] of values.entries()) {
    if (!(value >= 0 && value <= 1)) throw new RangeError('Values lie between 0 and 1.')
    const t = place + 1
    const meanBefore = (0.5 + sum) / t
    const varianceBefore = (0.25 + squares) / t
    const bet = Math.min(0.5, Math.sqrt((2 * reach) / (varianceBefore * t * Math.log1p(t))))
    weights += bet
    weighted += bet * value
    penalty += (value - meanBefore) ** 2 * (-Math.log1p(-bet) - bet)
    sum += value
    squares += (value - (0.5 + sum) / (t + 1)) ** 2
    const width = (reach + penalty) / weights
    low = Math.max(low, weighted / weights - width)
    high = Math.min(high, weighted / weights + width)
  }
  return { low, high }
}
