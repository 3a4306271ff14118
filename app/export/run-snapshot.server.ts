/** The job of a snapshot: writes its files and freezes it under their hash. */
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { announce } from '#app/notify/webhooks.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { findDataset } from './datasets.server.ts'
import type { SnapshotStore } from './files/snapshot-store.ts'
import { keepIndexAlone } from './indexed-folder.server.ts'
import { type Manifest, rowCountOf } from './manifest.ts'
import { recipeSchema } from './recipe.ts'
import { snapshotFolder } from './snapshots.server.ts'
import { writeDataset } from './write-dataset.server.ts'
import { BlockedDataset } from './write-rows.server.ts'

const inputSchema = z.object({ snapshotId: z.string() })

/** The job: writes the files of a snapshot, stores them, and freezes it once all of them are there. */
export const runSnapshot =
  (snapshots: SnapshotStore) =>
  (context: JobContext): Promise<{ rows: number }> =>
    makeSnapshot(context, snapshots)

async function makeSnapshot(
  context: JobContext,
  snapshots: SnapshotStore,
): Promise<{ rows: number }> {
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
      'snapshot.status',
      'snapshot.row_count',
      'snapshot.recipe',
      'snapshot.dataset_id',
      'dataset.name',
      'project.name as project_name',
    ])
    .where('snapshot.project_id', '=', projectId)
    .where('snapshot.id', '=', snapshotId)
    .executeTakeFirst()
  if (!snapshot) throw new JobProblem('The snapshot is gone.')
  const folder = snapshotFolder(dataDir, projectId, snapshotId)
  // The attempt before ended after it had frozen everything: what is frozen is not written again.
  if (snapshot.status === 'ready') {
    if (snapshots.isRemote) await keepIndexAlone(folder)
    return { rows: Number(snapshot.row_count ?? 0) }
  }
  const recipe =
    snapshot.recipe === null
      ? await findDataset(db.read, projectId, snapshot.dataset_id)
      : recipeSchema.parse(JSON.parse(snapshot.recipe))
  if (!recipe) throw new JobProblem('The dataset is gone.')
  const manifest = await writeDataset(db, {
    ...recipe,
    projectId,
    projectName: snapshot.project_name,
    name: snapshot.name,
    folder,
    onProgress: (prompts) => context.report({ done: prompts, note: 'prompts' }),
  }).catch(async (error: unknown) => {
    if (!(error instanceof BlockedDataset)) throw error
    await refuse(db.write, { projectId, snapshotId, problem: error.message })
    throw new JobProblem(`The snapshot was not made: ${error.message}`)
  })
  await snapshots.put({ projectId, snapshotId }, folder).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error)
    throw new JobProblem(`The files could not be stored: ${words} Try again once they can be.`)
  })
  const rows = rowCountOf(manifest)
  const now = Date.now()
  await inTransaction(db, async (trx) => {
    await freeze(trx, { projectId, snapshotId, manifest, rows, now })
    const data = {
      snapshot: snapshotId,
      dataset: snapshot.name,
      number: snapshot.number,
      target: recipe.target,
      sha256: manifest.sha256,
      rows,
    }
    await announce(trx, { projectId, event: 'snapshot.ready', about: snapshotId, data, now })
  })
  if (snapshots.isRemote) await keepIndexAlone(folder)
  return { rows }
}

const refuse = (
  db: Queries,
  { projectId, snapshotId, problem }: { projectId: string; snapshotId: string; problem: string },
) =>
  db
    .updateTable('snapshot')
    .set({ status: 'failed', problem, finished_at: Date.now() })
    .where('project_id', '=', projectId)
    .where('id', '=', snapshotId)
    .where('status', '!=', 'ready')
    .execute()

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
