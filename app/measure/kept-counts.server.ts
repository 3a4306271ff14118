/** In: what folds change. Out: the counts of the campaigns measured lately, kept in this process. */
import type { Db } from '#db/open.ts'
import { inTransaction } from '#db/open.ts'
import { countsVersion, type Folded, foldChanges, readCounts, type Scope } from './counts.server.ts'
import type { PairTally, ScoreTally } from './tally.ts'

/** Counts kept over all campaigns; one that has more is read whenever it is measured. */
const mostKept = 500_000
/** A campaign that nobody judges any more is let go. */
const keptForMs = 5 * 60_000

export interface Counts {
  /** Those of a prompt are together, prompts in the order of their ids. */
  pairs: readonly PairTally[]
  scores: readonly ScoreTally[]
}

interface Kept extends Counts {
  version: number
  usedAt: number
}

const kept = new Map<string, Kept>()

/**
 * A campaign's counts with all changes taken in that wait; undefined where they are not whole. What is
 * kept of the time before is brought up to date, so that the cost hangs on the changes alone.
 */
export async function upToDateCounts(
  db: Db,
  scope: Scope,
  now: () => number,
): Promise<Counts | undefined> {
  const key = `${scope.projectId} ${scope.campaignId}`
  for (;;) {
    const folded = await inTransaction(db, (trx) => foldChanges(trx, { ...scope, now: now() }))
    if (!folded) break
    takeIn(key, folded)
  }
  const version = await countsVersion(db.read, scope)
  if (version === undefined) return undefined
  const known = kept.get(key)
  const counts =
    known?.version === version
      ? { ...known, usedAt: now() }
      : { version, usedAt: now(), ...inOrder(await readCounts(db.read, scope)) }
  kept.set(key, counts)
  letGo(key, now())
  return counts
}

function takeIn(key: string, { version, promptIds, ...changed }: Folded): void {
  const known = kept.get(key)
  if (!known) return
  // Somebody else took in changes meanwhile: what is kept lacks them.
  if (known.version !== version - 1) {
    kept.delete(key)
    return
  }
  const { pairs, scores } = inOrder(changed)
  const ids = promptIds.toSorted()
  kept.set(key, {
    version,
    usedAt: known.usedAt,
    pairs: withChanged(known.pairs, ids, pairs),
    scores: withChanged(known.scores, ids, scores),
  })
}

interface OfPrompt {
  promptId: string
}

/** Counts in which those of some prompts are replaced; all three in the order of prompts. */
function withChanged<Count extends OfPrompt>(
  known: readonly Count[],
  promptIds: readonly string[],
  changed: readonly Count[],
): Count[] {
  const parts: Count[][] = []
  let from = 0
  for (const id of promptIds) {
    const before = reachOf(known, id)
    const after = reachOf(changed, id)
    parts.push(known.slice(from, before.start), changed.slice(after.start, after.end))
    from = before.end
  }
  const none: Count[] = []
  return none.concat(...parts, known.slice(from))
}

/** Where the counts of a prompt are, or would be. */
function reachOf(counts: readonly OfPrompt[], promptId: string): { start: number; end: number } {
  let start = 0
  let above = counts.length
  while (start < above) {
    const middle = (start + above) >> 1
    if ((counts[middle]?.promptId ?? '') < promptId) start = middle + 1
    else above = middle
  }
  let end = start
  while (counts[end]?.promptId === promptId) end += 1
  return { start, end }
}

const inOrder = ({ pairs, scores }: Counts): Counts => ({
  pairs: pairs.toSorted(byPrompt),
  scores: scores.toSorted(byPrompt),
})

const byPrompt = (one: OfPrompt, other: OfPrompt): number =>
  one.promptId === other.promptId ? 0 : one.promptId < other.promptId ? -1 : 1

const sizeOf = ({ pairs, scores }: Counts): number => pairs.length + scores.length

/** Lets go what was not used for long, and the oldest of what is too much; never the one in use. */
function letGo(inUse: string, now: number): void {
  const oldest = [...kept].sort(([, one], [, other]) => one.usedAt - other.usedAt)
  let size = oldest.reduce((sum, [, one]) => sum + sizeOf(one), 0)
  for (const [key, one] of oldest) {
    if (key === inUse || (size <= mostKept && one.usedAt > now - keptForMs)) continue
    kept.delete(key)
    size -= sizeOf(one)
  }
}
