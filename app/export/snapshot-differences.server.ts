/** Two snapshots compared for a page: the counts, and the first rows that differ. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { newId } from '#app/base/ids.ts'
import {
  type DiffCounts,
  diffSnapshots,
  emptyCounts,
  type RowDifference,
} from './snapshot-diff.server.ts'
import { snapshotFolder } from './snapshots.server.ts'

export interface DifferencesAsked {
  dataDir: string
  projectId: string
  before: string
  after: string
}

export interface Differences extends DiffCounts {
  first: RowDifference[]
}

const mostShown = 200

/** Snapshots never change, so what was found once is kept beside them. */
export async function findDifferences(asked: DifferencesAsked): Promise<Differences> {
  const { dataDir, projectId, before, after } = asked
  const kept = path.join(dataDir, 'exports', projectId, 'differences', `${before}-${after}.json`)
  const known = await readKept(kept)
  if (known) return known
  const told = emptyCounts()
  const first: RowDifference[] = []
  const folders = [before, after].map((id) => snapshotFolder(dataDir, projectId, id))
  for await (const difference of diffSnapshots(folders[0] ?? '', folders[1] ?? '', told)) {
    if (first.length < mostShown) first.push(difference)
  }
  const found = { ...told, first }
  await mkdir(path.dirname(kept), { recursive: true })
  const partial = `${kept}.${newId()}`
  await writeFile(partial, JSON.stringify(found))
  await rename(partial, kept)
  return found
}

async function readKept(file: string): Promise<Differences | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Differences
  } catch {
    return undefined
  }
}
