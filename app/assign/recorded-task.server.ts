/** In: what a task was elsewhere beside its judgments. Out: the same on the task here, where it lacked that. */
import { printJson } from '#app/base/canonical-json.ts'
import type { Problem } from '#app/import/import-record.ts'
import type { TaskLine } from '#app/import/rubrica-campaign-line.ts'
import type { Purpose, Schema, Tx } from '#db/schema.ts'

const factColumns = [
  'repeat_of',
  'needed',
  'priority',
  'selection_probability',
  'decided',
  'expected',
  'doubt',
  'withdrawn_at',
  'withdrawn_reason',
] as const
type Facts = Pick<Schema['task'], (typeof factColumns)[number]>

export interface RecordTask {
  projectId: string
  taskId: string
  line: TaskLine
  /** What it is held to, as it is stored. */
  expected: unknown
  /** Whether the campaign is a record; those made here change only here. */
  mayChange: boolean
  now: number
}

export type TaskOutcome = { kind: 'merged' | 'unchanged' } | { kind: 'refused'; problem: Problem }

/** Fills in what a recorded task lacks; what contradicts it is refused. Must run in a transaction. */
export async function recordTask(trx: Tx, recording: RecordTask): Promise<TaskOutcome> {
  const { projectId, taskId, mayChange } = recording
  const here = await trx
    .selectFrom('task')
    .select([...factColumns, 'campaign_id', 'fingerprint'])
    .where('project_id', '=', projectId)
    .where('id', '=', taskId)
    .executeTakeFirstOrThrow()
  const repeated = await repeatedTask(trx, recording, here)
  if (repeated && 'problem' in repeated) return { kind: 'refused', problem: repeated.problem }
  const given = factsOf(recording, repeated?.id ?? null, here.withdrawn_at)
  const differing = factColumns.filter((column) => saysMore(given, here, column))
  if (differing.length === 0) return { kind: 'unchanged' }
  if (!mayChange) {
    const reason = 'this campaign was made here; its tasks change only here'
    return { kind: 'refused', problem: { field: 'campaign', reason } }
  }
  const contradicted = differing.find((column) => !isLacking(here, column))
  if (contradicted) {
    const reason = `this task has another ${contradicted} here`
    return { kind: 'refused', problem: { field: fieldOf(contradicted), reason } }
  }
  await trx
    .updateTable('task')
    .set(Object.fromEntries(differing.map((column) => [column, given[column]])))
    .where('project_id', '=', projectId)
    .where('id', '=', taskId)
    .execute()
  return { kind: 'merged' }
}

const fieldOf = (column: keyof Facts): string =>
  column === 'withdrawn_reason' ? 'withdrawn' : column

/** What a recorded task holds of which no line has told yet. */
const untold: Facts = {
  repeat_of: null,
  needed: 0,
  priority: 0,
  selection_probability: null,
  decided: null,
  expected: null,
  doubt: null,
  withdrawn_at: null,
  withdrawn_reason: null,
}

const isLacking = (here: Facts, column: keyof Facts): boolean => here[column] === untold[column]

const saysMore = (given: Facts, here: Facts, column: keyof Facts): boolean =>
  given[column] !== untold[column] && given[column] !== here[column]

function factsOf(
  { line, expected, now }: RecordTask,
  repeatOf: string | null,
  withdrawnHere: number | null,
): Facts {
  const isWithdrawn = line.withdrawn !== undefined
  return {
    repeat_of: repeatOf,
    needed: line.needed ?? 0,
    priority: line.priority ?? 0,
    selection_probability: line.selection_probability ?? null,
    decided: line.decided ?? null,
    expected: expected === undefined ? null : printJson(expected),
    doubt: line.doubt ?? null,
    withdrawn_at: isWithdrawn ? (line.withdrawn_at ?? withdrawnHere ?? now) : null,
    withdrawn_reason: line.withdrawn ?? null,
  }
}

/** The task that this one repeats: of the same prompt and responses, with the purpose that is named. */
async function repeatedTask(
  trx: Tx,
  { projectId, line }: RecordTask,
  { campaign_id, fingerprint }: { campaign_id: string; fingerprint: string },
): Promise<{ id: string } | { problem: Problem } | undefined> {
  const purpose: Purpose | undefined = line.repeat_of
  if (purpose === undefined) return undefined
  const row = await trx
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaign_id)
    .where('purpose', '=', purpose)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  if (row) return row
  const reason = `no ${purpose} task with this prompt and these responses is here`
  return { problem: { field: 'repeat_of', reason } }
}
