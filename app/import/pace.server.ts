/** How fast an import may go: gently while people rate, for SQLite has one writer and they share it. */
import type { Db } from '#db/open.ts'

export interface Pace {
  recordsATransaction: number
  bytesATransaction: number
  /** Between two transactions, for answers that wait for the writer. */
  pauseMs: number
}

export const fastPace: Pace = {
  recordsATransaction: 200,
  bytesATransaction: 1024 * 1024,
  pauseMs: 1,
}

/** Transactions of a few milliseconds, and as long again for everybody else. */
const gentlePace: Pace = { recordsATransaction: 25, bytesATransaction: 256 * 1024, pauseMs: 12 }

const askedAgainMs = 500

/**
 * A function that says how fast to go now: gently while any rater holds a task. It asks the database
 * at most twice a second. PostgreSQL lets writers work side by side and needs no gentleness.
 */
export function openPace(db: Db): () => Promise<Pace> {
  if (db.dialect === 'postgres') return async () => fastPace
  let pace = fastPace
  let askedAt = 0
  return async () => {
    const now = Date.now()
    if (now - askedAt < askedAgainMs) return pace
    askedAt = now
    const held = await db.read
      .selectFrom('assignment')
      .select('id')
      .where('status', '=', 'held')
      .where('held_until', '>', now)
      .limit(1)
      .executeTakeFirst()
    pace = held ? gentlePace : fastPace
    return pace
  }
}
