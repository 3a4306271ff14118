/**
 * In: open slots and raters who ask. Out: tasks in hand, each shown in an order that was drawn once.
 *
 * Overlap is exact by construction: a task has as many rows that are open, held or submitted as it
 * needs judgments. A claim turns an open row into a held one; a hold that ends without a judgment
 * ends its row, and the same transaction opens a fresh one.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { locked, skipLocked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { openSlot } from './make-tasks.server.ts'
import { drawOrder, drawPairOrder, type ShownOrder, shownOrderSchema } from './shown-order.ts'

/** Tasks a rater may have in hand, so that the next is there when one is sent. */
export const mostInHand = 3
const expiredAClaim = 20

export interface Claim {
  projectId: string
  campaignId: string
  raterId: string
  holdMs: number
  now: number
  random: () => number
}

export interface Claimed {
  assignmentId: string
  taskId: string
  shownOrder: ShownOrder
  heldUntil: number
}

/**
 * Fills a rater's hands: what is held already stays, and open slots are taken up to `want` tasks.
 * When little is left each rater gets one at a time, so that nobody starves while another holds the
 * last tasks.
 */
export async function claimTasks(
  trx: Tx,
  claim: Claim & { want?: number },
): Promise<{ held: Claimed[]; isPaused: boolean }> {
  const rater = await joinCampaign(trx, claim)
  if (rater.status === 'paused') return { held: [], isPaused: true }
  await expireHolds(trx, claim)
  const held = await heldBy(trx, claim)
  const want = Math.min(claim.want ?? mostInHand, mostInHand)
  while (held.length < want) {
    if (held.length > 0 && (await isScarce(trx, claim))) break
    const next = await claimNext(trx, claim, rater)
    if (!next) break
    held.push(next)
  }
  return { held, isPaused: false }
}

interface RaterState {
  status: 'active' | 'paused'
  cursor_priority: number
  cursor_slot: string
  side_balance: number
}

/** The rater's row in the campaign, made at the first claim and locked against a second claim. */
async function joinCampaign(trx: Tx, claim: Claim): Promise<RaterState> {
  await trx
    .insertInto('campaign_rater')
    .values({
      project_id: claim.projectId,
      campaign_id: claim.campaignId,
      rater_id: claim.raterId,
      status: 'active',
      cursor_priority: 0,
      cursor_slot: '',
      side_balance: 0,
      created_at: claim.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return locked(
    trx,
    trx
      .selectFrom('campaign_rater')
      .select(['status', 'cursor_priority', 'cursor_slot', 'side_balance'])
      .where('project_id', '=', claim.projectId)
      .where('campaign_id', '=', claim.campaignId)
      .where('rater_id', '=', claim.raterId),
  ).executeTakeFirstOrThrow()
}

/** The tasks in a rater's hands, the oldest first. */
export async function heldBy(
  db: Queries,
  rater: { projectId: string; campaignId: string; raterId: string },
): Promise<Claimed[]> {
  const rows = await db
    .selectFrom('assignment')
    .select(['id', 'task_id', 'shown_order', 'held_until'])
    .where('project_id', '=', rater.projectId)
    .where('campaign_id', '=', rater.campaignId)
    .where('rater_id', '=', rater.raterId)
    .where('status', '=', 'held')
    .orderBy('held_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    assignmentId: row.id,
    taskId: row.task_id,
    shownOrder: shownOrderSchema.parse(JSON.parse(row.shown_order ?? '[]')),
    heldUntil: row.held_until ?? 0,
  }))
}

/** Whether so few slots are open that nobody should hold more than one. */
async function isScarce(trx: Tx, { projectId, campaignId }: Claim): Promise<boolean> {
  const { raters } = await trx
    .selectFrom('campaign_rater')
    .select((eb) => eb.fn.countAll<number>().as('raters'))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const enough = raters * mostInHand
  const open = await trx
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'open')
    .limit(enough)
    .execute()
  return open.length < enough
}

async function claimNext(trx: Tx, claim: Claim, rater: RaterState): Promise<Claimed | undefined> {
  const start = { cursor_priority: 0, cursor_slot: '' }
  const isAtStart = rater.cursor_priority === 0 && rater.cursor_slot === ''
  const slot =
    (await findSlot(trx, claim, rater)) ??
    (isAtStart ? undefined : await findSlot(trx, claim, start))
  if (!slot) return undefined
  const shownOrder = await orderFor(trx, claim, { taskId: slot.task_id, rater })
  const heldUntil = claim.now + claim.holdMs
  await trx
    .updateTable('assignment')
    .set({
      status: 'held',
      rater_id: claim.raterId,
      held_at: claim.now,
      held_until: heldUntil,
      shown_order: printJson(shownOrder),
    })
    .where('project_id', '=', claim.projectId)
    .where('id', '=', slot.id)
    .execute()
  const isZeroFirst = shownOrder[0] === 0
  rater.cursor_priority = slot.priority
  rater.cursor_slot = slot.id
  if (shownOrder.length === 2) rater.side_balance += isZeroFirst ? 1 : -1
  await trx
    .updateTable('campaign_rater')
    .set({
      cursor_priority: rater.cursor_priority,
      cursor_slot: rater.cursor_slot,
      side_balance: rater.side_balance,
    })
    .where('project_id', '=', claim.projectId)
    .where('campaign_id', '=', claim.campaignId)
    .where('rater_id', '=', claim.raterId)
    .execute()
  return { assignmentId: slot.id, taskId: slot.task_id, shownOrder, heldUntil }
}

/**
 * The first open slot from a place on, of a task that the rater neither holds, judged nor skipped.
 * Raters who are ahead have passed what they did already, so the walk is short.
 */
const findSlot = (
  trx: Tx,
  claim: Claim,
  from: Pick<RaterState, 'cursor_priority' | 'cursor_slot'>,
) =>
  skipLocked(
    trx,
    trx
      .selectFrom('assignment')
      .select(['assignment.id', 'assignment.task_id', 'assignment.priority'])
      .where('assignment.project_id', '=', claim.projectId)
      .where('assignment.campaign_id', '=', claim.campaignId)
      .where('assignment.status', '=', 'open')
      .where((eb) =>
        eb(
          eb.refTuple('assignment.priority', 'assignment.id'),
          '>=',
          eb.tuple(from.cursor_priority, from.cursor_slot),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('assignment as mine')
              .select('mine.id')
              .whereRef('mine.project_id', '=', 'assignment.project_id')
              .whereRef('mine.task_id', '=', 'assignment.task_id')
              .where('mine.rater_id', '=', claim.raterId)
              .where('mine.status', 'in', ['held', 'submitted', 'skipped']),
          ),
        ),
      )
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('judgment')
              .select('judgment.id')
              .whereRef('judgment.project_id', '=', 'assignment.project_id')
              .whereRef('judgment.task_id', '=', 'assignment.task_id')
              .where('judgment.rater_id', '=', claim.raterId),
          ),
        ),
      )
      .orderBy('assignment.priority')
      .orderBy('assignment.id')
      .limit(1),
  ).executeTakeFirst()

async function orderFor(
  trx: Tx,
  claim: Claim,
  { taskId, rater }: { taskId: string; rater: RaterState },
): Promise<ShownOrder> {
  const { count } = await trx
    .selectFrom('task_response')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', claim.projectId)
    .where('task_id', '=', taskId)
    .executeTakeFirstOrThrow()
  if (count !== 2) return drawOrder(count, claim.random)
  const shown = await trx
    .selectFrom('assignment')
    .select('shown_order')
    .where('project_id', '=', claim.projectId)
    .where('task_id', '=', taskId)
    .where('status', 'in', ['held', 'submitted'])
    .execute()
  const task = shown.reduce((sum, row) => sum + (row.shown_order === '[0,1]' ? 1 : -1), 0)
  return drawPairOrder({ task, rater: rater.side_balance }, claim.random())
}

/** Ends holds whose time is over and opens their slots again. A few at a time, at each claim. */
export async function expireHolds(
  trx: Tx,
  { projectId, campaignId, now }: Pick<Claim, 'projectId' | 'campaignId' | 'now'>,
): Promise<number> {
  const over = await skipLocked(
    trx,
    trx
      .selectFrom('assignment')
      .select(['id', 'task_id'])
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaignId)
      .where('status', '=', 'held')
      .where('held_until', '<', now)
      .orderBy('held_until')
      .limit(expiredAClaim),
  ).execute()
  for (const hold of over) {
    await endHold(trx, { projectId, assignmentId: hold.id, status: 'expired', now })
    await reopen(trx, { projectId, taskId: hold.task_id, now })
  }
  return over.length
}

function endHold(
  trx: Tx,
  end: {
    projectId: string
    assignmentId: string
    status: 'submitted' | 'skipped' | 'expired' | 'released'
    skipReason?: string
    activeMs?: number | null
    openedAt?: number | null
    now: number
  },
) {
  return trx
    .updateTable('assignment')
    .set({
      status: end.status,
      ended_at: end.now,
      skip_reason: end.skipReason,
      active_ms: end.activeMs,
      opened_at: end.openedAt,
    })
    .where('project_id', '=', end.projectId)
    .where('id', '=', end.assignmentId)
    .execute()
}

/** Opens a slot where a task has fewer rows open, held or submitted than it needs. */
async function reopen(
  trx: Tx,
  { projectId, taskId, now }: { projectId: string; taskId: string; now: number },
): Promise<void> {
  const task = await lockTask(trx, projectId, taskId)
  const rows = await liveRows(trx, projectId, taskId)
  if (rows.length >= task.needed) return
  const slot = openSlot(task, { priority: task.priority, now })
  await trx.insertInto('assignment').values(slot).execute()
  await trx
    .updateTable('campaign_rater')
    .set({ cursor_priority: slot.priority, cursor_slot: slot.id })
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', task.campaign_id)
    .where('cursor_priority', '>', slot.priority)
    .execute()
}

const lockTask = (trx: Tx, projectId: string, taskId: string) =>
  locked(
    trx,
    trx
      .selectFrom('task')
      .select(['project_id', 'id', 'campaign_id', 'needed', 'priority'])
      .where('project_id', '=', projectId)
      .where('id', '=', taskId),
  ).executeTakeFirstOrThrow()

const liveRows = (trx: Tx, projectId: string, taskId: string) =>
  trx
    .selectFrom('assignment')
    .select(['id', 'status', 'rater_id'])
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('status', 'in', ['open', 'held', 'submitted'])
    .execute()

/** An assignment as its rater's submit finds it, locked until the transaction ends. */
export const lockAssignment = (trx: Tx, projectId: string, id: string) =>
  locked(
    trx,
    trx
      .selectFrom('assignment')
      .select(['id', 'campaign_id', 'task_id', 'rater_id', 'status', 'shown_order'])
      .where('project_id', '=', projectId)
      .where('id', '=', id),
  ).executeTakeFirst()

export type LockedAssignment = NonNullable<Awaited<ReturnType<typeof lockAssignment>>>

interface Completion {
  projectId: string
  assignment: LockedAssignment
  raterId: string
  activeMs: number | null
  openedAt: number | null
  now: number
}

/**
 * Ends an assignment with its judgment. A hold that was over takes an open slot of its task when there
 * is one; else the judgment is extra: `isExtra` says so and the row stays as it ended.
 */
export async function completeAssignment(
  trx: Tx,
  completion: Completion,
): Promise<{ isExtra: boolean }> {
  const { projectId, assignment, raterId, activeMs, openedAt, now } = completion
  const end = { projectId, assignmentId: assignment.id, activeMs, openedAt, now }
  if (assignment.status === 'held') {
    await endHold(trx, { ...end, status: 'submitted' })
    return { isExtra: false }
  }
  await lockTask(trx, projectId, assignment.task_id)
  const rows = await liveRows(trx, projectId, assignment.task_id)
  const another = rows.find((row) => row.status === 'held' && row.rater_id === raterId)
  if (another) {
    await endHold(trx, { projectId, assignmentId: another.id, status: 'released', now })
    await endHold(trx, { ...end, status: 'submitted' })
    return { isExtra: false }
  }
  const open = rows.find((row) => row.status === 'open')
  if (!open) return { isExtra: true }
  const { numDeletedRows } = await trx
    .deleteFrom('assignment')
    .where('project_id', '=', projectId)
    .where('id', '=', open.id)
    .where('status', '=', 'open')
    .executeTakeFirst()
  if (numDeletedRows === 0n) return { isExtra: true }
  await endHold(trx, { ...end, status: 'submitted' })
  return { isExtra: false }
}

/** Gives a task back, with a reason when it was skipped; its slot opens for somebody else. */
export async function giveBack(
  trx: Tx,
  options: {
    projectId: string
    assignment: LockedAssignment
    status: 'skipped' | 'released'
    skipReason?: string
    activeMs?: number | null
    now: number
  },
): Promise<void> {
  const { projectId, assignment, status, skipReason, activeMs, now } = options
  await endHold(trx, {
    projectId,
    assignmentId: assignment.id,
    status,
    skipReason,
    activeMs,
    now,
  })
  if (assignment.status === 'held') {
    await reopen(trx, { projectId, taskId: assignment.task_id, now })
  }
}

/** Keeps a rater's holds alive while the page is in use. */
export async function extendHolds(
  db: Queries,
  { projectId, campaignId, raterId, holdMs, now }: Omit<Claim, 'random'>,
): Promise<void> {
  await db
    .updateTable('assignment')
    .set({ held_until: now + holdMs })
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('rater_id', '=', raterId)
    .where('status', '=', 'held')
    .execute()
}
