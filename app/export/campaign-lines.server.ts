/** In: campaigns. Out: what each asked, as lines of Rubrica JSONL: criteria, guidelines, settings. */
import { campaignSettingsSchema } from '#app/assign/campaign.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { listGuidelines } from '#app/assign/guidelines.server.ts'
import { withNames } from '#app/assign/settings-names.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { listRaters } from '#app/projects/raters.server.ts'
import type { Queries } from '#db/schema.ts'
import { modelRef, type RawLine } from './print-raw.ts'

/** The lines of campaigns by name, in the order of their names. */
export async function campaignLines(
  db: Queries,
  { projectId, campaignIds }: { projectId: string; campaignIds: readonly string[] },
): Promise<RawLine[]> {
  const lines: (RawLine & { campaign: string })[] = []
  for (const id of campaignIds) {
    const campaign = await findCampaign(db, projectId, id)
    if (!campaign) throw new Error('A campaign of the dataset is gone.')
    const criteria = await listCriteria(db, projectId, id)
    const guidelines = await listGuidelines(db, projectId, id)
    lines.push({
      campaign: campaign.name,
      kind: campaign.kind,
      overlap: campaign.overlap,
      ...(campaign.is_simulated === 1 ? { simulated: true } : {}),
      criteria: criteria.map(({ name, title, isRequired, definition }) => ({
        name,
        title,
        required: isRequired,
        ...definition,
      })),
      guidelines: guidelines
        .map(({ version, text, created_at }) => ({
          version,
          text,
          created_at: new Date(created_at).toISOString(),
        }))
        .reverse(),
      settings: await namedSettings(db, projectId, campaign.settings),
    })
  }
  return lines.sort((one, other) => (one.campaign < other.campaign ? -1 : 1))
}

/** Settings that somebody chose, with names in the place of ids. */
async function namedSettings(
  db: Queries,
  projectId: string,
  settings: Record<string, unknown>,
): Promise<RawLine> {
  const plain: Record<string, unknown> = campaignSettingsSchema.parse({})
  const chosen = Object.entries(settings).filter(
    ([name, value]) => printJson(value) !== printJson(plain[name]),
  )
  if (chosen.length === 0) return {}
  const models = await modelRefs(db, projectId)
  const raters = await raterNames(db, projectId)
  return withNames(Object.fromEntries(chosen), {
    model: (id) => models.get(String(id)) ?? id,
    rater: (id) => raters.get(String(id)),
  })
}

/** Settings name the people who may work; elsewhere they name raters, for the people are not there. */
async function raterNames(db: Queries, projectId: string): Promise<Map<string, string>> {
  const raters = await listRaters(db, projectId)
  return new Map(
    raters.flatMap(({ id, person_id, pseudonym }) => [
      [id, pseudonym] as const,
      ...(person_id === null ? [] : [[person_id, pseudonym] as const]),
    ]),
  )
}

async function modelRefs(db: Queries, projectId: string): Promise<Map<string, RawLine>> {
  const rows = await db
    .selectFrom('model')
    .select(['id', 'name', 'version', 'prompt_version', 'parameters', 'label'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map(
    rows.map(({ id, name, version, prompt_version: promptVersion, parameters, label }) => [
      id,
      {
        ...modelRef({ name, version, promptVersion, label, parameters: JSON.parse(parameters) }),
        label,
      },
    ]),
  )
}
