/**
 * How far a rater has come through the open slots of each lane and level. Ids sort by time, so a slot
 * made later always comes after a cursor of its level: cursors only ever move forward.
 */
import { z } from 'zod'

const cursorsSchema = z.record(z.string(), z.string())

/** The last slot passed, by `cursorKey`. */
export type Cursors = Map<string, string>

/** Levels that are remembered; a forgotten one costs a walk, nothing else. */
export const mostCursors = 120

/**
 * A slot younger than this is never passed for good: on PostgreSQL a transaction that made an
 * earlier one may still be under way.
 */
export const settledMs = 60_000

export const cursorKey = (lane: string, priority: number): string => `${lane}|${priority}`

export const readCursors = (text: string): Cursors =>
  text === '{}' ? new Map() : new Map(Object.entries(cursorsSchema.parse(JSON.parse(text))))

/** The cursors as they are stored: those moved last, where there are too many. */
export const printCursors = (cursors: Cursors): string =>
  JSON.stringify(Object.fromEntries([...cursors].slice(-mostCursors)))

/** Moves a cursor forward to a slot that was passed; never back. */
export function moveCursor(cursors: Cursors, key: string, slotId: string): void {
  const before = cursors.get(key)
  if (before !== undefined && before >= slotId) return
  cursors.delete(key)
  cursors.set(key, slotId)
}
