/** The job process: started by the server when the database is embedded, or by `npm run worker`. */
import { hostname } from 'node:os'
import process from 'node:process'
import { pino } from 'pino'
import { inTransaction, openDb } from '#db/open.ts'
import { readConfiguration } from './configuration.server.ts'
import { openStore } from './export/files/open-store.server.ts'
import { keepSnapshots } from './export/scheduled-snapshots.server.ts'
import { jobHandlersWith } from './job-handlers.server.ts'
import { freeJobsOf } from './jobs/jobs.server.ts'
import { repeat } from './jobs/repeat.server.ts'
import { runJobs } from './jobs/run-jobs.server.ts'
import { stepBack } from './jobs/step-back.server.ts'
import { keepMeasured, keepStandings } from './measure/keep-measured.server.ts'
import { runDeliveries } from './notify/deliver-webhooks.server.ts'

/**
 * A busy server writes some hundred pages of log in a second, many of them again and again. Writing them
 * into the file keeps whoever saves then waiting for the disk, so that it is not done oftener than needed.
 */
const checkpointEveryMs = 5_000

/** Whether a holder was a process of this machine that is no more. */
function isDead(holder: string): boolean {
  const [host, pid] = holder.split(':')
  if (host !== hostname() || pid === undefined || Number(pid) === process.pid) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Runs jobs and standing duties until it is asked to stop, then ends the process. */
export async function runWorker(): Promise<void> {
  stepBack()

  const configuration = readConfiguration(process.env)
  const log = pino({ name: 'worker' })
  const db = openDb({ url: configuration.databaseUrl, durability: 'normal', connections: 4 })
  const snapshots = await openStore(configuration)
  const stop = new AbortController()

  process.on('SIGTERM', () => stop.abort())
  process.on('SIGINT', () => stop.abort())
  process.on('disconnect', () => stop.abort())

  await inTransaction(db, (trx) => freeJobsOf(trx, isDead))
  const onLoopError = (error: unknown) => log.error({ err: error }, 'a standing duty failed')
  const standing = { signal: stop.signal, onError: onLoopError }
  const duties = [
    repeat({ everyMs: checkpointEveryMs, ...standing }, () => db.checkpoint()),
    runDeliveries({
      db,
      allowsPrivate: configuration.allowsPrivateWebhooks,
      ...standing,
    }),
    keepMeasured({ db, ...standing }),
    keepStandings({ db, ...standing }),
    keepSnapshots({ db, ...standing }),
  ]
  await runJobs({
    db,
    dataDir: configuration.dataDir,
    mostRecordBytes: configuration.mostRecordBytes,
    handlers: jobHandlersWith(snapshots),
    holder: `${hostname()}:${process.pid}`,
    signal: stop.signal,
    onError: (error, job) => log.error({ err: error, job: job.id, kind: job.kind }, 'job failed'),
  })
  await Promise.all(duties)
  await db.close()
  process.exit(0)
}
