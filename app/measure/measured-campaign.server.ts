import { findCampaign } from '#app/assign/campaigns.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import {
  askForMeasurement,
  askForStandings,
  askForView,
  mostNewCounted,
  newerJudgments,
} from './measure.server.ts'
import { latestAgreement, latestStandings } from './measurements.server.ts'
import { chosenIn, defaultOptions, type MeasureOptions } from './method.ts'
import type { ModelStandings } from './standings.ts'

/**
 * A campaign with its newest stored figures. Where judgments came since, a measurement is asked for,
 * once, and the page says that it is behind.
 */
export async function measuredCampaign(
  db: Db,
  {
    projectId,
    campaignId,
    options = defaultOptions,
    figures = 'all',
    now,
  }: {
    projectId: string
    campaignId: string
    options?: MeasureOptions
    /** Standings alone are kept up to date from counts; the rest is measured from the judgments. */
    figures?: 'standings' | 'all'
    now: number
  },
) {
  const campaign = await findCampaign(db.read, projectId, campaignId)
  if (!campaign) return undefined
  const standings = await latestStandings(db.read, projectId, campaignId)
  const agreement = await latestAgreement(db.read, projectId, campaignId)
  const isCounted = figures === 'standings'
  const newer = await newerJudgments(db.read, projectId, campaignId, { uncounted: isCounted })
  if (newer > 0 || standings === null) {
    const ask = isCounted && standings !== null ? askForStandings : askForMeasurement
    await inTransaction(db, (trx) => ask(trx, { projectId, campaignId, now }))
  }
  const view =
    chosenIn(options) === ''
      ? { standings: standings?.result ?? null, isWaiting: standings === null }
      : await viewOf(db, {
          projectId,
          campaignId,
          options,
          plainAt: standings?.createdAt,
          newer,
          now,
        })
  return {
    campaign: {
      id: campaign.id,
      name: campaign.name,
      kind: campaign.kind,
      isSimulated: campaign.is_simulated === 1,
    },
    standings: view.standings,
    agreement: agreement?.result ?? null,
    freshness: {
      measuredAt: standings?.createdAt ?? null,
      newer,
      isWaiting: view.isWaiting,
      isNewerCapped: newer >= mostNewCounted,
      now,
    },
  }
}

/** A view as it was last measured; one that is not there, or older than the judgments, is asked for. */
async function viewOf(
  db: Db,
  {
    plainAt,
    newer,
    ...asked
  }: {
    projectId: string
    campaignId: string
    options: MeasureOptions
    plainAt: number | undefined
    newer: number
    now: number
  },
): Promise<{ standings: ModelStandings | null; isWaiting: boolean }> {
  const { projectId, campaignId, options } = asked
  const found = await latestStandings(db.read, projectId, campaignId, options)
  const isFresh = found !== null && newer === 0 && found.createdAt >= (plainAt ?? 0)
  if (!isFresh) await inTransaction(db, (trx) => askForView(trx, asked))
  return { standings: found?.result ?? null, isWaiting: !isFresh }
}
