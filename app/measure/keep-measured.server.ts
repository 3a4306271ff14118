/** In: judgments that came since a campaign was measured. Out: a measurement that waits for the worker. */
import { repeat } from '#app/jobs/repeat.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'
import { askForMeasurement, refreshStandings } from './measure.server.ts'

const lookEveryMs = 30_000
/** Standings follow their judgments this closely, at a cost that hangs on what changed. */
const followEveryMs = 1_000
/** A campaign that is being rated is not measured more often than this unless somebody looks at it. */
export const restMs = 5 * 60_000

/**
 * Has campaigns measured whose judgments changed, though nobody looks at their figures: alarms and
 * gates go by measurements. Goes on until asked to stop.
 */
export async function keepMeasured({
  db,
  ...standing
}: {
  db: Db
  signal: AbortSignal
  onError: (error: unknown) => void
}): Promise<void> {
  await repeat({ everyMs: lookEveryMs, ...standing }, () => askForOverdue(db, Date.now()))
}

/**
 * Has the standings measured of campaigns whose judgments changed and whose counts are whole: from the
 * counts, so that they are a second or two old. Goes on until asked to stop.
 */
export async function keepStandings({
  db,
  ...standing
}: {
  db: Db
  signal: AbortSignal
  onError: (error: unknown) => void
}): Promise<void> {
  await repeat({ everyMs: followEveryMs, ...standing }, () => refreshStale(db))
}

/** Measures the standings of each campaign that has changes which its counts lack. Gives their ids. */
export async function refreshStale(db: Db): Promise<string[]> {
  const stale = await db.read
    .selectFrom('counted_campaign')
    .select(['project_id as projectId', 'campaign_id as campaignId'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('judgment_change')
          .select('judgment_change.id')
          .whereRef('judgment_change.project_id', '=', 'counted_campaign.project_id')
          .whereRef('judgment_change.campaign_id', '=', 'counted_campaign.campaign_id')
          .where('judgment_change.is_counted', '=', 0),
      ),
    )
    .execute()
  for (const scope of stale) await refreshStandings(db, scope)
  return stale.map(({ campaignId }) => campaignId)
}

/** Queues the measurement of each campaign that is behind and has rested. Gives their ids. */
export async function askForOverdue(db: Db, now: number): Promise<string[]> {
  const behind = await campaignsBehind(db.read, now - restMs)
  for (const { projectId, campaignId } of behind) {
    await inTransaction(db, (trx) => askForMeasurement(trx, { projectId, campaignId, now }))
  }
  return behind.map(({ campaignId }) => campaignId)
}

async function campaignsBehind(
  db: Queries,
  measuredBefore: number,
): Promise<{ projectId: string; campaignId: string }[]> {
  const rows = await db
    .selectFrom('campaign')
    .select(['campaign.project_id', 'campaign.id'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('judgment_change')
          .select('judgment_change.id')
          .whereRef('judgment_change.project_id', '=', 'campaign.project_id')
          .whereRef('judgment_change.campaign_id', '=', 'campaign.id'),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('measurement')
            .select('measurement.id')
            .whereRef('measurement.project_id', '=', 'campaign.project_id')
            .whereRef('measurement.campaign_id', '=', 'campaign.id')
            // Standings alone are measured more often.
            .where('measurement.kind', '=', 'agreement')
            .where('measurement.chosen', '=', '')
            .where('measurement.created_at', '>', measuredBefore),
        ),
      ),
    )
    // One that waits or runs will count what came; a second would only count it again.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('job')
            .select('job.id')
            .whereRef('job.project_id', '=', 'campaign.project_id')
            .whereRef('job.dedupe_key', '=', 'campaign.id')
            .where('job.kind', '=', 'measure')
            .where('job.status', 'in', ['queued', 'running']),
        ),
      ),
    )
    .execute()
  return rows.map((row) => ({ projectId: row.project_id, campaignId: row.id }))
}
