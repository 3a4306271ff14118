/** In: datasets that want a snapshot every day or week. Out: snapshots that wait for the worker. */
import { repeat } from '#app/jobs/repeat.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { nextDue } from './schedule.ts'
import { askForSnapshot } from './snapshots.server.ts'

const lookEveryMs = 60_000

/** Asks for snapshots that are due, until asked to stop. */
export async function keepSnapshots({
  db,
  ...standing
}: {
  db: Db
  signal: AbortSignal
  onError: (error: unknown) => void
}): Promise<void> {
  await repeat({ everyMs: lookEveryMs, ...standing }, () => askForDue(db, Date.now()))
}

/** Queues a snapshot of each dataset that is due, and says when its next one is. Gives their ids. */
export async function askForDue(db: Db, now: number): Promise<string[]> {
  const due = await db.read
    .selectFrom('dataset')
    .select(['project_id', 'id', 'schedule', 'due_at'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(100)
    .execute()
  const asked: string[] = []
  for (const { project_id: projectId, id, schedule, due_at: dueAt } of due) {
    if (schedule === null || dueAt === null) continue
    const made = await inTransaction(db, async (trx) => {
      // Whoever moves the date asks: two workers ask once.
      const moved = await trx
        .updateTable('dataset')
        .set({ due_at: nextDue(schedule, now) })
        .where('project_id', '=', projectId)
        .where('id', '=', id)
        .where('due_at', '=', dueAt)
        .executeTakeFirst()
      if (moved.numUpdatedRows === 0n) return undefined
      return askForSnapshot(trx, { projectId, datasetId: id, createdBy: 'schedule', now })
    })
    if (made) asked.push(made)
  }
  return asked
}
