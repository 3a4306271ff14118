import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { slugOf } from '#app/base/text.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Queries, Tx } from '#db/schema.ts'
import {
  type CampaignSettings,
  type Criterion,
  defaultHoldMs,
  type NewCampaign,
} from './campaign.ts'
import { readDefinition, readSettings } from './read-settings.ts'

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
  'slots_made',
  'has_authored',
  'created_at',
  'opened_at',
  'closed_at',
] as const

const selectCampaigns = (db: Queries, projectId: string) =>
  db.selectFrom('campaign').select(columns).where('project_id', '=', projectId)

type CampaignRow = Awaited<ReturnType<ReturnType<typeof selectCampaigns>['execute']>>[number]

const toCampaign = (row: CampaignRow) => ({
  ...row,
  settings: readSettings(row.settings),
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

/** A project's campaigns in the order of their ids, after one of them. */
export async function listCampaignsAfter(
  db: Queries,
  projectId: string,
  { after = '', limit }: { after?: string; limit: number },
): Promise<Campaign[]> {
  const rows = await selectCampaigns(db, projectId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCampaign)
}

const criterionRows = keptQuery((db, at: { projectId: string; campaignId: string }) =>
  db
    .selectFrom('criterion')
    .select(['id', 'name', 'title', 'is_required', 'definition'])
    .where('project_id', '=', at.projectId)
    .where('campaign_id', '=', at.campaignId)
    .orderBy('position'),
)

/** What a campaign asks, in order. */
export async function listCriteria(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Criterion[]> {
  const rows = await criterionRows(db, { projectId, campaignId })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    title: row.title,
    isRequired: row.is_required === 1,
    definition: readDefinition(row.definition),
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
      slots_made: 0,
      has_authored: 0,
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

type NamedCriterion = Omit<Criterion, 'id'>

/**
 * The overall preference has a name of its own, by which measures and exports find it. The others are
 * named by their titles; names that would be the same, or say nothing, are told apart by a number.
 */
export function criteriaOf({ kind, criteria }: NewCampaign): NamedCriterion[] {
  const taken = new Set<string>()
  return criteria.map((criterion, place) => {
    const isOverall = kind === 'pairwise' && place === 0
    const slug = slugOf(criterion.title).replaceAll('-', '_')
    const wanted = isOverall ? 'preference' : slug === 'project' ? `question_${place + 1}` : slug
    let name = wanted
    for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`
    taken.add(name)
    return { ...criterion, name }
  })
}

export async function insertCriteria(
  trx: Tx,
  {
    projectId,
    campaignId,
    criteria,
    from = 0,
  }: { projectId: string; campaignId: string; criteria: NamedCriterion[]; from?: number },
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

export interface CampaignProgress {
  tasks: number
  wanted: number
  submitted: number
  held: number
  open: number
  raters: number
}

/** How far a campaign's work is. Cost grows with the campaign: for overviews, never for a rater's page. */
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
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id')
        .on('task.purpose', '=', 'work'),
    )
    .select((eb) => ['assignment.status', eb.fn.countAll<number>().as('count')])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.campaign_id', '=', campaignId)
    .where('assignment.status', 'in', ['open', 'held'])
    .groupBy('assignment.status')
    .execute()
  const judged = await db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id')
        .on('task.purpose', '=', 'work'),
    )
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.count<number>('judgment.rater_id').distinct().as('raters'),
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.source', '<>', 'adjudicator')
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
