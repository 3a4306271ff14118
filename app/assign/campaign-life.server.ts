/** In: what a lead asks of a campaign that exists. Out: the campaign changed, its work queued. */
import { printJson } from '#app/base/canonical-json.ts'
import { counted } from '#app/base/text.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { announce } from '#app/notify/webhooks.server.ts'
import { locked } from '#db/dialects/portable.ts'
import { inTransaction } from '#db/open.ts'
import type { CampaignStatus, Tx } from '#db/schema.ts'
import type { CampaignSettings } from './campaign.ts'
import {
  campaignJobInput,
  closeCampaignKind,
  fitTasksKind,
  makeTasksKind,
} from './campaign-jobs.ts'
import { findCampaign } from './campaigns.server.ts'
import { queueRound } from './choose-tasks.server.ts'
import { readSettings } from './read-settings.ts'

export type StatusChange = { ok: true } | { ok: false; reason: string }

interface OneCampaign {
  projectId: string
  campaignId: string
  now: number
}

const allowedFrom: Record<'open' | 'paused' | 'closed', readonly CampaignStatus[]> = {
  open: ['draft', 'paused', 'closed'],
  paused: ['open'],
  closed: ['open', 'paused'],
}

/** A campaign of ours to be changed, locked until the transaction ends; or why it cannot be. */
async function lockCampaign(trx: Tx, { projectId, campaignId }: OneCampaign) {
  const row = await locked(
    trx,
    trx
      .selectFrom('campaign')
      .select(['name', 'status', 'origin', 'overlap', 'settings', 'slots_made', 'opened_at'])
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId),
  ).executeTakeFirst()
  if (!row) return { ok: false as const, reason: 'There is no such campaign.' }
  if (row.origin === 'imported') {
    return { ok: false as const, reason: 'An imported campaign is a record; it stays closed.' }
  }
  return { ok: true as const, campaign: { ...row, settings: readSettings(row.settings) } }
}

/**
 * Opens, pauses or closes a campaign. Opening a draft queues the making of its tasks; a campaign that
 * has a deadline closes by itself, and does not open again after it.
 */
export async function changeStatus(
  trx: Tx,
  options: OneCampaign & { to: 'open' | 'paused' | 'closed' },
): Promise<StatusChange> {
  const { projectId, campaignId, to, now } = options
  const found = await lockCampaign(trx, options)
  if (!found.ok) return found
  const { status, settings, opened_at } = found.campaign
  if (!allowedFrom[to].includes(status)) {
    return { ok: false, reason: `A campaign that is ${status} cannot become ${to}.` }
  }
  const { deadlineAt } = settings
  if (to === 'open' && deadlineAt !== null && deadlineAt <= now) {
    return { ok: false, reason: 'Its deadline is over; set a later one, or none, to open it.' }
  }
  await trx
    .updateTable('campaign')
    .set({
      status: to,
      opened_at: to === 'open' ? (opened_at ?? now) : undefined,
      closed_at: to === 'closed' ? now : to === 'open' ? null : undefined,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .execute()
  if (to === 'closed') await announceClosed(trx, options, found.campaign.name)
  if (to !== 'open') return { ok: true }
  await queueClosing(trx, options, deadlineAt)
  if (settings.order === 'adaptive') await queueRound(trx, options)
  else if (status === 'draft') await queueMakeTasks(trx, options)
  // Judgments that were withdrawn meanwhile left their tasks short of raters.
  if (status === 'closed') await queue(trx, options, fitTasksKind)
  return { ok: true }
}

const announceClosed = (trx: Tx, { projectId, campaignId, now }: OneCampaign, name: string) =>
  announce(trx, {
    projectId,
    event: 'campaign.done',
    about: `${campaignId} closed ${now}`,
    data: { campaign: { id: campaignId, name }, reason: 'closed' },
    now,
  })

const queue = (trx: Tx, { projectId, campaignId, now }: OneCampaign, kind: string) =>
  enqueueJob(trx, { projectId, kind, input: { campaignId }, dedupeKey: campaignId, now })

/**
 * Queues the making of what a campaign does not have yet: tasks of prompts, models and a budget that
 * came since. Tasks that are there stay as they are, and prompts keep their turn.
 */
export async function queueMakeTasks(trx: Tx, campaign: OneCampaign): Promise<void> {
  const found = await lockCampaign(trx, campaign)
  if (!found.ok) return
  if (found.campaign.settings.order === 'adaptive') await queueRound(trx, campaign)
  else await queue(trx, campaign, makeTasksKind)
}

async function queueClosing(
  trx: Tx,
  { projectId, campaignId, now }: OneCampaign,
  deadlineAt: number | null,
): Promise<void> {
  if (deadlineAt === null) return
  await enqueueJob(trx, {
    projectId,
    kind: closeCampaignKind,
    input: { campaignId },
    dedupeKey: `${campaignId}:${deadlineAt}`,
    runAfter: deadlineAt,
    now,
  })
}

/** The job: closes a campaign whose deadline is over; one whose deadline moved stays open. */
export async function runCloseCampaign({ db, job }: JobContext): Promise<{ closed: boolean }> {
  const { campaignId } = campaignJobInput.parse(JSON.parse(job.input))
  const projectId = job.project_id
  return inTransaction(db, async (trx) => {
    const campaign = await findCampaign(trx, projectId, campaignId)
    if (!campaign) throw new JobProblem('The campaign is gone.')
    const { deadlineAt } = campaign.settings
    const isOver = deadlineAt !== null && deadlineAt <= Date.now()
    if (!isOver) return { closed: false }
    const closing = { projectId, campaignId, to: 'closed', now: deadlineAt } as const
    const { ok } = await changeStatus(trx, closing)
    return { closed: ok }
  })
}

/**
 * Sets how many raters judge each task, also while they work: tasks get more slots, or lose open
 * ones, by and by. Nobody's hold is touched.
 */
export async function changeOverlap(
  trx: Tx,
  { overlap, ...one }: OneCampaign & { overlap: number },
): Promise<StatusChange> {
  if (!Number.isInteger(overlap) || overlap < 1 || overlap > 50) {
    return { ok: false, reason: 'Between 1 and 50 raters judge each task.' }
  }
  const found = await lockCampaign(trx, one)
  if (!found.ok) return found
  const most = found.campaign.settings.adaptiveOverlap?.most
  if (most !== undefined && overlap > most) {
    return { ok: false, reason: `A task of this campaign gets ${most} raters at most.` }
  }
  if (overlap === found.campaign.overlap) return { ok: true }
  await trx
    .updateTable('campaign')
    .set({ overlap })
    .where('project_id', '=', one.projectId)
    .where('id', '=', one.campaignId)
    .execute()
  if (found.campaign.status !== 'draft') await queue(trx, one, fitTasksKind)
  return { ok: true }
}

/** Settings that may change while raters work. */
export type Limits = Pick<
  CampaignSettings,
  | 'budget'
  | 'deadlineAt'
  | 'mostPerRater'
  | 'raterIds'
  | 'groups'
  | 'goldRate'
  | 'repeatRate'
  | 'undoWindowMs'
>

/**
 * Changes limits of a campaign; those left undefined stay. A higher budget has the tasks made that
 * the lower one left out; one below what was asked for already is refused.
 */
export async function changeLimits(
  trx: Tx,
  { projectId, campaignId, now, ...limits }: OneCampaign & Partial<Limits>,
): Promise<StatusChange> {
  const one = { projectId, campaignId, now }
  const found = await lockCampaign(trx, one)
  if (!found.ok) return found
  const { settings, slots_made, status } = found.campaign
  const { budget, deadlineAt } = limits
  if (budget !== undefined && budget !== null && budget < slots_made) {
    const reason = `${counted(slots_made, 'judgment')} are asked for already; the budget cannot be less.`
    return { ok: false, reason }
  }
  if (deadlineAt !== undefined && deadlineAt !== null && deadlineAt <= now) {
    return { ok: false, reason: 'The deadline is in the past.' }
  }
  const given = Object.fromEntries(
    Object.entries(limits).filter(([, value]) => value !== undefined),
  ) as Partial<Limits>
  await trx
    .updateTable('campaign')
    .set({ settings: printJson({ ...settings, ...given }) })
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .execute()
  if (status === 'draft') return { ok: true }
  if (deadlineAt !== undefined) await queueClosing(trx, one, deadlineAt)
  const before = settings.budget ?? Number.POSITIVE_INFINITY
  if (budget !== undefined && (budget ?? Number.POSITIVE_INFINITY) > before) {
    await queueMakeTasks(trx, one)
    if (settings.order !== 'adaptive') await queue(trx, one, fitTasksKind)
  }
  return { ok: true }
}
