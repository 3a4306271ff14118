/** In: assignments in raters' hands. Out: each ended once, its slot opened again where it is needed. */
import { sql } from 'kysely'
import { idBeside, newId } from '#app/base/ids.ts'
import { locked, skipLocked } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { AssignmentTable, Purpose, Queries, Tx } from '#db/schema.ts'
import type { RaterPlace } from './campaign-rater.server.ts'
import { liveRows, lockTask, reopenTask } from './task-slots.server.ts'

const expiredAClaim = 20

/** What nobody else waits for stays in hand until it is answered. */
export const heldForGood = ['training', 'qualification'] as const satisfies Purpose[]
export const isHeldForGood = (purpose: Purpose): boolean =>
  heldForGood.some((one) => one === purpose)
export const heldForGoodMs = 10 * 365 * 24 * 60 * 60_000

/** Inserts an assignment under a new id, or under a free one beside another. */
export async function insertHeld(
  trx: Tx,
  row: Omit<AssignmentTable, 'id'>,
  besideId: string | undefined,
): Promise<string> {
  for (let id = besideId; ; ) {
    id = id === undefined ? newId() : idBeside(id)
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('assignment')
      .values({ ...row, id })
      .onConflict((conflict) => conflict.columns(['project_id', 'id']).doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows) return id
  }
}

const holdsOver = keptQuery((db, at: { projectId: string; campaignId: string; now: number }) =>
  skipLocked(
    db,
    db
      .selectFrom('assignment')
      .select(['id', 'task_id'])
      .where('project_id', '=', at.projectId)
      .where('campaign_id', '=', at.campaignId)
      .where('status', '=', sql.lit<'held'>('held'))
      .where('held_until', '<', at.now)
      .orderBy('held_until')
      .limit(expiredAClaim),
  ),
)

/** Ends holds whose time is over and opens their slots again. A few at a time, at each claim. */
export async function expireHolds(
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
): Promise<number> {
  const over = await holdsOver(trx, { projectId, campaignId, now })
  for (const hold of over) {
    await endHold(trx, { projectId, assignmentId: hold.id, status: 'expired', now })
    await reopenTask(trx, { projectId, taskId: hold.task_id, now })
  }
  return over.length
}

interface Ended {
  projectId: string
  assignmentId: string
  status: 'submitted' | 'skipped' | 'expired' | 'released'
  skipReason: string | null
  activeMs: number | null
  openedAt: number | null
  now: number
}

type EndOfHold = Omit<Ended, 'skipReason' | 'activeMs' | 'openedAt'> &
  Partial<Pick<Ended, 'skipReason' | 'activeMs' | 'openedAt'>>

const storeEnd = keptQuery((db, end: Ended) =>
  db
    .updateTable('assignment')
    .set({
      status: end.status,
      ended_at: end.now,
      skip_reason: end.skipReason,
      active_ms: end.activeMs,
      opened_at: end.openedAt,
    })
    .where('project_id', '=', end.projectId)
    .where('id', '=', end.assignmentId),
)

const endHold = (
  trx: Tx,
  { skipReason = null, activeMs = null, openedAt = null, ...end }: EndOfHold,
) => storeEnd(trx, { ...end, skipReason, activeMs, openedAt })

export interface EndedAssignment extends Pick<AssignmentTable, 'id' | 'task_id' | 'status'> {
  purpose: Purpose
  withdrawn_at: number | null
}

interface Completion {
  projectId: string
  assignment: EndedAssignment
  raterId: string
  activeMs: number | null
  openedAt: number | null
  /** Whether it comes too late to count, whatever the task still needs. */
  isTooLate: boolean
  now: number
}

/**
 * Ends an assignment with its judgment. A hold that was over takes an open slot of its task when there
 * is one; else the judgment is extra: `isExtra` says so. What is not work needs no slot.
 */
export async function completeAssignment(
  trx: Tx,
  completion: Completion,
): Promise<{ isExtra: boolean }> {
  const { projectId, assignment, activeMs, openedAt, now } = completion
  const end = { projectId, assignmentId: assignment.id, activeMs, openedAt, now }
  const isHeld = assignment.status === 'held'
  const isCounted = assignment.withdrawn_at === null && !completion.isTooLate
  if (isCounted && (isHeld || (await takesSlot(trx, completion)))) {
    await endHold(trx, { ...end, status: 'submitted' })
    return { isExtra: false }
  }
  if (isHeld) {
    await endHold(trx, { ...end, status: 'released' })
    await reopenTask(trx, { projectId, taskId: assignment.task_id, now })
  }
  return { isExtra: true }
}

/** Whether a judgment whose hold was over finds a place: the rater's other hold, or an open slot. */
async function takesSlot(
  trx: Tx,
  { projectId, assignment, raterId, now }: Completion,
): Promise<boolean> {
  const taskId = assignment.task_id
  await lockTask(trx, { projectId, taskId })
  const rows = await liveRows(trx, { projectId, taskId })
  const another = rows.find((row) => row.status === 'held' && row.rater_id === raterId)
  if (another) {
    await endHold(trx, { projectId, assignmentId: another.id, status: 'released', now })
    return true
  }
  if (assignment.purpose !== 'work') return true
  const open = rows.find((row) => row.status === 'open')
  if (!open) return false
  const { numDeletedRows } = await trx
    .deleteFrom('assignment')
    .where('project_id', '=', projectId)
    .where('id', '=', open.id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Gives a task back, with a reason when it was skipped; its slot opens for somebody else. */
export async function giveBack(
  trx: Tx,
  options: Omit<EndOfHold, 'assignmentId' | 'status'> & {
    assignment: Pick<EndedAssignment, 'id' | 'task_id' | 'status'>
    status: 'skipped' | 'released'
  },
): Promise<void> {
  const { assignment, ...end } = options
  await endHold(trx, { ...end, assignmentId: assignment.id })
  if (assignment.status !== 'held') return
  await reopenTask(trx, { projectId: end.projectId, taskId: assignment.task_id, now: end.now })
}

/** Keeps a rater's holds alive while the page is in use. */
export async function extendHolds(
  db: Queries,
  { projectId, campaignId, raterId, holdMs, now }: RaterPlace & { holdMs: number; now: number },
): Promise<void> {
  await db
    .updateTable('assignment')
    .set({ held_until: now + holdMs })
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('rater_id', '=', raterId)
    .where('status', '=', sql.lit<'held'>('held'))
    .where('held_until', '<', now + holdMs)
    .execute()
}

/**
 * Takes work out of a rater's hands and opens it to others. Gives how many tasks that were. Training
 * and qualification stay: nobody waits for them.
 */
export async function releaseHolds(
  trx: Tx,
  { projectId, campaignId, raterId, now }: RaterPlace & { now: number },
): Promise<number> {
  const held = await trx
    .selectFrom('assignment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id'),
    )
    .select('assignment.id')
    .where('assignment.project_id', '=', projectId)
    .where('assignment.campaign_id', '=', campaignId)
    .where('assignment.rater_id', '=', raterId)
    .where('assignment.status', '=', sql.lit<'held'>('held'))
    .where('task.purpose', 'not in', heldForGood)
    .orderBy('assignment.id')
    .execute()
  let released = 0
  for (const { id } of held) {
    const assignment = await lockAssignment(trx, projectId, id)
    if (assignment?.status !== 'held') continue
    released += 1
    await giveBack(trx, { projectId, assignment, status: 'released', now })
  }
  return released
}

/** Ends the holds of tasks that were withdrawn, and gives the others. */
export async function releaseWithdrawn<Held extends { assignmentId: string; isWithdrawn: boolean }>(
  trx: Tx,
  { projectId, now }: { projectId: string; now: number },
  held: readonly Held[],
): Promise<Omit<Held, 'isWithdrawn'>[]> {
  for (const { assignmentId, isWithdrawn } of held) {
    if (isWithdrawn) await endHold(trx, { projectId, assignmentId, status: 'released', now })
  }
  return held.flatMap(({ isWithdrawn, ...task }) => (isWithdrawn ? [] : [task]))
}

/** An assignment, locked until the transaction ends. */
export const lockAssignment = (trx: Tx, projectId: string, id: string) =>
  locked(
    trx,
    trx
      .selectFrom('assignment')
      .select(['id', 'campaign_id', 'task_id', 'rater_id', 'status', 'shown_order'])
      .where('project_id', '=', projectId)
      .where('id', '=', id),
  ).executeTakeFirst()
