/** In: what raters said of a pair. Out: the verdict that a dataset takes, or why it takes none. */
import type { Source, Winner } from '#db/schema.ts'

/** One rater's word on a pair, in canonical order. */
export interface Vote {
  rater: string
  source: Source
  winner: Winner
  /** How much better, from 0 (hardly) to 1 (far); null where the rater was not asked. */
  strength: number | null
  /** How many votes it is worth; 1 for people. */
  weight: number
  /** Which response the rater saw first; null where nobody knows. */
  shownFirst: 'a' | 'b' | null
}

export interface VerdictRule {
  aggregation: 'majority' | 'adjudicated' | 'posterior' | 'every rater'
  minimumRaters: number
  /** The share of raters who could judge that must agree; more than half in any case. */
  minimumAgreement: number
  /** How probable the verdict must be where it is a posterior. */
  minimumPosterior: number
}

export interface Decided {
  kind: 'decided'
  winner: Exclude<Winner, 'cant_judge'>
  raters: number
  agreement: number
  /** How probable the verdict is; null where it is none of a model's. */
  posterior: number | null
  margin: number | null
}

export const verdictDrops = {
  'no-judgment': 'nobody has judged it',
  'cant-judge': "every rater said can't judge",
  'too-few-raters': 'fewer raters than the policy asks for',
  split: 'no majority',
  'low-agreement': 'raters agree less than the policy asks for',
  'low-posterior': 'the verdict is less probable than the policy asks for',
} as const
export type VerdictDrop = keyof typeof verdictDrops

export type Verdict = Decided | { kind: 'dropped'; rule: VerdictDrop }

const dropped = (rule: VerdictDrop): Verdict => ({ kind: 'dropped', rule })

/**
 * The verdict on a pair. Can't judge is no vote; either side, a tie and both bad are. An adjudicator's
 * word decides where the rule says so, and the last of several. A posterior comes from a model of the
 * raters over the whole campaign: the probabilities of a, tie, b and both bad.
 *
 * @example verdictOn([…'a', 'a', 'tie'], { aggregation: 'majority', … }) // a, by 2 of 3
 */
export function verdictOn(
  votes: readonly Vote[],
  rule: VerdictRule,
  posterior?: Readonly<Record<Decided['winner'], number>>,
): Verdict {
  if (votes.length === 0) return dropped('no-judgment')
  const word = votes.findLast(({ source }) => source === 'adjudicator')
  if (rule.aggregation === 'adjudicated' && word && word.winner !== 'cant_judge') {
    return { ...decided([word], word.winner), raters: votes.length }
  }
  const able = votes.filter(({ winner }) => winner !== 'cant_judge')
  if (able.length === 0) return dropped('cant-judge')
  if (new Set(able.map(({ rater }) => rater)).size < rule.minimumRaters) {
    return dropped('too-few-raters')
  }
  if (rule.aggregation === 'posterior' && posterior) return byPosterior(able, rule, posterior)
  const winner = majorityOf(able)
  if (winner === undefined) return dropped('split')
  const found = decided(able, winner)
  return found.agreement < rule.minimumAgreement ? dropped('low-agreement') : found
}

const weightOf = (votes: readonly Vote[]): number =>
  votes.reduce((sum, { weight }) => sum + weight, 0)

/** What more than half of the votes say, by weight. */
function majorityOf(able: readonly Vote[]): Decided['winner'] | undefined {
  const answers = ['a', 'b', 'tie', 'both_bad'] as const
  const half = weightOf(able) / 2
  return answers.find((answer) => weightOf(able.filter(({ winner }) => winner === answer)) > half)
}

function byPosterior(
  able: readonly Vote[],
  { minimumPosterior, minimumAgreement }: VerdictRule,
  posterior: Readonly<Record<Decided['winner'], number>>,
): Verdict {
  const [winner, probability] = (Object.entries(posterior) as [Decided['winner'], number][]).reduce(
    (best, one) => (one[1] > best[1] ? one : best),
  )
  if (probability < minimumPosterior) return dropped('low-posterior')
  const found = { ...decided(able, winner), posterior: probability }
  return found.agreement < minimumAgreement ? dropped('low-agreement') : found
}

/** A verdict with how many agree, and how much better those who agree call it. */
function decided(able: readonly Vote[], winner: Decided['winner']): Decided {
  const agreeing = able.filter((vote) => vote.winner === winner)
  const strengths = agreeing.flatMap(({ strength }) => strength ?? [])
  return {
    kind: 'decided',
    winner,
    raters: new Set(able.map(({ rater }) => rater)).size,
    agreement: weightOf(agreeing) / weightOf(able),
    posterior: null,
    margin:
      strengths.length === 0
        ? null
        : strengths.reduce((sum, strength) => sum + strength, 0) / strengths.length,
  }
}
