/** In: tasks. Out: what each of them sets side by side. */
import type { Queries } from '#db/schema.ts'

export interface TaskSide {
  responseId: string
  modelId: string
  characters: number
}

/** The responses of each task at their positions: whose they are, and how long. */
export async function sidesOfTasks(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
): Promise<Map<string, TaskSide[]>> {
  const found = new Map<string, TaskSide[]>()
  if (taskIds.length === 0) return found
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .innerJoin('model', (join) =>
      join
        .onRef('model.project_id', '=', 'response.project_id')
        .onRef('model.id', '=', 'response.model_id'),
    )
    .select(['task_response.task_id', 'task_response.position'])
    .select(['response.id as response_id', 'response.characters'])
    // While a merge moves its responses, those still to come count for the model they go to.
    .select((eb) => eb.fn.coalesce('model.merged_into', 'model.id').as('model_id'))
    .where('task_response.project_id', '=', projectId)
    .where('task_response.task_id', 'in', taskIds)
    .execute()
  for (const row of rows) {
    const sides = found.get(row.task_id) ?? []
    sides[row.position] = {
      responseId: row.response_id,
      modelId: row.model_id,
      characters: row.characters,
    }
    found.set(row.task_id, sides)
  }
  return found
}
