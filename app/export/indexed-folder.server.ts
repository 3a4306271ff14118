/** In: a snapshot, wherever it is stored. Out: a folder of this machine that has its index. */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { newId } from '#app/base/ids.ts'
import type { SnapshotPlace, SnapshotStore } from './files/snapshot-store.ts'
import { indexPath } from './row-index.ts'
import { snapshotFolder } from './snapshots.server.ts'

/** Where snapshots are, and where a copy of their indexes may be kept. */
export interface Stored {
  dataDir: string
  snapshots: SnapshotStore
}

/** The folder of a snapshot with its index in it, fetched where it is not there yet. */
export async function indexedFolder(
  { dataDir, snapshots }: Stored,
  place: SnapshotPlace,
): Promise<string> {
  const folder = snapshotFolder(dataDir, place.projectId, place.snapshotId)
  const index = path.join(folder, indexPath)
  if (existsSync(index)) return folder
  // Raw judgments have no index anywhere.
  if (!(await snapshots.stat(place, indexPath))) return folder
  await mkdir(path.dirname(index), { recursive: true })
  const partial = `${index}.${newId()}`
  try {
    await pipeline(await snapshots.read(place, indexPath), createWriteStream(partial))
    await rename(partial, index)
  } finally {
    await rm(partial, { force: true })
  }
  return folder
}

/** Keeps the index alone of a folder whose files are all in a store elsewhere. */
export async function keepIndexAlone(folder: string): Promise<void> {
  const kept = new Set([indexPath, path.posix.dirname(indexPath)])
  const names = existsSync(folder) ? await readdir(folder, { recursive: true }) : []
  for (const name of names.map((one) => one.split(path.sep).join('/'))) {
    if (!kept.has(name)) await rm(path.join(folder, name), { recursive: true, force: true })
  }
}
