/** In: a group of raw records. Out: rows, counts and refusals, kept in one transaction with the place reached. */
import { insertRows } from '#db/insert-rows.ts'
import type { Tx } from '#db/schema.ts'
import type { Batch } from './batches.server.ts'
import type { ImportCounts } from './import-options.ts'
import type { ImportRecord, Problem, RecordedRecord } from './import-record.ts'
import type { Walk } from './import-walk.ts'
import { type PreparedContent, prepareContent } from './prepare-content.server.ts'
import type { RawRecord } from './read-file.server.ts'
import type { ReadProblem } from './reader.ts'
import { recordContent } from './record-content.server.ts'
import type { RowReading, Source } from './sources.server.ts'

export type JudgmentOutcome =
  | { kind: 'created' | 'merged' | 'unchanged' | 'skip' }
  | { kind: 'refused'; problem: Problem }

export interface JudgmentGroup {
  projectId: string
  batchId: string
  source: string
  records: readonly RecordedRecord[]
  /** Where judgments go that name no campaign. */
  campaign: string | undefined
  allowMissingText: boolean
  isSimulated: boolean
  now: number
}

/** How judgments are recorded: `rate/` owns them and hands us the function. */
export type RecordJudgments = (trx: Tx, group: JudgmentGroup) => Promise<JudgmentOutcome[]>

export interface Keeper {
  projectId: string
  batch: Batch
  recordJudgments: RecordJudgments
}

interface Refused {
  raw: RawRecord
  problem: ReadProblem
}

/** A group read and computed, so that only rows remain to be written. */
export interface ReadGroup {
  content: { raw: RawRecord; prepared: PreparedContent }[]
  judgments: { raw: RawRecord; record: RecordedRecord }[]
  refused: Refused[]
}

/** Reads the rows of a group. In the walk for judgments, content was kept and refused before. */
export function readGroup(
  group: readonly RawRecord[],
  options: {
    source: { ordinal: number | null }
    walk: Walk['walk']
    read: (row: Record<string, unknown>) => RowReading
  },
): ReadGroup {
  const { source, walk, read } = options
  const found: ReadGroup = { content: [], judgments: [], refused: [] }
  for (const raw of group) {
    if (raw.problem) {
      if (walk === 'content') found.refused.push({ raw, problem: raw.problem })
      continue
    }
    const reading = safely(read, raw.value)
    if (walk === 'content') {
      for (const problem of reading.problems) found.refused.push({ raw, problem })
    }
    for (const record of reading.records) {
      if (isJudgment(record)) found.judgments.push({ raw, record })
      else if (walk === 'content') {
        const place = { ordinal: source.ordinal, line: raw.line }
        found.content.push({ raw, prepared: prepareContent(record, place) })
      }
    }
  }
  return found
}

const isJudgment = (record: ImportRecord): record is RecordedRecord => record.kind !== 'content'

/** A reader that stumbles over a row costs that row alone. */
function safely(read: (row: Record<string, unknown>) => RowReading, row: Record<string, unknown>) {
  try {
    return read(row)
  } catch {
    const reason =
      'this record has a shape that could not be read; please report it with an example'
    return { records: [], problems: [{ field: '', reason }] }
  }
}

/** Writes a group and counts what became of it. Must run in a transaction. */
export async function keepGroup(
  trx: Tx,
  keeper: Keeper,
  { found, source, walk }: { found: ReadGroup; source: Source; walk: Walk },
): Promise<Walk> {
  const counts = structuredClone(walk.counts)
  const refused = [...found.refused]
  const refuse = (raw: RawRecord, problem: Problem) => refused.push({ raw, problem })
  if (walk.walk === 'content') await keepContent(trx, keeper, { found, counts, refuse })
  else await keepJudgments(trx, keeper, { found, counts, refuse })
  refused.sort((one, other) => one.raw.line - other.raw.line)
  await insertRefusals(trx, keeper, { file: source.name, first: counts.refused, refused })
  counts.refused += refused.length
  return { ...walk, counts, hasJudgments: walk.hasJudgments || found.judgments.length > 0 }
}

interface Keeping {
  found: ReadGroup
  counts: ImportCounts
  refuse: (raw: RawRecord, problem: Problem) => void
}

async function keepContent(trx: Tx, keeper: Keeper, { found, counts, refuse }: Keeping) {
  const outcomes = await recordContent(trx, {
    projectId: keeper.projectId,
    batchId: keeper.batch.id,
    source: keeper.batch.source,
    records: found.content.map(({ prepared }) => prepared),
    now: Date.now(),
  })
  for (const [place, outcome] of outcomes.entries()) {
    counts.created.prompts += outcome.prompts
    counts.created.responses += outcome.responses
    if (outcome.isMerged) counts.merged += 1
    if (outcome.isUnchanged) counts.unchanged += 1
    const raw = found.content[place]?.raw
    if (raw) for (const problem of outcome.problems) refuse(raw, problem)
  }
  // A campaign is there before the first judgment, wherever its line stands.
  const campaigns = found.judgments.filter(({ record }) => record.kind === 'campaign')
  await keepRecorded(trx, keeper, { judgments: campaigns, counts, refuse })
}

async function keepJudgments(trx: Tx, keeper: Keeper, { found, counts, refuse }: Keeping) {
  const judgments = found.judgments.filter(({ record }) => record.kind !== 'campaign')
  await keepRecorded(trx, keeper, { judgments, counts, refuse })
}

async function keepRecorded(
  trx: Tx,
  keeper: Keeper,
  { judgments, counts, refuse }: Omit<Keeping, 'found'> & Pick<ReadGroup, 'judgments'>,
) {
  if (judgments.length === 0) return
  const { batch } = keeper
  const outcomes = await keeper.recordJudgments(trx, {
    projectId: keeper.projectId,
    batchId: batch.id,
    source: batch.source,
    records: judgments.map(({ record }) => record),
    campaign: batch.options.campaign,
    allowMissingText: batch.options.allowMissingText,
    isSimulated: batch.options.isSimulated,
    now: Date.now(),
  })
  for (const [place, outcome] of outcomes.entries()) {
    const raw = judgments[place]?.raw
    if (outcome.kind === 'created') counts.created.judgments += 1
    else if (outcome.kind === 'skip') counts.created.skips += 1
    else if (outcome.kind === 'merged') counts.merged += 1
    else if (outcome.kind === 'unchanged') counts.unchanged += 1
    else if (outcome.kind === 'refused' && raw) refuse(raw, outcome.problem)
  }
}

const rawKept = 64 * 1024

async function insertRefusals(
  trx: Tx,
  keeper: Keeper,
  { file, first, refused }: { file: string; first: number; refused: readonly Refused[] },
): Promise<void> {
  const rows = refused.map(({ raw, problem }, place) => ({
    project_id: keeper.projectId,
    batch_id: keeper.batch.id,
    ordinal: first + place,
    file,
    line: raw.line,
    field: problem.field,
    reason: problem.reason,
    raw: partOf(problem) ?? raw.raw,
    byte_offset: raw.bytes?.offset ?? null,
    byte_length: raw.bytes?.length ?? null,
  }))
  await insertRows(trx, 'import_refusal', rows)
}

function partOf(problem: ReadProblem): string | undefined {
  if (problem.raw === undefined) return undefined
  const text = typeof problem.raw === 'string' ? problem.raw : JSON.stringify(problem.raw)
  return text?.toWellFormed().replaceAll('\u0000', '').slice(0, rawKept)
}
