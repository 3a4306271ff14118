/** One figure of a rater: what it is, between what, on how much it rests, or why it is not there. */
import {
  addCluster,
  type ClusterMoments,
  clusteredShareInterval,
  intervalOfMean,
  meanOfMoments,
  noClusters,
} from '#app/stats/cluster-moments.ts'
import { orderStatisticRanks } from '#app/stats/order-statistic-interval.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'
import { fewPrompts } from './method.ts'
import type { HourOfWork, Share } from './rater-tally.ts'

export interface Figure {
  value: number | null
  low: number | null
  high: number | null
  /** Cases that it rests on. */
  n: number
  /** Why there is no figure or no interval, or why it is rough. */
  reason?: string
}

export const absent = (reason: string, n = 0): Figure => ({
  value: null,
  low: null,
  high: null,
  n,
  reason,
})

const tooFew = 'one prompt gives no interval'
const rough = (clusters: number) =>
  clusters < fewPrompts ? { reason: `only ${clusters} prompts: the interval is rough` } : {}

/** A share of independent cases, with Wilson's interval. */
export function shareFigure({ yes, n }: Share, whenNone: string): Figure {
  const interval = wilsonInterval(yes, n)
  return interval ? { value: yes / n, ...interval, n } : absent(whenNone)
}

/** A share of cases that come prompt by prompt. */
export function clusteredShareFigure(moments: ClusterMoments, whenNone: string): Figure {
  const found = meanOfMoments(moments)
  if (!found) return absent(whenNone)
  const interval = clusteredShareInterval(moments)
  const n = moments.count
  if (!interval) return { value: found.mean, low: null, high: null, n, reason: tooFew }
  return { value: found.mean, ...interval, n, ...rough(found.clusters) }
}

/** A mean difference to the other raters, prompt by prompt, with Student's interval. */
export function differenceFigure(moments: ClusterMoments, whenNone: string): Figure {
  const found = meanOfMoments(moments)
  if (!found) return absent(whenNone)
  const n = moments.count
  const interval = intervalOfMean(found)
  if (!interval) {
    const reason = found.clusters < 2 ? tooFew : 'every prompt gives the same: no spread to go by'
    return { value: found.mean, low: null, high: null, n, reason }
  }
  return {
    value: found.mean,
    low: Math.max(-1, interval.low),
    high: Math.min(1, interval.high),
    n,
    ...rough(found.clusters),
  }
}

const hourMs = 3_600_000
const fewSittings = 5

/**
 * Judgments an hour of activity, with an interval over sittings: clock hours of work that follow one
 * another. What is done in one sitting goes together, so judgments are not its cases.
 */
export function paceFigure(hours: ReadonlyMap<number, HourOfWork>): Figure & { sittings: number } {
  const sittings = sittingsOf(hours)
  const count = sittings.length
  const n = sittings.reduce((sum, { judgments }) => sum + judgments, 0)
  const found = meanOfSittings(sittings)
  if (!found) {
    return { ...absent('no time was measured on any judgment'), sittings: 0 }
  }
  const { mean } = found
  const interval = intervalOfMean(found)
  if (!interval) {
    const reason = count < 2 ? 'one sitting gives no interval' : 'all sittings went alike'
    return { value: mean, low: null, high: null, n, sittings: count, reason }
  }
  const note = count < fewSittings ? { reason: `only ${count} sittings: rough` } : {}
  return {
    value: mean,
    low: Math.max(0, interval.low),
    high: interval.high,
    n,
    sittings: count,
    ...note,
  }
}

function sittingsOf(hours: ReadonlyMap<number, HourOfWork>): HourOfWork[] {
  const sittings: HourOfWork[] = []
  let last: number | undefined
  for (const hour of [...hours.keys()].sort((one, other) => one - other)) {
    const { judgments, activeMs } = hours.get(hour) ?? { judgments: 0, activeMs: 0 }
    const open = sittings.at(-1)
    if (open && last === hour - 1) {
      open.judgments += judgments
      open.activeMs += activeMs
    } else sittings.push({ judgments, activeMs })
    last = hour
  }
  return sittings
}

function meanOfSittings(sittings: readonly HourOfWork[]) {
  const moments = noClusters()
  for (const { judgments, activeMs } of sittings) addCluster(moments, judgments, activeMs / hourMs)
  return meanOfMoments(moments)
}

/** Quartiles of the time on a task in seconds, with intervals that assume no distribution. */
export interface Speed {
  median: Figure
  lower: Figure
  upper: Figure
}

/** @param times how often each time was taken, in tenths of a second */
export function speedFigures(times: ReadonlyMap<number, number>): Speed {
  const sorted = [...times].sort(([one], [other]) => one - other)
  const n = sorted.reduce((sum, [, count]) => sum + count, 0)
  /** The value at a rank, from 1. */
  const at = (rank: number): number => {
    let before = 0
    for (const [tenths, count] of sorted) {
      before += count
      if (before >= rank) return tenths / 10
    }
    return (sorted.at(-1)?.[0] ?? 0) / 10
  }
  const figure = (p: number): Figure => {
    if (n === 0) return absent('no time was measured on any judgment')
    const place = (n - 1) * p
    const below = at(Math.floor(place) + 1)
    const value = below + (at(Math.ceil(place) + 1) - below) * (place - Math.floor(place))
    const ranks = orderStatisticRanks(n, p)
    return ranks
      ? { value, low: at(ranks.low), high: at(ranks.high), n }
      : { value, low: null, high: null, n, reason: `${n} times are too few for an interval` }
  }
  return { median: figure(0.5), lower: figure(0.25), upper: figure(0.75) }
}
