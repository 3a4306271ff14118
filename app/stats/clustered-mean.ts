import { studentTQuantile } from './student-t.ts'

/** What one cluster adds: the sum of its values and how many they are. */
export interface ClusterTotal {
  sum: number
  count: number
  /** How many clusters are alike; one where it is not said. */
  times?: number
}

export interface ClusteredMean {
  mean: number
  standardError: number | null
  low: number | null
  high: number | null
  clusters: number
  count: number
  /** Why there is no interval. */
  reason?: string
}

/**
 * The mean of values that come in clusters (all verdicts on one prompt are one cluster), with the CR1
 * ratio-estimator standard error G/(G−1) · Σ(sum_c − count_c · mean)² / n² and Student's t with G−1
 * degrees of freedom. Treating clustered votes as independent makes intervals far too narrow.
 *
 * Returns null when there is no value. With one cluster the mean stands without an interval.
 * Source: C. A. Cameron and D. L. Miller, Journal of Human Resources 50 (2015) 317–372, sections II–VI.
 *
 * @param bounds the interval is cut to these, as [0, 1] for a rate
 * @example clusteredMean([{ sum: 2, count: 2 }, { sum: 0, count: 2 }])?.mean // 0.5
 */
export function clusteredMean(
  clusters: readonly ClusterTotal[],
  { confidence = 0.95, bounds }: { confidence?: number; bounds?: readonly [number, number] } = {},
): ClusteredMean | null {
  const used = clusters.filter((cluster) => cluster.count > 0)
  const total = (of: (cluster: ClusterTotal) => number) =>
    used.reduce((sum, cluster) => sum + (cluster.times ?? 1) * of(cluster), 0)
  const count = total((cluster) => cluster.count)
  if (count === 0) return null
  const mean = total((cluster) => cluster.sum) / count
  const groups = total(() => 1)
  if (groups < 2) {
    const none = { standardError: null, low: null, high: null }
    return { mean, ...none, clusters: groups, count, reason: 'one prompt gives no interval' }
  }
  const squares = total((cluster) => (cluster.sum - cluster.count * mean) ** 2)
  const standardError = Math.sqrt((groups / (groups - 1)) * squares) / count
  const reach = studentTQuantile(1 - (1 - confidence) / 2, groups - 1) * standardError
  const [lowest, highest] = bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return {
    mean,
    standardError,
    low: Math.max(lowest, mean - reach),
    high: Math.min(highest, mean + reach),
    clusters: groups,
    count,
  }
}
