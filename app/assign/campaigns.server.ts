import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { slugOf } from '#app/base/text.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { locked } from '#db/dialects/portable.ts'
import type { CampaignStatus, Queries, Tx } from '#db/schema.ts'
import {
  type CampaignSettings,
  type Criterion,
  campaignSettingsSchema,
  criterionDefinitionSchema,
  defaultHoldMs,
  type NewCampaign,
} from './campaign.ts'

const columns = [
  'id',
  'name',
  'kind',
  'status',
  'origin',
  'overlap',
  'hold_ms',
  'settings',
  'is_simulated',
  'created_at',
  'opened_at',
  'closed_at',
] as const

const selectCampaigns = (db: Queries, projectId: string) =>
  db.selectFrom('campaign').select(columns).where('project_id', '=', projectId)

type CampaignRow = Awaited<ReturnType<ReturnType<typeof selectCampaigns>['execute']>>[number]

const toCampaign = (row: CampaignRow) => ({
  ...row,
  settings: campaignSettingsSchema.parse(JSON.parse(row.settings)),
})

export type Campaign = ReturnType<typeof toCampaign>

export async function findCampaign(
  db: Queries,
  projectId: string,
  id: string,
): Promise<Campaign | undefined> {
  const row = await selectCampaigns(db, projectId).where('id', '=', id).executeTakeFirst()
  return row && toCampaign(row)
}

export async function findCampaignByName(
  db: Queries,
  projectId: string,
  name: string,
): Promise<Campaign | undefined> {
  const row = await selectCampaigns(db, projectId).where('name', '=', name).executeTakeFirst()
  return row && toCampaign(row)
}

/** A project's campaigns, the newest first. */
export async function listCampaigns(db: Queries, projectId: string): Promise<Campaign[]> {
  const rows = await selectCampaigns(db, projectId).orderBy('id', 'desc').limit(500).execute()
  return rows.map(toCampaign)
}

/** What a campaign asks, in order. */
export async function listCriteria(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Criterion[]> {
  const rows = await db
    .selectFrom('criterion')
    .select(['id', 'name', 'title', 'is_required', 'definition'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    title: row.title,
    isRequired: row.is_required === 1,
    definition: criterionDefinitionSchema.parse(JSON.parse(row.definition)),
  }))
}

/** The guidelines as they stand now. */
export const findGuidelines = (db: Queries, projectId: string, campaignId: string) =>
  db
    .selectFrom('guidelines')
    .select(['version', 'text'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()

export interface InsertCampaign {
  projectId: string
  campaign: NewCampaign
  isSimulated?: boolean
  createdBy: string
  now: number
}

/** Makes a draft. Undefined when the project has a campaign of that name. */
export async function insertCampaign(
  trx: Tx,
  { projectId, campaign, isSimulated = false, createdBy, now }: InsertCampaign,
): Promise<string | undefined> {
  const made = await trx
    .insertInto('campaign')
    .values({
      project_id: projectId,
      id: newId(),
      name: campaign.name,
      kind: campaign.kind,
      status: 'draft',
      origin: 'made',
      overlap: campaign.overlap,
      hold_ms: defaultHoldMs,
      settings: printJson(campaign.settings),
      is_simulated: isSimulated ? 1 : 0,
      created_by: createdBy,
      created_at: now,
      opened_at: null,
      closed_at: null,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return undefined
  await trx
    .insertInto('guidelines')
    .values({
      project_id: projectId,
      campaign_id: made.id,
      version: 1,
      text: campaign.guidelines,
      created_by: createdBy,
      created_at: now,
    })
    .execute()
  await insertCriteria(trx, { projectId, campaignId: made.id, criteria: criteriaOf(campaign) })
  return made.id
}

type NewCriterion = Omit<Criterion, 'id'>

function criteriaOf(campaign: NewCampaign): NewCriterion[] {
  if (campaign.kind === 'pairwise') {
    return [
      {
        name: 'preference',
        title: 'Which response is better?',
        isRequired: true,
        definition: { kind: 'preference', points: campaign.points },
      },
    ]
  }
  return campaign.criteria.map(({ title, points }) => ({
    name: slugOf(title).replaceAll('-', '_'),
    title,
    isRequired: true,
    definition: { kind: 'scale', points },
  }))
}

export async function insertCriteria(
  trx: Tx,
  {
    projectId,
    campaignId,
    criteria,
    from = 0,
  }: { projectId: string; campaignId: string; criteria: NewCriterion[]; from?: number },
): Promise<string[]> {
  const rows = criteria.map(({ name, title, isRequired, definition }, place) => ({
    project_id: projectId,
    id: newId(),
    campaign_id: campaignId,
    position: from + place,
    name,
    title,
    kind: definition.kind,
    is_required: isRequired ? (1 as const) : (0 as const),
    definition: printJson(definition),
  }))
  await trx.insertInto('criterion').values(rows).execute()
  return rows.map((row) => row.id)
}

export type StatusChange = { ok: true } | { ok: false; reason: string }

const allowedFrom: Record<'open' | 'paused' | 'closed', readonly CampaignStatus[]> = {
  open: ['draft', 'paused', 'closed'],
  paused: ['open'],
  closed: ['open', 'paused'],
}

/** Opens, pauses or closes a campaign; opening a draft queues the making of its tasks. */
export async function changeStatus(
  trx: Tx,
  options: { projectId: string; campaignId: string; to: 'open' | 'paused' | 'closed'; now: number },
): Promise<StatusChange> {
  const { projectId, campaignId, to, now } = options
  const campaign = await locked(
    trx,
    trx
      .selectFrom('campaign')
      .select(['status', 'origin', 'opened_at'])
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId),
  ).executeTakeFirst()
  if (!campaign) return { ok: false, reason: 'There is no such campaign.' }
  if (campaign.origin === 'imported') {
    return { ok: false, reason: 'An imported campaign is a record; it stays closed.' }
  }
  if (!allowedFrom[to].includes(campaign.status)) {
    return { ok: false, reason: `A campaign that is ${campaign.status} cannot become ${to}.` }
  }
  await trx
    .updateTable('campaign')
    .set({
      status: to,
      opened_at: to === 'open' ? (campaign.opened_at ?? now) : undefined,
      closed_at: to === 'closed' ? now : undefined,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .execute()
  if (campaign.status === 'draft') {
    const job = { projectId, kind: 'make-tasks', input: { campaignId }, dedupeKey: campaignId, now }
    await enqueueJob(trx, job)
  }
  return { ok: true }
}

export const makeTasksInput = z.object({ campaignId: z.string() })

export interface CampaignProgress {
  tasks: number
  wanted: number
  submitted: number
  held: number
  open: number
  raters: number
}

/** How far a campaign is. Cost grows with the campaign: for overviews, never for a rater's page. */
export async function campaignProgress(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<CampaignProgress> {
  const tasks = await db
    .selectFrom('task')
    .select((eb) => [
      eb.fn.countAll<number>().as('tasks'),
      eb.fn.coalesce(eb.fn.sum<number>('needed'), eb.lit(0)).as('wanted'),
    ])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('purpose', '=', 'work')
    .executeTakeFirstOrThrow()
  const slots = await db
    .selectFrom('assignment')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('status', 'in', ['open', 'held'])
    .groupBy('status')
    .execute()
  const judged = await db
    .selectFrom('judgment')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.count<number>('rater_id').distinct().as('raters'),
    ])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const countOf = (status: string) => slots.find((slot) => slot.status === status)?.count ?? 0
  return {
    tasks: tasks.tasks,
    wanted: tasks.wanted,
    submitted: judged.count,
    held: countOf('held'),
    open: countOf('open'),
    raters: judged.raters,
  }
}

export type { CampaignSettings }
