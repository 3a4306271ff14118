/** In: judgments that came since a campaign was measured. Out: a measurement that waits for the worker. */
import { repeat } from '#app/jobs/repeat.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'
import { askForMeasurement } from './measure.server.ts'

const lookEveryMs = 30_000
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
            .where('measurement.kind', '=', 'standings')
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
