/** One judgment with all that its rater ever answered, for whoever reads it from elsewhere. */
import { redact } from '#app/import/prepare/redact.ts'
import type { Queries } from '#db/schema.ts'
import { changedPositions } from './changed-positions.server.ts'
import { revisionContentSchema } from './judgment.ts'
import {
  hasSpans,
  type JudgmentsWanted,
  selectJudgments,
  withScores,
} from './judgment-pages.server.ts'
import { redactedAnswer } from './redacted-answer.ts'

/** One judgment with the answers that its rater gave before, the oldest first; undefined for none such. */
export async function findJudgmentWithRevisions(
  db: Queries,
  { id, ...wanted }: JudgmentsWanted & { id: string },
) {
  const { projectId, kinds } = wanted
  const rows = await selectJudgments(db, projectId).where('judgment.id', '=', id).execute()
  const [judgment] = await withScores(db, wanted, rows)
  if (!judgment) return undefined
  const earlier = await db
    .selectFrom('judgment_revision')
    .select(['revision', 'content', 'judged_at', 'created_at as replaced_at'])
    .where('project_id', '=', projectId)
    .where('judgment_id', '=', id)
    .orderBy('revision')
    .execute()
  const contents = earlier.map(({ content, ...row }) => ({
    ...row,
    content: revisionContentSchema.parse(JSON.parse(content)),
  }))
  const taskIds = contents.some(({ content }) => hasSpans(content.scores)) ? [judgment.task_id] : []
  const changed = await changedPositions(db, projectId, { taskIds, kinds })
  const names = await criterionNames(db, projectId, judgment.campaign_id)
  return {
    ...judgment,
    earlier: contents.map(({ content, ...row }) => ({
      ...row,
      comment: redact(content.comment, kinds).text,
      reasons: content.reasons.map((reason) => redact(reason, kinds).text),
      active_ms: content.activeMs,
      scores: content.scores.map(({ criterionId, position, answer }) => ({
        criterion: names.get(criterionId) ?? criterionId,
        position,
        answer: redactedAnswer(answer, kinds, changed.get(judgment.task_id) ?? new Set()),
      })),
    })),
  }
}

async function criterionNames(db: Queries, projectId: string, campaignId: string) {
  const rows = await db
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
