/**
 * In: the files of a batch. Out: rows, counts, and a report of what was refused.
 *
 * Two walks over the files: first content, then judgments, so that a judgment may stand before the
 * text it speaks of. Records are kept in small transactions together with the place reached, so a
 * killed import goes on where it was and no row is lost or doubled.
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { type KeyTextFile, openKeyTextFile } from '#db/key-text-file.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Batch, batchFolder, findBatch, listRefusals, type Refusal } from './batches.server.ts'
import { type FieldMapping, type Row, toLines, valueAt } from './field-mapping.ts'
import {
  type ImportCounts,
  importCountsSchema,
  noCounts,
  type ReceivedFile,
} from './import-options.ts'
import {
  type ContentRecord,
  type ImportRecord,
  type JudgmentRecord,
  type Problem,
  toImportRecord,
} from './import-record.ts'
import {
  containerOf,
  fileStart,
  firstRecords,
  type RawRecord,
  readRecords,
} from './read-file.server.ts'
import { recordContent } from './record-content.server.ts'
import { type Container, recognise } from './source.ts'

export type JudgmentOutcome =
  | { kind: 'created' | 'merged' | 'unchanged' | 'skip' }
  | { kind: 'refused'; problem: Problem }

export interface JudgmentGroup {
  projectId: string
  batchId: string
  source: string
  records: readonly JudgmentRecord[]
  /** Where judgments go that name no campaign. */
  campaign: string | undefined
  allowMissingText: boolean
  isSimulated: boolean
  now: number
}

/** How judgments are recorded: `rate/` owns them and hands us the function. */
export type RecordJudgments = (trx: Tx, group: JudgmentGroup) => Promise<JudgmentOutcome[]>

const recordsATransaction = 200
const bytesATransaction = 4 * 1024 * 1024
const pauseMs = 5

const walkSchema = z.object({
  walk: z.enum(['content', 'judgments']),
  file: z.number(),
  at: z.number(),
  line: z.number(),
  hasJudgments: z.boolean(),
  doneBytes: z.number(),
  counts: importCountsSchema,
})
type Walk = z.infer<typeof walkSchema>

const firstStep = (): Walk => ({
  walk: 'content',
  file: 0,
  ...fileStart,
  hasJudgments: false,
  doneBytes: 0,
  counts: noCounts(),
})

/** What an import job is asked to do. */
export const importInput = z.object({ batchId: z.string() })

/** The job: imports the files of a batch from where it was left. */
export const runImport =
  (recordJudgments: RecordJudgments) =>
  async (context: JobContext): Promise<ImportCounts> => {
    const { db, job, dataDir } = context
    const { batchId } = importInput.parse(JSON.parse(job.input))
    const projectId = job.project_id
    const batch = await findBatch(db.read, projectId, batchId)
    if (!batch) throw new JobProblem('The import was thrown away.')
    return importBatch({
      read: db.read,
      batch,
      projectId,
      dataDir,
      recordJudgments,
      from: job.cursor === null ? firstStep() : walkSchema.parse(JSON.parse(job.cursor)),
      signal: context.signal,
      inTransaction: (run) => inTransaction(db, run, { looksUpFirst: true }),
      report: context.reportWithin,
    })
  }

class DryRunEnded extends Error {}

/** Counts what an import would do: all of it runs in one transaction, which is then undone. */
export async function rehearseImport(options: {
  db: Db
  projectId: string
  batchId: string
  dataDir: string
  recordJudgments: RecordJudgments
}): Promise<{ counts: ImportCounts; refusals: Refusal[] }> {
  const { db, projectId, batchId } = options
  let found: { counts: ImportCounts; refusals: Refusal[] } | undefined
  try {
    await db.write.transaction().execute(async (trx) => {
      const batch = await findBatch(trx, projectId, batchId)
      if (!batch) throw new JobProblem('The import was thrown away.')
      const counts = await importBatch({
        ...options,
        read: trx,
        batch,
        from: firstStep(),
        signal: new AbortController().signal,
        inTransaction: (run) => run(trx),
        report: async () => {},
      })
      found = { counts, refusals: await listRefusals(trx, { projectId, batchId }) }
      throw new DryRunEnded()
    })
  } catch (error) {
    if (!(error instanceof DryRunEnded)) throw error
  }
  return found ?? { counts: noCounts(), refusals: [] }
}

interface ImportRun {
  read: Queries
  batch: Batch
  projectId: string
  dataDir: string
  recordJudgments: RecordJudgments
  from: Walk
  signal: AbortSignal
  inTransaction: <T>(run: (trx: Tx) => Promise<T>) => Promise<T>
  report: (
    trx: Tx,
    progress: { cursor: Walk; done: number; total: number; note: string },
  ) => Promise<void>
}

async function importBatch(run: ImportRun): Promise<ImportCounts> {
  const { batch, dataDir, projectId } = run
  const folder = batchFolder(dataDir, batch.id)
  await mkdir(folder, { recursive: true })
  const joined = joinedFileNames(batch)
  const files = batch.files.filter((file) => !joined.has(file.name))
  const joins = await openJoins(batch, folder)
  try {
    let walk = run.from
    for (;;) {
      const file = files[walk.file]
      if (file) {
        const readings = await readingsOf(file, batch, joins)
        walk = await importFile(run, { file, walk, readings, totalBytes: bytesOf(files) })
        walk = {
          ...walk,
          file: walk.file + 1,
          ...fileStart,
          doneBytes: walk.doneBytes + file.bytes,
        }
      } else if (walk.walk === 'content' && walk.hasJudgments) {
        walk = { ...walk, walk: 'judgments', file: 0, ...fileStart, doneBytes: 0 }
      } else {
        await finish(run, walk)
        return walk.counts
      }
      await run.inTransaction((trx) =>
        run.report(trx, { cursor: walk, ...progressOf(walk, bytesOf(files)) }),
      )
    }
  } finally {
    for (const join of joins) join.index.remove()
    if (!run.signal.aborted) await writeRefusedFile(run.read, { projectId, batch, dataDir })
  }
}

const bytesOf = (files: readonly ReceivedFile[]) => files.reduce((sum, file) => sum + file.bytes, 0)

const progressOf = (walk: Walk, total: number) => ({
  done: Math.min(total, walk.doneBytes),
  total,
  note: walk.walk === 'content' ? 'prompts and responses' : 'judgments',
})

async function finish(run: ImportRun, walk: Walk): Promise<void> {
  await run.inTransaction((trx) =>
    trx
      .updateTable('import_batch')
      .set({ status: 'done', counts: printJson(walk.counts), finished_at: Date.now() })
      .where('project_id', '=', run.projectId)
      .where('id', '=', run.batch.id)
      .execute(),
  )
}

/** What to make of a file's rows: how it is read, and each row's records. */
interface Readings {
  container: Container
  delimiter: string | undefined
  problem?: Problem
  toRecords: (row: Row) => { records: ImportRecord[]; problem?: Problem }
}

async function readingsOf(file: ReceivedFile, batch: Batch, joins: Join[]): Promise<Readings> {
  const { options } = batch
  const container =
    options.format === 'mapped' && options.mapping
      ? options.mapping.format
      : await containerOf(file.path)
  const delimiter = options.mapping?.delimiter
  const base = { container, delimiter }
  if ((await stat(file.path)).size === 0) {
    return { ...base, toRecords: fromLine, problem: { field: '', reason: 'the file is empty' } }
  }
  if (options.format === 'rubrica') return { ...base, container: 'jsonl', toRecords: fromLine }
  const first = await firstRecords({ path: file.path, container, delimiter }, 50)
  if (options.format === 'mapped' && options.mapping) {
    const mapping = options.mapping
    const problem = missingColumns(mapping, first.rows)
    return {
      ...base,
      toRecords: (row) => fromRow(mapping, joins, row),
      ...(problem && { problem }),
    }
  }
  const found = recognise(container, first.rows)
  if (found.format === 'rubrica') return { ...base, toRecords: fromLine }
  const mapping = found.mapping
  if (mapping && found.missing.length === 0) {
    return { ...base, toRecords: (row) => fromRow(mapping, [], row) }
  }
  if (container === 'jsonl' && first.rows.length === 0) return { ...base, toRecords: fromLine }
  const reason = `the format is not known (${found.reasons.join('; ')}); say which column is what with a mapping`
  return { ...base, toRecords: fromLine, problem: { field: '', reason } }
}

function missingColumns(mapping: FieldMapping, rows: readonly Row[]): Problem | undefined {
  const known = new Set(rows.flatMap((row) => Object.keys(row)))
  if (mapping.format !== 'csv' || rows.length === 0) return undefined
  const wanted = [...Object.values(mapping.columns), ...mapping.join.map((join) => join.on.here)]
  const absent = wanted.filter((column) => !column.startsWith('/') && !known.has(column))
  if (absent.length === 0) return undefined
  const reason = `the header has no column "${absent.join('", "')}"; it has: ${[...known].join(', ')}. Is the separator right?`
  return { field: absent[0] ?? '', reason }
}

const fromLine = (row: Row) => {
  const result = toImportRecord(row)
  return result.ok ? { records: result.records } : { records: [], problem: result.problem }
}

function fromRow(mapping: FieldMapping, joins: readonly Join[], row: Row) {
  const joined: Row[] = []
  for (const join of joins) {
    const key = valueAt(row, join.here)
    const text = key === undefined ? undefined : join.index.get(String(key))
    if (text === undefined) {
      const reason = `${join.file} has no row whose ${join.theirs} is "${String(key)}"`
      return { records: [], problem: { field: join.here, reason } }
    }
    joined.push(JSON.parse(text) as Row)
  }
  const records: ImportRecord[] = []
  for (const line of toLines(mapping, row, joined)) {
    const result = fromLine(line)
    if (result.problem) return { records, problem: result.problem }
    records.push(...result.records)
  }
  return { records }
}

interface Join {
  file: string
  theirs: string
  here: string
  index: KeyTextFile
}

const joinedFileNames = (batch: Batch): Set<string> =>
  new Set(batch.options.mapping?.join.map((join) => path.basename(join.file)) ?? [])

/** Reads each file that is only looked up into an index on disk. */
async function openJoins(batch: Batch, folder: string): Promise<Join[]> {
  const joins: Join[] = []
  for (const [place, { file, on }] of (batch.options.mapping?.join ?? []).entries()) {
    const received = batch.files.find((candidate) => candidate.name === path.basename(file))
    if (!received) {
      throw new JobProblem(`The mapping joins "${file}", which is not among the files received.`)
    }
    const index = openKeyTextFile(path.join(folder, `join-${place}.db`))
    const container = await containerOf(received.path)
    let rows: [string, string][] = []
    for await (const record of readRecords({ path: received.path, container })) {
      const key = record.value && valueAt(record.value, on.theirs)
      if (key === undefined || key === null) continue
      rows.push([String(key), JSON.stringify(record.value)])
      if (rows.length >= 500) {
        index.put(rows)
        rows = []
      }
    }
    index.put(rows)
    joins.push({ file, theirs: on.theirs, here: on.here, index })
  }
  return joins
}

interface FileRun {
  file: ReceivedFile
  walk: Walk
  readings: Readings
  totalBytes: number
}

async function importFile(
  run: ImportRun,
  { file, walk, readings, totalBytes }: FileRun,
): Promise<Walk> {
  if (readings.problem) {
    if (walk.walk === 'judgments') return walk
    const refusal = { line: 0, raw: '', problem: readings.problem, next: fileStart }
    return keepGroup(run, { file, walk, group: [refusal], readings, totalBytes })
  }
  let now = walk
  let group: RawRecord[] = []
  let bytes = 0
  const source = { path: file.path, container: readings.container, delimiter: readings.delimiter }
  for await (const record of readRecords({ ...source, from: { at: walk.at, line: walk.line } })) {
    if (run.signal.aborted) throw run.signal.reason
    group.push(record)
    bytes += record.raw.length
    if (group.length < recordsATransaction && bytes < bytesATransaction) continue
    now = await keepGroup(run, { file, walk: now, group, readings, totalBytes })
    group = []
    bytes = 0
    await sleep(pauseMs)
  }
  if (group.length === 0) return now
  return keepGroup(run, { file, walk: now, group, readings, totalBytes })
}

interface Refused {
  line: number
  raw: string
  problem: Problem
}

async function keepGroup(
  run: ImportRun,
  { file, walk, group, readings, totalBytes }: FileRun & { group: readonly RawRecord[] },
): Promise<Walk> {
  const next = structuredClone(walk)
  const last = group.at(-1)
  if (last) Object.assign(next, last.next)
  const isContentWalk = walk.walk === 'content'
  const refused: Refused[] = []
  const found: { raw: RawRecord; record: ImportRecord }[] = []
  for (const raw of group) {
    if (raw.problem) {
      if (isContentWalk) refused.push({ line: raw.line, raw: raw.raw, problem: raw.problem })
      continue
    }
    const { records, problem } = readings.toRecords(raw.value)
    if (problem && isContentWalk) refused.push({ line: raw.line, raw: raw.raw, problem })
    if (!problem) found.push(...records.map((record) => ({ raw, record })))
  }
  await run.inTransaction(async (trx) => {
    const counts = structuredClone(walk.counts)
    const more: Refused[] = []
    const refuse = (raw: RawRecord, problem: Problem) =>
      more.push({ line: raw.line, raw: raw.raw, problem })
    if (isContentWalk) await keepContent(run, trx, { found, counts, refuse })
    else await keepJudgments(run, trx, { found, counts, refuse })
    const all = [...refused, ...more].sort((one, other) => one.line - other.line)
    await insertRefusals(trx, run, { file: file.name, first: counts.refused, refused: all })
    counts.refused += all.length
    next.counts = counts
    next.hasJudgments ||= found.some(({ record }) => record.kind !== 'content')
    const done = readings.container === 'jsonl' ? next.at : 0
    const cursor = next
    await run.report(trx, {
      cursor,
      ...progressOf({ ...next, doneBytes: next.doneBytes + done }, totalBytes),
    })
  })
  return next
}

interface Keeping {
  found: readonly { raw: RawRecord; record: ImportRecord }[]
  counts: ImportCounts
  refuse: (raw: RawRecord, problem: Problem) => void
}

async function keepContent(run: ImportRun, trx: Tx, { found, counts, refuse }: Keeping) {
  const content = found.filter(
    (one): one is { raw: RawRecord; record: ContentRecord } => one.record.kind === 'content',
  )
  const outcomes = await recordContent(trx, {
    projectId: run.projectId,
    batchId: run.batch.id,
    source: run.batch.source,
    records: content.map(({ record }) => record),
    now: Date.now(),
  })
  for (const [place, outcome] of outcomes.entries()) {
    counts.created.prompts += outcome.prompts
    counts.created.responses += outcome.responses
    if (outcome.isMerged) counts.merged += 1
    if (outcome.isUnchanged) counts.unchanged += 1
    const raw = content[place]?.raw
    if (raw) for (const problem of outcome.problems) refuse(raw, problem)
  }
}

async function keepJudgments(run: ImportRun, trx: Tx, { found, counts, refuse }: Keeping) {
  const judged = found.filter(
    (one): one is { raw: RawRecord; record: JudgmentRecord } => one.record.kind !== 'content',
  )
  const { batch } = run
  const outcomes = await run.recordJudgments(trx, {
    projectId: run.projectId,
    batchId: batch.id,
    source: batch.source,
    records: judged.map(({ record }) => record),
    campaign: batch.options.campaign,
    allowMissingText: batch.options.allowMissingText,
    isSimulated: batch.options.isSimulated,
    now: Date.now(),
  })
  for (const [place, outcome] of outcomes.entries()) {
    const raw = judged[place]?.raw
    if (outcome.kind === 'created') counts.created.judgments += 1
    else if (outcome.kind === 'skip') counts.created.skips += 1
    else if (outcome.kind === 'merged') counts.merged += 1
    else if (outcome.kind === 'unchanged') counts.unchanged += 1
    else if (outcome.kind === 'refused' && raw) refuse(raw, outcome.problem)
  }
}

async function insertRefusals(
  trx: Tx,
  run: ImportRun,
  { file, first, refused }: { file: string; first: number; refused: readonly Refused[] },
): Promise<void> {
  const rows = refused.map(({ line, raw, problem }, place) => ({
    project_id: run.projectId,
    batch_id: run.batch.id,
    ordinal: first + place,
    file,
    line,
    field: problem.field,
    reason: problem.reason,
    raw,
  }))
  for (const some of groupsOf(rows, rowsAStatement(8))) {
    await trx.insertInto('import_refusal').values(some).execute()
  }
}

/** Where the refused records of a batch are, to be mended and imported again. */
export const refusedFilePath = (dataDir: string, batchId: string): string =>
  path.join(batchFolder(dataDir, batchId), 'refused.txt')

async function writeRefusedFile(
  read: Queries,
  { projectId, batch, dataDir }: { projectId: string; batch: Batch; dataDir: string },
): Promise<void> {
  let stream: ReturnType<typeof createWriteStream> | undefined
  let after = -1
  for (;;) {
    const rows = await listRefusals(read, { projectId, batchId: batch.id, after, limit: 200 })
    const withText = rows.filter((row) => row.raw !== '')
    if (withText.length > 0) {
      stream ??= createWriteStream(refusedFilePath(dataDir, batch.id))
      stream.write(`${withText.map((row) => row.raw).join('\n')}\n`)
    }
    const last = rows.at(-1)
    if (rows.length < 200 || !last) break
    after = last.ordinal
  }
  if (!stream) return
  stream.end()
  await once(stream, 'close')
}
