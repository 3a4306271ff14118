import { agreementWeights, type Weighting } from './agreement-weights.ts'
import { normalQuantile } from './student-t.ts'

export interface CohenKappa {
  /** Null where one of the raters, or both alike, never varied. */
  value: number | null
  standardError: number | null
  /** Of the test that there is no agreement beyond chance. */
  nullStandardError: number | null
  low: number | null
  high: number | null
  observed: number
  byChance: number
  count: number
  reason?: string
}

/**
 * Cohen's kappa of two raters, from the table of their joint answers: rows are the first rater's
 * categories and columns the second's, in the same order. Weights are by the places of categories.
 *
 * Null for an empty table. Where chance agreement is complete kappa is 0/0 and its value null.
 * Sources: J. Cohen, Educational and Psychological Measurement 20 (1960) 37–46, and Psychological
 * Bulletin 70 (1968) 213–220; standard errors of J. L. Fleiss, J. Cohen and B. S. Everitt,
 * Psychological Bulletin 72 (1969) 323–327.
 *
 * @example cohenKappa([[20, 5], [10, 15]])?.value // 0.4
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  weighting: Exclude<Weighting, 'ordinal'> = 'identity',
  confidence = 0.95,
): CohenKappa | null {
  const size = table.length
  const count = table.flat().reduce((sum, cell) => sum + cell, 0)
  if (count === 0) return null
  const weights = agreementWeights(weighting, size)
  const joint = (row: number, column: number) => (table[row]?.[column] ?? 0) / count
  const places = Array.from({ length: size }, (_, place) => place)
  const total = (of: (place: number) => number) => places.reduce((sum, at) => sum + of(at), 0)
  const rows = places.map((row) => total((column) => joint(row, column)))
  const columns = places.map((column) => total((row) => joint(row, column)))
  const weight = (row: number, column: number) => weights[row]?.[column] ?? 0
  const over = (of: (row: number, column: number) => number) =>
    total((row) => total((column) => of(row, column)))
  const byMargins = (row: number, column: number) => (rows[row] ?? 0) * (columns[column] ?? 0)
  const observed = over((row, column) => weight(row, column) * joint(row, column))
  const byChance = over((row, column) => weight(row, column) * byMargins(row, column))
  const about = { observed, byChance, count }
  if (1 - byChance < 1e-12) {
    const none = {
      value: null,
      standardError: null,
      nullStandardError: null,
      low: null,
      high: null,
    }
    return { ...about, ...none, reason: 'no variation: every value is the same' }
  }
  const value = (observed - byChance) / (1 - byChance)
  const ofRow = places.map((row) => total((column) => weight(row, column) * (columns[column] ?? 0)))
  const ofColumn = places.map((column) => total((row) => weight(row, column) * (rows[row] ?? 0)))
  const margins = (row: number, column: number) => (ofRow[row] ?? 0) + (ofColumn[column] ?? 0)
  const spread = over(
    (row, column) =>
      joint(row, column) *
      (weight(row, column) * (1 - byChance) - margins(row, column) * (1 - observed)) ** 2,
  )
  const centre = (observed * byChance - 2 * byChance + observed) ** 2
  const standardError = Math.sqrt(Math.max(0, spread - centre) / count) / (1 - byChance) ** 2
  const nullSpread = over(
    (row, column) => byMargins(row, column) * (weight(row, column) - margins(row, column)) ** 2,
  )
  const nullStandardError =
    Math.sqrt(Math.max(0, nullSpread - byChance ** 2) / count) / (1 - byChance)
  const reach = normalQuantile(1 - (1 - confidence) / 2) * standardError
  return {
    ...about,
    value,
    standardError,
    nullStandardError,
    low: Math.max(-1, value - reach),
    high: Math.min(1, value + reach),
  }
}
