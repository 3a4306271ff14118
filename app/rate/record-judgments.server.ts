/**
 * In: judgments that people or models gave elsewhere, as an import reads them. Out: judgments of a
 * closed campaign, with their raters; what cannot be recorded says why.
 */

import { findCampaignByName } from '#app/assign/campaigns.server.ts'
import {
  ensureImportedCampaign,
  type RecordedCampaign,
} from '#app/assign/imported-campaigns.server.ts'
import { recordCampaign } from '#app/assign/recorded-campaign.server.ts'
import type {
  JudgmentGroup,
  JudgmentOutcome,
  RecordJudgments,
} from '#app/import/keep-records.server.ts'
import type { CampaignKind, Queries, Tx } from '#db/schema.ts'
import { openWriter, type Resolved } from './record-writer.server.ts'
import { lookUpTexts, type PlacedRecord, taskOf } from './recorded-texts.server.ts'
import { RefusedLine } from './refused-line.ts'

const unnamedCampaign = 'Imported judgments'

/** Records one group of judgments. Must run in a transaction; never throws for a bad record. */
export const recordJudgments: RecordJudgments = async (trx, group) => {
  const outcomes: JudgmentOutcome[] = group.records.map(() => ({ kind: 'unchanged' }))
  const refuse = (place: number, error: unknown) => {
    if (!(error instanceof RefusedLine)) throw error
    outcomes[place] = { kind: 'refused', problem: error.problem }
  }
  const placed: { place: number; record: PlacedRecord }[] = []
  for (const [place, record] of group.records.entries()) {
    if (record.kind !== 'campaign') placed.push({ place, record })
    else outcomes[place] = await recordCampaign(trx, { ...group, line: record.line })
  }
  const texts = await lookUpTexts(trx, group, placed)
  const campaigns = new Map<string, RecordedCampaign | RefusedLine>()
  const resolved: Resolved[] = []
  for (const { place, record } of placed) {
    try {
      const campaign = await campaignOf(trx, group, record, campaigns)
      const found = await taskOf(trx, group, record, texts)
      resolved.push({ place, record, campaign, ...found })
    } catch (error) {
      refuse(place, error)
    }
  }
  const writer = await openWriter(trx, group, resolved)
  for (const one of resolved) {
    try {
      outcomes[one.place] = await writer.record(one)
    } catch (error) {
      refuse(one.place, error)
    }
  }
  await writer.flush()
  return outcomes
}

async function campaignOf(
  trx: Tx,
  group: JudgmentGroup,
  record: PlacedRecord,
  known: Map<string, RecordedCampaign | RefusedLine>,
): Promise<RecordedCampaign> {
  const name = record.line.campaign ?? group.campaign ?? unnamedCampaign
  const kind = kindOf(record)
  const key = `${kind} ${isOfAnyKind(record)} ${name}`
  const found = known.get(key) ?? (await ensureCampaign(trx, group, { name, kind, record }))
  known.set(key, found)
  if (found instanceof RefusedLine) throw found
  return found
}

function kindOf(record: PlacedRecord): CampaignKind {
  if (record.kind === 'pairwise' || record.kind === 'ranking') return record.kind
  const { responses } = record.line
  if (responses !== undefined) return kindOfMany[responses.length] ?? 'ranking'
  if (record.kind !== 'skipped') return 'rubric'
  return record.line.model === undefined && record.line.response === undefined
    ? 'pairwise'
    : 'rubric'
}

/** What a task asks as a rule, by how many responses it shows. */
const kindOfMany: readonly (CampaignKind | undefined)[] = [undefined, 'rubric', 'pairwise']

/** Lines that campaigns of each kind have: skips, tasks, and questions beside the main one. */
const isOfAnyKind = (record: PlacedRecord): boolean =>
  record.kind === 'skipped' ||
  record.kind === 'task' ||
  (record.kind === 'rubric' && record.line.responses !== undefined)

async function ensureCampaign(
  trx: Tx,
  { projectId, isSimulated, now }: JudgmentGroup,
  { name, kind, record }: { name: string; kind: CampaignKind; record: PlacedRecord },
): Promise<RecordedCampaign | RefusedLine> {
  const known = await findCampaignByName(trx, projectId, name)
  const campaign =
    known ?? (await ensureImportedCampaign(trx, { projectId, name, kind, isSimulated, now }))
  if (campaign.kind === kind || isOfAnyKind(record)) return campaign
  return new RefusedLine(
    'campaign',
    `the campaign "${name}" holds ${campaign.kind} judgments; one campaign holds one kind`,
  )
}

/** The campaigns that an import brought judgments to. */
export async function campaignsOfBatch(
  db: Queries,
  { projectId, batchId }: { projectId: string; batchId: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('judgment')
    .select('campaign_id')
    .distinct()
    .where('project_id', '=', projectId)
    .where('batch_id', '=', batchId)
    .execute()
  return rows.map((row) => row.campaign_id)
}
