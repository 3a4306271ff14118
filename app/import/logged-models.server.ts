/**
 * In: responses that may have been moved to other models. Out: the model each was logged as, so
 * that the same log imported again meets them wherever they are now.
 */
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'

interface Move {
  id: string
  model_id: string
  other_model_id: string | null
}

/** Every merge and split of a project, oldest first; undone ones too, for they tell the origin. */
export const listMoves = (db: Queries, projectId: string): Promise<Move[]> =>
  db
    .selectFrom('model_change')
    .select(['id', 'model_id', 'other_model_id'])
    .where('project_id', '=', projectId)
    .where('kind', 'in', ['merged', 'split'])
    .orderBy('id')
    .execute()

/** Some models, and all that responses of theirs were moved on to. */
export function withTargets(models: Iterable<string>, moves: readonly Move[]): string[] {
  const reached = new Set(models)
  let before = 0
  while (reached.size > before) {
    before = reached.size
    for (const move of moves) {
      if (reached.has(move.model_id) && move.other_model_id) reached.add(move.other_model_id)
    }
  }
  return [...reached]
}

/** The model that each moved response was logged as; those never moved are not in it. */
export async function loggedModels(
  db: Queries,
  projectId: string,
  { responseIds, moves }: { responseIds: readonly string[]; moves: readonly Move[] },
): Promise<Map<string, string>> {
  const logged = new Map<string, string>()
  if (moves.length === 0 || responseIds.length === 0) return logged
  const ids = moves.map((move) => move.id)
  const rows = await db
    .selectFrom('model_change_response')
    .select(['change_id', 'response_id'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'change_id', ids))
    .where(oneOf(db, 'response_id', responseIds))
    .orderBy('change_id', 'desc')
    .execute()
  const byId = new Map(moves.map((move) => [move.id, move.model_id]))
  for (const row of rows) logged.set(row.response_id, byId.get(row.change_id) ?? '')
  return logged
}
