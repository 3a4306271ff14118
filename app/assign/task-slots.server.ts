/**
 * In: tasks and what becomes of their holds. Out: open slots, exactly as many as are needed: a task
 * never has more rows that are open, held or submitted than it needs, and a campaign never makes more
 * slots than its budget allows.
 */
import { newId } from '#app/base/ids.ts'
import { locked, skipLocked } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { AssignmentTable, TaskTable, Tx } from '#db/schema.ts'
import { levels } from './levels.ts'
import { readSettings } from './read-settings.ts'

/** A slot that any rater of its lane may take. */
export const openSlot = (
  task: Pick<TaskTable, 'project_id' | 'campaign_id' | 'id'>,
  { lane, priority, now }: { lane: string; priority: number; now: number },
): AssignmentTable => ({
  project_id: task.project_id,
  id: newId(),
  campaign_id: task.campaign_id,
  task_id: task.id,
  rater_id: null,
  status: 'open',
  lane,
  priority,
  shown_order: null,
  held_at: null,
  held_until: null,
  opened_at: null,
  ended_at: null,
  active_ms: null,
  skip_reason: null,
  created_at: now,
})

interface CampaignPlace {
  projectId: string
  campaignId: string
}

const changeSlotsMade = (trx: Tx, { projectId, campaignId }: CampaignPlace, by: number) =>
  trx
    .updateTable('campaign')
    .set((eb) => ({ slots_made: eb('slots_made', '+', by) }))
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .returning(['slots_made', 'overlap', 'settings'])
    .executeTakeFirstOrThrow()

/**
 * Takes slots out of a campaign's budget and gives how many it gets. The campaign's row stays locked
 * until the transaction ends, so the bound is exact however many ask at once.
 */
export async function takeBudget(
  trx: Tx,
  { count, ...place }: CampaignPlace & { count: number },
): Promise<number> {
  if (count <= 0) return 0
  const { slots_made, settings } = await changeSlotsMade(trx, place, count)
  const { budget } = readSettings(settings)
  const over = budget === null ? 0 : Math.min(count, Math.max(0, slots_made - budget))
  if (over > 0) await changeSlotsMade(trx, place, -over)
  return count - over
}

/** Puts slots that nobody had back into the budget. */
export async function returnBudget(
  trx: Tx,
  { count, ...place }: CampaignPlace & { count: number },
): Promise<void> {
  if (count > 0) await changeSlotsMade(trx, place, -count)
}

/** A campaign's overlap and what is left of its budget; both stay until the transaction ends. */
export async function lockBudget(
  trx: Tx,
  place: CampaignPlace,
): Promise<{ overlap: number; left: number }> {
  const { overlap, slots_made, settings } = await changeSlotsMade(trx, place, 0)
  const { budget } = readSettings(settings)
  return { overlap, left: budget === null ? Number.POSITIVE_INFINITY : budget - slots_made }
}

interface TaskPlace {
  projectId: string
  taskId: string
}

const lockedTask = keptQuery((db, at: TaskPlace) =>
  locked(
    db,
    db
      .selectFrom('task')
      .select([
        'project_id',
        'id',
        'campaign_id',
        'purpose',
        'needed',
        'priority',
        'doubt',
        'withdrawn_at',
      ])
      .where('project_id', '=', at.projectId)
      .where('id', '=', at.taskId),
  ),
)

/** A task, locked until the transaction ends: whoever changes how many slots it has comes first here. */
export async function lockTask(trx: Tx, at: TaskPlace) {
  const [task] = await lockedTask(trx, at)
  if (!task) throw new Error('Missing: the task')
  return task
}

export type LockedTask = Awaited<ReturnType<typeof lockTask>>

/** The rows of a task that are open, held or submitted; a submitted one may have been withdrawn. */
export const liveRows = (trx: Tx, { projectId, taskId }: TaskPlace) =>
  trx
    .selectFrom('assignment')
    .leftJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'assignment.project_id')
        .onRef('judgment.assignment_id', '=', 'assignment.id')
        .on('judgment.withdrawn_at', 'is not', null),
    )
    .select(['assignment.id', 'assignment.status', 'assignment.rater_id', 'judgment.withdrawn_at'])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.task_id', '=', taskId)
    .where('assignment.status', 'in', ['open', 'held', 'submitted'])
    .execute()

/**
 * Opens slots where a task has fewer rows open, held or submitted than it needs: after a hold ended
 * without a judgment, or a judgment was withdrawn. The budget pays only for the replacement of a
 * withdrawn judgment. Where the overlap was lowered meanwhile, the task needs less instead. False
 * where the task lacked nothing.
 */
export async function reopenTask(
  trx: Tx,
  { projectId, taskId, now }: TaskPlace & { now: number },
): Promise<boolean> {
  const task = await lockTask(trx, { projectId, taskId })
  if (task.purpose !== 'work' || task.withdrawn_at !== null) return false
  const rows = await liveRows(trx, { projectId, taskId })
  const counting = rows.filter((row) => row.withdrawn_at === null).length
  if (counting >= task.needed) return false
  const place = { projectId, campaignId: task.campaign_id }
  const needed = Math.max(counting, await wantedNow(trx, task))
  const lacking = Math.max(0, task.needed - rows.length)
  const paid = Math.min(needed - counting, lacking)
  if (needed < task.needed) await returnBudget(trx, { ...place, count: lacking - paid })
  const bought = await takeBudget(trx, { ...place, count: needed - counting - paid })
  const reached = counting + paid + bought
  if (reached !== task.needed) await setNeeded(trx, task, reached)
  await insertSlots(trx, task, { count: paid + bought, priority: levels.returned, now })
  return true
}

/** What a task needs when a slot of it comes back: as many as it did, unless the overlap fell. */
async function wantedNow(trx: Tx, task: LockedTask): Promise<number> {
  const campaign = await trx
    .selectFrom('campaign')
    .select(['overlap', 'settings'])
    .where('project_id', '=', task.project_id)
    .where('id', '=', task.campaign_id)
    .executeTakeFirstOrThrow()
  const grows = readSettings(campaign.settings).adaptiveOverlap !== null
  return grows ? task.needed : Math.min(task.needed, campaign.overlap)
}

/** Sets how many judgments a task needs. */
export const setNeeded = (trx: Tx, task: Pick<LockedTask, 'project_id' | 'id'>, needed: number) =>
  trx
    .updateTable('task')
    .set({ needed })
    .where('project_id', '=', task.project_id)
    .where('id', '=', task.id)
    .execute()

/** Opens slots of a task in its lane. The caller has seen to the budget and to what it needs. */
export async function insertSlots(
  trx: Tx,
  task: LockedTask,
  { count, priority, now }: { count: number; priority: number; now: number },
): Promise<void> {
  if (count <= 0) return
  const before = await trx
    .selectFrom('assignment')
    .select('lane')
    .where('project_id', '=', task.project_id)
    .where('task_id', '=', task.id)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const lane = before?.lane ?? ''
  const slots = Array.from({ length: count }, () => openSlot(task, { lane, priority, now }))
  await trx.insertInto('assignment').values(slots).execute()
}

/** Takes open slots of a task away, the latest in order first, and gives how many it got hold of. */
export async function removeOpenSlots(
  trx: Tx,
  { projectId, taskId, most }: TaskPlace & { most: number },
): Promise<number> {
  if (most <= 0) return 0
  const open = await skipLocked(
    trx,
    trx
      .selectFrom('assignment')
      .select('id')
      .where('project_id', '=', projectId)
      .where('task_id', '=', taskId)
      .where('status', '=', 'open')
      .orderBy('priority', 'desc')
      .orderBy('id', 'desc')
      .limit(most),
  ).execute()
  for (const { id } of open) {
    await trx
      .deleteFrom('assignment')
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  return open.length
}

/**
 * Asks one rater more for a task, where the budget allows it. False when it does not.
 */
export async function askOneMore(
  trx: Tx,
  { task, priority, now }: { task: LockedTask; priority: number; now: number },
): Promise<boolean> {
  const place = { projectId: task.project_id, campaignId: task.campaign_id }
  if ((await takeBudget(trx, { ...place, count: 1 })) === 0) return false
  await setNeeded(trx, task, task.needed + 1)
  await insertSlots(trx, task, { count: 1, priority, now })
  return true
}

/** Moves the open slots of a task to a sooner level. */
export async function hastenTask(
  trx: Tx,
  { task, priority, now }: { task: LockedTask; priority: number; now: number },
): Promise<void> {
  const later = await skipLocked(
    trx,
    trx
      .selectFrom('assignment')
      .select('id')
      .where('project_id', '=', task.project_id)
      .where('task_id', '=', task.id)
      .where('status', '=', 'open')
      .where('priority', '>', priority),
  ).execute()
  if (later.length === 0) return
  // Before its slots go, for a fresh slot takes its lane from one that the task had.
  await insertSlots(trx, task, { count: later.length, priority, now })
  for (const { id } of later) {
    await trx
      .deleteFrom('assignment')
      .where('project_id', '=', task.project_id)
      .where('id', '=', id)
      .execute()
  }
}

/**
 * Takes a task out of the work: nobody gets it any more. Who has it in hand may still send it; it is
 * kept, and not counted. False when it is not there or was withdrawn before.
 */
export async function withdrawTask(
  trx: Tx,
  { projectId, taskId, reason, now }: TaskPlace & { reason: string; now: number },
): Promise<boolean> {
  const known = await trx
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', '=', taskId)
    .executeTakeFirst()
  if (!known) return false
  const task = await lockTask(trx, { projectId, taskId })
  if (task.withdrawn_at !== null) return false
  const removed = await removeOpenSlots(trx, { projectId, taskId, most: task.needed })
  await returnBudget(trx, { projectId, campaignId: task.campaign_id, count: removed })
  await trx
    .updateTable('task')
    .set({
      withdrawn_at: now,
      withdrawn_reason: reason,
      needed: Math.max(0, task.needed - removed),
    })
    .where('project_id', '=', projectId)
    .where('id', '=', taskId)
    .execute()
  return true
}
