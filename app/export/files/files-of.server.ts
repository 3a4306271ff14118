/** The files of a folder on this machine. */
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { StoredFile } from './snapshot-store.ts'

/** A file of a folder with its size; undefined for one that is not there. */
export async function sizeOf(folder: string, name: string): Promise<StoredFile | undefined> {
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
