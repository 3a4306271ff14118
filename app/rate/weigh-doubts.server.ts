/** In: a campaign whose tasks were judged elsewhere or long ago. Out: how much each leaves open. */

import { z } from 'zod'
import type { Criterion } from '#app/assign/campaign.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { saveDoubts } from '#app/assign/task-doubts.server.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { entropyInBits, labelPosterior } from '#app/stats/label-posterior.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Answer, answerSchema } from './judgment.ts'
import { answerCounts, primaryCriterion } from './primary-answer.ts'
import { campaignsOfBatch } from './record-judgments.server.ts'

export const weighDoubtsKind = 'weigh-doubts'

const inputSchema = z.object({ campaignId: z.string() })
const cursorSchema = z.object({ after: z.string(), weighed: z.number() })
const tasksATransaction = 200

/** Queues the weighing of a campaign unless it waits already. */
export const askToWeigh = (
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
) =>
  enqueueJob(trx, {
    projectId,
    kind: weighDoubtsKind,
    input: { campaignId },
    dedupeKey: campaignId,
    now,
  })

/** Queues the weighing of every campaign that an import brought judgments to. */
export async function askToWeighBatch(
  trx: Tx,
  { projectId, batchId, now }: { projectId: string; batchId: string; now: number },
): Promise<void> {
  for (const campaignId of await campaignsOfBatch(trx, { projectId, batchId })) {
    await askToWeigh(trx, { projectId, campaignId, now })
  }
}

/** The job: weighs every piece of work of a campaign, resumable after each group of tasks. */
export async function runWeighDoubts(context: JobContext): Promise<{ weighed: number }> {
  const { db, job } = context
  const projectId = job.project_id
  const { campaignId } = inputSchema.parse(JSON.parse(job.input))
  const criterion = primaryCriterion(await listCriteria(db.read, projectId, campaignId))
  if (!criterion) return { weighed: 0 }
  let cursor = job.cursor ? cursorSchema.parse(JSON.parse(job.cursor)) : { after: '', weighed: 0 }
  for (;;) {
    if (context.signal.aborted) throw context.signal.reason
    const from = cursor
    const tasks = await nextTasks(db.read, { projectId, campaignId, after: from.after })
    const last = tasks.at(-1)
    if (!last) return { weighed: from.weighed }
    cursor = await inTransaction(db, async (trx) => {
      const doubts = await doubtsOf(trx, {
        projectId,
        criterion,
        taskIds: tasks.map(({ id }) => id),
      })
      const changed = new Map(
        tasks
          .filter(({ id, doubt }) => (doubts.get(id) ?? null) !== doubt)
          .map(({ id }) => [id, doubts.get(id) ?? null]),
      )
      await saveDoubts(trx, { projectId, doubts: changed })
      const next = { after: last.id, weighed: from.weighed + tasks.length }
      await context.reportWithin(trx, { cursor: next, done: next.weighed, note: 'tasks' })
      return next
    })
  }
}

const nextTasks = (
  db: Queries,
  { projectId, campaignId, after }: { projectId: string; campaignId: string; after: string },
) =>
  db
    .selectFrom('task')
    .select(['id', 'doubt'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '>', after)
    .where('purpose', '=', 'work')
    .orderBy('id')
    .limit(tasksATransaction)
    .execute()

/**
 * How much the counted judgments of tasks leave open: the entropy in bits of the posterior over the
 * answer to the first question, 0 where an adjudicator decided, absent below two judgments.
 */
async function doubtsOf(
  db: Queries,
  {
    projectId,
    criterion,
    taskIds,
  }: { projectId: string; criterion: Criterion; taskIds: readonly string[] },
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('judgment')
    .leftJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id')
        .on('judgment_score.criterion_id', '=', criterion.id),
    )
    .select(['judgment.task_id', 'judgment.source', 'judgment_score.answer'])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.task_id', 'in', taskIds)
    .where('judgment.withdrawn_at', 'is', null)
    .where('judgment.is_extra', '=', 0)
    .execute()
  const sizes = await sizesOf(db, projectId, taskIds)
  const doubts = new Map<string, number>()
  for (const [taskId, judgments] of Map.groupBy(rows, (row) => row.task_id)) {
    const isDecided = judgments.some((row) => row.source === 'adjudicator')
    const answers = judgments.flatMap(({ answer }): Answer[] =>
      answer === null ? [] : [answerSchema.parse(JSON.parse(answer))],
    )
    if (isDecided) doubts.set(taskId, 0)
    else if (answers.length > 1) {
      const counts = answerCounts(criterion, answers, sizes.get(taskId) ?? 0)
      doubts.set(taskId, entropyInBits(labelPosterior(counts)))
    }
  }
  return doubts
}

async function sizesOf(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('task_response')
    .select((eb) => ['task_id', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where('task_id', 'in', taskIds)
    .groupBy('task_id')
    .execute()
  return new Map(rows.map((row) => [row.task_id, row.count]))
}

const judgmentsLookedAt = 2_000

/**
 * Whether a campaign has tasks of two or more judgments that were never weighed, by its first
 * judgments: those of one campaign were weighed together or not at all.
 */
export async function needsWeighing(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
): Promise<boolean> {
  const first = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('judgment')
        .innerJoin('task', (join) =>
          join
            .onRef('task.project_id', '=', 'judgment.project_id')
            .onRef('task.id', '=', 'judgment.task_id'),
        )
        .select(['judgment.task_id', 'task.doubt'])
        .where('judgment.project_id', '=', projectId)
        .where('judgment.campaign_id', '=', campaignId)
        .where('judgment.is_extra', '=', 0)
        .where('judgment.withdrawn_at', 'is', null)
        .where('task.purpose', '=', 'work')
        .orderBy('judgment.id')
        .limit(judgmentsLookedAt)
        .as('looked_at'),
    )
    .select('task_id')
    .where('doubt', 'is', null)
    .groupBy('task_id')
    .having((eb) => eb(eb.fn.countAll<number>(), '>', 1))
    .limit(1)
    .execute()
  return first.length > 0
}
