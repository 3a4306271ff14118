/** The files of snapshots, one by one or all together, served beside Remix. */
import type { RequestHandler } from 'express'
import { zipSnapshot } from '#app/export/files/zip-snapshot.server.ts'
import type { Manifest } from '#app/export/manifest.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import type { AppContext } from './context.ts'
import { admit, guarded, refuse } from './file-guard.server.ts'
import { sendStored, sendStream } from './send-stored.server.ts'

type Shared = Pick<AppContext, 'db' | 'now' | 'snapshots'>

const noSuchFile = 'There is no such file.'

/** A file of a snapshot that is ready. */
export const sendSnapshotFile = (shared: Shared): RequestHandler =>
  guarded(async (request, response) => {
    const project = await admit(shared, request, response, 'export')
    if (!project) return
    const { db, snapshots } = shared
    const wanted = request.params[0] ?? ''
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
    const project = await admit(shared, request, response, 'export')
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
