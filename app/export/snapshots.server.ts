/** Snapshots: asked for, found, described; once frozen, their rows are never altered. */
import path from 'node:path'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { findDataset } from './datasets.server.ts'
import type { Manifest } from './manifest.ts'
import { recipeSchema } from './recipe.ts'

/** Queues a snapshot of a dataset as it is now, and gives the snapshot's id. */
export async function askForSnapshot(
  trx: Tx,
  options: {
    projectId: string
    datasetId: string
    createdBy: string
    now: number
    description?: string
  },
): Promise<string> {
  const { projectId, datasetId, createdBy, now, description = '' } = options
  const dataset = await findDataset(trx, projectId, datasetId)
  if (!dataset) throw new Error('The dataset is gone.')
  const { number } = await trx
    .selectFrom('snapshot')
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('number'))
    .where('project_id', '=', projectId)
    .where('dataset_id', '=', datasetId)
    .executeTakeFirstOrThrow()
  const id = newId()
  const jobId = await enqueueJob(trx, {
    projectId,
    kind: 'snapshot',
    input: { snapshotId: id },
    now,
  })
  await trx
    .insertInto('snapshot')
    .values({
      project_id: projectId,
      id,
      dataset_id: datasetId,
      number: number + 1,
      status: 'queued',
      manifest: null,
      sha256: null,
      row_count: null,
      job_id: jobId ?? null,
      recipe: printJson(recipeSchema.parse(dataset)),
      description,
      deprecated_at: null,
      deprecated_reason: null,
      problem: null,
      created_by: createdBy,
      created_at: now,
      finished_at: null,
    })
    .execute()
  return id
}

/** Where the files of a snapshot lie. */
export const snapshotFolder = (dataDir: string, projectId: string, snapshotId: string): string =>
  path.join(dataDir, 'exports', projectId, snapshotId)

export interface Snapshot {
  id: string
  datasetId: string
  number: number
  status: 'queued' | 'ready' | 'failed'
  manifest: Manifest | null
  sha256: string | null
  rows: number | null
  jobId: string | null
  description: string
  deprecatedAt: number | null
  deprecatedReason: string | null
  problem: string | null
  createdAt: number
  finishedAt: number | null
}

const columns = [
  'id',
  'dataset_id',
  'number',
  'status',
  'manifest',
  'sha256',
  'row_count',
  'job_id',
  'description',
  'deprecated_at',
  'deprecated_reason',
  'problem',
  'created_at',
  'finished_at',
] as const

const selected = (db: Queries, projectId: string) =>
  db.selectFrom('snapshot').select(columns).where('project_id', '=', projectId)

type Row = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number]

const told = (row: Row): Snapshot => ({
  id: row.id,
  datasetId: row.dataset_id,
  number: row.number,
  status: row.status,
  manifest: row.manifest === null ? null : (JSON.parse(row.manifest) as Manifest),
  sha256: row.sha256,
  rows: row.row_count,
  jobId: row.job_id,
  description: row.description,
  deprecatedAt: row.deprecated_at,
  deprecatedReason: row.deprecated_reason,
  problem: row.problem,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
})

/** The snapshots of a dataset, the newest first. */
export async function listSnapshots(
  db: Queries,
  projectId: string,
  datasetId: string,
  { before, limit = 100 }: { before?: number; limit?: number } = {},
): Promise<Snapshot[]> {
  const rows = await selected(db, projectId)
    .where('dataset_id', '=', datasetId)
    .$if(before !== undefined, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(told)
}

/** The snapshots of a dataset after a number, in the order in which they were asked for. */
export async function listSnapshotsAfter(
  db: Queries,
  { projectId, datasetId }: { projectId: string; datasetId: string },
  { after = 0, limit }: { after?: number | undefined; limit: number },
): Promise<Snapshot[]> {
  const rows = await selected(db, projectId)
    .where('dataset_id', '=', datasetId)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(told)
}

export async function findSnapshot(
  db: Queries,
  projectId: string,
  id: string,
): Promise<Snapshot | undefined> {
  const row = await selected(db, projectId).where('id', '=', id).executeTakeFirst()
  return row && told(row)
}

interface Named {
  projectId: string
  snapshotId: string
}

/** Says what a snapshot is for; its rows and its hash stay as they are. */
export const describeSnapshot = (
  db: Queries,
  { projectId, snapshotId, description }: Named & { description: string },
) =>
  db
    .updateTable('snapshot')
    .set({ description })
    .where('project_id', '=', projectId)
    .where('id', '=', snapshotId)
    .execute()

/** Warns off a snapshot, or takes the warning back where no reason is given. */
export const deprecateSnapshot = (
  db: Queries,
  { projectId, snapshotId, reason, now }: Named & { reason: string | null; now: number },
) =>
  db
    .updateTable('snapshot')
    .set({ deprecated_at: reason === null ? null : now, deprecated_reason: reason })
    .where('project_id', '=', projectId)
    .where('id', '=', snapshotId)
    .execute()
