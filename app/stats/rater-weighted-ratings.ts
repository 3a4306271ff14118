import { areComparable, demandAllComparable } from './bradley-terry.ts'
import { logisticFit } from './logistic-fit.ts'
import { corner, type Matrix } from './matrix.ts'
import { type RatedPair, raterAwareRatings, raterSpread } from './rater-aware-ratings.ts'

/** A judgment of a pair, with the prompt it was about. */
export interface WeighedPair extends RatedPair {
  cluster: number
}

export interface RaterWeightedFit {
  /** Natural logarithm of each strength, mean zero, as a rater of skill 1 sees them. */
  strengths: Float64Array
  covariance: Matrix | null
  clusters: number
  /** How sharply each rater tells strengths apart, around 1. */
  skills: Float64Array
}

/** Raters with fewer judgments than this are taken together as one. */
export const fewestOfRater = 10

/** Skills need not be known to more digits than this to weigh by. */
const tolerance = 1e-4
const mostIterations = 30
/** Into how many parts the prompts are cut. */
const folds = 5

/**
 * Strengths in which raters weigh by how well their judgments fit with everybody's, and their leanings
 * to one side are taken out: skills come from `raterAwareRatings`, then strengths and leanings are
 * fitted anew with the skills as they are, for a covariance clustered by prompt. The skill by which a
 * judgment weighs is learnt on the prompts of the other four fifths alone; skills learnt on the same
 * judgments would follow their noise, and the intervals would hold the truth too seldom.
 *
 * Raters with fewer than ten judgments count as one rater. Throws a RangeError where strengths have no
 * finite estimate.
 * Source: as `raterAwareRatings`; V. Chernozhukov et al., Econometrics Journal 21 (2018) C1–C68, for
 * learning on other folds; Liang and Zeger (1986) for the sandwich.
 *
 * @example raterWeightedRatings({ items: 2, raters: 1 }, Array.from({ length: 20 }, (_, at) => (
 *   { a: 0, b: 1, rater: 0, side: 0, points: at % 2, cluster: at }
 * ))) // { strengths: [0, 0], skills: [1], clusters: 20 }
 */
export function raterWeightedRatings(
  sizes: { items: number; raters: number },
  pairs: readonly WeighedPair[],
): RaterWeightedFit {
  const { items } = sizes
  demandAllComparable(items, pairs)
  const { own, raters, places } = withRareTogether(sizes.raters, pairs)
  const learnt = Array.from({ length: folds }, (_, fold) => {
    const others = own.filter(({ cluster }) => cluster % folds !== fold)
    // Where the others rate nobody they say nothing of raters, who then count as typical.
    if (!areComparable(items, others)) return new Float64Array(raters).fill(1)
    return raterAwareRatings({ items, raters }, others, { tolerance, mostIterations }).skills
  })
  const fit = logisticFit(
    items + raters,
    own.map(({ a, b, rater, points, side, cluster }) => {
      const skill = learnt[cluster % folds]?.[rater] ?? 1
      return {
        places: [a, b, items + rater],
        values: [skill, -skill, side],
        count: 1,
        points,
        cluster,
      }
    }),
    { centred: items, ridge: (place) => (place < items ? 0 : 1 / raterSpread.sideBias ** 2) },
  )
  return {
    strengths: fit.coefficients.slice(0, items),
    covariance: fit.covariance && corner(fit.covariance, items),
    clusters: fit.clusters,
    skills: Float64Array.from(places, (place) =>
      learnt.reduce((sum, skills) => sum + (skills[place] ?? 1) / folds, 0),
    ),
  }
}

/** The judgments with their raters numbered anew: 0 is all who gave few of them. */
function withRareTogether(raters: number, pairs: readonly WeighedPair[]) {
  const counts = new Float64Array(raters)
  for (const { rater } of pairs) counts[rater] = (counts[rater] ?? 0) + 1
  const places = new Int32Array(raters)
  let frequent = 0
  for (let rater = 0; rater < raters; rater++) {
    if ((counts[rater] ?? 0) < fewestOfRater) continue
    frequent += 1
    places[rater] = frequent
  }
  const own = pairs.map((pair) => ({ ...pair, rater: places[pair.rater] ?? 0 }))
  return { own, raters: frequent + 1, places }
}
