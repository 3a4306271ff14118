/** What a dataset takes of the judgments, and how it is dealt out: everything that decides its rows. */
import { z } from 'zod'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { rowChecks } from './row-checks.ts'
import { splitsSchema } from './splits.ts'
import { verdictDrops } from './verdict.ts'

const names = z.array(z.string().min(1).max(500)).max(1_000)
const share = z.number().min(0).max(1)
const day = z.iso.date().nullable().default(null)
const limit = z.number().int().min(1).nullable().default(null)

export const policySchema = z.object({
  /** Models whose responses take part; empty for all. */
  models: names.default([]),
  /** Tags a prompt must have one of; empty for all. */
  tags: names.default([]),
  withoutTags: names.default([]),
  /** Days (UTC) on which a judgment was given: from the first on, before the second. */
  judgedFrom: day,
  judgedBefore: day,
  sources: z
    .array(z.enum(['human', 'judge', 'adjudicator']))
    .min(1)
    .default(['human']),
  /** How many human votes a judge's verdict weighs. */
  judgeWeight: z.number().gt(0).max(1).default(1),
  /** The question whose answers count; empty for a campaign's first one. */
  criterion: z.string().max(200).default(''),
  aggregation: z.enum(['majority', 'adjudicated', 'posterior', 'every rater']).default('majority'),
  minimumRaters: z.number().int().min(1).max(100).default(1),
  minimumAgreement: share.default(0),
  minimumPosterior: share.default(0.8),
  /** Leave out pairs that are hardly different, from 0 to 1. */
  minimumMargin: share.default(0),
  /** Whether rows carry a margin; those without one are then left out. */
  margin: z.enum(['none', 'required']).default('none'),
  ties: z.enum(['drop', 'own file']).default('drop'),
  bothBad: z.enum(['drop', 'labels', 'own file']).default('drop'),
  /** What becomes of a pair of texts that stands both ways round. */
  contradictions: z.enum(['keep', 'drop']).default('drop'),
  pairsPerPrompt: z.enum(['all', 'one']).default('all'),
  duplicates: z.enum(['keep', 'exact', 'near']).default('exact'),
  /** A response is worth imitating from this mean score on, where 0 is the worst and 1 the best. */
  goodFrom: share.default(0.5),
  tokenizer: z.enum(['characters', 'o200k']).default('o200k'),
  mostPrompt: limit,
  mostCompletion: limit,
  mostTotal: limit,
  /** Texts, such as of a benchmark, that no prompt may share. */
  heldOut: z.array(z.string().max(20_000)).max(20_000).default([]),
  /** White space at the ends of texts: as it was logged, or taken away. */
  whiteSpace: z.enum(['keep', 'trim']).default('keep'),
  /** Kinds of personal data and secrets to remove, besides those that the project removes anyway. */
  redact: z.array(z.enum(findingKinds)).default([]),
  mostRowsATag: limit,
  /** As many rows whose better response was shown first as second. */
  balanceSides: z.boolean().default(false),
  raters: z.enum(['pseudonyms', 'renamed', 'left out']).default('pseudonyms'),
  splits: splitsSchema.prefault({}),
})
export type Policy = z.infer<typeof policySchema>

const blocking = Object.fromEntries(
  Object.entries(rowChecks).flatMap(([check, { blocks, words }]) =>
    blocks ? [[check, words]] : [],
  ),
) as {
  [Check in keyof typeof rowChecks as (typeof rowChecks)[Check]['blocks'] extends true
    ? Check
    : never]: string
}

/** Why something gave no row, in the order in which the rules are asked. */
export const dropRules = {
  'other-prompt': 'a prompt without the tags asked for',
  'other-model': 'a model not asked for',
  ...verdictDrops,
  tie: 'a tie',
  'both-bad': 'both bad',
  'low-margin': 'hardly different',
  'no-margin': 'nobody said how much better',
  'no-good-response': 'no response was judged good enough',
  'no-score': 'no score on a scale',
  'no-order': 'no order between its responses',
  'text-missing': 'the text of the prompt or a response is not here',
  ...blocking,
  'too-long': 'longer than the policy allows',
  'held-out': 'shares a text with what is held out',
  contradiction: 'the same texts stand both ways round',
  duplicate: 'the same row is there already',
  'near-duplicate': 'a prompt almost the same is there already',
  'other-pair': 'another pair of the prompt is surer',
  'balance-tag': 'its tag has rows enough',
  'balance-side': 'its side was chosen more often',
} as const
export type DropRule = keyof typeof dropRules
