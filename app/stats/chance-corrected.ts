/**
 * What Fleiss' kappa, Gwet's coefficients and Brennan–Prediger's have in common: agreement beyond a
 * chance agreement that each of them defines, for any number of raters with gaps.
 */
import { expandedTail } from './expanded-tail.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './seeded-random.ts'
import { studentTQuantile } from './student-t.ts'
import type { Interval } from './wilson-interval.ts'

/** How often each category was given to each unit: one row a unit, one column a declared category. */
export type UnitCounts = readonly (readonly number[])[]

export interface AgreementCoefficient {
  /** Null where agreement by chance is complete, so that nothing is left to measure. */
  value: number | null
  standardError: number | null
  low: number | null
  high: number | null
  observed: number
  byChance: number
  /** Units with at least one value, and those with two or more. */
  units: number
  comparedUnits: number
  reason?: string
}

/** The chance agreement from the categories' shares; and what one unit adds to it. */
export interface ChanceAgreement {
  of: (shares: readonly number[]) => number
  /** The linear influence of a unit through its own shares; absent where chance is a constant. */
  ofUnit?: (own: readonly number[], shares: readonly number[]) => number
}

/**
 * (observed − chance) / (1 − chance), with the standard error by linearisation over units and
 * Student's interval on units − 1 degrees of freedom. The shares that chance rests on count every
 * unit with a value, the observed agreement only those with two.
 *
 * Returns null when no unit has two values.
 * Source: K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), chapters 2, 3 and 5.
 */
export function chanceCorrected(
  counts: UnitCounts,
  weights: readonly (readonly number[])[],
  chance: ChanceAgreement,
  confidence = 0.95,
): AgreementCoefficient | null {
  const rows = counts
    .map((row) => ({ row, total: row.reduce((sum, count) => sum + count, 0) }))
    .filter(({ total }) => total > 0)
  const compared = rows.filter(({ total }) => total > 1).length
  if (compared === 0) return null
  const categories = weights.length
  const shares = Array.from(
    { length: categories },
    (_, category) =>
      rows.reduce((sum, { row, total }) => sum + (row[category] ?? 0) / total, 0) / rows.length,
  )
  const agreements = rows.map((unit) => agreementOf(unit, weights))
  const observed = agreements.reduce((sum, one) => sum + one, 0) / compared
  const byChance = chance.of(shares)
  const about = { observed, byChance, units: rows.length, comparedUnits: compared }
  const none = { standardError: null, low: null, high: null }
  if (1 - byChance < 1e-12) {
    return { ...about, ...none, value: null, reason: 'no variation: every value is the same' }
  }
  const value = (observed - byChance) / (1 - byChance)
  if (rows.length < 2) return { ...about, ...none, value, reason: 'one unit gives no interval' }
  const squares = rows.reduce((sum, { row, total }, place) => {
    const isCompared = total > 1 ? 1 : 0
    const beyond = ((agreements[place] ?? 0) - byChance * isCompared) / (1 - byChance)
    const own = row.map((count) => count / total)
    const drift = chance.ofUnit ? chance.ofUnit(own, shares) - byChance : 0
    const influence = (rows.length / compared) * beyond - (2 * (1 - value) * drift) / (1 - byChance)
    return sum + (influence - value) ** 2
  }, 0)
  const standardError = Math.sqrt(squares / (rows.length * (rows.length - 1)))
  const reach = studentTQuantile(1 - (1 - confidence) / 2, rows.length - 1) * standardError
  return {
    ...about,
    value,
    standardError,
    low: Math.max(-1, value - reach),
    high: Math.min(1, value + reach),
  }
}

/**
 * An interval of the same by percentiles, a little farther out for few clusters, from whole clusters (all units of one prompt) drawn again with
 * replacement, with the chance agreement computed anew. Units of one prompt are not independent, which
 * the error by linearisation takes them for. Null with fewer than two clusters that compare anything.
 *
 * Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8.
 */
export function chanceCorrectedInterval(
  clusters: readonly UnitCounts[],
  weights: readonly (readonly number[])[],
  chance: ChanceAgreement,
  { confidence = 0.95, rounds = 1_000, seed = 1 } = {},
): Interval | null {
  const sums = clusters.map((units) => sumsOf(units, weights)).filter(({ units }) => units > 0)
  if (sums.filter(({ compared }) => compared > 0).length < 2) return null
  const random = seededRandom(seed)
  const found: number[] = []
  const shares = new Float64Array(weights.length)
  for (let round = 0; round < rounds; round++) {
    shares.fill(0)
    let [units, compared, agreement] = [0, 0, 0]
    for (let draw = 0; draw < sums.length; draw++) {
      const one = sums[Math.floor(random() * sums.length)]
      if (!one) continue
      units += one.units
      compared += one.compared
      agreement += one.agreement
      for (let at = 0; at < shares.length; at++)
        shares[at] = (shares[at] ?? 0) + (one.shares[at] ?? 0)
    }
    if (compared === 0) continue
    const byChance = chance.of(Array.from(shares, (sum) => sum / units))
    if (1 - byChance > 1e-12) found.push((agreement / compared - byChance) / (1 - byChance))
  }
  if (found.length < rounds / 2) return null
  const sorted = Float64Array.from(found).sort()
  const tail = expandedTail(sums.length, confidence)
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }
}

/** What the units of one cluster add: how many, how far they agree, and the categories' shares. */
function sumsOf(units: UnitCounts, weights: readonly (readonly number[])[]) {
  const sums = { units: 0, compared: 0, agreement: 0, shares: weights.map(() => 0) }
  for (const row of units) {
    const total = row.reduce((sum, count) => sum + count, 0)
    if (total === 0) continue
    sums.units += 1
    if (total > 1) sums.compared += 1
    sums.agreement += agreementOf({ row, total }, weights)
    for (const [at, count] of row.entries())
      sums.shares[at] = (sums.shares[at] ?? 0) + count / total
  }
  return sums
}

/** The weighted share of agreeing pairs of raters of one unit; 0 for a unit with one value. */
function agreementOf(
  { row, total }: { row: readonly number[]; total: number },
  weights: readonly (readonly number[])[],
): number {
  if (total < 2) return 0
  let sum = 0
  for (const [category, count] of row.entries()) {
    if (count === 0) continue
    const near = row.reduce((near, other, at) => near + (weights[category]?.[at] ?? 0) * other, 0)
    sum += count * (near - 1)
  }
  return sum / (total * (total - 1))
}

/**
 * Counts of each declared category for each unit, from the values that units were given.
 * Throws a RangeError for a value that is not declared.
 *
 * @example unitCounts([['a', 'b', 'a']], ['a', 'b', 'c']) // [[2, 1, 0]]
 */
export function unitCounts<Value>(
  units: readonly (readonly Value[])[],
  categories: readonly Value[],
): number[][] {
  const placeOf = new Map(categories.map((category, place) => [category, place]))
  return units.map((values) => {
    const row = categories.map(() => 0)
    for (const value of values) {
      const place = placeOf.get(value)
      if (place === undefined) throw new RangeError(`${String(value)} is not a declared category.`)
      row[place] = (row[place] ?? 0) + 1
    }
    return row
  })
}
