import { studentTQuantile } from './student-t.ts'

/** One value, with the two clusters it belongs to. */
export interface TwoWayValue {
  prompt: string
  rater: string
  value: number
}

export interface TwoWayMean {
  mean: number
  standardError: number | null
  low: number | null
  high: number | null
  prompts: number
  raters: number
  count: number
  /** Why there is no interval. */
  reason?: string
}

/** Fewer clusters of a kind than this say too little of how much it matters. */
export const leastTwoWayClusters = 20

/**
 * The mean of values that are alike within a prompt and within a rater: the variance by prompts, plus
 * that by raters, less that by both at once, each as in `clusteredMean`. What the subtraction takes
 * below the larger of the two one-way variances is taken as that one, so that the interval is never
 * narrower than either alone. Student's t with one degree of freedom fewer than the scarcer kind has
 * clusters.
 *
 * Returns null without a value, and no interval with fewer than twenty prompts or raters.
 * Source: A. C. Cameron, J. B. Gelbach and D. L. Miller, Journal of Business & Economic Statistics 29
 * (2011) 238–249, equation 2.8.
 *
 * @param bounds the interval is cut to these, as [0, 1] for a rate
 * @example twoWayClusteredMean([{ prompt: 'p', rater: 'r', value: 1 }, { prompt: 'q', rater: 'r', value: 0 }])
 *   // { mean: 0.5, low: null, prompts: 2, raters: 1, reason: 'fewer than 20 raters' }
 */
export function twoWayClusteredMean(
  values: readonly TwoWayValue[],
  { confidence = 0.95, bounds }: { confidence?: number; bounds?: readonly [number, number] } = {},
): TwoWayMean | null {
  const count = values.length
  if (count === 0) return null
  const mean = values.reduce((sum, { value }) => sum + value, 0) / count
  const variance = (clusterOf: (value: TwoWayValue) => string) => {
    const strays = new Map<string, number>()
    for (const one of values) {
      const cluster = clusterOf(one)
      strays.set(cluster, (strays.get(cluster) ?? 0) + one.value - mean)
    }
    const groups = strays.size
    const squares = [...strays.values()].reduce((sum, stray) => sum + stray * stray, 0)
    return { groups, variance: ((groups / (groups - 1)) * squares) / count ** 2 }
  }
  const byPrompt = variance(({ prompt }) => prompt)
  const byRater = variance(({ rater }) => rater)
  const about = { mean, prompts: byPrompt.groups, raters: byRater.groups, count }
  const scarcer = Math.min(byPrompt.groups, byRater.groups)
  if (scarcer < leastTwoWayClusters) {
    const reason = `fewer than ${leastTwoWayClusters} ${byPrompt.groups <= byRater.groups ? 'prompts' : 'raters'}`
    return { ...about, standardError: null, low: null, high: null, reason }
  }
  const byBoth = variance(({ prompt, rater }) => JSON.stringify([prompt, rater]))
  const standardError = Math.sqrt(
    Math.max(
      byPrompt.variance + byRater.variance - byBoth.variance,
      byPrompt.variance,
      byRater.variance,
    ),
  )
  const reach = studentTQuantile(1 - (1 - confidence) / 2, scarcer - 1) * standardError
  const [lowest, highest] = bounds ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return {
    ...about,
    standardError,
    low: Math.max(lowest, mean - reach),
    high: Math.min(highest, mean + reach),
  }
}
