import { normalQuantile } from './student-t.ts'

export interface Power {
  /** How often a difference of that size should be found. */
  power?: number
  /** How often one should be found that is not there; two-sided. */
  alpha?: number
}

const quantiles = ({ power = 0.8, alpha = 0.05 }: Power) => ({
  found: normalQuantile(power),
  allowed: normalQuantile(1 - alpha / 2),
})

/**
 * Independent decisive verdicts needed to tell a win rate from an even one. Multiply by `designEffect`
 * where prompts are judged several times. Null for an even win rate, which no number tells apart.
 * Source: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions, 3rd
 * ed. (2003), section 2.5.
 *
 * @example verdictsNeeded(0.55) // 783
 */
export const verdictsNeeded = (winRate: number, power: Power = {}): number | null =>
  verdictsWithTiesNeeded({ wins: winRate, losses: 1 - winRate }, power)

/**
 * The same where some verdicts are ties, which count half: from the shares of wins and losses.
 *
 * @example verdictsWithTiesNeeded({ wins: 0.45, losses: 0.35 }) // 626
 */
export function verdictsWithTiesNeeded(
  { wins, losses }: { wins: number; losses: number },
  power: Power = {},
): number | null {
  const lead = Math.abs(wins - losses)
  if (lead === 0) return null
  const { found, allowed } = quantiles(power)
  const decisive = wins + losses
  const reach = allowed * Math.sqrt(decisive) + found * Math.sqrt(decisive - lead ** 2)
  return Math.ceil((reach / lead) ** 2)
}

/**
 * Independent verdicts needed for each of two versions to tell their proportions apart, when they
 * answer different prompts. Null where the proportions are the same.
 * Source: as `verdictsNeeded`, section 4.2 (without the correction for continuity).
 *
 * @example verdictsNeededEach(0.5, 0.55) // 1565
 */
export function verdictsNeededEach(one: number, other: number, power: Power = {}): number | null {
  const apart = Math.abs(one - other)
  if (apart === 0) return null
  const { found, allowed } = quantiles(power)
  const middle = (one + other) / 2
  const reach =
    allowed * Math.sqrt(2 * middle * (1 - middle)) +
    found * Math.sqrt(one * (1 - one) + other * (1 - other))
  return Math.ceil((reach / apart) ** 2)
}

/**
 * How many more prompts a mean over prompts needs until its interval is as narrow as wished, if they
 * vary as those so far: its standard error falls with the root of their number. At least 0.
 *
 * @example morePromptsNeeded({ prompts: 100, halfWidth: 0.04 }, 0.02) // 300
 */
export const morePromptsNeeded = (
  { prompts, halfWidth }: { prompts: number; halfWidth: number },
  wished: number,
): number => Math.max(0, Math.ceil(prompts * (halfWidth / wished) ** 2 - 1e-9) - prompts)
