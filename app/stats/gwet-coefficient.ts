import { agreementWeights, type Weighting } from './agreement-weights.ts'
import {
  type AgreementCoefficient,
  type ChanceAgreement,
  chanceCorrected,
  type UnitCounts,
} from './chance-corrected.ts'

/**
 * Gwet's AC1, and AC2 with weights: agreement beyond that of raters who guess only where a unit is
 * hard to classify. Unlike kappa and alpha it stays high where raters agree and one category is
 * frequent; unlike them it can be high where scores merely crowd together, so both belong in a report.
 *
 * Categories are those declared: one that nobody used counts.
 * Null where no unit has two values. With one declared category there is nothing to measure.
 * Source: K. L. Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008) 29–48;
 * Handbook of Inter-Rater Reliability, 4th ed. (2014), section 4.
 *
 * @param counts rows of units, columns of declared categories
 * @example gwetCoefficient([[2, 0], [2, 0]])?.value // 1
 */
export function gwetCoefficient(
  counts: UnitCounts,
  weighting: Weighting = 'identity',
  confidence = 0.95,
): AgreementCoefficient | null {
  const { weights, chance } = gwetModel(weighting, counts[0]?.length ?? 0)
  return chanceCorrected(counts, weights, chance, confidence)
}

/** The weights and the chance agreement of Gwet's coefficient for so many declared categories. */
export function gwetModel(
  weighting: Weighting,
  size: number,
): { weights: number[][]; chance: ChanceAgreement } {
  const weights = agreementWeights(weighting, size)
  const total = weights.flat().reduce((sum, weight) => sum + weight, 0)
  const scale = size < 2 ? 1 : total / (size * (size - 1))
  const hard = (own: readonly number[], shares: readonly number[]) =>
    size < 2 ? 1 : scale * own.reduce((sum, share, at) => sum + share * (1 - (shares[at] ?? 0)), 0)
  return { weights, chance: { of: (shares) => hard(shares, shares), ofUnit: hard } }
}

/**
 * Brennan and Prediger's coefficient (Randolph's kappa for many raters): chance is that of raters who
 * take each declared category equally often.
 *
 * Source: R. L. Brennan and D. J. Prediger, Educational and Psychological Measurement 41 (1981)
 * 687–699.
 *
 * @example brennanPrediger([[7, 1], [3, 5]])?.value // 0.2142…
 */
export function brennanPrediger(
  counts: UnitCounts,
  weighting: Weighting = 'identity',
  confidence = 0.95,
): AgreementCoefficient | null {
  const size = counts[0]?.length ?? 0
  const weights = agreementWeights(weighting, size)
  const even = weights.flat().reduce((sum, weight) => sum + weight, 0) / size ** 2
  return chanceCorrected(counts, weights, { of: () => even }, confidence)
}
