/** A rater's row in a campaign: where he or she stands, and how far through the open slots. */
import { locked } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { CampaignRaterTable, RaterPhase, Tx } from '#db/schema.ts'
import type { CampaignSettings } from './campaign.ts'
import { type Cursors, printCursors, readCursors } from './cursors.ts'
import { printSidePairs, readSidePairs, type SidePairs } from './shown-order.ts'

export interface RaterPlace {
  projectId: string
  campaignId: string
  raterId: string
}

/** The row while a transaction works on it; `saveRater` writes what changed. */
export interface CampaignRater {
  readonly status: 'active' | 'paused'
  phase: RaterPhase
  sitting: number
  judged: number
  cursors: Cursors
  sideBalance: number
  sidePairs: SidePairs
  /** As it was read. */
  readonly stored: StoredRater
}

type StoredRater = Pick<
  CampaignRaterTable,
  'phase' | 'sitting' | 'judged' | 'cursors' | 'side_balance' | 'side_pairs'
>

/** What comes first for a rater; each stage is passed over where it has no tasks. */
export const firstPhase = (
  settings: Pick<CampaignSettings, 'training' | 'qualification'>,
): RaterPhase =>
  settings.training ? 'training' : settings.qualification ? 'qualifying' : 'working'

const lockedRater = keptQuery((db, place: RaterPlace) =>
  locked(
    db,
    db
      .selectFrom('campaign_rater')
      .select(['status', 'phase', 'sitting', 'judged', 'cursors', 'side_balance', 'side_pairs'])
      .where('project_id', '=', place.projectId)
      .where('campaign_id', '=', place.campaignId)
      .where('rater_id', '=', place.raterId),
  ),
)

const storeRater = keptQuery((db, rater: RaterPlace & StoredRater) =>
  db
    .updateTable('campaign_rater')
    .set({
      phase: rater.phase,
      sitting: rater.sitting,
      judged: rater.judged,
      cursors: rater.cursors,
      side_balance: rater.side_balance,
      side_pairs: rater.side_pairs,
    })
    .where('project_id', '=', rater.projectId)
    .where('campaign_id', '=', rater.campaignId)
    .where('rater_id', '=', rater.raterId),
)

/**
 * The rater's row, made at the first claim. It stays locked until the transaction ends, so that all
 * that one rater sends happens one after another.
 */
export async function joinCampaign(
  trx: Tx,
  place: RaterPlace,
  { settings, now }: { settings: CampaignSettings; now: number },
): Promise<CampaignRater> {
  let [row] = await lockedRater(trx, place)
  if (!row) {
    await insertRater(trx, place, { phase: firstPhase(settings), now })
    row = (await lockedRater(trx, place))[0]
  }
  if (!row) throw new Error('Missing: the row just made')
  const { status, ...stored } = row
  return {
    status,
    phase: stored.phase,
    sitting: stored.sitting,
    judged: stored.judged,
    cursors: readCursors(stored.cursors),
    sideBalance: stored.side_balance,
    sidePairs: readSidePairs(stored.side_pairs),
    stored,
  }
}

/** Makes a rater's row in a campaign, where there is none. */
export async function insertRater(
  trx: Tx,
  { projectId, campaignId, raterId }: RaterPlace,
  { phase, now }: { phase: RaterPhase; now: number },
): Promise<void> {
  await trx
    .insertInto('campaign_rater')
    .values({
      project_id: projectId,
      campaign_id: campaignId,
      rater_id: raterId,
      status: 'active',
      paused_reason: null,
      phase,
      sitting: 0,
      judged: 0,
      cursors: '{}',
      side_balance: 0,
      side_pairs: '{}',
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Writes what a transaction changed of a rater's row, in one statement or none. */
export async function saveRater(trx: Tx, place: RaterPlace, rater: CampaignRater): Promise<void> {
  const now: StoredRater = {
    phase: rater.phase,
    sitting: rater.sitting,
    judged: rater.judged,
    cursors: printCursors(rater.cursors),
    side_balance: rater.sideBalance,
    side_pairs: printSidePairs(rater.sidePairs),
  }
  const isSame = Object.entries(now).every(
    ([column, value]) => rater.stored[column as keyof StoredRater] === value,
  )
  if (!isSame) await storeRater(trx, { ...place, ...now })
}

/** Lets a rater work who did not pass the qualification set, or has not sat it. */
export async function admitRater(
  trx: Tx,
  { now, ...place }: RaterPlace & { now: number },
): Promise<void> {
  await insertRater(trx, place, { phase: 'working', now })
  await trx
    .updateTable('campaign_rater')
    .set({ phase: 'working' })
    .where('project_id', '=', place.projectId)
    .where('campaign_id', '=', place.campaignId)
    .where('rater_id', '=', place.raterId)
    .execute()
}
