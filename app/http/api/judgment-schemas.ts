/** Judgments as callers see them. Raters go by their pseudonyms; nothing tells who they are. */
import { z } from 'zod'
import { answerSchema } from '#app/rate/judgment.ts'
import type { JudgmentListed } from '#app/rate/judgment-pages.server.ts'
import { isoTime, isoTimeOrNull, moment } from './times.ts'

const count = z.number().int()

const earlierScore = z.object({
  criterion: z.string().describe('The name of the criterion.'),
  position: count.describe('The position of the response in its task; -1 for all of them.'),
  answer: answerSchema,
})
const score = earlierScore.extend({ response_id: z.string().nullable() })

/** A judgment in its latest revision. */
export const judgmentSchema = z
  .object({
    id: z.string(),
    campaign_id: z.string(),
    task_id: z.string(),
    prompt_id: z.string(),
    purpose: z.enum(['work', 'gold', 'training', 'qualification', 'repeat']),
    rater: z.string().describe('The pseudonym of the rater.'),
    source: z.enum(['human', 'judge', 'adjudicator']),
    revision: count.describe('1 for the first answer; it grows with every change.'),
    is_extra: z.boolean().describe('Came after its task had all it needs: kept, not counted.'),
    shown_order: z
      .array(count)
      .nullable()
      .describe('Positions in the order in which the rater saw them; null where it is not known.'),
    guidelines_version: count.nullable(),
    scores: z.array(score),
    comment: z.string(),
    reasons: z.array(z.string()),
    active_ms: count.nullable().describe('How long the rater was at it.'),
    import_id: z.string().nullable(),
    withdrawn_at: moment.nullable(),
    withdrawn_reason: z.string().nullable(),
    judged_at: moment.nullable().describe('Null where an import did not say.'),
    created_at: moment,
  })
  .meta({ id: 'Judgment' })

const revision = z
  .object({
    revision: count,
    scores: z.array(earlierScore),
    comment: z.string(),
    reasons: z.array(z.string()),
    active_ms: count.nullable(),
    judged_at: moment.nullable(),
    replaced_at: moment,
  })
  .meta({ id: 'Revision' })

/** The same with what its rater answered before. */
export const judgmentDetailSchema = judgmentSchema
  .extend({ earlier: z.array(revision).describe('The oldest first.') })
  .meta({ id: 'JudgmentDetail' })

/** A judgment as callers see it. */
export const showJudgment = ({ is_extra, batch_id, ...row }: JudgmentListed) => ({
  ...row,
  is_extra: is_extra === 1,
  import_id: batch_id,
  withdrawn_at: isoTimeOrNull(row.withdrawn_at),
  judged_at: isoTimeOrNull(row.judged_at),
  created_at: isoTime(row.created_at),
})

export const showRevision = <Row extends { judged_at: number | null; replaced_at: number }>(
  row: Row,
) => ({
  ...row,
  judged_at: isoTimeOrNull(row.judged_at),
  replaced_at: isoTime(row.replaced_at),
})
