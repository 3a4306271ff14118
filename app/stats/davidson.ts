import { cell, type Matrix } from './matrix.ts'
import {
  addPairInformation,
  countOf,
  fitTiedPairs,
  type TiedPairTotal,
  type TieModel,
  timesLog,
} from './tied-pairs.ts'

export interface DavidsonFit {
  /** Natural logarithm of each worth, mean zero. */
  strengths: Float64Array
  /** How likely ties are: two equal items tie with probability ν / (2 + ν). */
  tieParameter: number
  /** Cluster-robust covariance of the strengths and, last, of ln ν; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * Davidson's model of paired comparisons with ties: i beats j, j beats i, or they tie in the
 * proportions πᵢ : πⱼ : ν √(πᵢ πⱼ). Fitted by Newton's method on ln π and ln ν, in which the likelihood
 * is concave. Unlike ties counted as half wins it gives ties a probability; its likelihood cannot be
 * compared with that of `bradleyTerry`.
 *
 * The covariance is the cluster sandwich with the factor G/(G−1).
 * Throws a RangeError where no maximum exists: no ties, nothing but ties, items that no chain of wins
 * and ties connects both ways, or no round of them with more wins than ties.
 * Source: R. R. Davidson, Journal of the American Statistical Association 65 (1970) 317–328.
 *
 * @example davidson(2, [{ a: 0, b: 1, winsA: 2, winsB: 1, ties: 1, cluster: 0 }]).strengths[0]
 *   // Math.log(2) / 2
 */
export function davidson(size: number, totals: readonly TiedPairTotal[]): DavidsonFit {
  const { parameters, ...fit } = fitTiedPairs(size, totals, model)
  return {
    strengths: parameters.slice(0, size),
    tieParameter: Math.exp(parameters[size] ?? 0),
    ...fit,
  }
}

/** The probabilities that a wins, b wins, and they tie. */
function chances(
  parameters: Float64Array,
  { a, b }: Pick<TiedPairTotal, 'a' | 'b'>,
): [number, number, number] {
  const half = ((parameters[a] ?? 0) - (parameters[b] ?? 0)) / 2
  // Relative to √(πᵢ πⱼ), and scaled by the larger, so that nothing overflows.
  const most = Math.abs(half)
  const winA = Math.exp(half - most)
  const winB = Math.exp(-half - most)
  const tie = Math.exp((parameters.at(-1) ?? 0) - most)
  const sum = winA + winB + tie
  return [winA / sum, winB / sum, tie / sum]
}

const model: TieModel = {
  start: 0,
  logLikelihood: (parameters, pair) => {
    const [winA, winB, tie] = chances(parameters, pair)
    return timesLog(pair.winsA, winA) + timesLog(pair.winsB, winB) + timesLog(pair.ties, tie)
  },
  // Seen less expected.
  addScore: (score, parameters, pair) => {
    const [winA, winB, tie] = chances(parameters, pair)
    const count = countOf(pair)
    const lead = (pair.winsA - pair.winsB - count * (winA - winB)) / 2
    const last = score.length - 1
    score[pair.a] = (score[pair.a] ?? 0) + lead
    score[pair.b] = (score[pair.b] ?? 0) - lead
    score[last] = (score[last] ?? 0) + pair.ties - count * tie
  },
  addInformation: (information, parameters, pair) => {
    const [winA, winB, tie] = chances(parameters, pair)
    const count = countOf(pair)
    addPairInformation(information, pair, {
      lead: (count * (winA + winB - (winA - winB) ** 2)) / 4,
      ties: count * tie * (1 - tie),
      both: (-count * (winA - winB) * tie) / 2,
    })
  },
}

/** The variance of ln ν. */
export const tieVariance = (covariance: Matrix): number =>
  cell(covariance, covariance.size - 1, covariance.size - 1)
