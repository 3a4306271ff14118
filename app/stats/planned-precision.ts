import { normalQuantile } from './student-t.ts'

export interface PlannedProportion {
  /** Observations altogether. */
  count: number
  /** Observations that come from one cluster; 1 where all are independent. */
  clusterSize: number
  /** How alike two observations of one cluster are, from 0 to 1. */
  correlation: number
  /** Of one observation; that of an even yes or no where it is not said, which is the largest. */
  variance?: number
  confidence?: number
}

const evenVariance = 0.25

/**
 * By how much the variance of a mean grows because observations come in clusters of one size:
 * 1 + (m - 1) rho. Clusters of fewer than one observation count as one.
 * Source: L. Kish, Survey Sampling (1965), section 5.4.
 *
 * @example designEffect(3, 0.5) // 2
 */
export const designEffect = (clusterSize: number, correlation: number): number =>
  1 + (Math.max(1, clusterSize) - 1) * correlation

/**
 * How alike two observations of one cluster were, from the design effect that was seen: the inverse of
 * `designEffect`, kept between 0 and 1. Null where clusters hold about one observation, which tell
 * nothing of it.
 *
 * @example correlationOf(2, 3) // 0.5
 */
export function correlationOf(effect: number, clusterSize: number): number | null {
  if (clusterSize < 1.05) return null
  return Math.min(1, Math.max(0, (effect - 1) / (clusterSize - 1)))
}

/**
 * Half the width of the interval that a planned number of observations will give for a proportion, by
 * default one of one half, where it is widest. Null when nothing is planned; never above 0.5.
 *
 * @example plannedHalfWidth({ count: 400, clusterSize: 1, correlation: 0.5 }) // 0.0489…
 */
export function plannedHalfWidth({
  count,
  clusterSize,
  correlation,
  variance = evenVariance,
  confidence = 0.95,
}: PlannedProportion): number | null {
  if (count <= 0) return null
  const z = normalQuantile(1 - (1 - confidence) / 2)
  return Math.min(0.5, z * Math.sqrt((variance * designEffect(clusterSize, correlation)) / count))
}

/**
 * Observations needed for an interval of a wished half width: the inverse of `plannedHalfWidth`.
 * Source: W. G. Cochran, Sampling Techniques (1977), section 4.4, times the design effect.
 *
 * @example observationsNeeded(0.05, { clusterSize: 1, correlation: 0 }) // 385
 */
export function observationsNeeded(
  halfWidth: number,
  {
    clusterSize,
    correlation,
    variance = evenVariance,
    confidence = 0.95,
  }: Omit<PlannedProportion, 'count'>,
): number {
  const z = normalQuantile(1 - (1 - confidence) / 2)
  const effect = designEffect(clusterSize, correlation)
  return Math.ceil((z ** 2 * variance * effect) / halfWidth ** 2 - 1e-9)
}
