import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import {
  type ImportOptions,
  importCountsSchema,
  importOptionsSchema,
  noCounts,
  type ReceivedFile,
  receivedFileSchema,
} from './import-options.ts'

/** Where the files of a batch lie, and where its refused records are written. */
export const batchFolder = (dataDir: string, batchId: string): string =>
  path.join(dataDir, 'imports', batchId)

export interface NewBatch {
  projectId: string
  id?: string
  source: string
  options: ImportOptions
  files: ReceivedFile[]
  createdBy: string
  now: number
}

/** Notes what was received; nothing is imported before `startBatch`. */
export async function insertBatch(trx: Tx, batch: NewBatch): Promise<string> {
  const id = batch.id ?? newId()
  await trx
    .insertInto('import_batch')
    .values({
      project_id: batch.projectId,
      id,
      source: batch.source,
      format: batch.options.format,
      options: printJson(batch.options),
      files: printJson(batch.files),
      status: 'received',
      sources: '[]',
      counts: printJson(noCounts()),
      job_id: null,
      created_by: batch.createdBy,
      created_at: batch.now,
      finished_at: null,
    })
    .execute()
  return id
}

/** Queues the import of a received batch. False when it was started before. */
export async function startBatch(
  trx: Tx,
  options: {
    projectId: string
    batchId: string
    options?: ImportOptions
    source?: string
    now: number
  },
): Promise<boolean> {
  const { projectId, batchId, now } = options
  const started = await trx
    .updateTable('import_batch')
    .set({
      status: 'queued',
      options: options.options && printJson(options.options),
      format: options.options?.format,
      source: options.source,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', batchId)
    .where('status', '=', 'received')
    .returning('id')
    .executeTakeFirst()
  if (!started) return false
  const jobId = await enqueueJob(trx, { projectId, kind: 'import', input: { batchId }, now })
  await trx
    .updateTable('import_batch')
    .set({ job_id: jobId ?? null })
    .where('project_id', '=', projectId)
    .where('id', '=', batchId)
    .execute()
  return true
}

/** Forgets a received batch that was never started, with its files. */
export async function discardBatch(
  db: Db,
  { projectId, batchId, dataDir }: { projectId: string; batchId: string; dataDir: string },
): Promise<void> {
  const discarded = await inTransaction(db, (trx) =>
    trx
      .updateTable('import_batch')
      .set({ status: 'cancelled' })
      .where('project_id', '=', projectId)
      .where('id', '=', batchId)
      .where('status', '=', 'received')
      .returning('id')
      .executeTakeFirst(),
  )
  if (discarded) await rm(batchFolder(dataDir, batchId), { recursive: true, force: true })
}

const columns = [
  'id',
  'source',
  'format',
  'options',
  'files',
  'sources',
  'status',
  'counts',
  'job_id',
  'created_at',
  'finished_at',
] as const

type BatchRow = Awaited<ReturnType<typeof selectBatch>>

const selectBatch = (db: Queries, projectId: string, id: string) =>
  db
    .selectFrom('import_batch')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()

const toBatch = (row: NonNullable<BatchRow>) => ({
  ...row,
  options: importOptionsSchema.parse(JSON.parse(row.options)),
  files: z.array(receivedFileSchema).parse(JSON.parse(row.files)),
  sources: z.array(z.string()).parse(JSON.parse(row.sources)),
  counts: importCountsSchema.parse(JSON.parse(row.counts)),
})

export type Batch = ReturnType<typeof toBatch>

export async function findBatch(
  db: Queries,
  projectId: string,
  id: string,
): Promise<Batch | undefined> {
  const row = await selectBatch(db, projectId, id)
  return row && toBatch(row)
}

/** The batches of a project in the order of their ids, after one of them; those thrown away left out. */
export async function listBatchesAfter(
  db: Queries,
  projectId: string,
  { after = '', limit }: { after?: string; limit: number },
): Promise<Batch[]> {
  const rows = await db
    .selectFrom('import_batch')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('status', '!=', 'cancelled')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toBatch)
}

/** The newest batches of a project, those thrown away left out. */
export async function listBatches(db: Queries, projectId: string, limit = 50): Promise<Batch[]> {
  const rows = await db
    .selectFrom('import_batch')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('status', '!=', 'cancelled')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toBatch)
}

/** Refused records in the order they were met. */
export const listRefusals = (
  db: Queries,
  {
    projectId,
    batchId,
    after = -1,
    limit = 100,
  }: { projectId: string; batchId: string; after?: number; limit?: number },
) =>
  db
    .selectFrom('import_refusal')
    .select(['ordinal', 'file', 'line', 'field', 'reason', 'raw', 'byte_offset', 'byte_length'])
    .where('project_id', '=', projectId)
    .where('batch_id', '=', batchId)
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .limit(limit)
    .execute()

export type Refusal = Awaited<ReturnType<typeof listRefusals>>[number]
