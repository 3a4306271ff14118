/**
 * In: judgments that no longer count, or count again. Out: the slots of their tasks, so that overlap
 * stays exact: a withdrawn judgment gives its slot up, and one that comes back takes a slot only where
 * there is one.
 */
import type { Tx } from '#db/schema.ts'
import { saveDoubts } from './task-doubts.server.ts'
import { type LockedTask, liveRows, lockTask, reopenTask } from './task-slots.server.ts'

/** By this an assignment that was given up is known from one that was released untouched. */
export const withdrawnWork = 'judgment withdrawn'

interface Work {
  projectId: string
  taskId: string
  assignmentId: string
}

/** What a task's judgments leave open is to be weighed anew. */
const forgetDoubt = (trx: Tx, { projectId, taskId }: Work) =>
  saveDoubts(trx, { projectId, doubts: new Map([[taskId, null]]) })

const statusOf = (trx: Tx, { projectId, assignmentId }: Work) =>
  trx
    .selectFrom('assignment')
    .select(['status', 'skip_reason'])
    .where('project_id', '=', projectId)
    .where('id', '=', assignmentId)
    .executeTakeFirstOrThrow()

const setStatus = (
  trx: Tx,
  { projectId, assignmentId }: Work,
  change: { status: 'released' | 'submitted'; skip_reason: string | null },
) =>
  trx
    .updateTable('assignment')
    .set(change)
    .where('project_id', '=', projectId)
    .where('id', '=', assignmentId)
    .execute()

/**
 * Ends the assignment of a judgment that was just withdrawn; its task asks for another rater again
 * where the campaign takes work. An assignment that holds no slot (of an extra judgment) stays as it
 * is.
 */
export async function giveUpWork(
  trx: Tx,
  { takesWork, now, ...work }: Work & { takesWork: boolean; now: number },
): Promise<void> {
  await lockTask(trx, work)
  await forgetDoubt(trx, work)
  const { status } = await statusOf(trx, work)
  if (status !== 'submitted') return
  await setStatus(trx, work, { status: 'released', skip_reason: withdrawnWork })
  if (takesWork) await reopenTask(trx, { ...work, now })
}

/**
 * Takes the slot of a judgment that is to count again: its own where the task still lacks one, else an
 * open one. Where neither is left the judgment is extra. Undefined where it gave up no slot.
 */
export async function takeWorkBack(trx: Tx, work: Work): Promise<{ isExtra: boolean } | undefined> {
  const task = await lockTask(trx, work)
  await forgetDoubt(trx, work)
  const { status, skip_reason } = await statusOf(trx, work)
  if (status !== 'released' || skip_reason !== withdrawnWork) return undefined
  if (!(await makeRoom(trx, task))) return { isExtra: true }
  await setStatus(trx, work, { status: 'submitted', skip_reason: null })
  return { isExtra: false }
}

/** Whether a task has a place for one more judgment, an open slot being taken for it if need be. */
async function makeRoom(trx: Tx, task: LockedTask): Promise<boolean> {
  const projectId = task.project_id
  const live = await liveRows(trx, { projectId, taskId: task.id })
  if (task.purpose !== 'work' || live.length < task.needed) return true
  const open = live.find(({ status }) => status === 'open')
  if (!open) return false
  const { numDeletedRows } = await trx
    .deleteFrom('assignment')
    .where('project_id', '=', projectId)
    .where('id', '=', open.id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return numDeletedRows > 0n
}
