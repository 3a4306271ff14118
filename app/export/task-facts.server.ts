/** In: tasks. Out: what each is beside its judgments: what it is held to, how it was drawn, what it repeats. */
import { expectedSchema } from '#app/rate/expected.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import type { TaskFacts } from './judged-task.ts'

/** The facts of some tasks by id. */
export async function taskFacts(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
): Promise<Map<string, TaskFacts>> {
  if (taskIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('task')
    .leftJoin('task as original', (join) =>
      join
        .onRef('original.project_id', '=', 'task.project_id')
        .onRef('original.id', '=', 'task.repeat_of'),
    )
    .select([
      'task.id',
      'task.needed',
      'task.priority',
      'task.selection_probability',
      'task.decided',
      'task.expected',
      'task.doubt',
      'task.withdrawn_at',
      'task.withdrawn_reason',
      'original.purpose as repeats',
    ])
    .where('task.project_id', '=', projectId)
    .where(oneOf(db, 'task.id', taskIds))
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        needed: row.needed,
        priority: row.priority,
        selectionProbability: row.selection_probability,
        decided: row.decided,
        expected: row.expected === null ? null : readExpected(row.expected, criteria),
        doubt: row.doubt,
        withdrawn: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
        withdrawnAt: row.withdrawn_at,
        repeats: row.repeats,
      },
    ]),
  )
}

function readExpected(text: string, criteria: ReadonlyMap<string, string>): TaskFacts['expected'] {
  const { scores, explanation } = expectedSchema.parse(JSON.parse(text))
  return {
    explanation,
    answers: scores.map(({ criterionId, answer }) => ({
      criterion: criteria.get(criterionId) ?? '',
      answer,
    })),
  }
}
