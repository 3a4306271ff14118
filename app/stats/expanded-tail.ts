import { normalDistribution, studentTQuantile } from './student-t.ts'

/**
 * How far into the tails of a bootstrap's results an interval reaches. Percentile intervals of few
 * clusters are too narrow, by Student's factor and by √(n/(n−1)); taking quantiles a little farther out
 * makes up for both.
 *
 * Source: T. C. Hesterberg, The American Statistician 69 (2015) 371–386, section 4 (expanded
 * percentile interval).
 *
 * @param clusters how many were drawn again, at least 2
 * @example expandedTail(100, 0.95) // 0.0230…
 */
export const expandedTail = (clusters: number, confidence: number): number =>
  normalDistribution(
    -Math.sqrt(clusters / (clusters - 1)) *
      studentTQuantile(1 - (1 - confidence) / 2, clusters - 1),
  )
