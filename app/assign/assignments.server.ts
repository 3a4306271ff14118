/**
 * In: open slots and raters who ask. Out: tasks in hand, each shown in an order that was drawn once.
 *
 * Overlap is exact by construction: a task has as many rows that are open, held or submitted as it
 * needs judgments. A claim turns an open row into a held one; a hold that ends without a judgment
 * ends its row, and the same transaction opens a fresh one. Training, qualification, gold and
 * repeated tasks have no open rows: a held one is made for the rater.
 */
import { sql } from 'kysely'
import { printJson } from '#app/base/canonical-json.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Purpose, Queries, Tx } from '#db/schema.ts'
import type { CampaignSettings } from './campaign.ts'
import {
  type CampaignRater,
  joinCampaign,
  type RaterPlace,
  saveRater,
} from './campaign-rater.server.ts'
import { queueRound } from './choose-tasks.server.ts'
import {
  expireHolds,
  heldForGoodMs,
  insertHeld,
  isHeldForGood,
  releaseWithdrawn,
} from './holds.server.ts'
import { raterLanguages } from './lanes.server.ts'
import { findSlot, isScarce, openSearch, type Slot, slotsGivenBack } from './open-slots.server.ts'
import { readSettings } from './read-settings.ts'
import { drawOrder, drawPairOrder, notePair, readOrder, type ShownOrder } from './shown-order.ts'
import {
  drawGold,
  drawRepeat,
  nextTraining,
  qualificationHad,
  unseenQualification,
} from './special-tasks.server.ts'

/** Tasks a rater may have in hand, so that the next is there when one is sent. */
export const mostInHand = 3

/** What a claim needs to know of its campaign. */
export interface ClaimCampaign {
  settings: CampaignSettings
  has_authored: 0 | 1
}

export interface Claim extends RaterPlace {
  holdMs: number
  now: number
  random: () => number
  /** Tasks that the rater may have in hand after the claim. */
  want?: number
  /** Read when absent. */
  campaign?: ClaimCampaign
  /** The languages that the rater judges in; read when absent and needed. */
  languages?: readonly string[]
  /** The rater's row where the caller holds it, who then saves it. */
  rater?: CampaignRater
}

export interface Claimed {
  assignmentId: string
  taskId: string
  shownOrder: ShownOrder
  heldUntil: number
  purpose: Purpose
}

export type ClaimState = 'working' | 'empty' | 'paused' | 'failed' | 'limit'

export interface InHand {
  /** What was in hand before and what was claimed, the oldest first. */
  held: Claimed[]
  isPaused: boolean
  state: ClaimState
}

/**
 * Fills a rater's hands: what is held already stays, and tasks are taken up to `want`. When little is
 * left each rater gets one at a time, so that nobody starves while another holds the last tasks.
 */
export async function claimTasks(trx: Tx, claim: Claim): Promise<InHand> {
  const campaign = claim.campaign ?? (await readCampaign(trx, claim))
  const rater = claim.rater ?? (await joinCampaign(trx, claim, { ...campaign, now: claim.now }))
  if (rater.status === 'paused') return { held: [], isPaused: true, state: 'paused' }
  await expireHolds(trx, claim)
  const desk: ClaimDesk = { claim, campaign, rater, held: [], isAtLimit: false }
  desk.held = await releaseWithdrawn(trx, claim, await rowsInHand(trx, claim))
  const want = Math.min(claim.want ?? mostInHand, mostInHand)
  while (desk.held.length < want) {
    const next = await claimNext(trx, desk)
    if (!next) break
    desk.held.push(next)
  }
  if (!claim.rater) await saveRater(trx, claim, rater)
  return { held: desk.held, isPaused: false, state: stateOf(desk) }
}

/** A claim while it is being served. */
interface ClaimDesk {
  claim: Claim
  campaign: ClaimCampaign
  rater: CampaignRater
  held: Claimed[]
  isAtLimit: boolean
}

function stateOf({ rater, held, isAtLimit }: ClaimDesk): ClaimState {
  if (held.length > 0) return 'working'
  if (rater.phase === 'failed') return 'failed'
  return isAtLimit ? 'limit' : 'empty'
}

async function readCampaign(
  trx: Tx,
  { projectId, campaignId }: RaterPlace,
): Promise<ClaimCampaign> {
  const row = await trx
    .selectFrom('campaign')
    .select(['settings', 'has_authored'])
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow()
  return { settings: readSettings(row.settings), has_authored: row.has_authored }
}

/** The tasks in a rater's hands, the oldest first. */
export async function heldBy(db: Queries, rater: RaterPlace): Promise<Claimed[]> {
  return rowsInHand(db, rater)
}

const heldRows = keptQuery((db, place: RaterPlace) =>
  db
    .selectFrom('assignment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id'),
    )
    .select([
      'assignment.id',
      'assignment.task_id',
      'assignment.shown_order',
      'assignment.held_until',
      'task.purpose',
      'task.withdrawn_at',
    ])
    .where('assignment.project_id', '=', place.projectId)
    .where('assignment.campaign_id', '=', place.campaignId)
    .where('assignment.rater_id', '=', place.raterId)
    .where('assignment.status', '=', sql.lit<'held'>('held'))
    .orderBy('assignment.held_at')
    .orderBy('assignment.priority')
    .orderBy('assignment.id'),
)

async function rowsInHand(
  db: Queries,
  place: RaterPlace,
): Promise<(Claimed & { isWithdrawn: boolean })[]> {
  const rows = await heldRows(db, place)
  return rows.map((row) => ({
    assignmentId: row.id,
    taskId: row.task_id,
    shownOrder: readOrder(row.shown_order),
    heldUntil: row.held_until ?? 0,
    purpose: row.purpose,
    isWithdrawn: row.withdrawn_at !== null,
  }))
}

/** The next task for the rater's hands, by where the rater stands; undefined when there is none. */
async function claimNext(trx: Tx, desk: ClaimDesk): Promise<Claimed | undefined> {
  const { rater } = desk
  if (rater.phase === 'training') {
    const taskId = await nextTraining(trx, desk.claim)
    if (taskId !== undefined) return holdDirectly(trx, desk, { taskId, purpose: 'training' })
    if (holds(desk, 'training')) return undefined
    rater.phase = desk.campaign.settings.qualification ? 'qualifying' : 'working'
  }
  if (rater.phase === 'qualifying') {
    const qualification = await nextQualification(trx, desk)
    if (qualification !== 'none-to-sit') return qualification
    // Who failed before does not pass because nothing is left to sit.
    const hasFailed = rater.sitting > 0
    const { onFailure } = desk.campaign.settings.qualification ?? {}
    rater.phase = hasFailed && onFailure === 'stop' ? 'failed' : 'working'
  }
  return rater.phase === 'working' ? nextWork(trx, desk) : undefined
}

const holds = (desk: ClaimDesk, purpose: Purpose): boolean =>
  desk.held.some((task) => task.purpose === purpose)

/** A task of the sitting, drawn by chance among those the rater has not seen. */
async function nextQualification(
  trx: Tx,
  desk: ClaimDesk,
): Promise<Claimed | undefined | 'none-to-sit'> {
  const { claim, rater, campaign } = desk
  const size = campaign.settings.qualification?.tasks ?? 0
  const had = await qualificationHad(trx, claim)
  const ofSitting = had.length - rater.sitting * size
  if (ofSitting >= size && size > 0) return undefined
  const unseen = size === 0 ? [] : await unseenQualification(trx, claim)
  const taskId = unseen[Math.floor(claim.random() * unseen.length)]
  if (taskId !== undefined) return holdDirectly(trx, desk, { taskId, purpose: 'qualification' })
  return ofSitting > 0 ? undefined : 'none-to-sit'
}

/** Work from a slot; or in its place, by chance, gold or a repeat that looks like it. */
async function nextWork(trx: Tx, desk: ClaimDesk): Promise<Claimed | undefined> {
  const { claim, campaign, rater, held } = desk
  const { mostPerRater, goldRate, repeatRate, order } = campaign.settings
  const inHand = held.filter(({ purpose }) => !isHeldForGood(purpose)).length
  if (mostPerRater !== null && rater.judged + inHand >= mostPerRater) {
    desk.isAtLimit = true
    return undefined
  }
  const isLow = held.length > 0 && (await isScarce(trx, claim))
  if (isLow && order === 'adaptive') await queueRound(trx, claim)
  if (isLow) return undefined
  const lanes = await lanesOf(trx, desk)
  const hasAuthored = campaign.has_authored === 1
  const mayReturn = held.length === 0 && !hasAuthored
  const slot = await findSlot(
    trx,
    openSearch({
      ...claim,
      lanes,
      cursors: rater.cursors,
      hasAuthored,
      // The first task alone: short ones are left for others who come.
      isNewcomer: rater.judged === 0 && held.length === 0,
      givenBack: mayReturn ? await slotsGivenBack(trx, { ...claim, lanes }) : [],
    }),
  )
  if (!slot) {
    if (order === 'adaptive') await queueRound(trx, claim)
    return undefined
  }
  const chance = goldRate + repeatRate > 0 ? claim.random() : 1
  const hiding = { isGold: chance < goldRate, slot }
  const hidden = chance < goldRate + repeatRate && (await nextHidden(trx, desk, hiding))
  return hidden || takeSlot(trx, desk, { assignmentId: slot.id, taskId: slot.task_id })
}

/**
 * A task that looks like the work whose slot it comes before, in its id and place as well: ids tell
 * when they were made, and the slots of work were made with the campaign.
 */
async function nextHidden(
  trx: Tx,
  desk: ClaimDesk,
  { isGold, slot }: { isGold: boolean; slot: Slot },
): Promise<Claimed | undefined> {
  const { claim } = desk
  const task = isGold
    ? await drawGold(trx, claim, claim.random)
    : await drawRepeat(trx, claim, claim.random)
  const purpose = isGold ? 'gold' : 'repeat'
  return task && holdDirectly(trx, desk, { ...task, purpose, before: slot })
}

/** The lanes of which a rater may take slots: any prompt's, and those of his or her languages. */
async function lanesOf(trx: Tx, { claim, campaign }: ClaimDesk): Promise<string[]> {
  if (!campaign.settings.matchLanguages) return ['']
  const languages = claim.languages ?? (await raterLanguages(trx, claim))
  return ['', ...new Set(languages)]
}

const holdSlot = keptQuery(
  (
    db,
    hold: {
      projectId: string
      assignmentId: string
      raterId: string
      heldAt: number
      heldUntil: number
      shownOrder: string
    },
  ) =>
    db
      .updateTable('assignment')
      .set({
        status: sql.lit<'held'>('held'),
        rater_id: hold.raterId,
        held_at: hold.heldAt,
        held_until: hold.heldUntil,
        shown_order: hold.shownOrder,
      })
      .where('project_id', '=', hold.projectId)
      .where('id', '=', hold.assignmentId),
)

/** Tasks that came in one claim keep their order, a millisecond apart. */
const heldAtOf = ({ claim, held }: ClaimDesk): number => claim.now + held.length

async function takeSlot(
  trx: Tx,
  desk: ClaimDesk,
  { assignmentId, taskId }: { assignmentId: string; taskId: string },
): Promise<Claimed> {
  const { claim } = desk
  const shownOrder = await orderFor(trx, desk, { taskId })
  const { projectId, raterId } = claim
  const heldAt = heldAtOf(desk)
  const heldUntil = claim.now + claim.holdMs
  const printed = printJson(shownOrder)
  await holdSlot(trx, { projectId, assignmentId, raterId, heldAt, heldUntil, shownOrder: printed })
  return { assignmentId, taskId, shownOrder, heldUntil, purpose: 'work' }
}

/** Puts a task into the rater's hands that has no slots. */
async function holdDirectly(
  trx: Tx,
  desk: ClaimDesk,
  task: { taskId: string; purpose: Purpose; shownOrder?: ShownOrder; before?: Slot },
): Promise<Claimed> {
  const { claim } = desk
  const shownOrder = await orderFor(trx, desk, task)
  const heldUntil = claim.now + (isHeldForGood(task.purpose) ? heldForGoodMs : claim.holdMs)
  const row = {
    project_id: claim.projectId,
    campaign_id: claim.campaignId,
    task_id: task.taskId,
    rater_id: claim.raterId,
    status: 'held' as const,
    lane: '',
    priority: task.before?.priority ?? 0,
    shown_order: printJson(shownOrder),
    held_at: heldAtOf(desk),
    held_until: heldUntil,
    opened_at: null,
    ended_at: null,
    active_ms: null,
    skip_reason: null,
    created_at: claim.now,
  }
  const assignmentId = await insertHeld(trx, row, task.before?.id)
  return { assignmentId, taskId: task.taskId, shownOrder, heldUntil, purpose: task.purpose }
}

/**
 * A task's responses by their models; with each, how often the task was shown either way round, and
 * how the rater saw it who had it in hand before.
 */
const shownModels = keptQuery((db, at: { projectId: string; taskId: string; raterId: string }) =>
  db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select((eb) => [
      'response.model_id',
      eb
        .selectFrom('assignment')
        .select((shown) =>
          shown.fn
            .sum<number | null>(
              shown
                .case('shown_order')
                .when(sql.lit('[0,1]'))
                .then(shown.lit(1))
                .else(shown.lit(-1))
                .end(),
            )
            .as('balance'),
        )
        .whereRef('assignment.project_id', '=', 'task_response.project_id')
        .whereRef('assignment.task_id', '=', 'task_response.task_id')
        // Parts of the statement: as values, PostgreSQL would plan it anew at every claim.
        .where((shown) =>
          shown('assignment.status', 'in', [
            sql.lit<'held'>('held'),
            sql.lit<'submitted'>('submitted'),
          ]),
        )
        .as('balance'),
      eb
        .selectFrom('assignment as before')
        .select((own) => own.fn.max('before.shown_order').as('order'))
        .whereRef('before.project_id', '=', 'task_response.project_id')
        .whereRef('before.task_id', '=', 'task_response.task_id')
        .where('before.rater_id', '=', at.raterId)
        .as('before'),
    ])
    .where('task_response.project_id', '=', at.projectId)
    .where('task_response.task_id', '=', at.taskId)
    .orderBy('task_response.position'),
)

/**
 * Draws the order in which a rater sees a task's responses, and notes the side in the balances. Who
 * had the task in hand before and gave it back sees it the same way again: what is remembered of it
 * would be the wrong way round.
 */
async function orderFor(
  trx: Tx,
  { claim, rater }: ClaimDesk,
  { taskId, shownOrder }: { taskId: string; shownOrder?: ShownOrder },
): Promise<ShownOrder> {
  const { projectId, raterId } = claim
  const rows = await shownModels(trx, { projectId, taskId, raterId })
  const [a, b] = rows
  if (a?.before) return readOrder(a.before)
  if (!a || !b || rows.length > 2) return shownOrder ?? drawOrder(rows.length, claim.random)
  const pair = `${a.model_id}|${b.model_id}`
  const balance = {
    task: a.balance ?? 0,
    pair: rater.sidePairs.get(pair) ?? 0,
    rater: rater.sideBalance,
  }
  const order = shownOrder ?? drawPairOrder(balance, claim.random())
  const isZeroFirst = order[0] === 0
  rater.sideBalance += isZeroFirst ? 1 : -1
  notePair(rater.sidePairs, pair, isZeroFirst)
  return order
}
