/**
 * In: the files of a batch. Out: rows, counts, and a report of what was refused.
 *
 * Two walks over the files: first content, then judgments. Records are kept in small transactions
 * together with the place reached, so a killed import goes on where it was and no row is lost or
 * doubled.
 */
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { counted } from '#app/base/text.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Batch, batchFolder, findBatch } from './batches.server.ts'
import type { ImportCounts } from './import-options.ts'
import { firstStep, type Walk, walkSchema } from './import-walk.ts'
import { keepGroup, type RecordJudgments, readGroup } from './keep-records.server.ts'
import { type Lookups, openLookups } from './lookups.server.ts'
import { openPace, type Pace } from './pace.server.ts'
import { fileStart, type RawRecord, readRecords } from './read-file.server.ts'
import { writeRefusedFile } from './refused-file.server.ts'
import { inReadingOrder, openSources, rowReader, type Source } from './sources.server.ts'

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
      mostRecordBytes: context.mostRecordBytes,
      pace: openPace(db),
      writesRefusedFile: true,
      inTransaction: (run) => inTransaction(db, run, { looksUpFirst: true }),
      report: context.reportWithin,
    })
  }

/** What an import needs; a rehearsal gives it a database to throw away. */
export interface ImportRun {
  read: Queries
  batch: Batch
  projectId: string
  dataDir: string
  recordJudgments: RecordJudgments
  from: Walk
  signal: AbortSignal
  mostRecordBytes?: number | undefined
  pace: () => Promise<Pace>
  writesRefusedFile: boolean
  inTransaction: <T>(run: (trx: Tx) => Promise<T>) => Promise<T>
  report: (
    trx: Tx,
    progress: { cursor: Walk; done: number; total: number; note: string },
  ) => Promise<void>
}

/** Imports the files of a batch from a place on, and says what became of their records. */
export async function importBatch(run: ImportRun): Promise<ImportCounts> {
  const { batch, dataDir, signal } = run
  const folder = batchFolder(dataDir, batch.id)
  await mkdir(folder, { recursive: true })
  const sources = inReadingOrder(await openSources(batch, dataDir))
  await noteSources(run, sources)
  const lookups = await openLookups({ batch, sources, folder, signal })
  try {
    const walk = await walkSources(run, sources, lookups)
    if (run.writesRefusedFile) {
      for (const source of sources) await writeRefusedFile(run.read, { ...run, source })
    }
    await finish(run, walk)
    return walk.counts
  } finally {
    lookups.close()
  }
}

/** Prompts remember where they came from by the ordinal of their file. */
const noteSources = (run: ImportRun, sources: readonly Source[]) =>
  run.inTransaction((trx) =>
    trx
      .updateTable('import_batch')
      .set({
        sources: printJson(
          [...sources].sort((one, other) => one.ordinal - other.ordinal).map(({ name }) => name),
        ),
      })
      .where('project_id', '=', run.projectId)
      .where('id', '=', run.batch.id)
      .execute(),
  )

async function walkSources(
  run: ImportRun,
  sources: readonly Source[],
  lookups: Lookups,
): Promise<Walk> {
  const total = sources.reduce((sum, source) => sum + source.bytes, 0)
  let walk = run.from
  for (;;) {
    const source = sources[walk.file]
    if (source) {
      const read = rowReader(source, run.batch, lookups)
      walk = await importSource(run, { source, walk, read, total })
      walk = {
        ...walk,
        file: walk.file + 1,
        ...fileStart,
        doneBytes: walk.doneBytes + source.bytes,
      }
    } else if (walk.walk === 'content' && walk.hasJudgments) {
      walk = { ...walk, walk: 'judgments', file: 0, ...fileStart, doneBytes: 0 }
    } else return walk
    await run.inTransaction((trx) => run.report(trx, progressOf(walk, walk.doneBytes, total)))
  }
}

const progressOf = (walk: Walk, done: number, total: number) => ({
  cursor: walk,
  done: Math.min(total, done),
  total,
  note: `${counted(walk.records, 'record')}: ${walk.walk === 'content' ? 'prompts and responses' : 'judgments'}`,
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
  const plain = path.join(batchFolder(run.dataDir, run.batch.id), 'plain')
  await rm(plain, { recursive: true, force: true })
}

interface SourceRun {
  source: Source
  walk: Walk
  read: ReturnType<typeof rowReader>
  total: number
}

async function importSource(run: ImportRun, options: SourceRun): Promise<Walk> {
  const { source, walk } = options
  if (source.problem) {
    if (walk.walk === 'judgments') return walk
    const refusal = { line: 0, raw: '', problem: source.problem, next: fileStart }
    return keep(run, options, [refusal])
  }
  let now = walk
  let group: RawRecord[] = []
  let bytes = 0
  const flush = async () => {
    if (group.length === 0) return
    now = await keep(run, { ...options, walk: now }, group)
    group = []
    bytes = 0
  }
  const { mostRecordBytes } = run
  let pace = await run.pace()
  const from = { at: walk.at, line: walk.line }
  for await (const record of readRecords({
    ...source,
    from,
    ...(mostRecordBytes ? { mostRecordBytes } : {}),
  })) {
    if (run.signal.aborted) throw run.signal.reason
    group.push(record)
    bytes += record.bytes?.length ?? record.raw.length
    if (group.length < pace.recordsATransaction && bytes < pace.bytesATransaction) continue
    await flush()
    pace = await run.pace()
    if (pace.pauseMs > 0) await sleep(pace.pauseMs)
  }
  await flush()
  if (source.brokenOff && walk.walk === 'content') {
    const problem = { field: '', reason: source.brokenOff }
    const end = { at: now.at, line: now.line }
    now = await keep(run, { ...options, walk: now }, [
      { line: now.line, raw: '', problem, next: end },
    ])
  }
  return now
}

/** Reads a group outside the transaction and writes it inside, with the place reached. */
async function keep(
  run: ImportRun,
  { source, walk, read, total }: SourceRun,
  group: readonly RawRecord[],
): Promise<Walk> {
  const found = readGroup(group, { source, walk: walk.walk, read })
  const last = group.at(-1)
  const next = { ...walk, ...last?.next, records: walk.records + group.length }
  const reached = last?.bytes ? last.bytes.offset + last.bytes.length : 0
  return run.inTransaction(async (trx) => {
    const kept = await keepGroup(trx, run, { found, source, walk: next })
    await run.report(trx, progressOf(kept, walk.doneBytes + reached, total))
    return kept
  })
}
