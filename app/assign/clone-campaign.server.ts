import type { Queries } from '#db/schema.ts'
import type { NewCampaign } from './campaign.ts'
import {
  findCampaign,
  findCampaignByName,
  findGuidelines,
  listCriteria,
} from './campaigns.server.ts'

export interface ClonedCampaign {
  /** The name of the campaign that is cloned. */
  from: string
  campaign: NewCampaign
}

const longestName = 120

/**
 * A campaign as one that could be made from it: its questions, settings and newest guidelines under a
 * free name. A deadline that has passed is left out. Undefined where there is none to clone.
 */
export async function campaignToClone(
  db: Queries,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
): Promise<ClonedCampaign | undefined> {
  const found = await findCampaign(db, projectId, campaignId)
  if (!found) return undefined
  const { name, kind, overlap, settings } = found
  const criteria = await listCriteria(db, projectId, campaignId)
  const guidelines = await findGuidelines(db, projectId, campaignId)
  const isOver = settings.deadlineAt !== null && settings.deadlineAt <= now
  return {
    from: name,
    campaign: {
      name: await freeName(db, projectId, name),
      kind,
      // Imported campaigns have no overlap.
      overlap: Math.max(1, overlap),
      guidelines: guidelines?.text ?? '',
      criteria: criteria.map(({ title, isRequired, definition }) => ({
        title,
        isRequired,
        definition,
      })),
      settings: { ...settings, deadlineAt: isOver ? null : settings.deadlineAt },
    },
  }
}

async function freeName(db: Queries, projectId: string, name: string): Promise<string> {
  const stem = name.replace(/ \(copy(?: \d+)?\)$/, '')
  for (let copy = 1; ; copy++) {
    const ending = copy === 1 ? ' (copy)' : ` (copy ${copy})`
    const wanted = stem.slice(0, longestName - ending.length) + ending
    if (!(await findCampaignByName(db, projectId, wanted))) return wanted
  }
}
