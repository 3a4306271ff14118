/** In: a file as the body of a request. Out: the file on disk and an import of it queued. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { z } from 'zod'
import { newId } from '#app/base/ids.ts'
import { batchFolder, findBatch, insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema, type ReceivedFile } from '#app/import/import-options.ts'
import { doOnce } from '#app/import/named-requests.server.ts'
import { findReader } from '#app/import/readers.ts'
import { receiveBody } from '#app/import/receive-file.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import type { Given } from './define.server.ts'
import type { uploadQuery } from './import-schemas.ts'
import { keyUsedTwice, requestKey } from './request-key.ts'

type Upload = Given<z.ZodObject, typeof uploadQuery> & { request: Request }

interface Started {
  import: string
  job: string | null
}

/** Takes a file and starts its import. Throws a problem response where it cannot be taken. */
export async function receiveUpload(upload: Upload): Promise<Started> {
  const { query, context, request } = upload
  const { format } = query
  if (format !== 'auto' && !findReader(format)) {
    throw apiProblem(400, 'Unknown format', `No format is called "${format}".`)
  }
  const key = requestKey(request)
  const id = newId()
  const folder = batchFolder(context.dataDir, id)
  const { mostUploadBytes: mostBytes } = context
  const received = await receiveBody(request, { folder, mostBytes, name: query.name })
  if (!received.ok) throw apiProblem(400, 'Not received', received.reason)
  const start = (trx: Tx) => startImport(trx, upload, { id, file: received.file })
  if (key === null) return inTransaction(context.db, start)
  const { pathname, search } = new URL(request.url)
  const body = `POST ${pathname}${search}\n${await hashOf(received.file)}`
  const named = { projectId: upload.projectId, key, body, now: context.now() }
  const done = await doOnce(context.db, named, start)
  if (done.kind === 'new') return done.answer
  // The file came once more, and is there already.
  await rm(folder, { recursive: true, force: true })
  if (done.kind === 'other') throw keyUsedTwice(key, 'another file')
  return done.answer as Started
}

async function startImport(
  trx: Tx,
  { query, projectId, caller, context }: Upload,
  { id, file }: { id: string; file: ReceivedFile },
): Promise<Started> {
  const { name: _, source, ...options } = query
  const now = context.now()
  await insertBatch(trx, {
    projectId,
    id,
    source,
    options: importOptionsSchema.parse(options),
    files: [file],
    createdBy: caller.actor,
    now,
  })
  await startBatch(trx, { projectId, batchId: id, now })
  const batch = await findBatch(trx, projectId, id)
  return { import: id, job: batch?.job_id ?? null }
}

async function hashOf({ path }: ReceivedFile): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
