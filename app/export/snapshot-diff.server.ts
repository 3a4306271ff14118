/** In: the indexes of two snapshots. Out: which rows came, went and changed, and in what. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { type IndexEntry, indexPath } from './row-index.ts'
import type { Change } from './snapshot-changes.ts'
import { walkEntries } from './snapshot-rows.server.ts'

export interface RowDifference {
  id: string
  prompt: string
  config: string
  /** What changed; a row that came or went has nothing else. */
  changes: Change[]
  before: Pick<IndexEntry, 'verdict' | 'raters' | 'split'> | null
  after: Pick<IndexEntry, 'verdict' | 'raters' | 'split'> | null
}

export interface DiffCounts {
  same: number
  counts: Record<Change, number>
}

export const emptyCounts = (): DiffCounts => ({
  same: 0,
  counts: { added: 0, removed: 0, verdict: 0, raters: 0, split: 0, content: 0 },
})

/**
 * Walks two snapshots side by side, both being sorted by row id; memory holds one row of each. Counts
 * into `told` as it goes.
 */
export async function* diffSnapshots(
  beforeFolder: string,
  afterFolder: string,
  told: DiffCounts,
): AsyncGenerator<RowDifference> {
  const [before, after] = [linesOf(beforeFolder), linesOf(afterFolder)]
  let [old, now] = [await before.next(), await after.next()]
  while (!old.done || !now.done) {
    if (!old.done && !now.done && old.value === now.value) {
      told.same += 1
      ;[old, now] = [await before.next(), await after.next()]
      continue
    }
    const one = old.done ? null : parse(old.value)
    const other = now.done ? null : parse(now.value)
    const order = one === null ? 1 : other === null ? -1 : compared(one.id, other.id)
    const difference = differenceOf(order <= 0 ? one : null, order >= 0 ? other : null)
    if (difference === undefined) told.same += 1
    else {
      for (const change of difference.changes) told.counts[change] += 1
      yield difference
    }
    if (order <= 0) old = await before.next()
    if (order >= 0) now = await after.next()
  }
}

const linesOf = (folder: string): AsyncIterator<string> =>
  existsSync(path.join(folder, indexPath)) ? walkEntries(folder) : nothing()

async function* nothing(): AsyncGenerator<string> {}

const parse = (line: string): IndexEntry => JSON.parse(line) as IndexEntry

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function differenceOf(
  before: IndexEntry | null,
  after: IndexEntry | null,
): RowDifference | undefined {
  const row = after ?? before
  if (!row) return undefined
  const found: Change[] = []
  if (!before) found.push('added')
  else if (!after) found.push('removed')
  else {
    if (before.verdict !== after.verdict || before.config !== after.config) found.push('verdict')
    if (before.raters.join('\n') !== after.raters.join('\n')) found.push('raters')
    if (before.split !== after.split) found.push('split')
    // Another verdict or rater changes what is written too, and is what people want to hear of.
    const isTold = found.includes('verdict') || found.includes('raters')
    if (!isTold && before.content !== after.content) found.push('content')
  }
  if (found.length === 0) return undefined
  return {
    id: row.id,
    prompt: row.prompt,
    config: row.config,
    changes: found,
    before: before && kept(before),
    after: after && kept(after),
  }
}

const kept = ({ verdict, raters, split }: IndexEntry) => ({ verdict, raters, split })
