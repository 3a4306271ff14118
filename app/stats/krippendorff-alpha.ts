import { drawMultinomial } from './draw-multinomial.ts'
import { expandedTail } from './expanded-tail.ts'
import {
  type ListedUnits,
  type PackedClusters,
  type PackedUnits,
  packClusters,
  packUnits,
  type Value,
} from './packed-units.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './seeded-random.ts'

export type Level = 'nominal' | 'ordinal' | 'interval' | 'ratio'

export type Alpha = { alpha: number } | { alpha: null; reason: string }

/**
 * Krippendorff's alpha: agreement beyond chance among any number of raters with gaps, 1 − observed
 * over expected disagreement. It can be negative.
 *
 * Units with fewer than two values are left out. When nothing varies alpha does not exist (0/0) and
 * the reason is given; it is never called 1.
 * Cost: of packed units a pass over their values and V² for V distinct ones, for each number of raters
 * that units had. To the last digit the same in whatever order units and raters come.
 * Source: K. Krippendorff, Content Analysis, 4th ed. (2019), chapter 12; "Computing Krippendorff's
 * Alpha-Reliability" (2011).
 *
 * @param units the values that each unit received, in any order
 * @param level how far two values are apart; all but `nominal` need numbers
 * @param times how many units alike each one stands for; where absent, one
 * @example krippendorffAlpha([[1, 2], [2, 3], [3, 4]], 'interval') // { alpha: 0.5454… }
 */
export function krippendorffAlpha(
  units: ListedUnits | PackedUnits,
  level: Level,
  { times }: { times?: readonly number[] } = {},
): Alpha {
  const packed = packUnits(units)
  return alphaOf(coincidences(packed, { times }), packed.domain, level)
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
  clusters: readonly ListedUnits[] | PackedClusters,
  level: Level,
  { rounds = 1_000, seed = 1, confidence = 0.95 } = {},
): AlphaInterval {
  const { clusterStarts, ...units } = packClusters(clusters)
  const tables: Float64Array[] = []
  for (let cluster = 0; cluster + 1 < clusterStarts.length; cluster++) {
    const [from = 0, to = 0] = clusterStarts.subarray(cluster, cluster + 2)
    if (hasComparison(units, from, to)) tables.push(coincidences(units, { from, to }))
  }
  const about = {
    method: 'expanded percentile bootstrap over clusters' as const,
    rounds,
    seed,
    clusters: tables.length,
  }
  if (tables.length < 2) {
    return { ...about, low: null, high: null, reason: 'fewer than two prompts judged twice' }
  }
  const { domain } = units
  const { kinds, sizes } = kindsOf(tables)
  const random = seededRandom(seed)
  const sum = new Float64Array(domain.length ** 2)
  const drawn = new Int32Array(kinds.length)
  const found: number[] = []
  for (let round = 0; round < rounds; round++) {
    drawMultinomial(tables.length, sizes, random, drawn)
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
  const tail = expandedTail(tables.length, confidence)
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

/** Whether any of these units has two values. */
function hasComparison({ starts }: PackedUnits, from: number, to: number): boolean {
  for (let unit = from; unit < to; unit++) {
    if ((starts[unit + 1] ?? 0) - (starts[unit] ?? 0) > 1) return true
  }
  return false
}

/** Which units are counted, all where nothing is said, and how many units alike each stands for. */
interface Part {
  from?: number
  to?: number
  times?: readonly number[] | undefined
}

/**
 * The coincidence matrix, row by row: how often values c and k meet within a unit, of the units from one
 * to before another.
 */
export function coincidences(
  units: PackedUnits,
  { from = 0, to = units.starts.length - 1, times }: Part = {},
): Float64Array {
  const size = units.domain.length
  const table = new Float64Array(size * size)
  // Pairs in units of as many values weigh alike: whole numbers, which add up exactly in any order.
  for (const raters of sizesOf(units, from, to)) {
    const pairs = pairsWithin(units, { raters, from, to, times })
    for (let c = 0; c < size; c++) {
      for (let k = 0; k < size; k++) {
        const met = (pairs[c * size + k] ?? 0) + (pairs[k * size + c] ?? 0)
        table[c * size + k] = (table[c * size + k] ?? 0) + met / (raters - 1)
      }
    }
  }
  return table
}

/** How many values units have, each number once, ascending, from two. */
function sizesOf({ starts }: PackedUnits, from: number, to: number): number[] {
  let most = 0
  for (let unit = from; unit < to; unit++) {
    most = Math.max(most, (starts[unit + 1] ?? 0) - (starts[unit] ?? 0))
  }
  const isThere = new Uint8Array(most + 1)
  for (let unit = from; unit < to; unit++) {
    isThere[(starts[unit + 1] ?? 0) - (starts[unit] ?? 0)] = 1
  }
  const sizes: number[] = []
  for (let size = 2; size <= most; size++) if (isThere[size] === 1) sizes.push(size)
  return sizes
}

/** Pairs of so few values are counted one by one, those of more by how often each value is there. */
const fewRaters = 6

/** How often value k came after c, or before it, in units of so many values: each pair is counted once. */
function pairsWithin(
  { domain, places, starts }: PackedUnits,
  { raters, from, to, times }: Part & { raters: number; from: number; to: number },
): Float64Array {
  const size = domain.length
  const pairs = new Float64Array(size * size)
  const counts = new Int32Array(size)
  for (let unit = from; unit < to; unit++) {
    const start = starts[unit] ?? 0
    const end = starts[unit + 1] ?? 0
    if (end - start !== raters) continue
    const alike = times?.[unit] ?? 1
    if (raters > fewRaters) {
      addPairsOfMany({ unit: places.subarray(start, end), alike, counts }, pairs)
      continue
    }
    for (let at = start + 1; at < end; at++) {
      const row = (places[at] ?? 0) * size
      for (let before = start; before < at; before++) {
        const cell = row + (places[before] ?? 0)
        pairs[cell] = (pairs[cell] ?? 0) + alike
      }
    }
  }
  return pairs
}

/** Adds the pairs within one unit; `counts` is all zeros before and after. */
function addPairsOfMany(
  { unit, alike, counts }: { unit: Int32Array; alike: number; counts: Int32Array },
  pairs: Float64Array,
): void {
  const size = counts.length
  for (const place of unit) {
    for (let k = 0; k < size; k++) {
      const cell = place * size + k
      pairs[cell] = (pairs[cell] ?? 0) + alike * (counts[k] ?? 0)
    }
    counts[place] = (counts[place] ?? 0) + 1
  }
  for (const place of unit) counts[place] = 0
}

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
