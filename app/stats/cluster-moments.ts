import { normalQuantile, studentTDistribution, studentTQuantile } from './student-t.ts'
import { type Interval, wilsonInterval } from './wilson-interval.ts'

/**
 * What a ratio of sums needs of its clusters: how many they are, and the first and second moments of
 * their sums s and counts c. Six numbers, however many clusters there were.
 */
export interface ClusterMoments {
  clusters: number
  sum: number
  count: number
  sumSquares: number
  products: number
  countSquares: number
}

export const noClusters = (): ClusterMoments => ({
  clusters: 0,
  sum: 0,
  count: 0,
  sumSquares: 0,
  products: 0,
  countSquares: 0,
})

/** Takes in one cluster; one without any count is none. */
export function addCluster(moments: ClusterMoments, sum: number, count: number): void {
  if (count <= 0) return
  moments.clusters += 1
  moments.sum += sum
  moments.count += count
  moments.sumSquares += sum * sum
  moments.products += sum * count
  moments.countSquares += count * count
}

/** The clusters of one less those of another, which must be among them. */
export const withoutClusters = (all: ClusterMoments, part: ClusterMoments): ClusterMoments => ({
  clusters: all.clusters - part.clusters,
  sum: all.sum - part.sum,
  count: all.count - part.count,
  sumSquares: all.sumSquares - part.sumSquares,
  products: all.products - part.products,
  countSquares: all.countSquares - part.countSquares,
})

/** The clusters of two, which share none. */
export const withClusters = (one: ClusterMoments, other: ClusterMoments): ClusterMoments => ({
  clusters: one.clusters + other.clusters,
  sum: one.sum + other.sum,
  count: one.count + other.count,
  sumSquares: one.sumSquares + other.sumSquares,
  products: one.products + other.products,
  countSquares: one.countSquares + other.countSquares,
})

export interface MomentsMean {
  mean: number
  /** Null for fewer than two clusters. */
  standardError: number | null
  clusters: number
}

/**
 * The ratio Σs / Σc with the CR1 standard error that `clusteredMean` gives, from moments alone.
 * Returns null when there is nothing to divide by.
 * Source: W. G. Cochran, Sampling Techniques (1977), section 6.3; C. A. Cameron and D. L. Miller,
 * Journal of Human Resources 50 (2015) 317–372.
 *
 * @example meanOfMoments({ clusters: 2, sum: 2, count: 4, sumSquares: 4, products: 4, countSquares: 8 })
 *   // { mean: 0.5, standardError: 0.5, clusters: 2 }
 */
export function meanOfMoments(moments: ClusterMoments): MomentsMean | null {
  const { clusters, sum, count } = moments
  if (clusters < 1 || count <= 0) return null
  const mean = sum / count
  if (clusters < 2) return { mean, standardError: null, clusters }
  const squares =
    moments.sumSquares - 2 * mean * moments.products + mean * mean * moments.countSquares
  const standardError = Math.sqrt(Math.max(0, (clusters / (clusters - 1)) * squares)) / count
  return { mean, standardError, clusters }
}

/** Below this a standard error is only what rounding left of none. */
const noSpread = 1e-9

/** Student's interval of a mean of clusters; null for fewer than two clusters or without spread. */
export function intervalOfMean(
  { mean, standardError, clusters }: MomentsMean,
  confidence = 0.95,
): Interval | null {
  if (standardError === null || standardError < noSpread) return null
  const reach = studentTQuantile(1 - (1 - confidence) / 2, clusters - 1) * standardError
  return { low: mean - reach, high: mean + reach }
}

/**
 * The p-value of a mean against zero by Student's t with one degree of freedom fewer than clusters.
 * Null where there is no spread to hold it against.
 *
 * @example testOfMean({ mean: 1, standardError: 0.5, clusters: 11 }) // 0.0733…
 */
export function testOfMean(
  { mean, standardError, clusters }: MomentsMean,
  alternative: 'two-sided' | 'less' = 'two-sided',
): number | null {
  if (standardError === null || standardError < noSpread) return null
  const t = mean / standardError
  if (alternative === 'less') return studentTDistribution(t, clusters - 1)
  return Math.min(1, 2 * studentTDistribution(-Math.abs(t), clusters - 1))
}

/**
 * The p-value that one mean is less than another that rests on other clusters, by Welch's t. Null
 * where there is no spread to hold it against.
 * Source: B. L. Welch, Biometrika 34 (1947) 28–35.
 */
export function testOfLesserMean(one: MomentsMean, other: MomentsMean): number | null {
  if (one.standardError === null || other.standardError === null) return null
  const a = one.standardError ** 2
  const b = other.standardError ** 2
  if (a + b < noSpread ** 2) return null
  const degrees = (a + b) ** 2 / (a ** 2 / (one.clusters - 1) + b ** 2 / (other.clusters - 1))
  return studentTDistribution((one.mean - other.mean) / Math.sqrt(a + b), degrees)
}

/**
 * The interval of a share whose cases come in clusters: Wilson's with the effective number of cases,
 * p(1 − p) / se², made smaller for few clusters by the squared ratio of the normal to Student's
 * quantile, and never above the cases that there are. Where all cases are alike each cluster counts
 * for one case, so that an interval of 0 of n has a width.
 *
 * Returns null for fewer than two clusters.
 * Source: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193–201; N. Dean and M. Pagano,
 * Journal of Survey Statistics and Methodology 3 (2015) 484–503.
 */
export function clusteredShareInterval(
  moments: ClusterMoments,
  confidence = 0.95,
): Interval | null {
  const found = meanOfMoments(moments)
  if (!found || found.standardError === null) return null
  const { mean, standardError, clusters } = found
  if (mean <= 0 || mean >= 1 || standardError < noSpread) {
    return wilsonInterval(mean * clusters, clusters, confidence)
  }
  const upper = 1 - (1 - confidence) / 2
  const few = normalQuantile(upper) / studentTQuantile(upper, clusters - 1)
  const effective = Math.min(moments.count, ((mean * (1 - mean)) / standardError ** 2) * few * few)
  return wilsonInterval(mean * effective, effective, confidence)
}
