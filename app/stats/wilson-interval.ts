import { normalQuantile } from './student-t.ts'

export interface Interval {
  low: number
  high: number
}

/**
 * Wilson's score interval for a proportion. Right only for one decisive verdict on each independent
 * prompt; with several verdicts a prompt use `clusteredMean`.
 *
 * Returns null when there was no trial.
 * Source: E. B. Wilson, JASA 22 (1927) 209–212; R. G. Newcombe, Statistics in Medicine 17 (1998) 857.
 *
 * @example wilsonInterval(81, 263) // { low: 0.25528…, high: 0.36620… }
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): Interval | null {
  if (trials <= 0) return null
  const z = normalQuantile(1 - (1 - confidence) / 2)
  const p = successes / trials
  const spread = z * Math.sqrt((p * (1 - p)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  const middle = p + (z * z) / (2 * trials)
  return {
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  }
}
