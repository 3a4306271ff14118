/** The tasks of a campaign, for whoever reads them from elsewhere. */
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'

interface Scope {
  projectId: string
  campaignId: string
}

export interface TaskResponseListed {
  /** 0 is a, 1 is b. */
  position: number
  response_id: string
  model_id: string
  model: string
}

/** How many places of a task for raters are in which state. */
export interface SlotCounts {
  open: number
  held: number
  done: number
}

const noSlots = (): SlotCounts => ({ open: 0, held: 0, done: 0 })

const rowsAfter = (
  db: Queries,
  { projectId, campaignId }: Scope,
  { after = '', limit }: { after?: string; limit: number },
) =>
  db
    .selectFrom('task')
    .select([
      'id',
      'prompt_id',
      'purpose',
      'needed',
      'decided',
      'withdrawn_at',
      'withdrawn_reason',
      'created_at',
    ])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()

/** Tasks of a campaign in the order of their ids, after one of them, each with its responses and slots. */
export async function listTasksAfter(
  db: Queries,
  scope: Scope,
  page: { after?: string; limit: number },
) {
  const rows = await rowsAfter(db, scope, page)
  const ids = rows.map(({ id }) => id)
  const responses = await responsesOf(db, scope.projectId, ids)
  const slots = await slotsOf(db, scope.projectId, ids)
  const judged = await judgedOf(db, scope.projectId, ids)
  return rows.map((row) => ({
    ...row,
    responses: responses.get(row.id) ?? [],
    slots: slots.get(row.id) ?? noSlots(),
    judgments: judged.get(row.id) ?? 0,
  }))
}

export type TaskListed = Awaited<ReturnType<typeof listTasksAfter>>[number]

async function responsesOf(db: Queries, projectId: string, ids: readonly string[]) {
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
    .select([
      'task_response.task_id',
      'task_response.position',
      'task_response.response_id',
      'response.model_id',
      'model.label as model',
    ])
    .where('task_response.project_id', '=', projectId)
    .where(oneOf(db, 'task_response.task_id', ids))
    .orderBy('task_response.task_id')
    .orderBy('task_response.position')
    .execute()
  const found = new Map<string, TaskResponseListed[]>()
  for (const { task_id, ...response } of rows) {
    found.set(task_id, [...(found.get(task_id) ?? []), response])
  }
  return found
}

async function slotsOf(db: Queries, projectId: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('assignment')
    .select((eb) => ['task_id', 'status', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'task_id', ids))
    .where('status', 'in', ['open', 'held', 'submitted'])
    .groupBy(['task_id', 'status'])
    .execute()
  const found = new Map<string, SlotCounts>()
  for (const { task_id, status, count } of rows) {
    const slots = found.get(task_id) ?? noSlots()
    if (status === 'open' || status === 'held') slots[status] = count
    else slots.done = count
    found.set(task_id, slots)
  }
  return found
}

/** Judgments of raters that stand, decisions on them left out. */
async function judgedOf(db: Queries, projectId: string, ids: readonly string[]) {
  const rows = await db
    .selectFrom('judgment')
    .select((eb) => ['task_id', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'task_id', ids))
    .where('source', '<>', 'adjudicator')
    .where('withdrawn_at', 'is', null)
    .groupBy('task_id')
    .execute()
  return new Map(rows.map(({ task_id, count }) => [task_id, count]))
}
