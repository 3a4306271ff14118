/** In: the verdicts on a task. Out: the one that a dataset takes, or why it takes none. */
import { z } from 'zod'
import type { Winner } from '#db/schema.ts'

export const targets = ['trl-preference', 'trl-sft', 'raw'] as const
export type Target = (typeof targets)[number]

export const policySchema = z.object({
  /** A verdict counts when more than half of the raters who could judge gave it. */
  aggregation: z.literal('majority').default('majority'),
  minimumRaters: z.number().int().min(1).default(1),
  sources: z
    .array(z.enum(['human', 'judge', 'adjudicator']))
    .min(1)
    .default(['human']),
})
export type Policy = z.infer<typeof policySchema>

export type Verdict =
  | { kind: 'chosen'; side: 'a' | 'b'; raters: number; agreement: number }
  | { kind: 'dropped'; rule: DropRule }

/** Why a task gave no row, in the order in which the rules are asked. */
export const dropRules = {
  'no-judgment': 'nobody has judged it',
  'cant-judge': "every rater said can't judge",
  'too-few-raters': 'fewer raters than the policy asks for',
  tie: 'a tie by majority',
  'both-bad': 'both bad by majority',
  split: 'no majority',
  'text-missing': 'the text of the prompt or a response is not here',
  empty: 'a response is empty',
  identical: 'chosen and rejected say the same',
  'prompt-end': 'the prompt does not end with a user or tool message',
  'tool-calls': 'it calls tools, which this target does not carry',
  'no-good-response': 'no response was judged good enough',
} as const
export type DropRule = keyof typeof dropRules

/**
 * The majority verdict of a task. Can't judge is no vote; tie, both bad and either side are votes, and
 * a side is chosen only with more than half of them.
 *
 * @example majorityOf(['a', 'a', 'tie'], { minimumRaters: 1 }) // a, by 2 of 3
 */
export function majorityOf(
  winners: readonly Winner[],
  { minimumRaters }: Pick<Policy, 'minimumRaters'>,
): Verdict {
  if (winners.length === 0) return { kind: 'dropped', rule: 'no-judgment' }
  const votes = winners.filter((winner) => winner !== 'cant_judge')
  if (votes.length === 0) return { kind: 'dropped', rule: 'cant-judge' }
  if (votes.length < minimumRaters) return { kind: 'dropped', rule: 'too-few-raters' }
  const share = (winner: Winner) => votes.filter((vote) => vote === winner).length / votes.length
  for (const side of ['a', 'b'] as const) {
    const agreement = share(side)
    if (agreement > 0.5) return { kind: 'chosen', side, raters: votes.length, agreement }
  }
  if (share('tie') > 0.5) return { kind: 'dropped', rule: 'tie' }
  if (share('both_bad') > 0.5) return { kind: 'dropped', rule: 'both-bad' }
  return { kind: 'dropped', rule: 'split' }
}

/** A verdict as points for a: what a mean over raters is made of. */
export const pointsForA: Record<Exclude<Winner, 'cant_judge'>, number> = {
  a: 1,
  b: 0,
  tie: 0.5,
  both_bad: 0,
}
