import type { Message } from '#app/import/message.ts'
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { redactMessages } from '#app/import/prepare/redact.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'

/** By task: the positions of the responses whose texts something is removed from. */
export async function changedPositions(
  db: Queries,
  projectId: string,
  { taskIds, kinds }: { taskIds: readonly string[]; kinds: ReadonlySet<FindingKind> },
): Promise<Map<string, Set<number>>> {
  const found = new Map<string, Set<number>>()
  if (kinds.size === 0 || taskIds.length === 0) return found
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select(['task_response.task_id', 'task_response.position', 'response.messages'])
    .where('task_response.project_id', '=', projectId)
    .where(oneOf(db, 'task_response.task_id', [...new Set(taskIds)]))
    .execute()
  for (const { task_id, position, messages } of rows) {
    if (redactMessages(JSON.parse(messages) as Message[], kinds).count === 0) continue
    found.set(task_id, (found.get(task_id) ?? new Set()).add(position))
  }
  return found
}
