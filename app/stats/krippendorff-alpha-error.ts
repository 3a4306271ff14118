import { distances, type Level } from './krippendorff-alpha.ts'
import { type ListedUnits, packUnits } from './packed-units.ts'

/**
 * The standard error of Krippendorff's alpha by linearisation over units, which takes them as
 * independent of each other; where several units belong to one prompt see `krippendorffAlphaInterval`.
 * The distances between values are taken as given, also on the ordinal level, where they rest on how
 * often each value occurs.
 *
 * Null with fewer than two units that were judged twice, and where nothing varies.
 * Cost: units × V² for V distinct values.
 * Source: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), chapter 5, as in his package
 * irrCAC, without the correction of the value for few units.
 *
 * @example krippendorffAlphaError([['a', 'a'], ['b', 'b'], ['a', 'b']], 'nominal') // 0.666…
 */
export function krippendorffAlphaError(units: ListedUnits, level: Level): number | null {
  const used = units.filter((unit) => unit.length >= 2)
  const n = used.length
  if (n < 2) return null
  const { domain } = packUnits(used)
  const rows = used.map((unit) => domain.map((value) => unit.filter((one) => one === value).length))
  const places = domain.map((_, place) => place)
  const totals = Float64Array.from(places, (at) =>
    rows.reduce((sum, row) => sum + (row[at] ?? 0), 0),
  )
  const distance = distances[level](domain, totals)
  const apart = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
    let sum = 0
    for (const c of places) {
      if ((one[c] ?? 0) === 0) continue
      for (const k of places) {
        if (c !== k) sum += (one[c] ?? 0) * (other[k] ?? 0) * distance(c, k)
      }
    }
    return sum
  }
  const ratings = totals.reduce((sum, total) => sum + total, 0)
  const mean = ratings / n
  const shares = totals.map((total) => total / ratings)
  const expected = apart(shares, shares)
  if (expected === 0) return null
  const within = rows.map((row, at) => apart(row, row) / (mean * ((used[at]?.length ?? 0) - 1)))
  const observed = within.reduce((sum, one) => sum + one, 0) / n
  // How far each unit pulls the ratio; one with more ratings than others counts for more of both parts.
  const squares = rows.reduce((sum, row, at) => {
    const excess = ((used[at]?.length ?? 0) - mean) / mean
    const ofObserved = (within[at] ?? 0) - observed * excess
    const ofExpected = apart(row, shares) / mean - expected * excess
    const pull = (observed - ofObserved) / expected
    const drift = (2 * observed * (expected - ofExpected)) / expected ** 2
    return sum + (pull - drift) ** 2
  }, 0)
  return Math.sqrt(squares / (n * (n - 1)))
}
