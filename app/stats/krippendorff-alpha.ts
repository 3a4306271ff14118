import { drawMultinomial } from './draw-multinomial.ts'
import { expandedTail } from './expanded-tail.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './seeded-random.ts'

export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'
export type Value = string | number

export type Alpha = { alpha: number } | { alpha: null; reason: string }

/**
 * Krippendorff's alpha: agreement beyond chance among any number of raters with gaps, 1 − observed
 * over expected disagreement. It can be negative.
 *
 * Units with fewer than two values are left out. When nothing varies alpha does not exist (0/0) and
 * the reason is given; it is never called 1.
 * Cost: values + V² for V distinct values.
 * Source: K. Krippendorff, Content Analysis, 4th ed. (2019), chapter 12; "Computing Krippendorff's
 * Alpha-Reliability" (2011).
 *
 * @param units the values that each unit received, in any order
 * @param level how far two values are apart; all but `nominal` need numbers
 * @example krippendorffAlpha([[1, 2], [2, 3], [3, 4]], 'interval') // { alpha: 0.5454… }
 */
export function krippendorffAlpha(units: readonly (readonly Value[])[], level: Level): Alpha {
  const found = fewCoincidences(units)
  if (found) return alphaOf(found.table, found.domain, level)
  const domain = domainOf(units)
  return alphaOf(coincidences(units, domain), domain, level)
}

/** So few distinct values are told apart by a look at each sooner than by a map. */
const fewValues = 16
/** Pairs of so few values are counted one by one. */
const fewRaters = 6

/**
 * `coincidences` with their domain in one pass over the units, where values and raters are few: values
 * get their places as they come. Nothing where there are more.
 */
function fewCoincidences(
  units: readonly (readonly Value[])[],
): { domain: Value[]; table: Float64Array } | undefined {
  const seen: Value[] = []
  // Pairs in units of each size apart: they weigh differently, and whole numbers add up exactly.
  const pairs = new Float64Array((fewRaters + 1) * fewValues * fewValues)
  const met = new Int32Array(fewRaters)
  for (let unit = 0; unit < units.length; unit++) {
    const values = units[unit] ?? []
    const { length } = values
    if (length < 2) continue
    if (length > fewRaters) return undefined
    for (let at = 0; at < length; at++) {
      const value = values[at] as Value
      let place = seen.length - 1
      while (place >= 0 && seen[place] !== value) place -= 1
      if (place < 0) place = seen.push(value) - 1
      if (place === fewValues) return undefined
      met[at] = place
      for (let before = 0; before < at; before++) {
        const cell = (length * fewValues + (met[before] ?? 0)) * fewValues + place
        pairs[cell] = (pairs[cell] ?? 0) + 1
      }
    }
  }
  const domain = [...seen].sort(inDomain)
  const places = domain.map((value) => seen.indexOf(value))
  const meeting = (c: number, k: number): number => {
    let sum = 0
    for (let size = 2; size <= fewRaters; size++) {
      const [one, other] = [
        (size * fewValues + c) * fewValues + k,
        (size * fewValues + k) * fewValues + c,
      ]
      sum += ((pairs[one] ?? 0) + (pairs[other] ?? 0)) / (size - 1)
    }
    return sum
  }
  return {
    domain,
    table: Float64Array.from(places.flatMap((c) => places.map((k) => meeting(c, k)))),
  }
}

export interface AlphaInterval {
  low: number | null
  high: number | null
  method: 'expanded percentile bootstrap over clusters'
  rounds: number
  seed: number
  clusters: number
  reason?: string
}

/**
 * An interval for alpha: whole clusters of units (all tasks of one prompt) are drawn again with
 * replacement and alpha, with its expected disagreement, is computed anew; percentiles of the rounds, a little
 * farther out for few clusters (see `expandedTail`).
 * Rounds in which nothing varies are left out.
 *
 * Source: A. C. Davison and D. V. Hinkley, Bootstrap Methods and their Application (1997), 3.8.
 *
 * @param clusters for each cluster its units, each with its values
 */
export function krippendorffAlphaInterval(
  clusters: readonly (readonly (readonly Value[])[])[],
  level: Level,
  { rounds = 1_000, seed = 1, confidence = 0.95 } = {},
): AlphaInterval {
  const used = clusters.filter((units) => units.some((unit) => unit.length >= 2))
  const about = {
    method: 'expanded percentile bootstrap over clusters' as const,
    rounds,
    seed,
    clusters: used.length,
  }
  if (used.length < 2) {
    return { ...about, low: null, high: null, reason: 'fewer than two prompts judged twice' }
  }
  const domain = domainOf(used.flat())
  const places = placesIn(domain)
  const { kinds, sizes } = kindsOf(used.map((units) => coincidences(units, domain, places)))
  const random = seededRandom(seed)
  const sum = new Float64Array(domain.length ** 2)
  const drawn = new Int32Array(kinds.length)
  const found: number[] = []
  for (let round = 0; round < rounds; round++) {
    drawMultinomial(used.length, sizes, random, drawn)
    sum.fill(0)
    for (const [kind, table] of kinds.entries()) {
      const times = drawn[kind] ?? 0
      for (let cell = 0; cell < sum.length; cell++)
        sum[cell] = (sum[cell] ?? 0) + times * (table[cell] ?? 0)
    }
    const { alpha } = alphaOf(sum, domain, level)
    if (alpha !== null) found.push(alpha)
  }
  if (found.length < rounds / 2) {
    return { ...about, low: null, high: null, reason: 'too little variation to resample' }
  }
  const sorted = Float64Array.from(found).sort()
  const tail = expandedTail(used.length, confidence)
  return { ...about, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }
}

/** Clusters that look alike are drawn as one kind: with few answers there are few kinds of them. */
function kindsOf(tables: readonly Float64Array[]): { kinds: Float64Array[]; sizes: number[] } {
  const places = new Map<string, { table: Float64Array; size: number }>()
  for (const table of tables) {
    const look = table.join()
    const known = places.get(look)
    if (known) known.size += 1
    else places.set(look, { table, size: 1 })
  }
  const found = [...places.values()]
  return { kinds: found.map(({ table }) => table), sizes: found.map(({ size }) => size) }
}

/** Distinct values of units that count: numbers ascending, then texts. */
export function domainOf(units: readonly (readonly Value[])[]): Value[] {
  const values = new Set<Value>()
  for (const unit of units) if (unit.length >= 2) for (const value of unit) values.add(value)
  return [...values].sort(inDomain)
}

const inDomain = (one: Value, other: Value): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one) < String(other)
      ? -1
      : 1

/** The coincidence matrix, row by row: how often values c and k meet within a unit. */
export function coincidences(
  units: readonly (readonly Value[])[],
  domain: readonly Value[],
  placeOf = placesIn(domain),
): Float64Array {
  const size = domain.length
  const table = new Float64Array(size * size)
  const counts = new Int32Array(size)
  const met = new Int32Array(size)
  for (const unit of units) {
    if (unit.length < 2) continue
    let kinds = 0
    for (const value of unit) {
      const place = placeOf.get(value)
      if (place === undefined) continue
      const before = counts[place] ?? 0
      if (before === 0) met[kinds++] = place
      counts[place] = before + 1
    }
    const share = 1 / (unit.length - 1)
    for (let one = 0; one < kinds; one++) {
      const c = met[one] ?? 0
      const countOfC = counts[c] ?? 0
      for (let other = 0; other < kinds; other++) {
        const k = met[other] ?? 0
        const pairs = countOfC * (one === other ? countOfC - 1 : (counts[k] ?? 0))
        table[c * size + k] = (table[c * size + k] ?? 0) + pairs * share
      }
    }
    for (let one = 0; one < kinds; one++) counts[met[one] ?? 0] = 0
  }
  return table
}

const placesIn = (domain: readonly Value[]): Map<Value, number> =>
  new Map(domain.map((value, place) => [value, place]))

function alphaOf(table: Float64Array, domain: readonly Value[], level: Level): Alpha {
  const found = disagreementOf(table, domain, level)
  return 'reason' in found
    ? { alpha: null, reason: found.reason }
    : { alpha: 1 - found.observed / found.expected }
}

/** How far values are apart, summed over as many values as the coincidence matrix holds. */
export interface Disagreement {
  /** Within units. */
  observed: number
  /** Between values drawn from all units. */
  expected: number
  /** How many values the sums are over. */
  all: number
  distance: Distance
}

/** What a coincidence matrix says of alpha, or why alpha does not exist. */
export function disagreementOf(
  table: Float64Array,
  domain: readonly Value[],
  level: Level,
): Disagreement | { reason: string } {
  const size = domain.length
  const totals = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) totals[c] = (totals[c] ?? 0) + (table[c * size + k] ?? 0)
  }
  const all = totals.reduce((sum, total) => sum + total, 0)
  if (all === 0) return { reason: 'no unit was judged by two raters' }
  const distance = distances[level](domain, totals)
  let observed = 0
  let expected = 0
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      if (c === k) continue
      const apart = distance(c, k)
      observed += (table[c * size + k] ?? 0) * apart
      expected += ((totals[c] ?? 0) * (totals[k] ?? 0) * apart) / (all - 1)
    }
  }
  if (expected === 0) return { reason: 'no variation: every value is the same' }
  return { observed, expected, all, distance }
}

export type Distance = (c: number, k: number) => number

const numbersOf = (domain: readonly Value[]) =>
  domain.map((value) => {
    if (typeof value !== 'number') throw new TypeError('Only nominal values may be text.')
    return value
  })

/** The squared difference between two places of the domain, for each level of measurement. */
export const distances: Record<
  Level,
  (domain: readonly Value[], totals: Float64Array) => Distance
> = {
  nominal: () => () => 1,
  ordinal: (domain, totals) => {
    numbersOf(domain)
    return (c, k) => {
      let between = 0
      for (let g = Math.min(c, k); g <= Math.max(c, k); g++) between += totals[g] ?? 0
      return (between - ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2) ** 2
    }
  },
  interval: (domain) => {
    const numbers = numbersOf(domain)
    return (c, k) => ((numbers[c] ?? 0) - (numbers[k] ?? 0)) ** 2
  },
  ratio: (domain) => {
    const numbers = numbersOf(domain)
    return (c, k) => {
      const sum = (numbers[c] ?? 0) + (numbers[k] ?? 0)
      return sum === 0 ? 0 : (((numbers[c] ?? 0) - (numbers[k] ?? 0)) / sum) ** 2
    }
  },
}
