/** Files and events, served beside Remix: with ranges, and at the pace of whoever reads. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import { mayDo, type Permission } from '#app/access/roles.ts'
import { zipFolder } from '#app/export/files/zip-folder.server.ts'
import { findReadySnapshot, snapshotFolder } from '#app/export/snapshots.server.ts'
import { findBatch } from '#app/import/batches.server.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import type { Project } from '#app/projects/projects.server.ts'
import type { AppContext } from './context.ts'
import { membership, personOfCookie } from './guards.server.ts'

type Shared = Pick<AppContext, 'db' | 'now' | 'dataDir'>

/** Answers for whoever may not come in; gives the project to those who may. */
async function admit(
  shared: Shared,
  request: Request,
  response: Response,
  permission: Permission,
): Promise<Project | undefined> {
  const person = await personOfCookie(request.headers.cookie, shared)
  if (!person) {
    refuse(response, 401, 'Sign in first.')
    return undefined
  }
  const found = await membership(shared, request.params.project ?? '', person)
  if (!found) {
    refuse(response, 404, 'There is no such file.')
    return undefined
  }
  if (mayDo({ roles: found.roles, isAdmin: person.isAdmin }, permission)) return found.project
  refuse(response, 403, 'This is not open to you.')
  return undefined
}

const refuse = (response: Response, status: number, words: string) =>
  response.status(status).type('text/plain').send(`${words}\n`)

const guarded =
  (run: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    run(request, response).catch(next)
  }

const sendOptions = (name: string) => ({
  acceptRanges: true,
  dotfiles: 'allow' as const,
  headers: {
    'Content-Disposition': `attachment; filename="${encodeURIComponent(name)}"`,
    'Cache-Control': 'private, max-age=0, must-revalidate',
    'X-Content-Type-Options': 'nosniff',
  },
})

/** A file of a snapshot that is ready. */
export const sendSnapshotFile = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admit(shared, request, response, 'export')
    if (!project) return
    const snapshot = await findReadySnapshot(
      shared.db.read,
      project.id,
      request.params.snapshot ?? '',
    )
    const root = snapshotFolder(shared.dataDir, project.id, snapshot?.id ?? '')
    const wanted = path.resolve(root, request.params[0] ?? '')
    const isInside = wanted.startsWith(root + path.sep)
    if (!snapshot || !isInside || !existsSync(wanted)) {
      refuse(response, 404, 'There is no such file.')
      return
    }
    const relative = path.relative(root, wanted)
    response.sendFile(relative, { root, ...sendOptions(path.basename(wanted)) })
  })

/** All files of a snapshot as one archive, packed as it is sent. */
export const sendSnapshotArchive = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admit(shared, request, response, 'export')
    if (!project) return
    const wanted = request.params.snapshot ?? ''
    const snapshot = await findReadySnapshot(shared.db.read, project.id, wanted)
    const root = snapshotFolder(shared.dataDir, project.id, snapshot?.id ?? '')
    if (!snapshot || !existsSync(root)) {
      refuse(response, 404, 'There is no such file.')
      return
    }
    response.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="snapshot-${snapshot.id}.zip"`,
      'Cache-Control': 'private, no-store',
    })
    await pipeline(await zipFolder(root), response)
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
