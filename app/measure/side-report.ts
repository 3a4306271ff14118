/** In: verdicts whose order on the screen is known. Out: whether the first response wins more than its half. */
import { testOfMean } from '#app/stats/cluster-moments.ts'
import type { ClusterTotal } from '#app/stats/clustered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import type { SideReport, StandingsInput } from './standings.ts'

/** A test for a leaning to the response that is shown first, clustered by prompt. */
export function sideReport({ pairs, options }: StandingsInput): { sides?: SideReport } {
  const byPrompt = new Map<string, ClusterTotal>()
  for (const { promptId, sided = 0, firstWins = 0 } of pairs) {
    if (sided === 0) continue
    const { sum, count } = byPrompt.get(promptId) ?? { sum: 0, count: 0 }
    byPrompt.set(promptId, { sum: sum + firstWins, count: count + sided })
  }
  const { confidence } = options
  const rate = clusteredShare([...byPrompt.values()], { confidence })
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
