import { fQuantile } from './beta-distribution.ts'

export type IccForm = 'ICC1' | 'ICC2' | 'ICC3' | 'ICC1k' | 'ICC2k' | 'ICC3k'

export interface IntraclassCorrelation {
  form: IccForm
  /** Null where nothing varies. */
  value: number | null
  low: number | null
  high: number | null
}

export interface IntraclassCorrelations {
  units: number
  raters: number
  forms: IntraclassCorrelation[]
}

/**
 * The six intraclass correlations of Shrout and Fleiss, of a complete table: one row a unit, one column
 * a rater. ICC1 takes raters as drawn anew for each unit, ICC2 as a sample who judged every unit, ICC3
 * as the only raters there are; `k` is the reliability of their mean. ICC2 and ICC3 mean something only
 * where a column is one and the same rater throughout.
 *
 * Throws a RangeError for fewer than two units or raters, and for gaps. A value can be negative.
 * Sources: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979) 420–428; intervals also of
 * K. O. McGraw and S. P. Wong, Psychological Methods 1 (1996) 30–46.
 *
 * @example intraclassCorrelations([[1, 2], [3, 4], [5, 6]]).forms[2] // { form: 'ICC3', value: 1 }
 */
export function intraclassCorrelations(
  table: readonly (readonly number[])[],
  confidence = 0.95,
): IntraclassCorrelations {
  const n = table.length
  const k = table[0]?.length ?? 0
  if (n < 2 || k < 2) throw new RangeError('At least two units and two raters are needed.')
  if (table.some((row) => row.length !== k || row.some((score) => !Number.isFinite(score)))) {
    throw new RangeError('Every rater must have scored every unit.')
  }
  const { between, within, ofRaters, error } = meanSquares(table, n, k)
  const tail = 1 - (1 - confidence) / 2
  const f = (above: number, below: number) => fQuantile(tail, above, below)
  const one = (form: IccForm, value: number, low: number, high: number): IntraclassCorrelation =>
    Number.isFinite(value)
      ? { form, value, low: finite(low), high: finite(high) }
      : { form, value: null, low: null, high: null }

  const f1 = between / within
  const [low1, high1] = [f1 / f(n - 1, n * (k - 1)), f1 * f(n * (k - 1), n - 1)]
  const f3 = between / error
  const [low3, high3] = [f3 / f(n - 1, (n - 1) * (k - 1)), f3 * f((n - 1) * (k - 1), n - 1)]
  // Without any error the ratio is infinite, and the correlation 1.
  const single = (ratio: number) => (ratio === Infinity ? 1 : (ratio - 1) / (ratio + k - 1))
  const mean = (ratio: number) => 1 - 1 / ratio
  const icc2 = (between - error) / (between + (k - 1) * error + (k * (ofRaters - error)) / n)
  const [low2, high2] = boundsOfIcc2({ icc2, between, ofRaters, error, n, k, f })
  const stepUp = (share: number) => (share * k) / (1 + share * (k - 1))
  return {
    units: n,
    raters: k,
    forms: [
      one('ICC1', single(f1), single(low1), single(high1)),
      one('ICC2', icc2, low2, high2),
      one('ICC3', single(f3), single(low3), single(high3)),
      one('ICC1k', mean(f1), mean(low1), mean(high1)),
      one(
        'ICC2k',
        (between - error) / (between + (ofRaters - error) / n),
        stepUp(low2),
        stepUp(high2),
      ),
      one('ICC3k', mean(f3), mean(low3), mean(high3)),
    ],
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** The mean squares between units, within them, of raters, and of what is left. */
function meanSquares(table: readonly (readonly number[])[], n: number, k: number) {
  const grand = table.flat().reduce((sum, score) => sum + score, 0) / (n * k)
  const rowMeans = table.map((row) => row.reduce((sum, score) => sum + score, 0) / k)
  const columnMeans = Array.from(
    { length: k },
    (_, rater) => table.reduce((sum, row) => sum + (row[rater] ?? 0), 0) / n,
  )
  const squares = (values: readonly number[], centre: number) =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  const ofUnits = k * squares(rowMeans, grand)
  const ofRaters = n * squares(columnMeans, grand)
  // Summed by themselves: as what is left of the whole they would be lost in its rounding.
  const within = table.reduce((sum, row, unit) => sum + squares(row, rowMeans[unit] ?? 0), 0)
  const error = table.reduce(
    (sum, row, unit) =>
      sum +
      row.reduce(
        (own, score, rater) =>
          own + (score - (rowMeans[unit] ?? 0) - (columnMeans[rater] ?? 0) + grand) ** 2,
        0,
      ),
    0,
  )
  const noise = 1e-24 * squares(table.flat(), 0)
  const unlessNoise = (sum: number) => (sum <= noise ? 0 : sum)
  return {
    between: unlessNoise(ofUnits) / (n - 1),
    within: unlessNoise(within) / (n * (k - 1)),
    ofRaters: unlessNoise(ofRaters) / (k - 1),
    error: unlessNoise(error) / ((n - 1) * (k - 1)),
  }
}

function boundsOfIcc2({
  icc2,
  between,
  ofRaters,
  error,
  n,
  k,
  f,
}: {
  icc2: number
  between: number
  ofRaters: number
  error: number
  n: number
  k: number
  f: (above: number, below: number) => number
}): [number, number] {
  if (icc2 === 1) return [1, 1]
  const a = (k * icc2) / (n * (1 - icc2))
  const b = 1 + (k * icc2 * (n - 1)) / (n * (1 - icc2))
  const degrees =
    (a * ofRaters + b * error) ** 2 /
    ((a * ofRaters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
  if (!(degrees > 0)) return [Number.NaN, Number.NaN]
  const rest = k * ofRaters + (k * n - k - n) * error
  const above = f(n - 1, degrees)
  const below = f(degrees, n - 1)
  return [
    (n * (between - above * error)) / (above * rest + n * between),
    (n * (below * between - error)) / (rest + n * below * between),
  ]
}
