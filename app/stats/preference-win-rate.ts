export interface PreferenceWinRate {
  /** Of a hundred comparisons, how many the second output wins; a draw is half. */
  winRate: number
  /** Null for a single comparison. */
  standardError: number | null
  /** The same with every preference rounded to a win, a loss or a draw. */
  discreteWinRate: number
  wins: number
  losses: number
  draws: number
  count: number
}

/**
 * The win rate of a model over a baseline from preferences as AlpacaEval writes them: 1 where the
 * baseline's output is preferred, 2 where the model's is, 1.5 (or 0) for a draw, and anything between
 * where a judge was not sure. Missing ones are left out. In hundredths, as there; its standard error is
 * the sample's standard deviation over √n and takes every comparison as independent, so it stands for
 * one comparison a prompt.
 *
 * Null without a preference. Throws a RangeError for numbers that are none.
 * Source: X. Li et al., AlpacaEval (2023), its published code; Y. Dubois et al., arXiv 2404.04475. Their
 * length-controlled rate is another: for one at equal length see `styleControlledRatings`.
 *
 * @param preferences in any order
 * @example preferenceWinRate([2, 1, 1.5, 2])?.winRate // 62.5
 */
export function preferenceWinRate(
  preferences: readonly (number | null)[],
): PreferenceWinRate | null {
  const points = preferences.flatMap((preference) =>
    preference === null ? [] : [pointsOf(preference)],
  )
  const count = points.length
  if (count === 0) return null
  const mean = points.reduce((sum, one) => sum + one, 0) / count
  const squares = points.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  const wins = points.filter((one) => one > 0.5).length
  const losses = points.filter((one) => one < 0.5).length
  const draws = count - wins - losses
  return {
    winRate: 100 * mean,
    standardError: count < 2 ? null : (100 * Math.sqrt(squares / (count - 1))) / Math.sqrt(count),
    discreteWinRate: (100 * (wins + draws / 2)) / count,
    wins,
    losses,
    draws,
    count,
  }
}

/** The model's share of one comparison. */
function pointsOf(preference: number): number {
  if (preference === 0) return 0.5
  if (!(preference >= 1 && preference <= 2)) throw new RangeError(`${preference} is no preference.`)
  return preference - 1
}
