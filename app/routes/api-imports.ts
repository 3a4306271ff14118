/** Scripts upload a file as the raw body; the import starts at once. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { newId } from '#app/base/ids.ts'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { batchFolder, findBatch, insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { problemOf } from '#app/import/import-record.ts'
import { findReader } from '#app/import/readers.ts'
import { receiveBody } from '#app/import/receive-file.server.ts'
import { inTransaction } from '#db/open.ts'

export const loader = () => {
  throw apiProblem(405, 'Not possible', 'Send the file with POST.')
}

export async function action(args: ActionFunctionArgs) {
  const { project, actor } = await requireApiRole(args, 'import')
  const { context, request } = args
  if (request.method !== 'POST') throw loader()
  const asked = new URL(request.url).searchParams
  const options = importOptionsSchema.safeParse({
    campaign: asked.get('campaign') ?? undefined,
    format: asked.get('format') ?? undefined,
    encoding: asked.get('encoding') ?? undefined,
    rate: asked.get('rate') ?? undefined,
  })
  if (!options.success) {
    const { field, reason } = problemOf(options.error)
    return apiProblem(400, 'Not understood', `The parameter "${field}" is not valid: ${reason}`)
  }
  const { format } = options.data
  if (format !== 'auto' && !findReader(format)) {
    return apiProblem(400, 'Unknown format', `No format is called "${format}".`)
  }
  const id = newId()
  const received = await receiveBody(request, {
    folder: batchFolder(context.dataDir, id),
    mostBytes: context.mostUploadBytes,
    name: asked.get('name') ?? 'upload.jsonl',
  })
  if (!received.ok) return apiProblem(400, 'Not received', received.reason)
  const now = context.now()
  const scope = { projectId: project.id, batchId: id }
  await inTransaction(context.db, async (trx) => {
    await insertBatch(trx, {
      projectId: project.id,
      id,
      source: asked.get('source') ?? 'default',
      options: options.data,
      files: [received.file],
      createdBy: actor,
      now,
    })
    await startBatch(trx, { ...scope, now })
  })
  const batch = await findBatch(context.db.write, project.id, id)
  return Response.json({ import: id, job: batch?.job_id ?? null }, { status: 202 })
}
