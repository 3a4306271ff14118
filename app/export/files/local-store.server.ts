/** Snapshots in the data folder: where the job writes them, they are. */
import { createReadStream, existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { snapshotFolder } from '../snapshots.server.ts'
import {
  type SnapshotPlace,
  type SnapshotStore,
  type StoredFile,
  staysWithin,
} from './snapshot-store.ts'

/** Keeps snapshots in a data folder. */
export function localStore(dataDir: string): SnapshotStore {
  const folderOf = ({ projectId, snapshotId }: SnapshotPlace) =>
    snapshotFolder(dataDir, projectId, snapshotId)
  return {
    // The job has written them here.
    put: async () => {},
    stat: async (place, name) => (staysWithin(name) ? sizeOf(folderOf(place), name) : undefined),
    read: async (place, name, range) => createReadStream(path.join(folderOf(place), name), range),
    list: async (place) => filesOf(folderOf(place)),
  }
}

async function sizeOf(folder: string, name: string): Promise<StoredFile | undefined> {
  const found = await stat(path.join(folder, name)).catch(() => undefined)
  return found?.isFile() ? { path: name, bytes: found.size } : undefined
}

/** All files of a folder, in the order of their names; none where it is not there. */
export async function filesOf(folder: string): Promise<StoredFile[]> {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort()
  const files = await Promise.all(names.map((name) => sizeOf(folder, name)))
  return files.filter((file) => file !== undefined)
}
