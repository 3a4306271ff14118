import { oneOf } from '#db/dialects/portable.ts'
import type { Queries, RaterPhase, Tx } from '#db/schema.ts'
import { admitRater, type RaterPlace } from './campaign-rater.server.ts'
import { findCampaign } from './campaigns.server.ts'
import { releaseHolds } from './holds.server.ts'

/** The raters of a campaign with what each did. */
export async function listCampaignRaters(db: Queries, projectId: string, campaignId: string) {
  const judged = await db
    .selectFrom('judgment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select((eb) => [
      'rater.id',
      'rater.pseudonym',
      'rater.is_simulated',
      eb.fn.countAll<number>().as('judged'),
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.source', '<>', 'adjudicator')
    .groupBy(['rater.id', 'rater.pseudonym', 'rater.is_simulated'])
    .execute()
  const ended = await db
    .selectFrom('assignment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'assignment.project_id')
        .onRef('rater.id', '=', 'assignment.rater_id'),
    )
    .select((eb) => [
      'rater.id',
      'rater.pseudonym',
      'rater.is_simulated',
      'assignment.status',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.campaign_id', '=', campaignId)
    .where('assignment.status', 'in', ['held', 'skipped'])
    .groupBy(['rater.id', 'rater.pseudonym', 'rater.is_simulated', 'assignment.status'])
    .execute()
  const raters = new Map(judged.map((row) => [row.id, { ...row, skipped: 0, held: 0 }]))
  for (const { status, count, ...rater } of ended) {
    const before = raters.get(rater.id) ?? { ...rater, judged: 0, skipped: 0, held: 0 }
    if (status === 'skipped') before.skipped = count
    else before.held = count
    raters.set(rater.id, before)
  }
  return [...raters.values()].sort((one, other) => (one.pseudonym < other.pseudonym ? -1 : 1))
}

/** A rater as a lead finds him or her in a campaign: who, on which way, with what in hand. */
export interface RaterState {
  id: string
  pseudonym: string
  kind: 'member' | 'imported' | 'judge'
  isSimulated: boolean
  /** Null where it was not asked for, or where the rater is nobody who signs in. */
  name: string | null
  /** False for raters whose judgments were imported. */
  hasJoined: boolean
  status: 'active' | 'paused'
  pausedReason: string | null
  phase: RaterPhase
  sitting: number
  /** Whether the rater works though the qualification was not passed. */
  isBelowMark: boolean
  inHand: number
}

interface StatesWanted {
  projectId: string
  campaignId: string
  /** Raters to be found beside those who joined. */
  raterIds: readonly string[]
  withNames: boolean
}

/** The raters who joined a campaign, and these others, by pseudonym. */
export async function listRaterStates(
  db: Queries,
  { projectId, campaignId, raterIds, withNames }: StatesWanted,
): Promise<RaterState[]> {
  const joined = await db
    .selectFrom('campaign_rater')
    .select(['rater_id', 'status', 'paused_reason', 'phase', 'sitting'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  const places = new Map(joined.map((row) => [row.rater_id, row]))
  const inHand = await countInHand(db, projectId, campaignId)
  const campaign = await findCampaign(db, projectId, campaignId)
  const attempts = campaign?.settings.qualification?.attempts
  const rows = await db
    .selectFrom('rater')
    .leftJoin('person', 'person.id', 'rater.person_id')
    .select(['rater.id', 'rater.pseudonym', 'rater.kind', 'rater.is_simulated', 'person.name'])
    .where('rater.project_id', '=', projectId)
    .where(oneOf(db, 'rater.id', [...new Set([...places.keys(), ...raterIds])]))
    .orderBy('rater.pseudonym')
    .execute()
  return rows.map((row): RaterState => {
    const place = places.get(row.id)
    return {
      id: row.id,
      pseudonym: row.pseudonym,
      kind: row.kind,
      isSimulated: row.is_simulated === 1,
      name: withNames ? row.name : null,
      hasJoined: place !== undefined,
      status: place?.status ?? 'active',
      pausedReason: place?.paused_reason ?? null,
      phase: place?.phase ?? 'working',
      sitting: place?.sitting ?? 0,
      isBelowMark: attempts !== undefined && (place?.sitting ?? 0) >= attempts,
      inHand: inHand.get(row.id) ?? 0,
    }
  })
}

async function countInHand(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('assignment')
    .select((eb) => ['rater_id', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'held')
    .groupBy('rater_id')
    .execute()
  return new Map(rows.map(({ rater_id, count }) => [rater_id ?? '', count]))
}

const updateRater = (trx: Tx, { projectId, campaignId, raterId }: RaterPlace) =>
  trx
    .updateTable('campaign_rater')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('rater_id', '=', raterId)

/**
 * Keeps a rater from further tasks of a campaign, for a reason, and gives back what is in hand; what
 * is being written meanwhile is still accepted where its task needs it. Undefined where the rater
 * never joined; else the tasks given back.
 */
export async function pauseRater(
  trx: Tx,
  pause: RaterPlace & { reason: string; now: number },
): Promise<number | undefined> {
  const { numUpdatedRows } = await updateRater(trx, pause)
    .set({ status: 'paused', paused_reason: pause.reason })
    .executeTakeFirst()
  return numUpdatedRows === 0n ? undefined : releaseHolds(trx, pause)
}

/** Lets a paused rater work again. False where there was none. */
export async function resumeRater(trx: Tx, rater: RaterPlace): Promise<boolean> {
  const { numUpdatedRows } = await updateRater(trx, rater)
    .set({ status: 'active', paused_reason: null })
    .where('status', '=', 'paused')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets a rater work who failed the qualification. False where there was none. */
export async function letFailedRaterWork(
  trx: Tx,
  rater: RaterPlace & { now: number },
): Promise<boolean> {
  const failed = await trx
    .selectFrom('campaign_rater')
    .select('rater_id')
    .where('project_id', '=', rater.projectId)
    .where('campaign_id', '=', rater.campaignId)
    .where('rater_id', '=', rater.raterId)
    .where('phase', '=', 'failed')
    .executeTakeFirst()
  if (!failed) return false
  await admitRater(trx, rater)
  return true
}
