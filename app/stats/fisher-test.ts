import { logChoose } from './log-factorial.ts'

export interface Split {
  successes: number
  trials: number
}

/**
 * Fisher's exact test that the successes of `one` are too few beside those of `other`: the probability,
 * were both alike, that so few or fewer of all successes fall to `one`.
 *
 * Returns null when either has no trial. Where all succeeded or none did it is 1.
 * Source: R. A. Fisher, The Design of Experiments (1935), chapter II.
 *
 * @example fisherTooFew({ successes: 1, trials: 4 }, { successes: 3, trials: 4 }) // 17 / 70
 */
export function fisherTooFew(one: Split, other: Split): number | null {
  if (one.trials <= 0 || other.trials <= 0) return null
  const all = one.trials + other.trials
  const successes = one.successes + other.successes
  const total = logChoose(all, successes)
  let sum = 0
  for (let k = Math.max(0, successes - other.trials); k <= one.successes; k++) {
    sum += Math.exp(logChoose(one.trials, k) + logChoose(other.trials, successes - k) - total)
  }
  return Math.min(1, sum)
}

/**
 * The same for too many successes of `one`.
 *
 * @example fisherTooMany({ successes: 3, trials: 4 }, { successes: 1, trials: 4 }) // 17 / 70
 */
export const fisherTooMany = (one: Split, other: Split): number | null =>
  fisherTooFew(failuresOf(one), failuresOf(other))

const failuresOf = ({ successes, trials }: Split): Split => ({
  successes: trials - successes,
  trials,
})
