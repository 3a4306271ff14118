/** In: a queue of jobs and a function for each kind. Out: jobs that are done, or say why not. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '#db/open.ts'
import { inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import {
  claimJob,
  endJob,
  type Job,
  leaseMs,
  mostAttempts,
  type Progress,
  saveProgress,
} from './jobs.server.ts'

export interface JobContext {
  db: Db
  job: Job
  dataDir: string
  /** The longest record that an import reads; absent for the usual limit. */
  mostRecordBytes?: number | undefined
  /** Aborted when the process is asked to stop or the job is no longer ours. */
  signal: AbortSignal
  /** Saves progress by itself. */
  report: (progress: Progress) => Promise<void>
  /** Saves progress in the transaction of what was written, so that both are kept or neither. */
  reportWithin: (trx: Tx, progress: Progress) => Promise<void>
}

/** What runs a job of one kind; it may be killed at any point and run again from its cursor. */
export type JobHandler = (context: JobContext) => Promise<unknown>
export type JobHandlers = Record<string, JobHandler>

/** An end that people caused and can mend: its message is shown as it is. */
export class JobProblem extends Error {}

class JobLost extends Error {}

interface RunOptions {
  db: Db
  dataDir: string
  mostRecordBytes?: number
  handlers: JobHandlers
  holder: string
  signal: AbortSignal
  onError: (error: unknown, job: Job) => void
}

/** Runs one job that this holder has, keeping its lease alive, and records how it ended. */
export async function runJob(job: Job, options: RunOptions): Promise<void> {
  const { db, holder } = options
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, options.signal])
  const save = async (connection: Db['write'] | Tx, progress: Progress) => {
    const isOurs = await saveProgress(connection, job, { holder, progress, now: Date.now() })
    if (isOurs) return
    stop.abort()
    throw new JobLost()
  }
  const heartbeat = setInterval(() => {
    save(db.write, {}).catch(() => {})
  }, leaseMs / 3)
  try {
    const handler = options.handlers[job.kind]
    if (!handler) throw new JobProblem(`This version does not know how to do "${job.kind}".`)
    if (job.attempts > mostAttempts) {
      throw new JobProblem('It was tried several times and its process died each time.')
    }
    const result = await handler({
      db,
      job,
      dataDir: options.dataDir,
      mostRecordBytes: options.mostRecordBytes,
      signal,
      report: (progress) => save(db.write, progress),
      reportWithin: save,
    })
    await endJob(db.write, job, { holder, now: Date.now(), result: result ?? null })
  } catch (error) {
    if (error instanceof JobLost || signal.aborted) return
    const isOurs = error instanceof JobProblem
    if (!isOurs) options.onError(error, job)
    const words = isOurs ? error.message : 'Something went wrong on our side; the log says what.'
    await endJob(db.write, job, { holder, now: Date.now(), error: words })
  } finally {
    clearInterval(heartbeat)
  }
}

const idleMs = 250

/** Runs jobs one after another until asked to stop. */
export async function runJobs(options: RunOptions): Promise<void> {
  const { db, holder, signal } = options
  while (!signal.aborted) {
    const job = await inTransaction(db, (trx) => claimJob(trx, { holder, now: Date.now() })).catch(
      (error: unknown) => {
        console.error('No job could be taken:', error)
        return undefined
      },
    )
    if (job) await runJob(job, options)
    else await sleep(idleMs, undefined, { signal }).catch(() => {})
  }
}
