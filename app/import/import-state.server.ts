/** In: imports and their jobs. Out: how each stands, and what one that ended early has kept. */
import type { JobStatus, Queries } from '#db/schema.ts'
import { type Batch, listBatches } from './batches.server.ts'
import { type ImportCounts, type ImportOptions, importOptionsSchema } from './import-options.ts'
import { walkSchema } from './import-walk.ts'

export type ImportState =
  | 'received'
  | 'waiting'
  | 'running'
  | 'paused'
  | 'done'
  | 'failed'
  | 'cancelled'

/** How an import stands: by its job, from when it was started until it is done. */
export function stateOf(
  status: Batch['status'],
  job: { status: JobStatus } | undefined,
): ImportState {
  if (status !== 'queued') return status
  if (job === undefined || job.status === 'queued') return 'waiting'
  return job.status
}

/** The newest imports of a project with how each stands. */
export async function listImports(db: Queries, projectId: string) {
  const batches = await listBatches(db, projectId)
  const ids = batches.flatMap(({ job_id }) => (job_id === null ? [] : [job_id]))
  const jobs = ids.length === 0 ? [] : await selectJobs(db, projectId, ids)
  return batches.map((batch) => {
    const job = jobs.find(({ id }) => id === batch.job_id)
    const counts = batch.status === 'done' ? batch.counts : keptSoFar(batch, job)
    return { ...batch, counts, state: stateOf(batch.status, job), job }
  })
}

const selectJobs = (db: Queries, projectId: string, ids: readonly string[]) =>
  db
    .selectFrom('job')
    .select(['id', 'status', 'done', 'total', 'cursor', 'input'])
    .where('project_id', '=', projectId)
    .where('id', 'in', ids)
    .execute()

const keptSoFar = (batch: Batch, job: { cursor: string | null } | undefined): ImportCounts =>
  job?.cursor ? walkSchema.parse(JSON.parse(job.cursor)).counts : batch.counts

/** What an import has kept, whether it ended or not. */
export async function countsSoFar(
  db: Queries,
  projectId: string,
  batch: Batch,
): Promise<ImportCounts> {
  if (batch.status === 'done' || batch.job_id === null) return batch.counts
  const [job] = await selectJobs(db, projectId, [batch.job_id])
  return keptSoFar(batch, job)
}

/** The choices that a rehearsal was asked for with. */
export async function optionsOfRehearsal(
  db: Queries,
  projectId: string,
  jobId: string,
): Promise<ImportOptions | undefined> {
  const [job] = await selectJobs(db, projectId, [jobId])
  return job && importOptionsSchema.parse(JSON.parse(job.input).options)
}
