/**
 * In: a received batch. Out: what its import would do, counted and with examples; nothing is kept.
 *
 * The import itself runs, so that what is said is what would happen: on PostgreSQL in a transaction
 * that is undone, on SQLite, where that would keep raters from saving, in a copy of the database.
 */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { copyDatabase } from '#db/copy.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { batchFolder, findBatch, listRefusals, type Refusal } from './batches.server.ts'
import { type ImportCounts, importCountsSchema, importOptionsSchema } from './import-options.ts'
import { firstStep } from './import-walk.ts'
import type { RecordJudgments } from './keep-records.server.ts'
import { fastPace } from './pace.server.ts'
import { type ImportRun, importBatch } from './run-import.server.ts'

const examplesKept = 100
const previewsKept = 8

/** What a rehearsal says. */
export const rehearsalSchema = z.object({
  counts: importCountsSchema,
  /** The start of some prompts that would be new. */
  examples: z.array(z.string()),
  refusals: z.array(
    z.object({
      file: z.string(),
      line: z.number(),
      field: z.string(),
      reason: z.string(),
      raw: z.string(),
    }),
  ),
})
export type Rehearsal = z.infer<typeof rehearsalSchema>

/** What a rehearsal job is asked to do: the options are those that the import would have. */
export const rehearsalInput = z.object({ batchId: z.string(), options: importOptionsSchema })

/** The job: rehearses an import with the options chosen so far. */
export const runRehearsal =
  (recordJudgments: RecordJudgments) =>
  async (context: JobContext): Promise<Rehearsal> => {
    const { batchId, options } = rehearsalInput.parse(JSON.parse(context.job.input))
    return rehearseImport({
      ...context,
      projectId: context.job.project_id,
      batchId,
      options,
      recordJudgments,
      report: (progress) =>
        context.report({ done: progress.done, total: progress.total, note: progress.note }),
    })
  }

interface Rehearse {
  db: Db
  projectId: string
  batchId: string
  dataDir: string
  recordJudgments: RecordJudgments
  options?: z.infer<typeof importOptionsSchema>
  mostRecordBytes?: number | undefined
  signal?: AbortSignal
  report?: (progress: { done: number; total: number; note: string }) => Promise<void>
}

/** Runs an import and forgets it, giving what it would have done. */
export async function rehearseImport(rehearse: Rehearse): Promise<Rehearsal> {
  return rehearse.db.dialect === 'sqlite' ? rehearseInCopy(rehearse) : rehearseAndUndo(rehearse)
}

async function rehearseInCopy(rehearse: Rehearse): Promise<Rehearsal> {
  const folder = path.join(batchFolder(rehearse.dataDir, rehearse.batchId), 'rehearsal')
  await rm(folder, { recursive: true, force: true })
  const copy = await copyDatabase(rehearse.db, folder)
  try {
    return await importAndTell(rehearse, {
      read: copy.read,
      inTransaction: (run) => inTransaction(copy, run),
    })
  } finally {
    await copy.close()
    await rm(folder, { recursive: true, force: true })
  }
}

class RehearsalEnded extends Error {}

async function rehearseAndUndo(rehearse: Rehearse): Promise<Rehearsal> {
  let told: Rehearsal | undefined
  try {
    await rehearse.db.write.transaction().execute(async (trx) => {
      told = await importAndTell(rehearse, { read: trx, inTransaction: (run) => run(trx) })
      throw new RehearsalEnded()
    })
  } catch (error) {
    if (!(error instanceof RehearsalEnded)) throw error
  }
  if (!told) throw new JobProblem('The rehearsal gave no answer.')
  return told
}

async function importAndTell(
  {
    projectId,
    batchId,
    dataDir,
    recordJudgments,
    options,
    mostRecordBytes,
    signal,
    report,
  }: Rehearse,
  where: { read: Queries; inTransaction: <T>(run: (trx: Tx) => Promise<T>) => Promise<T> },
): Promise<Rehearsal> {
  const found = await findBatch(where.read, projectId, batchId)
  if (!found) throw new JobProblem('The import was thrown away.')
  const run: ImportRun = {
    ...where,
    batch: options ? { ...found, options } : found,
    projectId,
    dataDir,
    recordJudgments,
    from: firstStep(),
    signal: signal ?? new AbortController().signal,
    mostRecordBytes,
    pace: async () => ({ ...fastPace, pauseMs: 0 }),
    writesRefusedFile: false,
    report: async (_trx, { done, total, note }) => {
      await report?.({ done, total, note })
    },
  }
  const counts: ImportCounts = await importBatch(run)
  const refusals = await listRefusals(where.read, { projectId, batchId, limit: examplesKept })
  return { counts, examples: await newPreviews(where.read, run), refusals: refusals.map(short) }
}

const short = ({ file, line, field, reason, raw }: Refusal) => ({
  file,
  line,
  field,
  reason,
  raw: raw.slice(0, 300),
})

async function newPreviews(read: Queries, { projectId, batch }: ImportRun): Promise<string[]> {
  const rows = await read
    .selectFrom('prompt')
    .select('preview')
    .where('project_id', '=', projectId)
    .where('batch_id', '=', batch.id)
    .orderBy('id')
    .limit(previewsKept)
    .execute()
  return rows.map((row) => row.preview)
}
