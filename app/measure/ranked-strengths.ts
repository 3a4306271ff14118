/** In: whole rankings. Out: strengths by the Plackett–Luce model, or why pairs are used instead. */
import { plackettLuce, type Ranking } from '#app/stats/plackett-luce.ts'
import type { MeasureOptions } from './method.ts'
import type { RankingVote } from './tally.ts'

export type RankedUse = { rankings: Ranking[] } | { why: string }

/**
 * The rankings of a campaign as the model takes them, items by their places in `placeOf`. Rankings with
 * ties, and of two responses of one model, are not for it; nor does it know of length or of raters.
 */
export function rankingsToFit(
  votes: readonly RankingVote[],
  {
    placeOf,
    cluster,
    options,
  }: {
    placeOf: ReadonlyMap<string, number>
    cluster: (key: string) => number
    options: MeasureOptions
  },
): RankedUse {
  if (votes.length === 0) {
    return { why: 'Nobody ranked responses here: strengths are those of the pairs.' }
  }
  if (options.control !== 'none' || options.interval === 'both') {
    return {
      why: 'Whole rankings are fitted without length, style, raters’ skills or intervals by rater: strengths are those of the pairs.',
    }
  }
  const tied = votes.filter(({ groups }) => groups.some((group) => group.length > 1)).length
  if (tied > 0) {
    return {
      why: `${tied} of ${votes.length} rankings have ties, which Plackett–Luce has no place for: strengths are those of the pairs.`,
    }
  }
  const orders = votes.map(({ groups }) => groups.flat())
  if (orders.some((order) => new Set(order).size < order.length)) {
    return {
      why: 'Some rankings hold two responses of one model: strengths are those of the pairs.',
    }
  }
  return {
    rankings: orders.map((order, at) => ({
      order: order.flatMap((model) => placeOf.get(model) ?? []),
      cluster: cluster(
        options.interval === 'judgment' ? `ranking ${at}` : (votes[at]?.promptId ?? ''),
      ),
    })),
  }
}

/** The fit over the models that can be compared, which `newPlace` numbers anew. */
export function rankedRatings(
  size: number,
  rankings: readonly Ranking[],
  newPlace: ReadonlyMap<number, number>,
) {
  const within = rankings.map(({ order, cluster }) => ({
    order: order.flatMap((place) => newPlace.get(place) ?? []),
    cluster,
  }))
  const { strengths, covariance, clusters } = plackettLuce(size, within)
  return { strengths, covariance, clusters }
}
