/** In: the rank of each response, where it has one. Out: the order they are in, ties together. */
import { counted } from '#app/base/text.ts'
import type { ReadProblem } from '../reader.ts'

/**
 * Keys by their ranks, the lowest rank first; those of one rank together. Without two ranked
 * responses there is no order; responses without a rank stay out of it, and a problem says so.
 *
 * @example rankedGroups(new Map([['x', 2], ['y', 1]]), 'answers').order // [['y'], ['x']]
 */
export function rankedGroups(
  ranks: ReadonlyMap<string, number | undefined>,
  field: string,
): { order?: string[][]; problems: ReadProblem[] } {
  const groups = new Map<number, string[]>()
  for (const [key, rank] of ranks) {
    if (rank !== undefined) groups.set(rank, [...(groups.get(rank) ?? []), key])
  }
  const ranked = [...groups].sort(([one], [other]) => one - other).map(([, keys]) => keys)
  const missing = ranks.size - ranked.flat().length
  const problems =
    missing === 0
      ? []
      : [{ field, reason: `${counted(missing, 'response')} without a rank stayed unranked` }]
  if (ranked.flat().length >= 2) return { order: ranked, problems }
  const reason = 'fewer than two responses have a rank, so nothing was compared'
  return { problems: [{ field, reason }] }
}
