import { drawNormal, seededRandom } from './seeded-random.ts'

/** A figure at one point of time, with its standard error. */
export interface TimedFigure {
  value: number
  standardError: number
}

export interface ChangePoint {
  /** The place of the first point after the change. */
  at: number
  /** Means of the stretch before and after, up to the neighbouring changes. */
  before: number
  after: number
  /** How many standard errors apart the two are. */
  z: number
  /** How often so large a z comes up somewhere in the stretch where nothing changes. */
  pValue: number
}

/**
 * Where a series of figures changes its level: the split of the series at which the two weighted means
 * are most standard errors apart, if so large a distance is rarer than α in series without a change;
 * then the same on both sides of it. Points weigh by their precision and count as independent.
 *
 * The critical distance comes from simulated series with the same standard errors, so that short and
 * uneven series keep their level. Points without an error are taken at a very small one.
 * Sources: A. Sen and M. S. Srivastava, Annals of Statistics 3 (1975) 98–108, for the largest distance;
 * L. Y. Vostrikova, Soviet Mathematics Doklady 24 (1981) 55–59, for splitting again.
 *
 * @example changePoints([1, 1, 9, 9].map((value) => ({ value, standardError: 1 })))[0]?.at // 2
 */
export function changePoints(
  series: readonly TimedFigure[],
  { alpha = 0.05, rounds = 2_000, seed = 1 } = {},
): ChangePoint[] {
  const found: Omit<ChangePoint, 'before' | 'after'>[] = []
  const search = (from: number, to: number) => {
    if (to - from < 2) return
    const stretch = series.slice(from, to)
    const largest = largestSplit(
      stretch.map(({ value }) => value),
      weightsOf(stretch),
    )
    const pValue = shareAbove(stretch, largest.z, { alpha, rounds, seed: seed + from * 31 + to })
    if (pValue >= alpha) return
    found.push({ at: from + largest.at, z: largest.z, pValue })
    search(from, from + largest.at)
    search(from + largest.at, to)
  }
  search(0, series.length)
  found.sort((one, other) => one.at - other.at)
  return found.map((change, place) => ({
    ...change,
    before: levelOf(series.slice(found[place - 1]?.at ?? 0, change.at)),
    after: levelOf(series.slice(change.at, found[place + 1]?.at ?? series.length)),
  }))
}

const smallestError = 1e-9

const weightsOf = (series: readonly TimedFigure[]): number[] =>
  series.map(({ standardError }) => 1 / Math.max(standardError, smallestError) ** 2)

/** The precision-weighted mean of some figures. */
export function levelOf(series: readonly TimedFigure[]): number {
  const weights = weightsOf(series)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return series.reduce((sum, { value }, at) => sum + value * (weights[at] ?? 0), 0) / total
}

/** The split with the largest distance between the two means, in standard errors of that distance. */
function largestSplit(
  values: readonly number[],
  weights: readonly number[],
): { at: number; z: number } {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const sum = values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0)
  let best = { at: 1, z: 0 }
  let [left, leftSum] = [0, 0]
  for (let at = 1; at < values.length; at++) {
    left += weights[at - 1] ?? 0
    leftSum += (values[at - 1] ?? 0) * (weights[at - 1] ?? 0)
    const right = all - left
    const apart = (sum - leftSum) / right - leftSum / left
    const z = Math.abs(apart) / Math.sqrt(1 / left + 1 / right)
    if (z > best.z) best = { at, z }
  }
  return best
}

/** How often the largest distance of a series without a change is at least z; told roughly from α on. */
function shareAbove(
  series: readonly TimedFigure[],
  z: number,
  { alpha, rounds, seed }: { alpha: number; rounds: number; seed: number },
): number {
  const weights = weightsOf(series)
  const random = seededRandom(seed)
  let above = 0
  for (let round = 0; round < rounds; round++) {
    const noise = weights.map((weight) => drawNormal(random) / Math.sqrt(weight))
    if (largestSplit(noise, weights).z >= z) above += 1
    // No further round makes it rare again.
    if ((above + 1) / (rounds + 1) >= alpha) break
  }
  return (above + 1) / (rounds + 1)
}
