/** In: responses that belong to another model now. Out: the same rows under it; tasks notice nothing. */
import { oneOf } from '#db/dialects/portable.ts'
import type { Tx } from '#db/schema.ts'
import { markedFingerprint, unmarkedFingerprint } from './moved-fingerprint.ts'

export interface WantedMove {
  projectId: string
  ids: readonly string[]
  from: string
  to: string
  /** Given to what says the same as a response that is there. */
  mark: string
  /** Taken off again. */
  unmark?: string | undefined
}

/** Moves those responses that are still there. Gives their ids. Must run in a transaction. */
export async function moveResponses(trx: Tx, move: WantedMove): Promise<string[]> {
  const { projectId, from, to } = move
  const rows = await trx
    .selectFrom('response')
    .select(['id', 'prompt_id', 'fingerprint'])
    .where('project_id', '=', projectId)
    .where('model_id', '=', from)
    .where(oneOf(trx, 'id', move.ids))
    .orderBy('id')
    .execute()
  const promptIds = [...new Set(rows.map((row) => row.prompt_id))]
  const taken = await takenFingerprints(trx, { projectId, modelId: to, promptIds })
  const unchanged: string[] = []
  for (const row of rows) {
    const own = taken.get(row.prompt_id) ?? new Set()
    taken.set(row.prompt_id, own)
    const base =
      move.unmark === undefined
        ? row.fingerprint
        : unmarkedFingerprint(row.fingerprint, move.unmark)
    const fingerprint = markedFingerprint(base, move.mark, own)
    own.add(fingerprint)
    if (fingerprint === row.fingerprint) unchanged.push(row.id)
    else await setModel(trx, projectId, [row.id], { model_id: to, fingerprint })
  }
  await setModel(trx, projectId, unchanged, { model_id: to })
  return rows.map((row) => row.id)
}

async function takenFingerprints(
  trx: Tx,
  {
    projectId,
    modelId,
    promptIds,
  }: { projectId: string; modelId: string; promptIds: readonly string[] },
): Promise<Map<string, Set<string>>> {
  const rows = await trx
    .selectFrom('response')
    .select(['prompt_id', 'fingerprint'])
    .where('project_id', '=', projectId)
    .where('model_id', '=', modelId)
    .where(oneOf(trx, 'prompt_id', promptIds))
    .execute()
  const taken = new Map<string, Set<string>>()
  for (const row of rows) {
    taken.set(row.prompt_id, (taken.get(row.prompt_id) ?? new Set()).add(row.fingerprint))
  }
  return taken
}

const setModel = (
  trx: Tx,
  projectId: string,
  ids: readonly string[],
  change: { model_id: string; fingerprint?: string },
) =>
  trx
    .updateTable('response')
    .set(change)
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'id', ids))
    .execute()
