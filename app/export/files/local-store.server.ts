/** Snapshots in the data folder: where the job writes them, they are. */
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { snapshotFolder } from '../snapshots.server.ts'
import { filesOf, sizeOf } from './files-of.server.ts'
import { type SnapshotPlace, type SnapshotStore, staysWithin } from './snapshot-store.ts'

/** Keeps snapshots in a data folder. */
export function localStore(dataDir: string): SnapshotStore {
  const folderOf = ({ projectId, snapshotId }: SnapshotPlace) =>
    snapshotFolder(dataDir, projectId, snapshotId)
  return {
    isRemote: false,
    // The job has written them here.
    put: async () => {},
    stat: async (place, name) => (staysWithin(name) ? sizeOf(folderOf(place), name) : undefined),
    read: async (place, name, range) => createReadStream(path.join(folderOf(place), name), range),
    list: async (place) => filesOf(folderOf(place)),
  }
}
