import type { Campaign } from '#app/assign/campaigns.server.ts'
import type { RoomCampaign } from './room-campaign.ts'

/** What a page with the room's controls knows of a campaign: nothing of its models. */
export const toDeskCampaign = (campaign: Campaign): RoomCampaign => ({
  id: campaign.id,
  name: campaign.name,
  kind: campaign.kind,
  bothBad: campaign.settings.bothBad,
  cantJudge: campaign.settings.cantJudge,
  comment: campaign.settings.comment,
  reasons: campaign.settings.reasons,
  isSimulated: campaign.is_simulated === 1,
  batchSize: campaign.settings.batchSize,
})
