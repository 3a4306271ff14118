import { normalQuantile } from './student-t.ts'

export interface PlannedProportion {
  /** Observations altogether. */
  count: number
  /** Observations that come from one cluster; 1 where all are independent. */
  clusterSize: number
  /** How alike two observations of one cluster are, from 0 to 1. */
  correlation: number
  confidence?: number
}

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
 * Half the width of the interval that a planned number of observations will give for a proportion
 * of one half, where it is widest. Null when nothing is planned; never above 0.5.
 *
 * @example plannedHalfWidth({ count: 400, clusterSize: 1, correlation: 0.5 }) // 0.0489…
 */
export function plannedHalfWidth({
  count,
  clusterSize,
  correlation,
  confidence = 0.95,
}: PlannedProportion): number | null {
  if (count <= 0) return null
  const z = normalQuantile(1 - (1 - confidence) / 2)
  return Math.min(0.5, z * Math.sqrt((0.25 * designEffect(clusterSize, correlation)) / count))
}
