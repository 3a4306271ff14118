import type { Queries } from '#db/schema.ts'
import type { NewCampaign } from './campaign.ts'
import {
  type Campaign,
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

interface OneCampaign {
  projectId: string
  campaignId: string
}

/** A campaign as it was asked for: its questions, settings and newest guidelines. */
export async function campaignAsAsked(
  db: Queries,
  { projectId, campaignId }: OneCampaign,
): Promise<{ found: Campaign; campaign: NewCampaign } | undefined> {
  const found = await findCampaign(db, projectId, campaignId)
  if (!found) return undefined
  const { name, kind, overlap, settings } = found
  const criteria = await listCriteria(db, projectId, campaignId)
  const guidelines = await findGuidelines(db, projectId, campaignId)
  const campaign = {
    name,
    kind,
    // Imported campaigns have no overlap.
    overlap: Math.max(1, overlap),
    guidelines: guidelines?.text ?? '',
    criteria: criteria.map(({ title, isRequired, definition }) => ({
      title,
      isRequired,
      definition,
    })),
    settings,
  }
  return { found, campaign }
}

/**
 * A campaign as one that could be made from it, under a free name. A deadline that has passed is left
 * out. Undefined where there is none to clone.
 */
export async function campaignToClone(
  db: Queries,
  { now, ...one }: OneCampaign & { now: number },
): Promise<ClonedCampaign | undefined> {
  const asked = await campaignAsAsked(db, one)
  if (!asked) return undefined
  const { campaign } = asked
  const { name, settings } = campaign
  const isOver = settings.deadlineAt !== null && settings.deadlineAt <= now
  return {
    from: name,
    campaign: {
      ...campaign,
      name: await freeName(db, one.projectId, name),
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
