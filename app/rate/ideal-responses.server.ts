/** In: ideal responses that raters wrote with their judgments. Out: responses that others may judge. */
import { z } from 'zod'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import {
  recordWrittenResponses,
  type WrittenResponse,
} from '#app/import/written-responses.server.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { answerSchema } from './judgment.ts'

export const keepIdealsKind = 'keep-ideal-responses'

interface Scope {
  projectId: string
  campaignId: string
}

/** Queues the making of responses from a campaign's ideal ones, unless that waits already. */
export const askToKeepIdeals = (trx: Tx, { projectId, campaignId, now }: Scope & { now: number }) =>
  enqueueJob(trx, {
    projectId,
    kind: keepIdealsKind,
    input: { campaignId },
    dedupeKey: campaignId,
    now,
  })

const idealCriterion = async (db: Queries, { projectId, campaignId }: Scope) =>
  (await listCriteria(db, projectId, campaignId)).find(
    ({ definition }) => definition.kind === 'ideal',
  )

/** Ideal responses that stand: of work, neither withdrawn nor of a model. */
const selectIdeals = (db: Queries, { projectId, campaignId }: Scope, criterionId: string) =>
  db
    .selectFrom('judgment')
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.source', '<>', 'judge')
    .where('judgment.withdrawn_at', 'is', null)
    .where('judgment_score.criterion_id', '=', criterionId)
    .where('task.purpose', '=', 'work')

export interface IdealCounts {
  /** Counted up to `mostIdealsCounted`. */
  written: number
  /** How many of them are responses already. */
  kept: number
  /** Whether there may be more than were counted. */
  isMany: boolean
}

const mostIdealsCounted = 2_000

/** How many ideal responses a campaign has; null where it asks for none. */
export async function countIdeals(db: Queries, scope: Scope): Promise<IdealCounts | null> {
  const criterion = await idealCriterion(db, scope)
  if (!criterion) return null
  const rows = await selectIdeals(db, scope, criterion.id)
    .select((eb) => [
      'judgment.id',
      eb
        .exists(
          eb
            .selectFrom('response')
            .select('response.id')
            .whereRef('response.project_id', '=', 'task.project_id')
            .whereRef('response.prompt_id', '=', 'task.prompt_id')
            .whereRef('response.written_by', '=', 'judgment.rater_id'),
        )
        .as('is_kept'),
    ])
    .limit(mostIdealsCounted)
    .execute()
  const kept = rows.filter((row) => Boolean(row.is_kept)).length
  return { written: rows.length, kept, isMany: rows.length === mostIdealsCounted }
}

const inputSchema = z.object({ campaignId: z.string() })
const cursorSchema = z.object({ after: z.string(), made: z.number(), seen: z.number() })
const idealsATransaction = 100

/** The job: makes responses of a campaign's ideal ones; run again, it adds only what is new. */
export async function runKeepIdeals(context: JobContext): Promise<{ made: number; seen: number }> {
  const { db, job } = context
  const { campaignId } = inputSchema.parse(JSON.parse(job.input))
  const scope = { projectId: job.project_id, campaignId }
  const criterion = await idealCriterion(db.read, scope)
  let cursor = job.cursor
    ? cursorSchema.parse(JSON.parse(job.cursor))
    : { after: '', made: 0, seen: 0 }
  while (criterion) {
    if (context.signal.aborted) throw context.signal.reason
    const from = cursor
    const ideals = await nextIdeals(db.read, scope, {
      criterionId: criterion.id,
      after: from.after,
    })
    const last = ideals.at(-1)
    if (!last) break
    cursor = await inTransaction(db, async (trx) => {
      const made = await recordWrittenResponses(trx, {
        projectId: scope.projectId,
        responses: ideals,
        now: Date.now(),
      })
      const next = { after: last.id, made: from.made + made, seen: from.seen + ideals.length }
      await context.reportWithin(trx, { cursor: next, done: next.seen, note: 'ideal responses' })
      return next
    })
  }
  return { made: cursor.made, seen: cursor.seen }
}

async function nextIdeals(
  db: Queries,
  scope: Scope,
  { criterionId, after }: { criterionId: string; after: string },
): Promise<(WrittenResponse & { id: string })[]> {
  const rows = await selectIdeals(db, scope, criterionId)
    .select([
      'judgment.id',
      'judgment.rater_id',
      'judgment.judged_at',
      'judgment_score.answer',
      'task.prompt_id',
    ])
    .where('judgment.id', '>', after)
    .orderBy('judgment.id')
    .limit(idealsATransaction)
    .execute()
  return rows.flatMap((row) => {
    const answer = answerSchema.parse(JSON.parse(row.answer))
    return answer.kind === 'ideal'
      ? [
          {
            id: row.id,
            promptId: row.prompt_id,
            writtenBy: row.rater_id,
            text: answer.text,
            writtenAt: row.judged_at,
          },
        ]
      : []
  })
}
