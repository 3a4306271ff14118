import { levelOf, type TimedFigure } from './change-points.ts'

export interface ControlLimits {
  centre: number
  /** For each point, what it should stay within. */
  limits: { low: number; high: number }[]
  /** Places of points beyond their limits. */
  beyond: number[]
  /** Places at which a run of eight on one side of the centre is complete. */
  runs: number[]
}

const longRun = 8

/**
 * A control chart: the centre is the precision-weighted mean of the first points, and each later point
 * should lie within three of its standard errors of it; eight in a row on one side are a sign as well.
 *
 * Throws a RangeError without a first point.
 * Source: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931); the run of eight
 * from the Western Electric Statistical Quality Control Handbook (1956).
 *
 * @param settled how many of the first points are known to be in order
 * @example controlLimits([10, 10, 14].map((value) => ({ value, standardError: 1 })), 2)
 *   // { centre: 10, beyond: [2], runs: [] }
 */
export function controlLimits(series: readonly TimedFigure[], settled: number): ControlLimits {
  if (settled < 1 || series.length < settled) throw new RangeError('A settled point is needed.')
  const centre = levelOf(series.slice(0, settled))
  const limits = series.map(({ standardError }) => ({
    low: centre - 3 * standardError,
    high: centre + 3 * standardError,
  }))
  const beyond: number[] = []
  const runs: number[] = []
  let run = 0
  for (const [place, { value }] of series.entries()) {
    if (place < settled) continue
    const { low, high } = limits[place] ?? { low: value, high: value }
    if (value < low || value > high) beyond.push(place)
    const side = Math.sign(value - centre)
    run = side === 0 ? 0 : Math.sign(run) === side ? run + side : side
    if (Math.abs(run) === longRun) runs.push(place)
  }
  return { centre, limits, beyond, runs }
}
