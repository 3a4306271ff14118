/** What the rating room knows of its campaign. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { Offered } from './keymap.ts'

export interface RoomCampaign {
  id: string
  name: string
  kind: 'pairwise' | 'rubric' | 'ranking'
  bothBad: boolean
  cantJudge: boolean
  comment: boolean
  reasons: string[]
  isSimulated: boolean
  /** Judgments after which the room sums up. */
  batchSize: number
}

type Offers = Pick<RoomCampaign, 'bothBad' | 'cantJudge'>

/** What a campaign's first preference question offers. */
export function offeredBy(campaign: Offers, criteria: readonly Criterion[]): Offered {
  const preference = criteria.find((criterion) => criterion.definition.kind === 'preference')
  return offeredFor(campaign, preference)
}

/** What one preference question offers; five points for a question of another kind. */
export function offeredFor(campaign: Offers, criterion: Criterion | undefined): Offered {
  const points = criterion?.definition.kind === 'preference' ? criterion.definition.points : 5
  return { points, bothBad: campaign.bothBad, cantJudge: campaign.cantJudge }
}
