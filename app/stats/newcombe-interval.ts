import type { Split } from './fisher-test.ts'
import { type Interval, wilsonInterval } from './wilson-interval.ts'

/**
 * The interval of the difference between two independent proportions, one less other, from Wilson's
 * interval of each. For the same prompts judged twice use the paired difference instead.
 *
 * Returns null when either has no trial.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
 *
 * @example newcombeInterval({ successes: 56, trials: 70 }, { successes: 48, trials: 80 })
 *   // { low: 0.0524…, high: 0.33387… }
 */
export function newcombeInterval(one: Split, other: Split, confidence = 0.95): Interval | null {
  const first = wilsonInterval(one.successes, one.trials, confidence)
  const second = wilsonInterval(other.successes, other.trials, confidence)
  if (!first || !second) return null
  const p = one.successes / one.trials
  const q = other.successes / other.trials
  return {
    low: p - q - Math.hypot(p - first.low, second.high - q),
    high: p - q + Math.hypot(first.high - p, q - second.low),
  }
}
