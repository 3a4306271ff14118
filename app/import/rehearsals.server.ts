/** In: a batch and how it is to be read. Out: a dry run that is asked for, and what it found. */
import { askOfJob, enqueueJob, findNewestJobFor } from '#app/jobs/jobs.server.ts'
import type { Queries, Tx } from '#db/schema.ts'
import type { ImportOptions } from './import-options.ts'
import { optionsOfRehearsal } from './import-state.server.ts'
import { type Rehearsal, rehearsalSchema } from './rehearse-import.server.ts'

const kind = 'rehearse-import'

interface OfBatch {
  projectId: string
  batchId: string
}

/** Ends a dry run of the batch that has not ended by itself. */
export async function endRehearsal(
  trx: Tx,
  { projectId, batchId, now }: OfBatch & { now: number },
): Promise<void> {
  const job = await findNewestJobFor(trx, projectId, kind, batchId)
  if (job) await askOfJob(trx, { projectId, id: job.id }, { request: 'cancel', now })
}

/** Asks for a dry run; one that was asked for with earlier choices gives way. */
export async function askForRehearsal(
  trx: Tx,
  { projectId, batchId, options, now }: OfBatch & { options: ImportOptions; now: number },
): Promise<void> {
  await endRehearsal(trx, { projectId, batchId, now })
  await enqueueJob(trx, { projectId, kind, input: { batchId, options }, dedupeKey: batchId, now })
}

/** The newest dry run of a batch: its choices, its job, and what it found once it is done. */
export async function findRehearsal(db: Queries, { projectId, batchId }: OfBatch) {
  const found = await findNewestJobFor(db, projectId, kind, batchId)
  const options = found && (await optionsOfRehearsal(db, projectId, found.id))
  if (!options) return null
  const { result, ...job } = found
  return { job, options, result: job.status === 'done' ? readResult(result) : null }
}

const readResult = (result: string | null): Rehearsal | null =>
  result === null ? null : rehearsalSchema.parse(JSON.parse(result))
