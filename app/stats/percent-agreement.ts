import { agreementWeights, type Weighting } from './agreement-weights.ts'
import { type AgreementCoefficient, chanceCorrected, type UnitCounts } from './chance-corrected.ts'

/**
 * Percent agreement: of all pairs of raters who judged the same unit, the share that gave the same
 * value, averaged over units. Chance is ignored, so with few categories it looks better than it is;
 * see `krippendorffAlpha`.
 *
 * Units with fewer than two values say nothing and are left out; null when no unit has two.
 * Source: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), section 2.3.
 *
 * @example percentAgreement([['a', 'a'], ['a', 'b']]) // 0.5
 */
export function percentAgreement(units: readonly (readonly (string | number)[])[]): number | null {
  let sum = 0
  let used = 0
  for (const unit of units) {
    if (unit.length < 2) continue
    const counts = new Map<string | number, number>()
    for (const value of unit) counts.set(value, (counts.get(value) ?? 0) + 1)
    let agreeing = 0
    for (const count of counts.values()) agreeing += count * (count - 1)
    sum += agreeing / (unit.length * (unit.length - 1))
    used += 1
  }
  return used === 0 ? null : sum / used
}

/**
 * Percent agreement from counts of declared categories, with weights for near categories if wished,
 * its standard error over units and Student's interval: a coefficient whose chance agreement is none.
 *
 * Null when no unit has two values. Source: as `percentAgreement`, chapter 5 for the error.
 *
 * @param counts rows of units, columns of declared categories
 * @example percentAgreementError([[2, 0], [1, 1], [0, 2]])?.value // 2 / 3
 * @example percentAgreementError([[2, 0], [1, 1], [0, 2]])?.standardError // 1 / 3
 */
export function percentAgreementError(
  counts: UnitCounts,
  weighting: Weighting = 'identity',
  confidence = 0.95,
): AgreementCoefficient | null {
  const weights = agreementWeights(weighting, counts[0]?.length ?? 0)
  return chanceCorrected(counts, weights, { of: () => 0 }, confidence)
}
