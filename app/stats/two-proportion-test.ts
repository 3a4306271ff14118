import type { Split } from './fisher-test.ts'
import { normalDistribution } from './student-t.ts'

export interface ProportionTest {
  z: number
  pValue: number
}

/**
 * The test that two independent proportions are the same, by the normal distribution with their pooled
 * share; two-sided.
 *
 * Returns null when either has no trial, or when all or none succeeded, so that nothing varies.
 * Source: J. L. Fleiss, B. Levin and M. C. Paik, Statistical Methods for Rates and Proportions, 3rd
 * ed. (2003), section 3.1 (without the correction for continuity).
 *
 * @example twoProportionTest({ successes: 5, trials: 10 }, { successes: 5, trials: 10 })?.pValue // 1
 */
export function twoProportionTest(one: Split, other: Split): ProportionTest | null {
  if (one.trials <= 0 || other.trials <= 0) return null
  const pooled = (one.successes + other.successes) / (one.trials + other.trials)
  const variance = pooled * (1 - pooled) * (1 / one.trials + 1 / other.trials)
  if (variance <= 0) return null
  const z = (one.successes / one.trials - other.successes / other.trials) / Math.sqrt(variance)
  return { z, pValue: Math.min(1, 2 * normalDistribution(-Math.abs(z))) }
}
