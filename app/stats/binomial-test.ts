import { logChoose } from './log-factorial.ts'

/** How probable exactly k of n are, each with probability p. @example binomialProbability(1, 2, 0.5) // 0.5 */
export function binomialProbability(k: number, n: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
}

/** Outcomes as probable as the one seen up to rounding count as equally extreme. */
const sameProbability = 1 + 1e-7

/**
 * The exact p-value of k of n successes against the probability p.
 *
 * `two-sided` adds up all outcomes that are at most as probable as the one seen; `greater` those with
 * at least as many successes. Returns null when there was no trial.
 * Source: W. J. Conover, Practical Nonparametric Statistics (1971) 97–104; R's `binom.test`.
 *
 * @example binomialTest(682, 925, 0.75) // 0.38249…
 * @example binomialTest(8, 10, 0.5) // 0.109375
 */
export function binomialTest(
  successes: number,
  trials: number,
  p: number,
  alternative: 'two-sided' | 'greater' = 'two-sided',
): number | null {
  if (trials <= 0) return null
  const seen = binomialProbability(successes, trials, p)
  let sum = 0
  const from = alternative === 'greater' ? successes : 0
  for (let k = from; k <= trials; k++) {
    const probability = binomialProbability(k, trials, p)
    if (alternative === 'greater' || probability <= seen * sameProbability) sum += probability
  }
  return Math.min(1, sum)
}
