/** In: a campaign that was not opened yet, and what it shall be instead. Out: the same draft, changed. */
import { printJson } from '#app/base/canonical-json.ts'
import { locked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'
import type { NewCampaign } from './campaign.ts'
import { criteriaOf, findCampaignByName, insertCriteria, listCriteria } from './campaigns.server.ts'
import { campaignAsAsked } from './clone-campaign.server.ts'
import { insertGuidelines, listGuidelines } from './guidelines.server.ts'

interface OneCampaign {
  projectId: string
  campaignId: string
}

/** A draft as its form shows it; undefined where there is none, or it was opened. */
export async function draftToEdit(db: Queries, one: OneCampaign): Promise<NewCampaign | undefined> {
  const asked = await campaignAsAsked(db, one)
  return asked?.found.status === 'draft' ? asked.campaign : undefined
}

export type ReplacedDraft =
  | { ok: true }
  /** Each reason stands by the name of its field. */
  | { ok: false; errors: Record<string, string> }

/**
 * Puts another campaign in the place of a draft. Its questions stay as they are where tasks with an
 * expected answer were made for them; the guidelines get a version more where they differ.
 */
export async function replaceDraft(
  trx: Tx,
  options: OneCampaign & { campaign: NewCampaign; actor: string; now: number },
): Promise<ReplacedDraft> {
  const { projectId, campaignId, campaign, actor, now } = options
  const draft = await locked(
    trx,
    trx
      .selectFrom('campaign')
      .select(['id', 'kind'])
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId)
      .where('status', '=', 'draft'),
  ).executeTakeFirst()
  if (!draft) return refused('name', 'this campaign was opened meanwhile; clone it to change it')
  const namesake = await findCampaignByName(trx, projectId, campaign.name)
  if (namesake && namesake.id !== campaignId) {
    return refused('name', 'the project has a campaign of this name')
  }
  if (!(await replaceCriteria(trx, { projectId, campaignId, campaign, kind: draft.kind }))) {
    return refused(
      'criteria.0.title',
      'gold, training or qualification tasks were made for these questions: retire them first, or clone the campaign',
    )
  }
  await trx
    .updateTable('campaign')
    .set({
      name: campaign.name,
      kind: campaign.kind,
      overlap: campaign.overlap,
      settings: printJson(campaign.settings),
    })
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .execute()
  const [newest] = await listGuidelines(trx, projectId, campaignId)
  const text = campaign.guidelines
  const baseVersion = newest?.version ?? 0
  if (newest?.text !== text) {
    await insertGuidelines(trx, { projectId, campaignId, text, baseVersion, createdBy: actor, now })
  }
  return { ok: true }
}

const refused = (field: string, reason: string): ReplacedDraft => ({
  ok: false,
  errors: { [field]: reason },
})

/** False where the questions differ from those that tasks were made for. */
async function replaceCriteria(
  trx: Tx,
  { projectId, campaignId, campaign, kind }: OneCampaign & { campaign: NewCampaign; kind: string },
): Promise<boolean> {
  const wanted = criteriaOf(campaign)
  const present = (await listCriteria(trx, projectId, campaignId)).map(({ id: _, ...one }) => one)
  if (kind === campaign.kind && printJson(present) === printJson(wanted)) return true
  const task = await trx
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .limit(1)
    .executeTakeFirst()
  if (task) return false
  await trx
    .deleteFrom('criterion')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  await insertCriteria(trx, { projectId, campaignId, criteria: wanted })
  return true
}
