import type { Matrix } from './matrix.ts'
import {
  addPairInformation,
  fitTiedPairs,
  type TiedPairTotal,
  type TieModel,
} from './tied-pairs.ts'

export interface RaoKupperFit {
  /** Natural logarithm of each worth, mean zero. */
  strengths: Float64Array
  /** How far a worth must exceed another to win: two equal items tie with probability (θ − 1) / (θ + 1). */
  tieParameter: number
  /** Cluster-robust covariance of the strengths and, last, of ln θ; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * Rao and Kupper's model of paired comparisons with ties: judges do not tell apart what is less than
 * ln θ apart. i beats j with probability πᵢ / (πᵢ + θ πⱼ), θ ≥ 1, and they tie with what is left,
 * (θ² − 1) πᵢ πⱼ / ((πᵢ + θ πⱼ)(πⱼ + θ πᵢ)). Fitted by Newton's method on ln π and ln θ, in which the
 * likelihood is concave. The fewer ties the nearer is θ to 1, and the strengths to those of
 * `bradleyTerry`; where Davidson's model lets ties follow the worths alone, here they follow a
 * threshold, and both mostly agree.
 *
 * The covariance is the cluster sandwich with the factor G/(G−1).
 * Throws a RangeError where no maximum exists within θ > 1: no ties, nothing but ties, items that no
 * chain of wins and ties connects both ways, or no round of them with more wins than ties.
 * Source: P. V. Rao and L. L. Kupper, Journal of the American Statistical Association 62 (1967) 194–204.
 *
 * @example raoKupper(2, [{ a: 0, b: 1, winsA: 1, winsB: 1, ties: 1, cluster: 0 }]).tieParameter // 2
 */
export function raoKupper(size: number, totals: readonly TiedPairTotal[]): RaoKupperFit {
  const { parameters, ...fit } = fitTiedPairs(size, totals, model)
  return {
    strengths: parameters.slice(0, size),
    tieParameter: Math.exp(parameters[size] ?? 0),
    ...fit,
  }
}

/** The logistic curve, and its logarithm without the cancellation of 1 + exp. */
const chance = (x: number): number => 1 / (1 + Math.exp(-x))
const logChance = (x: number): number => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))

/** By how much each side leads beyond the threshold, and the threshold. */
function leads(parameters: Float64Array, { a, b }: Pick<TiedPairTotal, 'a' | 'b'>) {
  const apart = (parameters[a] ?? 0) - (parameters[b] ?? 0)
  const threshold = parameters.at(-1) ?? 0
  return { ofA: apart - threshold, ofB: -apart - threshold, threshold }
}

// A tie is as probable as a win of each side together, times θ² − 1.
const model: TieModel = {
  start: Math.LN2,
  logLikelihood: (parameters, pair) => {
    const { ofA, ofB, threshold } = leads(parameters, pair)
    if (threshold <= 0) return Number.NEGATIVE_INFINITY
    const logOdds = 2 * threshold + Math.log(-Math.expm1(-2 * threshold))
    return (
      (pair.winsA + pair.ties) * logChance(ofA) +
      (pair.winsB + pair.ties) * logChance(ofB) +
      pair.ties * logOdds
    )
  },
  addScore: (score, parameters, pair) => {
    const { ofA, ofB, threshold } = leads(parameters, pair)
    const ofWinsA = (pair.winsA + pair.ties) * chance(-ofA)
    const ofWinsB = (pair.winsB + pair.ties) * chance(-ofB)
    const last = score.length - 1
    score[pair.a] = (score[pair.a] ?? 0) + ofWinsA - ofWinsB
    score[pair.b] = (score[pair.b] ?? 0) - ofWinsA + ofWinsB
    const ofTies = (2 * pair.ties) / -Math.expm1(-2 * threshold)
    score[last] = (score[last] ?? 0) + ofTies - ofWinsA - ofWinsB
  },
  addInformation: (information, parameters, pair) => {
    const { ofA, ofB, threshold } = leads(parameters, pair)
    const ofWinsA = (pair.winsA + pair.ties) * chance(ofA) * chance(-ofA)
    const ofWinsB = (pair.winsB + pair.ties) * chance(ofB) * chance(-ofB)
    const ofTies = pair.ties / Math.sinh(threshold) ** 2
    addPairInformation(information, pair, {
      lead: ofWinsA + ofWinsB,
      ties: ofTies + ofWinsA + ofWinsB,
      both: ofWinsB - ofWinsA,
    })
  },
}
