import type { Tx } from '#db/schema.ts'

/** Notes how much the judgments of some tasks leave open, in bits; null where too few were given. */
export async function saveDoubts(
  trx: Tx,
  { projectId, doubts }: { projectId: string; doubts: ReadonlyMap<string, number | null> },
): Promise<void> {
  for (const [taskId, doubt] of doubts) {
    await trx
      .updateTable('task')
      .set({ doubt })
      .where('project_id', '=', projectId)
      .where('id', '=', taskId)
      .execute()
  }
}
