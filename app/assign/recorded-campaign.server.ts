/**
 * In: the line that says what a campaign asked elsewhere. Out: the closed campaign that holds its
 * judgments here. What a campaign lacks is filled in; what contradicts it is refused, never written.
 */
import type { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import type { Problem } from '#app/import/import-record.ts'
import type { CampaignLine } from '#app/import/rubrica-campaign-line.ts'
import type { Tx } from '#db/schema.ts'
import { type Criterion, campaignSettingsSchema, criterionDefinitionSchema } from './campaign.ts'
import {
  type Campaign,
  findCampaignByName,
  insertCriteria,
  listCriteria,
} from './campaigns.server.ts'
import { listGuidelines } from './guidelines.server.ts'
import { ensureImportedCampaign } from './imported-campaigns.server.ts'
import { contradictions, isGuess, type RecordedFacts } from './recorded-campaign.ts'
import { namedSettings } from './recorded-settings.server.ts'

export type CampaignOutcome =
  | { kind: 'merged' | 'unchanged' }
  | { kind: 'refused'; problem: Problem }

interface Recording {
  projectId: string
  line: CampaignLine
  isSimulated: boolean
  now: number
}

/** Records what a campaign asked. Must run in a transaction; never throws for a bad line. */
export async function recordCampaign(trx: Tx, recording: Recording): Promise<CampaignOutcome> {
  const { projectId, line, isSimulated, now } = recording
  const facts = await factsOf(trx, recording)
  if ('problem' in facts) return { kind: 'refused', problem: facts.problem }
  const known = await findCampaignByName(trx, projectId, line.campaign)
  if (known) return fillIn(trx, { projectId, campaign: known, facts, now })
  const { id } = await ensureImportedCampaign(trx, {
    projectId,
    name: line.campaign,
    kind: line.kind,
    isSimulated: line.simulated ?? isSimulated,
    now,
  })
  await writeFacts(trx, { projectId, campaignId: id, facts, known: [], now })
  await writeGuidelines(trx, { projectId, campaignId: id, guidelines: facts.guidelines, now })
  return { kind: 'merged' }
}

async function factsOf(
  trx: Tx,
  { projectId, line, now }: Recording,
): Promise<RecordedFacts | { problem: Problem }> {
  const criteria: Omit<Criterion, 'id'>[] = []
  for (const [place, given] of line.criteria.entries()) {
    const { name, title, required, ...rest } = given
    const definition = criterionDefinitionSchema.safeParse(rest)
    if (!definition.success) return { problem: problemAt(`criteria.${place}`, definition.error) }
    if (criteria.some((one) => one.name === name)) {
      const reason = `two criteria are called "${name}"`
      return { problem: { field: `criteria.${place}.name`, reason } }
    }
    const isRequired = required ?? false
    criteria.push({ name, title: title ?? name, isRequired, definition: definition.data })
  }
  const versions = (line.guidelines ?? []).map(({ version }) => version)
  if (new Set(versions).size < versions.length) {
    return { problem: { field: 'guidelines', reason: 'two guidelines have the same version' } }
  }
  const resolved = await namedSettings(trx, { projectId, settings: line.settings ?? {}, now })
  const settings = campaignSettingsSchema.safeParse(resolved)
  if (!settings.success) return { problem: problemAt('settings', settings.error) }
  return {
    kind: line.kind,
    criteria,
    guidelines: line.guidelines ?? [],
    overlap: line.overlap ?? 0,
    simulated: line.simulated,
    settings: settings.data,
  }
}

function problemAt(field: string, error: z.ZodError): Problem {
  const [issue] = error.issues
  return { field: [field, ...(issue?.path ?? [])].join('.'), reason: issue?.message ?? 'not valid' }
}

interface Filling {
  projectId: string
  campaign: Campaign
  facts: RecordedFacts
  now: number
}

async function fillIn(
  trx: Tx,
  { projectId, campaign, facts, now }: Filling,
): Promise<CampaignOutcome> {
  const campaignId = campaign.id
  const criteria = await listCriteria(trx, projectId, campaignId)
  const guidelines = await listGuidelines(trx, projectId, campaignId)
  const here = { campaign, criteria, guidelines }
  const problem = contradictions(facts, here)
  if (problem) return { kind: 'refused', problem }
  const newer = facts.guidelines.filter(
    ({ version }) => !guidelines.some((one) => one.version === version),
  )
  const changed = facts.criteria.filter((criterion) => {
    const known = criteria.find(({ name }) => name === criterion.name)
    return !known || isGuess(known, criterion)
  })
  const fillsOverlap = facts.overlap !== 0 && facts.overlap !== campaign.overlap
  const fillsSettings =
    printJson(facts.settings) !== printJson(campaign.settings) && !isPlain(facts.settings)
  if (newer.length + changed.length === 0 && !fillsOverlap && !fillsSettings) {
    return { kind: 'unchanged' }
  }
  if (campaign.origin === 'made') {
    const reason = 'this campaign was made here; what it asks changes only here'
    return { kind: 'refused', problem: { field: 'campaign', reason } }
  }
  const filled = {
    ...facts,
    criteria: changed,
    overlap: fillsOverlap ? facts.overlap : campaign.overlap,
    settings: fillsSettings ? facts.settings : campaign.settings,
  }
  await writeFacts(trx, { projectId, campaignId, facts: filled, known: criteria, now })
  await writeGuidelines(trx, { projectId, campaignId, guidelines: newer, now })
  return { kind: 'merged' }
}

const isPlain = (settings: Campaign['settings']): boolean =>
  printJson(settings) === printJson(campaignSettingsSchema.parse({}))

interface Writing {
  projectId: string
  campaignId: string
  facts: RecordedFacts
  known: readonly Criterion[]
  now: number
}

async function writeFacts(
  trx: Tx,
  { projectId, campaignId, facts, known }: Writing,
): Promise<void> {
  await trx
    .updateTable('campaign')
    .set({ overlap: facts.overlap, settings: printJson(facts.settings) })
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .execute()
  const fresh = facts.criteria.filter(({ name }) => !known.some((one) => one.name === name))
  if (fresh.length > 0) {
    await insertCriteria(trx, { projectId, campaignId, criteria: fresh, from: known.length })
  }
  for (const { name, title, isRequired, definition } of facts.criteria) {
    const guessed = known.find((one) => one.name === name)
    if (!guessed) continue
    await trx
      .updateTable('criterion')
      .set({ title, is_required: isRequired ? 1 : 0, definition: printJson(definition) })
      .where('project_id', '=', projectId)
      .where('id', '=', guessed.id)
      .execute()
  }
}

async function writeGuidelines(
  trx: Tx,
  {
    projectId,
    campaignId,
    guidelines,
    now,
  }: Omit<Writing, 'facts' | 'known'> & Pick<RecordedFacts, 'guidelines'>,
): Promise<void> {
  for (const { version, text, created_at } of guidelines) {
    await trx
      .insertInto('guidelines')
      .values({
        project_id: projectId,
        campaign_id: campaignId,
        version,
        text,
        created_by: 'import',
        created_at: created_at ?? now,
      })
      .execute()
  }
}
