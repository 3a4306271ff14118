import { agreementWeights, type Weighting } from './agreement-weights.ts'
import { type AgreementCoefficient, chanceCorrected, type UnitCounts } from './chance-corrected.ts'

/**
 * Fleiss' kappa, for units that any number of raters judged: chance agreement is that of raters who
 * draw from the pooled shares of the categories. With two raters it is Scott's pi.
 *
 * Null where no unit has two values; its `value` is null where nothing varies.
 * Sources: J. L. Fleiss, Psychological Bulletin 76 (1971) 378–382; for unequal numbers of raters and
 * weights K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), section 2.5.
 *
 * @param counts rows of units, columns of declared categories
 * @example fleissKappa([[7, 1], [3, 5]])?.value // 0.1619…
 */
export function fleissKappa(
  counts: UnitCounts,
  weighting: Weighting = 'identity',
  confidence = 0.95,
): AgreementCoefficient | null {
  const weights = agreementWeights(weighting, counts[0]?.length ?? 0)
  const meet = (one: readonly number[], other: readonly number[]) =>
    one.reduce(
      (sum, share, row) =>
        sum +
        share *
          other.reduce((near, next, column) => near + (weights[row]?.[column] ?? 0) * next, 0),
      0,
    )
  const chance = { of: (shares: readonly number[]) => meet(shares, shares), ofUnit: meet }
  return chanceCorrected(counts, weights, chance, confidence)
}
