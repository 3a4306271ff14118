import { agreementWeights, type Weighting } from './agreement-weights.ts'
import { type AgreementCoefficient, chanceCorrected, type UnitCounts } from './chance-corrected.ts'
import { type ListedUnits, type PackedUnits, packUnits } from './packed-units.ts'

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
export function percentAgreement(units: ListedUnits | PackedUnits): number | null {
  const { domain, places, starts } = packUnits(units)
  const counts = new Int32Array(domain.length)
  let sum = 0
  let used = 0
  for (let unit = 0; unit + 1 < starts.length; unit++) {
    const [start = 0, end = 0] = [starts[unit], starts[unit + 1]]
    const length = end - start
    if (length < 2) continue
    let agreeing = 0
    for (let at = start; at < end; at++) {
      const before = counts[places[at] ?? 0] ?? 0
      agreeing += 2 * before
      counts[places[at] ?? 0] = before + 1
    }
    for (let at = start; at < end; at++) counts[places[at] ?? 0] = 0
    sum += agreeing / (length * (length - 1))
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
