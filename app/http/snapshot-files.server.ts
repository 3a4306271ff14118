/** The files of snapshots, one by one or all together, served beside Remix. */
import type { Request, RequestHandler, Response } from 'express'
import { zipSnapshot } from '#app/export/files/zip-snapshot.server.ts'
import type { Manifest } from '#app/export/manifest.ts'
import { archivePath } from '#app/export/snapshot-link.ts'
import { checkLink } from '#app/export/snapshot-links.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { findProjectBySlug, type Project } from '#app/projects/projects.server.ts'
import type { AppContext } from './context.ts'
import { admit, guarded, refuse } from './file-guard.server.ts'
import { sendStored, sendStream } from './send-stored.server.ts'

type Shared = Pick<AppContext, 'db' | 'now' | 'siteKey' | 'snapshots'>

const noSuchFile = 'There is no such file.'

const linkProblems = {
  expired: 'This link has expired; ask whoever sent it for a new one.',
  wrong: 'This link is not one of ours: something in it was changed.',
}

/** Lets in whoever comes by a link as far as the link leads; anybody else must be let in by name. */
async function admitToFile(
  shared: Shared,
  request: Request,
  response: Response,
  path: string,
): Promise<Project | undefined> {
  const { expires, signature } = request.query
  if (expires === undefined && signature === undefined) {
    return admit(shared, request, response, 'export')
  }
  const { project: slug = '', snapshot = '' } = request.params
  const project = await findProjectBySlug(shared.db.read, slug)
  const file = { projectId: project?.id ?? '', snapshotId: snapshot, path }
  const link = { expires: String(expires), signature: String(signature), now: shared.now() }
  const verdict = project ? checkLink(shared.siteKey, file, link) : 'wrong'
  if (verdict === 'good') return project
  refuse(response, 403, linkProblems[verdict])
  return undefined
}

/** A file of a snapshot that is ready. */
export const sendSnapshotFile = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const wanted = request.params[0] ?? ''
    const project = await admitToFile(shared, request, response, wanted)
    if (!project) return
    const { db, snapshots } = shared
    const snapshot = await findSnapshot(db.read, project.id, request.params.snapshot ?? '')
    const place = { projectId: project.id, snapshotId: snapshot?.id ?? '' }
    const isReady = snapshot?.status === 'ready' && snapshot.manifest !== null
    const file = isReady ? await snapshots.stat(place, wanted) : undefined
    if (!file || !snapshot?.manifest) {
      refuse(response, 404, noSuchFile)
      return
    }
    await sendStored(request, response, {
      ...file,
      etag: tagOf(snapshot.manifest, file),
      open: (range) => snapshots.read(place, file.path, range),
    })
  })

/** A file of rows goes by its own hash; what stands beside the rows, by theirs. */
function tagOf(manifest: Manifest, { path, bytes }: { path: string; bytes: number }): string {
  const listed = manifest.files.find((file) => file.path === path)
  return listed ? `"${listed.sha256}"` : `W/"${manifest.sha256.slice(0, 20)}-${bytes}"`
}

/** All files of a snapshot as one archive, packed as it is sent. */
export const sendSnapshotArchive = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admitToFile(shared, request, response, archivePath)
    if (!project) return
    const { db, snapshots } = shared
    const snapshot = await findSnapshot(db.read, project.id, request.params.snapshot ?? '')
    const place = { projectId: project.id, snapshotId: snapshot?.id ?? '' }
    const files = snapshot?.status === 'ready' ? await snapshots.list(place) : []
    if (files.length === 0) {
      refuse(response, 404, noSuchFile)
      return
    }
    response.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="snapshot-${place.snapshotId}.zip"`,
      'Cache-Control': 'private, no-store',
    })
    await sendStream(response, zipSnapshot(snapshots, place, files))
  })
