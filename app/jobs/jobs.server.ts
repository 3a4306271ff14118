/** Work that outlives a request: what is asked for goes in, what became of it comes out. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { skipLocked } from '#db/dialects/portable.ts'
import type { JobStatus, Queries, Tx } from '#db/schema.ts'

export const leaseMs = 30_000
/** A job whose process died this often without getting any further is not tried again. */
export const mostAttempts = 12

export interface Job {
  project_id: string
  id: string
  kind: string
  input: string
  cursor: string | null
  attempts: number
}

export interface NewJob {
  projectId: string
  kind: string
  input: unknown
  /** While a job with the same key is queued, asking again does nothing. */
  dedupeKey?: string
  /** When it is to be run at the soonest; at once when absent. */
  runAfter?: number
  now: number
}

/** Queues a job and gives its id; undefined when the same one is queued already. */
export async function enqueueJob(trx: Tx, job: NewJob): Promise<string | undefined> {
  const made = await trx
    .insertInto('job')
    .values(newRow(job))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** A job that this process runs at once; if the process dies, a worker goes on with it. */
export async function insertHeldJob(trx: Tx, job: NewJob & { holder: string }): Promise<Job> {
  return trx
    .insertInto('job')
    .values({
      ...newRow(job),
      status: 'running',
      leased_by: job.holder,
      lease_until: job.now + leaseMs,
      started_at: job.now,
      attempts: 1,
    })
    .returning(['project_id', 'id', 'kind', 'input', 'cursor', 'attempts'])
    .executeTakeFirstOrThrow()
}

function newRow({ projectId, kind, input, dedupeKey, runAfter, now }: NewJob) {
  return {
    project_id: projectId,
    id: newId(),
    kind,
    input: printJson(input),
    status: 'queued' as const,
    dedupe_key: dedupeKey ?? null,
    run_after: runAfter ?? now,
    lease_until: null,
    leased_by: null,
    attempts: 0,
    cursor: null,
    done: 0,
    total: 0,
    note: '',
    result: null,
    error: null,
    created_at: now,
    started_at: null as number | null,
    finished_at: null,
  }
}

/** Takes the oldest job that waits, or one whose holder stopped answering. */
export async function claimJob(
  trx: Tx,
  { holder, now }: { holder: string; now: number },
): Promise<Job | undefined> {
  const lapsed = await trx
    .selectFrom('job')
    .select(['project_id', 'id'])
    .where('status', '=', 'running')
    .where('lease_until', '<', now)
    .orderBy('lease_until')
    .limit(1)
    .$call((query) => skipLocked(trx, query))
    .executeTakeFirst()
  const next =
    lapsed ??
    (await trx
      .selectFrom('job')
      .select(['project_id', 'id'])
      .where('status', '=', 'queued')
      .where('run_after', '<=', now)
      .orderBy('run_after')
      .orderBy('id')
      .limit(1)
      .$call((query) => skipLocked(trx, query))
      .executeTakeFirst())
  if (!next) return undefined
  return trx
    .updateTable('job')
    .set((eb) => ({
      status: 'running',
      leased_by: holder,
      lease_until: now + leaseMs,
      attempts: eb('attempts', '+', 1),
      started_at: eb.fn.coalesce('started_at', eb.lit(now)),
    }))
    .where('project_id', '=', next.project_id)
    .where('id', '=', next.id)
    .returning(['project_id', 'id', 'kind', 'input', 'cursor', 'attempts'])
    .executeTakeFirst()
}

export interface Progress {
  done?: number
  total?: number
  note?: string
  cursor?: unknown
}

/** Saves how far a job is and keeps its lease. False when it is no longer this holder's to run. */
export async function saveProgress(
  db: Queries,
  job: Pick<Job, 'project_id' | 'id'>,
  { holder, progress, now }: { holder: string; progress: Progress; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({
      lease_until: now + leaseMs,
      // A process that dies again and again is given up only while it gets nowhere.
      attempts: progress.cursor === undefined ? undefined : 1,
      done: progress.done,
      total: progress.total,
      note: progress.note,
      cursor: progress.cursor === undefined ? undefined : printJson(progress.cursor),
    })
    .where('project_id', '=', job.project_id)
    .where('id', '=', job.id)
    .where('status', '=', 'running')
    .where('leased_by', '=', holder)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** What a person may ask of a job, and in which states it can be done. */
export const jobRequests = {
  pause: { from: ['queued', 'running'], to: 'paused' },
  resume: { from: ['paused'], to: 'queued' },
  cancel: { from: ['queued', 'running', 'paused', 'failed'], to: 'cancelled' },
  retry: { from: ['failed', 'cancelled'], to: 'queued' },
} as const satisfies Record<string, { from: readonly JobStatus[]; to: JobStatus }>

export type JobRequest = keyof typeof jobRequests

/**
 * Pauses, resumes, cancels or retries a job. What it has written stays, with the place it reached,
 * so that resuming and retrying go on from there. False when the job is in no state for it.
 */
export async function askOfJob(
  trx: Tx,
  job: { projectId: string; id: string },
  { request, now }: { request: JobRequest; now: number },
): Promise<boolean> {
  const { from, to } = jobRequests[request]
  const { numUpdatedRows } = await trx
    .updateTable('job')
    .set({
      status: to,
      lease_until: null,
      leased_by: null,
      ...(to === 'queued' ? { run_after: now, attempts: 0, error: null, finished_at: null } : {}),
      ...(to === 'cancelled' ? { finished_at: now } : {}),
    })
    .where('project_id', '=', job.projectId)
    .where('id', '=', job.id)
    .where('status', 'in', from)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets go of the jobs whose holders are known to be dead, so that nobody waits for their leases. */
export async function freeJobsOf(trx: Tx, isDead: (holder: string) => boolean): Promise<void> {
  const held = await trx
    .selectFrom('job')
    .select(['project_id', 'id', 'leased_by'])
    .where('status', '=', 'running')
    .execute()
  for (const job of held.filter(({ leased_by }) => leased_by !== null && isDead(leased_by))) {
    await trx
      .updateTable('job')
      .set({ lease_until: 0 })
      .where('project_id', '=', job.project_id)
      .where('id', '=', job.id)
      .where('leased_by', '=', job.leased_by)
      .execute()
  }
}

/** Ends a job: done with a result, or failed with words for people. */
export async function endJob(
  db: Queries,
  job: Pick<Job, 'project_id' | 'id'>,
  end: { holder: string; now: number } & ({ result: unknown } | { error: string }),
): Promise<void> {
  await db
    .updateTable('job')
    .set({
      ...('error' in end
        ? { status: 'failed' as const, error: end.error }
        : { status: 'done' as const, result: printJson(end.result) }),
      finished_at: end.now,
      lease_until: null,
    })
    .where('project_id', '=', job.project_id)
    .where('id', '=', job.id)
    .where('leased_by', '=', end.holder)
    .where('status', '=', 'running')
    .execute()
}

const jobColumns = [
  'id',
  'kind',
  'status',
  'done',
  'total',
  'note',
  'result',
  'error',
  'created_at',
  'started_at',
  'finished_at',
] as const

export const findJob = (db: Queries, projectId: string, id: string) =>
  db
    .selectFrom('job')
    .select(jobColumns)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()

export type JobState = NonNullable<Awaited<ReturnType<typeof findJob>>>

/** The newest job of a kind in a project. */
export const findNewestJob = (db: Queries, projectId: string, kind: string) =>
  db
    .selectFrom('job')
    .select(jobColumns)
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The newest job of a kind that was asked for with a key. */
export const findNewestJobFor = (db: Queries, projectId: string, kind: string, key: string) =>
  db
    .selectFrom('job')
    .select(jobColumns)
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where('dedupe_key', '=', key)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
