import { drawMultinomial } from './draw-multinomial.ts'
import { coincidences, disagreementOf, type Level } from './krippendorff-alpha.ts'
import { type ListedUnits, type PackedUnits, packUnits } from './packed-units.ts'
import { quantile } from './quantile.ts'
import { seededRandom } from './seeded-random.ts'

export interface PairBootstrap {
  low: number | null
  high: number | null
  method: 'percentile bootstrap over pairs of values'
  rounds: number
  seed: number
  /** Pairs of values within units; as many are drawn in each round. */
  pairs: number
  reason?: string
}

/**
 * The interval for Krippendorff's alpha by Hayes and Krippendorff: as many pairs of values as there are
 * within units are drawn with replacement, each as likely as its unit makes it weigh in alpha, that is
 * by 1 / (m − 1) of a unit with m values; the disagreement expected by chance stays that of all values.
 *
 * For comparison with what other programs print. It takes the pairs of one unit as independent, though
 * m values make m(m − 1)/2 of them, and prompts with several units as no more alike than others: where
 * units have more than two values, or prompts several units, it is too narrow. See
 * `krippendorffAlphaInterval` for one that is not.
 *
 * Null with fewer than two units that were judged twice, and where nothing varies.
 * Cost: values + V² for V distinct values, and for each round V² at most.
 * Source: A. F. Hayes and K. Krippendorff, Communication Methods and Measures 1 (2007) 77–89, as in
 * their macro KALPHA.
 *
 * @param units the values that each unit received, in any order
 * @example krippendorffAlphaPairBootstrap([['a', 'a'], ['b', 'b']], 'nominal') // { low: 1, high: 1, pairs: 2 }
 */
export function krippendorffAlphaPairBootstrap(
  units: ListedUnits | PackedUnits,
  level: Level,
  { rounds = 1_000, seed = 1, confidence = 0.95 } = {},
): PairBootstrap {
  const packed = packUnits(units)
  const { used, pairs } = countPairs(packed)
  const about = {
    method: 'percentile bootstrap over pairs of values' as const,
    rounds,
    seed,
    pairs,
  }
  if (used < 2) {
    return { ...about, low: null, high: null, reason: 'fewer than two units judged twice' }
  }
  const { domain } = packed
  const table = coincidences(packed)
  const found = disagreementOf(table, domain, level)
  if ('reason' in found) return { ...about, low: null, high: null, reason: found.reason }
  const { weights, apart } = kindsOfPair(table, domain.length, found.distance)
  const expected = found.expected / found.all
  const random = seededRandom(seed)
  const drawn = new Int32Array(weights.length)
  const alphas = Float64Array.from({ length: rounds }, () => {
    drawMultinomial(pairs, weights, random, drawn)
    let sum = 0
    for (let kind = 0; kind < drawn.length; kind++) sum += (drawn[kind] ?? 0) * (apart[kind] ?? 0)
    return 1 - sum / pairs / expected
  }).sort()
  const tail = (1 - confidence) / 2
  return { ...about, low: quantile(alphas, tail), high: quantile(alphas, 1 - tail) }
}

/** How many units have two values, and how many pairs of values all units have. */
function countPairs({ starts }: PackedUnits): { used: number; pairs: number } {
  let [used, pairs] = [0, 0]
  for (let unit = 0; unit + 1 < starts.length; unit++) {
    const length = (starts[unit + 1] ?? 0) - (starts[unit] ?? 0)
    if (length > 1) used += 1
    pairs += (length * (length - 1)) / 2
  }
  return { used, pairs }
}

/** Pairs that agree, and then those of each two values that met: how much they weigh, how far apart they are. */
function kindsOfPair(
  table: Float64Array,
  size: number,
  distance: (c: number, k: number) => number,
): { weights: number[]; apart: number[] } {
  const weights = [0]
  const apart = [0]
  for (let c = 0; c < size; c++) {
    weights[0] = (weights[0] ?? 0) + (table[c * size + c] ?? 0)
    for (let k = c + 1; k < size; k++) {
      const met = table[c * size + k] ?? 0
      if (met === 0) continue
      weights.push(2 * met)
      apart.push(distance(c, k))
    }
  }
  return { weights, apart }
}
