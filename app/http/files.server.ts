/** Refused records and events, served beside Remix at the pace of whoever reads. */
import path from 'node:path'
import type { RequestHandler } from 'express'
import { findBatch } from '#app/import/batches.server.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import type { AppContext } from './context.ts'
import { admit, guarded, refuse } from './file-guard.server.ts'

type Shared = Pick<AppContext, 'db' | 'now' | 'dataDir'>

const sendOptions = (name: string) => ({
  acceptRanges: true,
  dotfiles: 'allow' as const,
  headers: {
    'Content-Disposition': `attachment; filename="${encodeURIComponent(name)}"`,
    'Cache-Control': 'private, max-age=0, must-revalidate',
    'X-Content-Type-Options': 'nosniff',
  },
})

/** The refused records of an import, to be mended and imported again. */
export const sendRefusedFile = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admit(shared, request, response, 'import')
    if (!project) return
    const batch = await findBatch(shared.db.read, project.id, request.params.batch ?? '')
    const files = batch ? await listRefusedFiles(shared.dataDir, batch.id) : []
    const file = files[Number(request.query.file ?? 0)]
    if (!file) {
      refuse(response, 404, 'Nothing was refused there.')
      return
    }
    const options = { root: path.dirname(file), ...sendOptions(path.basename(file)) }
    response.sendFile(path.basename(file), options)
  })

const pollMs = 500
const commentMs = 15_000

/** A job's progress as server-sent events, until it ends or the reader leaves. */
export const sendJobEvents = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admit(shared, request, response, 'see-data')
    if (!project) return
    const jobId = request.params.job ?? ''
    if (!(await findJob(shared.db.read, project.id, jobId))) {
      refuse(response, 404, 'There is no such job.')
      return
    }
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    })
    let last = ''
    const poll = async () => {
      const job = await findJob(shared.db.read, project.id, jobId)
      const now = JSON.stringify(job)
      if (now !== last) response.write(`data: ${now}\n\n`)
      last = now
      if (job?.status !== 'queued' && job?.status !== 'running') response.end()
    }
    const timer = setInterval(() => poll().catch(() => response.end()), pollMs)
    const comment = setInterval(() => response.write(': still here\n\n'), commentMs)
    response.once('close', () => {
      clearInterval(timer)
      clearInterval(comment)
    })
    await poll()
  })
