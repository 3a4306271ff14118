/** In: verdicts on tasks that were drawn unevenly. Out: the weights that make their shares even again. */
import { counted } from '#app/base/text.ts'
import type { PairTally } from './tally.ts'

export type Weighing =
  /** Every task was made: each judgment counts the same. */
  | { kind: 'even' }
  /** Every judged task was drawn with a known probability. */
  | { kind: 'drawn'; weights: ReadonlyMap<PairTally, number> }
  /** Some were drawn and others not, so that no weights make them even. */
  | { kind: 'mixed'; judgments: number }

const judgmentsOf = ({ winsA, winsB, ties, bothBad, cantJudge }: PairTally): number =>
  winsA + winsB + ties + bothBad + cantJudge

/** How the shares of some verdicts are to be weighed. */
export function weighingOf(pairs: readonly PairTally[]): Weighing {
  let drawn = 0
  let judgments = 0
  for (const pair of pairs) {
    drawn += pair.draws?.judgments ?? 0
    judgments += judgmentsOf(pair)
  }
  if (drawn === 0) return { kind: 'even' }
  if (drawn < judgments) return { kind: 'mixed', judgments: judgments - drawn }
  return { kind: 'drawn', weights: weightsOfDraws(pairs) }
}

/**
 * The weight of each drawn task: one over the probability of its draw, and one for every task drawn
 * after it. A draw knows the tasks before it and stands, with 1/p, for all that were left; each draw
 * so estimates the total over all tasks without bias, whatever the answers before it led to, and the
 * weights are those of the mean over the draws. Of few draws from many tasks 1/p is nearly all of it;
 * when every task is drawn the weights stay right.
 *
 * Sources: D. Raj, Journal of the American Statistical Association 51 (1956) 269–284, for draws one
 * after another without replacement; D. G. Horvitz and D. J. Thompson, the same 47 (1952) 663–685.
 */
function weightsOfDraws(pairs: readonly PairTally[]): Map<PairTally, number> {
  const drawn = pairs.flatMap((pair) => (pair.draws ? [{ pair, draws: pair.draws }] : []))
  drawn.sort((one, other) => (one.draws.taskId < other.draws.taskId ? -1 : 1))
  return new Map(
    drawn.map(({ pair, draws }, place) => [
      pair,
      draws.inverse / draws.judgments + (drawn.length - 1 - place),
    ]),
  )
}

/**
 * What the verdicts of one prompt and pair count together: their number; or, where tasks were drawn,
 * the weight of their task, however many raters judged it. The weighted share is Hájek's estimate of
 * the share over all tasks that could have been drawn.
 *
 * Source: J. Hájek, comment in Foundations of Statistical Inference (1971) 236.
 */
export const weightOf = (pair: PairTally, weighing: Weighing, count: number): number =>
  weighing.kind === 'drawn' && count > 0 ? (weighing.weights.get(pair) ?? 0) : count

/**
 * How many tasks of equal weight would tell as much as these, (Σw)² / Σw².
 * Source: L. Kish, Survey Sampling (1965), section 11.7.
 */
export function effectiveTasks(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const squares = weights.reduce((total, weight) => total + weight * weight, 0)
  return squares === 0 ? 0 : (sum * sum) / squares
}

/** How the method names the weights; undefined where every judgment counts the same. */
export const weightsInWords = ({ kind }: Weighing): string | undefined =>
  kind === 'drawn'
    ? 'the order was adaptive: win rates and head-to-head shares are weighted by the inverse of how probable each task was to be chosen; ratings are not weighted, because Bradley–Terry allows for who met whom'
    : undefined

/** A warning where the weights that an adaptive order needs are not to be had. */
export function weighingWarnings(weighing: Weighing): string[] {
  if (weighing.kind !== 'mixed') return []
  return [
    `Only part of the tasks was chosen adaptively: ${counted(weighing.judgments, 'judgment')} came from tasks made otherwise. Win rates lean towards the pairs that were chosen more often; the ratings do not.`,
  ]
}
