/** In: whole rankings. Out: strengths by the Plackett–Luce model, or why pairs are used instead. */
import { corner, type Matrix } from '#app/stats/matrix.ts'
import { plackettLuce } from '#app/stats/plackett-luce.ts'
import type { MeasureOptions } from './method.ts'
import type { RankingVote } from './tally.ts'

/** Groups of items that tie, from the best to the worst. */
interface GroupedRanking {
  groups: number[][]
  cluster: number
}

export type RankedUse = { rankings: GroupedRanking[] } | { why: string }

/**
 * The rankings of a campaign as the model takes them, items by their places in `placeOf`. Rankings of two
 * responses of one model are not for it; nor does it know of length or of raters, nor of rankings that
 * have lost their ties.
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
  if (tied > 0 && options.ties === 'drop') {
    return {
      why: `${tied} of ${votes.length} rankings have ties, which cannot be left out of whole rankings: strengths are those of the pairs.`,
    }
  }
  const isTwice = (models: readonly string[]) => new Set(models).size < models.length
  if (votes.some(({ groups }) => isTwice(groups.flat()))) {
    return {
      why: 'Some rankings hold two responses of one model: strengths are those of the pairs.',
    }
  }
  return {
    rankings: votes.map(({ groups, promptId }, at) => ({
      groups: groups.map((group) => group.flatMap((model) => placeOf.get(model) ?? [])),
      cluster: cluster(options.interval === 'judgment' ? `ranking ${at}` : promptId),
    })),
  }
}

export interface RankedRatings {
  strengths: Float64Array
  covariance: Matrix | null
  clusters: number
  /** Whether some rankings had ties. */
  hasTies: boolean
}

/** The fit over the models that can be compared, which `newPlace` numbers anew. */
export function rankedRatings(
  size: number,
  rankings: readonly GroupedRanking[],
  newPlace: ReadonlyMap<number, number>,
): RankedRatings | { why: string } {
  const within = rankings.map(({ groups, cluster }) => ({
    order: groups
      .map((group) => group.flatMap((place) => newPlace.get(place) ?? []))
      .filter((group) => group.length > 0),
    cluster,
  }))
  try {
    const { strengths, covariance, clusters, tieParameters } = plackettLuce(size, within)
    return {
      strengths,
      covariance: covariance && corner(covariance, size),
      clusters,
      hasTies: tieParameters.length > 0,
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return {
      why: 'Plackett–Luce has no finite strengths here, as where nearly all rankings tie: strengths are those of the pairs.',
    }
  }
}
