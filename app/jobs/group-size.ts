/** In: how long a group of pieces of work held the database. Out: how many the next group takes. */

/** Whoever saves an answer meanwhile waits no longer than this, and does not notice. */
const goalMs = 15
const fewest = 5
const most = 100

/** The size of the first group, before it is known what a piece costs. */
export const firstGroupSize = 20

/**
 * How many pieces of work the next transaction takes, so that it lasts about 15 ms: large groups where
 * pieces are cheap, since each commit costs something too, small ones where they are not. A transaction
 * that happened to wait changes the size by half or twice at most.
 *
 * @example nextGroupSize(20, 30) // 10
 */
export function nextGroupSize(size: number, tookMs: number): number {
  const change = Math.min(2, Math.max(0.5, goalMs / Math.max(tookMs, 0.01)))
  return Math.min(most, Math.max(fewest, Math.round(size * change)))
}
