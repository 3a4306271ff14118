import path from 'node:path'
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { announce } from '#app/notify/webhooks.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { policySchema, targets } from './policy.ts'
import { type Manifest, writeDataset } from './write-dataset.server.ts'

export const newDatasetSchema = z.object({
  name: z.string().trim().min(1, 'give the dataset a name').max(120),
  campaignId: z.string().min(1, 'choose a campaign'),
  target: z.enum(targets),
  policy: policySchema,
})
export type NewDataset = z.infer<typeof newDatasetSchema>

/** Makes a dataset: a recipe whose snapshots are frozen results. Undefined when the name is taken. */
export async function insertDataset(
  trx: Tx,
  options: { projectId: string; dataset: NewDataset; createdBy: string; now: number },
): Promise<string | undefined> {
  const { projectId, dataset, createdBy, now } = options
  const made = await trx
    .insertInto('dataset')
    .values({
      project_id: projectId,
      id: newId(),
      name: dataset.name,
      target: dataset.target,
      campaign_id: dataset.campaignId,
      policy: printJson(dataset.policy),
      created_by: createdBy,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** Queues a snapshot of a dataset as it is now, and gives the snapshot's id. */
export async function askForSnapshot(
  trx: Tx,
  options: { projectId: string; datasetId: string; createdBy: string; now: number },
): Promise<string> {
  const { projectId, datasetId, createdBy, now } = options
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

const inputSchema = z.object({ snapshotId: z.string() })

/** The job: writes the files of a snapshot and freezes it. */
export async function runSnapshot(context: JobContext): Promise<{ rows: number }> {
  const { db, job, dataDir } = context
  const projectId = job.project_id
  const { snapshotId } = inputSchema.parse(JSON.parse(job.input))
  const snapshot = await db.read
    .selectFrom('snapshot')
    .innerJoin('dataset', (join) =>
      join
        .onRef('dataset.project_id', '=', 'snapshot.project_id')
        .onRef('dataset.id', '=', 'snapshot.dataset_id'),
    )
    .innerJoin('project', 'project.id', 'snapshot.project_id')
    .select([
      'snapshot.number',
      'dataset.name',
      'dataset.target',
      'dataset.policy',
      'dataset.campaign_id',
      'project.name as project_name',
    ])
    .where('snapshot.project_id', '=', projectId)
    .where('snapshot.id', '=', snapshotId)
    .executeTakeFirst()
  if (!snapshot) throw new JobProblem('The snapshot is gone.')
  const manifest = await writeDataset(db.read, {
    projectId,
    projectName: snapshot.project_name,
    campaignId: snapshot.campaign_id,
    name: snapshot.name,
    target: z.enum(targets).parse(snapshot.target),
    policy: policySchema.parse(JSON.parse(snapshot.policy)),
    folder: snapshotFolder(dataDir, projectId, snapshotId),
    onProgress: (prompts) => context.report({ done: prompts, note: 'prompts' }),
  })
  const rows = manifest.files[0]?.rows ?? 0
  const now = Date.now()
  await inTransaction(db, async (trx) => {
    await freeze(trx, { projectId, snapshotId, manifest, rows, now })
    const { name, target, number } = snapshot
    const data = {
      snapshot: snapshotId,
      dataset: name,
      number,
      target,
      sha256: manifest.sha256,
      rows,
    }
    await announce(trx, { projectId, event: 'snapshot.ready', about: snapshotId, data, now })
  })
  return { rows }
}

async function freeze(
  trx: Tx,
  frozen: { projectId: string; snapshotId: string; manifest: Manifest; rows: number; now: number },
): Promise<void> {
  await trx
    .updateTable('snapshot')
    .set({
      status: 'ready',
      manifest: printJson(frozen.manifest),
      sha256: frozen.manifest.sha256,
      row_count: frozen.rows,
      finished_at: frozen.now,
    })
    .where('project_id', '=', frozen.projectId)
    .where('id', '=', frozen.snapshotId)
    .where('status', '!=', 'ready')
    .execute()
}

/** A project's datasets, the newest first, with how often each was frozen. */
export const listDatasets = (db: Queries, projectId: string) =>
  db
    .selectFrom('dataset')
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.project_id', '=', 'dataset.project_id')
        .onRef('campaign.id', '=', 'dataset.campaign_id'),
    )
    .select(['dataset.id', 'dataset.name', 'dataset.target', 'campaign.name as campaign'])
    .select((eb) =>
      eb
        .selectFrom('snapshot')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('snapshot.project_id', '=', 'dataset.project_id')
        .whereRef('snapshot.dataset_id', '=', 'dataset.id')
        .as('snapshots'),
    )
    .where('dataset.project_id', '=', projectId)
    .orderBy('dataset.id', 'desc')
    .limit(200)
    .execute()

export const findDataset = (db: Queries, projectId: string, id: string) =>
  db
    .selectFrom('dataset')
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.project_id', '=', 'dataset.project_id')
        .onRef('campaign.id', '=', 'dataset.campaign_id'),
    )
    .select([
      'dataset.id',
      'dataset.name',
      'dataset.target',
      'dataset.policy',
      'dataset.campaign_id',
      'campaign.name as campaign',
    ])
    .where('dataset.project_id', '=', projectId)
    .where('dataset.id', '=', id)
    .executeTakeFirst()

/** The snapshots of a dataset, the newest first. */
export async function listSnapshots(db: Queries, projectId: string, datasetId: string) {
  const rows = await db
    .selectFrom('snapshot')
    .select(['id', 'number', 'status', 'manifest', 'sha256', 'row_count', 'job_id', 'created_at'])
    .where('project_id', '=', projectId)
    .where('dataset_id', '=', datasetId)
    .orderBy('number', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    ...row,
    manifest: row.manifest === null ? null : (JSON.parse(row.manifest) as Manifest),
  }))
}

/** A snapshot that is ready to be downloaded. */
export const findReadySnapshot = (db: Queries, projectId: string, id: string) =>
  db
    .selectFrom('snapshot')
    .select(['id', 'sha256'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('status', '=', 'ready')
    .executeTakeFirst()
