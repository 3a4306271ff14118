/** How far campaigns are. What is read grows with the campaigns: for a reader thread. */
import { sql } from 'kysely'
import { firstIdAt } from '#app/base/ids.ts'
import type { Queries } from '#db/schema.ts'
import { dayMs, forecastDays } from './campaign-forecast.ts'
import {
  type Campaign,
  type CampaignProgress,
  campaignProgress,
  findCampaign,
  listCampaigns,
} from './campaigns.server.ts'

export interface CampaignListed
  extends Pick<
    Campaign,
    'id' | 'name' | 'kind' | 'status' | 'origin' | 'overlap' | 'is_simulated'
  > {
  deadlineAt: number | null
  /** Judgments given, and how many are wanted; none are wanted of what was imported. */
  judged: number
  wanted: number
}

/** The campaigns of a project with their progress, the newest first. */
export async function listCampaignsWithProgress(
  db: Queries,
  projectId: string,
): Promise<CampaignListed[]> {
  const campaigns = await listCampaigns(db, projectId)
  const judged = await judgedByCampaign(db, projectId)
  const wanted = await wantedByCampaign(db, projectId)
  return campaigns.map(({ id, name, kind, status, origin, overlap, is_simulated, settings }) => ({
    id,
    name,
    kind,
    status,
    origin,
    overlap,
    is_simulated,
    deadlineAt: settings.deadlineAt,
    judged: judged.get(id) ?? 0,
    wanted: wanted.get(id) ?? 0,
  }))
}

/** Judgments of raters on work, without decisions on them. Read from indexes alone. */
async function judgedByCampaign(db: Queries, projectId: string): Promise<Map<string, number>> {
  const all = db
    .selectFrom('judgment')
    .select((eb) => ['campaign_id', eb.fn.countAll<number>().as('judged')])
    .where('project_id', '=', projectId)
    .groupBy('campaign_id')
  const judged = await all.execute()
  // Written out, so that the index of decisions fits.
  const decisions = await all.where('source', '=', 'adjudicator').execute()
  const decided = new Map(decisions.map((row) => [row.campaign_id, row.judged]))
  const beside = await judgedBesideWork(db, projectId)
  const without = (id: string) => (decided.get(id) ?? 0) + (beside.get(id) ?? 0)
  return new Map(judged.map((row) => [row.campaign_id, row.judged - without(row.campaign_id)]))
}

/** Judgments of raters on what is not work: few, and found from their tasks. */
async function judgedBesideWork(db: Queries, projectId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('task')
    .innerJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'task.project_id')
        .onRef('judgment.task_id', '=', 'task.id'),
    )
    .select((eb) => ['task.campaign_id', eb.fn.countAll<number>().as('judged')])
    .where('task.project_id', '=', projectId)
    // Written out, so that the index of these tasks fits.
    .where((eb) => eb('task.purpose', '<>', sql.lit<'work'>('work')))
    .where('judgment.source', '<>', 'adjudicator')
    .groupBy('task.campaign_id')
    .execute()
  return new Map(rows.map((row) => [row.campaign_id, row.judged]))
}

async function wantedByCampaign(db: Queries, projectId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('task')
    .select((eb) => [
      'campaign_id',
      eb.fn.coalesce(eb.fn.sum<number>('needed'), eb.lit(0)).as('wanted'),
    ])
    .where('project_id', '=', projectId)
    .where('purpose', '=', 'work')
    .groupBy('campaign_id')
    .execute()
  return new Map(rows.map((row) => [row.campaign_id, Number(row.wanted)]))
}

export interface CampaignStateInput {
  projectId: string
  campaignId: string
  now: number
}

export interface CampaignState {
  progress: CampaignProgress
  /** Judgments of each span of 24 hours before now, the newest first. */
  perDay: number[]
}

/** How far one campaign is and what came in each of the last days. */
export async function findCampaignState(
  db: Queries,
  { projectId, campaignId, now }: CampaignStateInput,
): Promise<CampaignState> {
  const campaign = await findCampaign(db, projectId, campaignId)
  const from = Math.max(now - forecastDays * dayMs, campaign?.opened_at ?? 0)
  const daysAgo = sql<number>`(${sql.lit(now)} - judgment.created_at) / ${sql.lit(dayMs)}`
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .select((eb) => [daysAgo.as('place'), eb.fn.countAll<number>().as('count')])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.id', '>=', firstIdAt(from))
    .where('judgment.withdrawn_at', 'is', null)
    .where('judgment.source', '<>', 'adjudicator')
    .where('task.purpose', '=', 'work')
    .groupBy(daysAgo)
    .execute()
  const perDay = Array<number>(forecastDays).fill(0)
  for (const { place, count } of rows) {
    const day = Math.max(0, Number(place))
    if (day < forecastDays) perDay[day] = (perDay[day] ?? 0) + count
  }
  return { progress: await campaignProgress(db, projectId, campaignId), perDay }
}
