/** In: a person. Out: the campaigns that he or she works on, each with what is left. */
import { type Campaign, listCampaigns } from '#app/assign/campaigns.server.ts'
import { findOwnRater } from '#app/projects/raters.server.ts'
import { quantile } from '#app/stats/quantile.ts'
import type { Queries } from '#db/schema.ts'
import { type WorkCampaign, workState } from './my-work.ts'
import { isRaterOf } from './rater-desk.server.ts'
import { closedAt } from './room.server.ts'
import { raterProgress } from './task-view.server.ts'

const judgmentsTimed = 100
const leastTimed = 5

/** The campaigns that a person may work on or has worked on, the newest first. */
export async function listMyWork(
  db: Queries,
  { projectId, personId, now }: { projectId: string; personId: string; now: number },
): Promise<{ current: WorkCampaign[]; past: WorkCampaign[] }> {
  const { id: raterId = '', groups } = await findOwnRater(db, { projectId, personId })
  const own = await ownRows(db, projectId, raterId)
  const campaigns = (await listCampaigns(db, projectId)).filter((campaign) =>
    closedAt(campaign, now) === null ? isRaterOf(campaign, personId, groups) : own.has(campaign.id),
  )
  const listed = await Promise.all(
    campaigns.map((campaign) => toWork(db, { projectId, raterId, campaign, own, now })),
  )
  const current = listed.filter(({ state }) => state !== 'closed')
  const past = listed.filter(({ state, judged }) => state === 'closed' && judged > 0)
  return { current, past }
}

type OwnRows = Awaited<ReturnType<typeof ownRows>>

/** What the rater's row in each campaign says. */
async function ownRows(db: Queries, projectId: string, raterId: string) {
  const rows = await db
    .selectFrom('campaign_rater')
    .select(['campaign_id', 'status', 'phase'])
    .where('project_id', '=', projectId)
    .where('rater_id', '=', raterId)
    .execute()
  return new Map(rows.map((row) => [row.campaign_id, row]))
}

async function toWork(
  db: Queries,
  {
    projectId,
    raterId,
    campaign,
    own,
    now,
  }: { projectId: string; raterId: string; campaign: Campaign; own: OwnRows; now: number },
): Promise<WorkCampaign> {
  const { id, name, kind, settings } = campaign
  const place = { projectId, campaignId: id, raterId }
  const status = closedAt(campaign, now) === null ? campaign.status : 'closed'
  const { judged, left } = await raterProgress(db, place)
  const { mostPerRater, deadlineAt } = settings
  const rest = mostPerRater === null ? left : Math.max(0, Math.min(left, mostPerRater - judged))
  const rater = own.get(id) ?? null
  const begins = await firstStage(db, { projectId, campaign })
  return {
    id,
    name,
    kind,
    state: workState({ status, rater, judged, left, mostPerRater, begins }),
    judged,
    left: status === 'closed' ? 0 : rest,
    medianMs: await medianTime(db, place),
    deadlineAt,
  }
}

/** What a rater who begins gets first: stages without tasks are passed over. */
async function firstStage(
  db: Queries,
  { projectId, campaign }: { projectId: string; campaign: Campaign },
): Promise<'training' | 'qualifying' | 'working'> {
  const has = async (purpose: 'training' | 'qualification') =>
    (await db
      .selectFrom('task')
      .select('id')
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaign.id)
      .where('purpose', '=', purpose)
      .where('withdrawn_at', 'is', null)
      .limit(1)
      .executeTakeFirst()) !== undefined
  const { training, qualification } = campaign.settings
  if (training && (await has('training'))) return 'training'
  return qualification && (await has('qualification')) ? 'qualifying' : 'working'
}

/** The median active time of a rater's last judgments in a campaign; null below five. */
async function medianTime(
  db: Queries,
  { projectId, campaignId, raterId }: { projectId: string; campaignId: string; raterId: string },
): Promise<number | null> {
  const rows = await db
    .selectFrom('judgment')
    .select('active_ms')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('rater_id', '=', raterId)
    .where('source', '=', 'human')
    .orderBy('id', 'desc')
    .limit(judgmentsTimed)
    .execute()
  const times = rows.flatMap(({ active_ms }) => active_ms ?? []).sort((one, other) => one - other)
  return times.length < leastTimed ? null : quantile(times, 0.5)
}
