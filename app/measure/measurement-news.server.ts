/** In: what a measurement found. Out: word of it to other systems that asked for that. */
import type { Campaign, CampaignProgress } from '#app/assign/campaigns.server.ts'
import { announce } from '#app/notify/webhooks.server.ts'
import type { Tx } from '#db/schema.ts'
import type { DriftReport } from './drift.ts'
import { alarmsOf, stepSentence } from './drift-finding.ts'

interface Scope {
  projectId: string
  campaign: Campaign
  now: number
}

/** Tells of each change between two versions that is sure; of the same one only once. */
export async function announceDrift(
  trx: Tx,
  { projectId, campaign, now, report }: Scope & { report: DriftReport },
): Promise<void> {
  for (const { series, step } of alarmsOf(report)) {
    const { from, to, tag } = step
    const way = step.difference < 0 ? 'fell' : 'rose'
    await announce(trx, {
      projectId,
      event: 'drift.alarm',
      about: JSON.stringify([campaign.id, series.criterion, from, to, tag, way]),
      data: {
        campaign: { id: campaign.id, name: campaign.name },
        summary: stepSentence(series, step),
        family: series.family,
        criterion: series.criterion,
        way,
        ...step,
      },
      now,
    })
  }
}

/**
 * Tells that a campaign that is open has all the judgments it wants. One whose tasks are made in rounds
 * has that at the end of each, so that only its closing is told.
 */
export async function announceDone(
  trx: Tx,
  { projectId, campaign, progress, now }: Scope & { progress: CampaignProgress },
): Promise<void> {
  const { wanted, submitted, open, held } = progress
  if (campaign.status !== 'open' || campaign.settings.order === 'adaptive') return
  if (submitted === 0 || open + held > 0) return
  await announce(trx, {
    projectId,
    event: 'campaign.done',
    about: `${campaign.id} ${wanted}`,
    data: {
      campaign: { id: campaign.id, name: campaign.name },
      reason: 'every task is judged',
      judgments: submitted,
    },
    now,
  })
}
