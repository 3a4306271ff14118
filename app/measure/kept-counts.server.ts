/** In: what folds change. Out: the counts of the campaigns measured lately, kept in this process. */
import type { Db } from '#db/open.ts'
import { inTransaction } from '#db/open.ts'
import { countsVersion, type Folded, foldChanges, readCounts, type Scope } from './counts.server.ts'
import type { PairTally, ScoreTally } from './tally.ts'

/** Counts kept over all campaigns; one that has more is read whenever it is measured. */
const mostKept = 500_000
/** A campaign that nobody judges any more is let go. */
const keptForMs = 5 * 60_000

interface PromptCounts {
  pairs: PairTally[]
  scores: ScoreTally[]
}

interface Kept {
  version: number
  usedAt: number
  /** In the order of their ids. */
  prompts: Map<string, PromptCounts>
  size: number
}

const kept = new Map<string, Kept>()

export interface Counts {
  pairs: PairTally[]
  scores: ScoreTally[]
}

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
  if (known?.version === version) known.usedAt = now()
  else keep(key, { version, ...(await readCounts(db.read, scope)) }, now())
  letGo(key, now())
  const { prompts } = kept.get(key) ?? { prompts: new Map<string, PromptCounts>() }
  const counts: Counts = { pairs: [], scores: [] }
  for (const one of prompts.values()) {
    counts.pairs.push(...one.pairs)
    counts.scores.push(...one.scores)
  }
  return counts
}

function takeIn(key: string, { version, promptIds, pairs, scores }: Folded): void {
  const known = kept.get(key)
  if (!known) return
  // Somebody else took in changes meanwhile: what is kept lacks them.
  if (known.version !== version - 1) {
    kept.delete(key)
    return
  }
  known.version = version
  const changed = byPrompt({ pairs, scores })
  let isNew = false
  for (const id of promptIds) {
    const before = known.prompts.get(id)
    const after = changed.get(id)
    known.size += sizeOf(after) - sizeOf(before)
    if (after) known.prompts.set(id, after)
    else known.prompts.delete(id)
    if (after && !before) isNew = true
  }
  if (isNew) known.prompts = inOrder(known.prompts)
}

function keep(key: string, { version, ...counts }: Counts & { version: number }, now: number) {
  const size = counts.pairs.length + counts.scores.length
  kept.set(key, { version, usedAt: now, size, prompts: inOrder(byPrompt(counts)) })
}

function byPrompt({ pairs, scores }: Counts): Map<string, PromptCounts> {
  const found = new Map<string, PromptCounts>()
  const of = (promptId: string) => {
    const known = found.get(promptId) ?? { pairs: [], scores: [] }
    found.set(promptId, known)
    return known
  }
  for (const pair of pairs) of(pair.promptId).pairs.push(pair)
  for (const score of scores) of(score.promptId).scores.push(score)
  return found
}

/** Sums of floating-point numbers hang on their order: it is always the same. */
const inOrder = (prompts: ReadonlyMap<string, PromptCounts>): Map<string, PromptCounts> =>
  new Map([...prompts].sort(([one], [other]) => (one < other ? -1 : 1)))

const sizeOf = (counts: PromptCounts | undefined): number =>
  counts ? counts.pairs.length + counts.scores.length : 0

/** Lets go what was not used for long, and the oldest of what is too much; never the one in use. */
function letGo(inUse: string, now: number): void {
  const oldest = [...kept].sort(([, one], [, other]) => one.usedAt - other.usedAt)
  let size = oldest.reduce((sum, [, one]) => sum + one.size, 0)
  for (const [key, one] of oldest) {
    if (key === inUse || (size <= mostKept && one.usedAt > now - keptForMs)) continue
    kept.delete(key)
    size -= one.size
  }
}
