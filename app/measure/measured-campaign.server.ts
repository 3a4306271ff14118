import { findCampaign } from '#app/assign/campaigns.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import {
  askForMeasurement,
  latestAgreement,
  latestStandings,
  mostNewCounted,
  newerJudgments,
} from './measure.server.ts'

/**
 * A campaign with its newest stored figures. Where judgments came since, a measurement is asked for,
 * once, and the page says that it is behind.
 */
export async function measuredCampaign(
  db: Db,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
) {
  const campaign = await findCampaign(db.read, projectId, campaignId)
  if (!campaign) return undefined
  const standings = await latestStandings(db.read, projectId, campaignId)
  const agreement = await latestAgreement(db.read, projectId, campaignId)
  const newer = await newerJudgments(db.read, projectId, campaignId)
  if (newer > 0 || standings === null) {
    await inTransaction(db, (trx) => askForMeasurement(trx, { projectId, campaignId, now }))
  }
  return {
    campaign: {
      id: campaign.id,
      name: campaign.name,
      kind: campaign.kind,
      isSimulated: campaign.is_simulated === 1,
    },
    standings: standings?.result ?? null,
    agreement: agreement?.result ?? null,
    freshness: {
      measuredAt: standings?.createdAt ?? null,
      newer,
      isNewerCapped: newer >= mostNewCounted,
      now,
    },
  }
}
