/** In: verdicts whose order on the screen is known. Out: whether the first response wins more than its half. */
import { testOfMean } from '#app/stats/cluster-moments.ts'
import type { ClusterTotal } from '#app/stats/clustered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import type { CountedPairs } from './counted-pairs.ts'
import type { MeasureOptions } from './method.ts'
import type { SideReport } from './standings.ts'

/** A test for a leaning to the response that is shown first, clustered by prompt. */
export function sideReport(
  { pairs, prompt }: CountedPairs,
  { confidence }: MeasureOptions,
): { sides?: SideReport } {
  const byPrompt: ClusterTotal[] = []
  let own = { sum: 0, count: 0 }
  let last = -1
  for (const [row, { sided = 0, firstWins = 0 }] of pairs.entries()) {
    if (sided === 0) continue
    if (prompt[row] !== last) {
      own = { sum: 0, count: 0 }
      byPrompt.push(own)
      last = prompt[row] ?? 0
    }
    own.sum += firstWins
    own.count += sided
  }
  const rate = clusteredShare(byPrompt, { confidence })
  if (!rate) return {}
  const { mean, standardError, clusters } = rate
  const p = testOfMean({ mean: mean - 0.5, standardError, clusters })
  return {
    sides: {
      first_rate: mean,
      low: rate.low,
      high: rate.high,
      p_value: p,
      wins: rate.count,
      prompts: clusters,
    },
  }
}
