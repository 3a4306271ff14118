/** In: somebody at the door of a rating room. Out: what the server must know of both, in one read. */

import type { CampaignSettings } from '#app/assign/campaign.ts'
import {
  type CampaignRater,
  joinCampaign,
  type RaterPlace,
} from '#app/assign/campaign-rater.server.ts'
import { readCodes } from '#app/assign/lanes.server.ts'
import { readSettings } from '#app/assign/read-settings.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { CampaignKind, CampaignStatus, Queries, Tx } from '#db/schema.ts'

/** What was in hand when a campaign closed may be sent this long. */
export const graceMs = 60 * 60_000

export interface RoomCampaign {
  id: string
  kind: CampaignKind
  status: CampaignStatus
  origin: 'made' | 'imported'
  overlap: number
  hold_ms: number
  settings: CampaignSettings
  has_authored: 0 | 1
  closed_at: number | null
}

export interface Room {
  campaign: RoomCampaign
  /** The newest version of the guidelines. */
  guidelinesVersion: number | null
  /** Undefined for a person who has not rated in the project. */
  rater: { id: string; groups: string[]; languages: string[] } | undefined
}

type Who = { personId: string } | { raterId: string }

const roomOf = (by: 'rater.person_id' | 'rater.id') =>
  keptQuery((db, at: { projectId: string; campaignId: string; who: string }) =>
    db
      .selectFrom('campaign')
      .leftJoin('rater', (join) =>
        join.onRef('rater.project_id', '=', 'campaign.project_id').on(by, '=', at.who),
      )
      .select((eb) => [
        'campaign.id',
        'campaign.kind',
        'campaign.status',
        'campaign.origin',
        'campaign.overlap',
        'campaign.hold_ms',
        'campaign.settings',
        'campaign.has_authored',
        'campaign.closed_at',
        'rater.id as rater_id',
        'rater.groups',
        'rater.languages',
        eb
          .selectFrom('guidelines')
          .select((version) => version.fn.max<number | null>('version').as('version'))
          .whereRef('guidelines.project_id', '=', 'campaign.project_id')
          .whereRef('guidelines.campaign_id', '=', 'campaign.id')
          .as('guidelines_version'),
      ])
      .where('campaign.project_id', '=', at.projectId)
      .where('campaign.id', '=', at.campaignId),
  )
const roomOfPerson = roomOf('rater.person_id')
const roomOfRater = roomOf('rater.id')

/** A campaign's room as one person or rater finds it. */
export async function findRoom(
  db: Queries,
  { who, ...place }: { projectId: string; campaignId: string; who: Who },
): Promise<Room | undefined> {
  const [row] = await ('personId' in who
    ? roomOfPerson(db, { ...place, who: who.personId })
    : roomOfRater(db, { ...place, who: who.raterId }))
  if (!row) return undefined
  const { rater_id, groups, languages, guidelines_version, settings, ...campaign } = row
  return {
    campaign: { ...campaign, settings: readSettings(settings) },
    guidelinesVersion: guidelines_version,
    rater:
      rater_id === null
        ? undefined
        : {
            id: rater_id,
            groups: readCodes(groups ?? '[]'),
            languages: readCodes(languages ?? '[]'),
          },
  }
}

/** When a campaign stopped taking work: closed by hand or by its deadline; null while it has not. */
export function closedAt(
  { status, closed_at, settings }: Pick<RoomCampaign, 'status' | 'closed_at' | 'settings'>,
  now: number,
): number | null {
  const { deadlineAt } = settings
  const isPastDeadline = deadlineAt !== null && deadlineAt <= now
  if (status === 'closed') {
    return Math.min(closed_at ?? now, isPastDeadline ? deadlineAt : Number.POSITIVE_INFINITY)
  }
  return isPastDeadline ? deadlineAt : null
}

/** The rater's row in the campaign of a room, locked until the transaction ends. */
export const joinRoom = (
  trx: Tx,
  place: RaterPlace,
  { campaign, now }: { campaign: RoomCampaign; now: number },
): Promise<CampaignRater> => joinCampaign(trx, place, { settings: campaign.settings, now })
