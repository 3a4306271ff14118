/** A snapshot as one zip archive, packed as it is read. */
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { SnapshotPlace, SnapshotStore, StoredFile } from './snapshot-store.ts'

/** What is packed tight already is stored as it is. */
const packed = /\.(?:parquet|gz)$/

/** Packs files in their order; each is opened when its turn comes. */
export function zipSnapshot(
  store: SnapshotStore,
  place: SnapshotPlace,
  files: readonly StoredFile[],
): Readable {
  const zip = new ZipFile()
  const archive = zip.outputStream as Readable
  // A file that cannot be read ends the archive in the middle, rather than leave it waiting.
  zip.on('error', (error: Error) => archive.destroy(error))
  for (const { path } of files) {
    zip.addReadStreamLazy(path, { compress: !packed.test(path) }, (done) => {
      store.read(place, path).then(
        (stream) => done(null, stream),
        (error: unknown) => archive.destroy(error as Error),
      )
    })
  }
  zip.end()
  return archive
}
