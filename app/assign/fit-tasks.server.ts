/**
 * In: a campaign whose overlap or budget changed, or that opens anew. Out: tasks with as many slots as
 * they need now.
 */
import { z } from 'zod'
import { firstGroupSize, nextGroupSize } from '#app/jobs/group-size.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { campaignJobInput } from './campaign-jobs.ts'
import { findCampaign } from './campaigns.server.ts'
import { levelOf } from './levels.ts'
import {
  insertSlots,
  liveRows,
  lockTask,
  removeOpenSlots,
  reopenTask,
  returnBudget,
  setNeeded,
  takeBudget,
} from './task-slots.server.ts'

const cursorSchema = z.object({ after: z.string(), changed: z.number() })

/**
 * The job: gives every piece of work of a campaign the slots that its overlap asks for, resumable
 * after each group of tasks. What is in a rater's hands or judged stays as it is.
 */
export async function runFitTasks(context: JobContext): Promise<{ changed: number }> {
  const { db, job } = context
  const projectId = job.project_id
  const { campaignId } = campaignJobInput.parse(JSON.parse(job.input))
  let cursor =
    job.cursor === null ? { after: '', changed: 0 } : cursorSchema.parse(JSON.parse(job.cursor))
  let size = firstGroupSize
  for (;;) {
    if (context.signal.aborted) throw context.signal.reason
    const from = cursor
    const { after } = from
    const tasks = await nextTasks(db.read, { projectId, campaignId, after, limit: size })
    const last = tasks.at(-1)
    if (!last) return { changed: from.changed }
    let startedAt = 0
    cursor = await inTransaction(db, async (trx) => {
      startedAt = performance.now()
      const campaign = await findCampaign(trx, projectId, campaignId)
      if (!campaign) throw new JobProblem('The campaign is gone.')
      const grows = campaign.settings.adaptiveOverlap !== null
      let { changed } = from
      for (const { id: taskId } of tasks) {
        const fit = { projectId, taskId, overlap: campaign.overlap, grows, now: Date.now() }
        if (await fitTask(trx, fit)) changed += 1
      }
      const next = { after: last.id, changed }
      await context.reportWithin(trx, { cursor: next, done: changed, note: 'tasks' })
      return next
    })
    size = nextGroupSize(size, performance.now() - startedAt)
  }
}

const nextTasks = (
  db: Queries,
  {
    projectId,
    campaignId,
    after,
    limit,
  }: { projectId: string; campaignId: string; after: string; limit: number },
) =>
  db
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '>', after)
    .where('purpose', '=', 'work')
    .where('decided', 'is', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()

interface Fit {
  projectId: string
  taskId: string
  overlap: number
  /** Whether tasks grow beyond the overlap where raters disagree. */
  grows: boolean
  now: number
}

/** Gives one task the slots that it lacks, and those that the overlap asks for. True when it changed. */
async function fitTask(trx: Tx, { projectId, taskId, overlap, grows, now }: Fit): Promise<boolean> {
  const isWhole = !(await reopenTask(trx, { projectId, taskId, now }))
  const task = await lockTask(trx, { projectId, taskId })
  if (task.withdrawn_at !== null || task.needed === overlap) return !isWhole
  const place = { projectId, campaignId: task.campaign_id }
  if (task.needed > overlap) {
    const rows = await liveRows(trx, { projectId, taskId })
    const judged = rows.filter(({ status }) => status === 'submitted').length
    // It grew because raters disagreed: the slot that would settle it stays.
    if (grows && judged >= overlap) return false
    const removed = await removeOpenSlots(trx, { projectId, taskId, most: task.needed - overlap })
    await setNeeded(trx, task, task.needed - removed)
    await returnBudget(trx, { ...place, count: removed })
    return removed > 0
  }
  const added = await takeBudget(trx, { ...place, count: overlap - task.needed })
  if (added === 0) return false
  await setNeeded(trx, task, task.needed + added)
  for (let round = task.needed; round < task.needed + added; round++) {
    const priority = levelOf({ rank: task.priority, round })
    await insertSlots(trx, task, { count: 1, priority, now })
  }
  return true
}
