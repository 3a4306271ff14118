/** In: a campaign as a lead asks for it. Out: a draft, made or changed, and noted in the audit log. */
import { insertAudit } from '#app/access/audit.server.ts'
import type { Tx } from '#db/schema.ts'
import type { NewCampaign } from './campaign.ts'
import { insertCampaign } from './campaigns.server.ts'
import { replaceDraft } from './edit-draft.server.ts'

interface Keeping {
  projectId: string
  campaign: NewCampaign
  actor: string
  now: number
}

/** Each reason stands by the name of its field. */
export type KeptCampaign =
  | { ok: true; campaignId: string }
  | { ok: false; errors: Record<string, string> }

/** Makes a draft; `from` is the campaign it was cloned from. */
export async function makeCampaign(
  trx: Tx,
  { from, ...keeping }: Keeping & { from: string | null },
): Promise<KeptCampaign> {
  const { projectId, campaign, actor, now } = keeping
  const campaignId = await insertCampaign(trx, { projectId, campaign, createdBy: actor, now })
  if (campaignId === undefined) {
    return { ok: false, errors: { name: 'the project has a campaign of this name' } }
  }
  const detail = { name: campaign.name, from }
  await insertAudit(trx, {
    projectId,
    actor,
    now,
    subject: campaignId,
    action: 'campaign made',
    detail,
  })
  return { ok: true, campaignId }
}

/** Changes a draft. */
export async function changeDraft(
  trx: Tx,
  { campaignId, ...keeping }: Keeping & { campaignId: string },
): Promise<KeptCampaign> {
  const { projectId, campaign, actor, now } = keeping
  const replaced = await replaceDraft(trx, { ...keeping, campaignId })
  if (!replaced.ok) return replaced
  const detail = { name: campaign.name }
  await insertAudit(trx, {
    projectId,
    actor,
    now,
    subject: campaignId,
    action: 'draft changed',
    detail,
  })
  return { ok: true, campaignId }
}
