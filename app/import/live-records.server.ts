/**
 * In: rows that arrive one by one, from a script or an instrumented application. Out: the same rows as
 * an import of a file would make, at once.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { groupsOf } from '#db/pages.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Batch, findBatch, insertBatch } from './batches.server.ts'
import { type ImportCounts, importOptionsSchema, noCounts } from './import-options.ts'
import type { Problem } from './import-record.ts'
import { type RecordJudgments, readGroup } from './keep-records.server.ts'
import { noLookups } from './lookups.server.ts'
import type { RawRecord } from './read-file.server.ts'
import type { Reader, Row } from './reader.ts'
import { recordContent } from './record-content.server.ts'
import { rowReader } from './sources.server.ts'

/** Rows of one transaction: few, for the web process must answer raters meanwhile. */
const rowsATransaction = 25
const dayMs = 24 * 60 * 60 * 1000

export interface LiveRows {
  projectId: string
  /** External ids are unique within it. */
  source: string
  reader: Reader
  rows: readonly Row[]
  actor: string
  now: number
}

export interface LiveOutcome {
  counts: ImportCounts
  /** What was refused, by the place of its row. */
  refusals: (Problem & { index: number })[]
}

/** Keeps rows as they come: content first, then the judgments on it. */
export async function keepLiveRows(
  db: Db,
  recordJudgments: RecordJudgments,
  live: LiveRows,
): Promise<LiveOutcome> {
  const batch = await batchOfToday(db, live)
  const options = importOptionsSchema.parse({ format: live.reader.format })
  const read = rowReader({ reader: live.reader, mapping: undefined }, { options }, noLookups)
  const raws = live.rows.map(
    (value, index): RawRecord => ({ line: index, next: { at: 0, line: 0 }, raw: '', value }),
  )
  const outcome: LiveOutcome = { counts: noCounts(), refusals: [] }
  for (const group of groupsOf(raws, rowsATransaction)) {
    const found = readGroup(group, { source: { ordinal: null }, walk: 'content', read })
    for (const { raw, problem } of found.refused) {
      outcome.refusals.push({ index: raw.line, field: problem.field, reason: problem.reason })
    }
    const kept = await inTransaction(
      db,
      async (trx) => {
        // Its own for every attempt: a transaction that met another is run again from here.
        const attempt: LiveOutcome = { counts: noCounts(), refusals: [] }
        await keepContent(trx, { live, batch, found, outcome: attempt })
        await keepJudgments(trx, recordJudgments, { live, batch, found, outcome: attempt })
        return attempt
      },
      { looksUpFirst: true },
    )
    outcome.counts = sumOf(outcome.counts, kept.counts)
    outcome.refusals.push(...kept.refusals)
  }
  outcome.counts.refused = outcome.refusals.length
  await addToCounts(db, live.projectId, batch.id, outcome.counts)
  return outcome
}

interface Keeping {
  live: LiveRows
  batch: Batch
  found: ReturnType<typeof readGroup>
  outcome: LiveOutcome
}

async function keepContent(trx: Tx, { live, batch, found, outcome }: Keeping): Promise<void> {
  const kept = await recordContent(trx, {
    projectId: live.projectId,
    batchId: batch.id,
    source: live.source,
    records: found.content.map(({ prepared }) => prepared),
    now: live.now,
  })
  const { counts, refusals } = outcome
  for (const [place, one] of kept.entries()) {
    counts.created.prompts += one.prompts
    counts.created.responses += one.responses
    if (one.isMerged) counts.merged += 1
    if (one.isUnchanged) counts.unchanged += 1
    const index = found.content[place]?.raw.line ?? 0
    refusals.push(...one.problems.map((problem) => ({ ...problem, index })))
  }
}

async function keepJudgments(
  trx: Tx,
  recordJudgments: RecordJudgments,
  { live, batch, found, outcome }: Keeping,
): Promise<void> {
  if (found.judgments.length === 0) return
  const kept = await recordJudgments(trx, {
    projectId: live.projectId,
    batchId: batch.id,
    source: live.source,
    records: found.judgments.map(({ record }) => record),
    campaign: undefined,
    allowMissingText: false,
    isSimulated: false,
    now: live.now,
  })
  const { counts, refusals } = outcome
  for (const [place, one] of kept.entries()) {
    const index = found.judgments[place]?.raw.line ?? 0
    if (one.kind === 'created') counts.created.judgments += 1
    else if (one.kind === 'skip') counts.created.skips += 1
    else if (one.kind === 'merged') counts.merged += 1
    else if (one.kind === 'unchanged') counts.unchanged += 1
    else if (one.kind === 'refused') refusals.push({ ...one.problem, index })
  }
}

/** What arrives on one day from one source is one batch, so that its rows say where they came from. */
async function batchOfToday(db: Db, live: LiveRows): Promise<Batch> {
  const day = Math.floor(live.now / dayMs) * dayMs
  const known = await findLiveBatch(db.read, live, day)
  if (known) return known
  const id = newId()
  await inTransaction(db, async (trx) => {
    await insertBatch(trx, {
      projectId: live.projectId,
      id,
      source: live.source,
      options: importOptionsSchema.parse({ format: live.reader.format }),
      files: [],
      createdBy: live.actor,
      now: live.now,
    })
    await trx
      .updateTable('import_batch')
      .set({ status: 'done', finished_at: live.now })
      .where('project_id', '=', live.projectId)
      .where('id', '=', id)
      .execute()
  })
  const made = await findBatch(db.write, live.projectId, id)
  if (!made) throw new Error('The batch that was just made is not there.')
  return made
}

async function findLiveBatch(
  read: Queries,
  { projectId, source, reader }: LiveRows,
  since: number,
): Promise<Batch | undefined> {
  const row = await read
    .selectFrom('import_batch')
    .select('id')
    .where('project_id', '=', projectId)
    .where('source', '=', source)
    .where('format', '=', reader.format)
    .where('files', '=', '[]')
    .where('created_at', '>=', since)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row && findBatch(read, projectId, row.id)
}

async function addToCounts(
  db: Db,
  projectId: string,
  batchId: string,
  more: ImportCounts,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const batch = await findBatch(trx, projectId, batchId)
    if (!batch) return
    await trx
      .updateTable('import_batch')
      .set({ counts: printJson(sumOf(batch.counts, more)) })
      .where('project_id', '=', projectId)
      .where('id', '=', batchId)
      .execute()
  })
}

const sumOf = (one: ImportCounts, other: ImportCounts): ImportCounts => ({
  created: {
    prompts: one.created.prompts + other.created.prompts,
    responses: one.created.responses + other.created.responses,
    judgments: one.created.judgments + other.created.judgments,
    skips: one.created.skips + other.created.skips,
  },
  merged: one.merged + other.merged,
  unchanged: one.unchanged + other.unchanged,
  refused: one.refused + other.refused,
})
