import { type ClusteredMean, type ClusterTotal, clusteredMean } from './clustered-mean.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Below this a standard error is rounding alone. */
const noSpread = 1e-9

/**
 * `clusteredMean` of a share, which also has an interval of some width where the clusters do not differ
 * at all: all won, all lost, all even. Then there is no spread to reckon with, and each cluster counts
 * for one case of Wilson's interval, so that three wins on three prompts are not taken for certainty.
 *
 * Returns null without a value; no interval with one cluster.
 * Source: as `clusteredMean`; E. B. Wilson, Journal of the American Statistical Association 22 (1927)
 * 209–212.
 *
 * @example clusteredShare([{ sum: 1, count: 1 }, { sum: 1, count: 1 }])?.low // 0.34…
 */
export function clusteredShare(
  clusters: readonly ClusterTotal[],
  { confidence = 0.95 }: { confidence?: number } = {},
): ClusteredMean | null {
  const found = clusteredMean(clusters, { confidence, bounds: [0, 1] })
  if (!found || found.standardError === null || found.standardError >= noSpread) return found
  const interval = wilsonInterval(found.mean * found.clusters, found.clusters, confidence)
  return { ...found, low: interval?.low ?? null, high: interval?.high ?? null }
}
