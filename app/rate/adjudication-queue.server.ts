/** In: tasks whose judgments leave something open. Out: the order in which deciding them teaches most. */
import type { Queries } from '#db/schema.ts'

export interface CampaignScope {
  projectId: string
  campaignId: string
}

/** A place in the queue: how open a task is, in bits, and its id. */
export interface DoubtPlace {
  doubt: number
  id: string
}

export interface DoubtfulTask extends DoubtPlace {
  preview: string
  judgments: number
  createdAt: number
}

/** How far two models' win rate is from even; smaller is closer. Undefined where nothing is known. */
export type Closeness = (modelA: string, modelB: string) => number | undefined

export const queuePage = 50

/**
 * A page of tasks that wait for a decision, the most doubtful first, after a place. Where several are
 * equally doubtful, those between models that the standings cannot tell apart come first on their page.
 */
export async function listDoubtful(
  db: Queries,
  {
    after,
    closeness = () => undefined,
    limit = queuePage,
    without = [],
    ...scope
  }: CampaignScope & {
    after?: DoubtPlace | undefined
    closeness?: Closeness
    limit?: number
    without?: readonly string[]
  },
): Promise<{ tasks: DoubtfulTask[]; next: DoubtPlace | undefined }> {
  const rows = await selectDoubtful(db, scope)
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .select(['task.id', 'task.doubt', 'task.created_at', 'prompt.preview'])
    .$if(after !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('task.doubt', 'task.id'), '<', eb.tuple(after?.doubt ?? 0, after?.id ?? '')),
      ),
    )
    .$if(without.length > 0, (query) => query.where('task.id', 'not in', without))
    .orderBy('task.doubt', 'desc')
    .orderBy('task.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit).map((row) => ({ ...row, doubt: row.doubt ?? 0 }))
  const last = rows.length > limit ? shown.at(-1) : undefined
  const ids = shown.map((row) => row.id)
  const counts = await judgmentCounts(db, scope.projectId, ids)
  const distances = await distancesOf(db, scope.projectId, ids, closeness)
  const distance = (id: string) => distances.get(id) ?? Number.POSITIVE_INFINITY
  const tasks = shown
    .map((row) => ({
      id: row.id,
      doubt: row.doubt,
      preview: row.preview,
      judgments: counts.get(row.id) ?? 0,
      createdAt: row.created_at,
    }))
    .sort((one, other) => other.doubt - one.doubt || compare(distance(one.id), distance(other.id)))
  return { tasks, next: last && { doubt: last.doubt, id: last.id } }
}

const compare = (one: number, other: number) => (one < other ? -1 : one > other ? 1 : 0)

/** Work in doubt that nobody adjudicated. */
const selectDoubtful = (db: Queries, { projectId, campaignId }: CampaignScope) =>
  db
    .selectFrom('task')
    .where('task.project_id', '=', projectId)
    .where('task.campaign_id', '=', campaignId)
    .where('task.doubt', '>', 0)
    .where('task.purpose', '=', 'work')
    .where('task.withdrawn_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('judgment')
            .select('judgment.id')
            .whereRef('judgment.project_id', '=', 'task.project_id')
            .whereRef('judgment.task_id', '=', 'task.id')
            .where('judgment.source', '=', 'adjudicator')
            .where('judgment.withdrawn_at', 'is', null),
        ),
      ),
    )

/** The task to decide next, leaving out those put off; tasks the person judged as a rater are not offered. */
export async function nextDoubtful(
  db: Queries,
  {
    raterId,
    ...queue
  }: CampaignScope & { raterId: string; without: readonly string[]; closeness?: Closeness },
): Promise<string | undefined> {
  let after: DoubtPlace | undefined
  do {
    const page = await listDoubtful(db, { ...queue, after })
    const own = await judgedBy(db, {
      projectId: queue.projectId,
      raterId,
      taskIds: page.tasks.map((task) => task.id),
    })
    const free = page.tasks.find((task) => !own.has(task.id))
    if (free) return free.id
    after = page.next
  } while (after)
  return undefined
}

/** Which of some tasks a rater has judged or has in hand. */
export async function judgedBy(
  db: Queries,
  {
    projectId,
    raterId,
    taskIds,
  }: { projectId: string; raterId: string; taskIds: readonly string[] },
): Promise<Set<string>> {
  if (taskIds.length === 0) return new Set()
  const judged = await db
    .selectFrom('judgment')
    .select('task_id')
    .where('project_id', '=', projectId)
    .where('rater_id', '=', raterId)
    .where('task_id', 'in', taskIds)
    .where('source', '<>', 'adjudicator')
    .execute()
  const held = await db
    .selectFrom('assignment')
    .select('task_id')
    .where('project_id', '=', projectId)
    .where('rater_id', '=', raterId)
    .where('task_id', 'in', taskIds)
    .where('status', '=', 'held')
    .execute()
  return new Set([...judged, ...held].map((row) => row.task_id))
}

async function judgmentCounts(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
): Promise<Map<string, number>> {
  if (taskIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('judgment')
    .select((eb) => ['task_id', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where('task_id', 'in', taskIds)
    .where('withdrawn_at', 'is', null)
    .where('is_extra', '=', 0)
    .groupBy('task_id')
    .execute()
  return new Map(rows.map((row) => [row.task_id, row.count]))
}

/** How close the two models of each pair are. */
async function distancesOf(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
  closeness: Closeness,
): Promise<Map<string, number>> {
  if (taskIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select(['task_response.task_id', 'response.model_id'])
    .where('task_response.project_id', '=', projectId)
    .where('task_response.task_id', 'in', taskIds)
    .orderBy('task_response.position')
    .execute()
  const models = Map.groupBy(rows, (row) => row.task_id)
  const found = new Map<string, number>()
  for (const [taskId, [first, second, third]] of models) {
    if (!first || !second || third) continue
    const distance = closeness(first.model_id, second.model_id)
    if (distance !== undefined) found.set(taskId, distance)
  }
  return found
}

/** Tasks that wait are counted up to here. */
export const mostWaitingCounted = 1_000

/**
 * How many tasks wait for a decision, counted up to `mostWaitingCounted`; only those that leave more
 * bits open than `above`, where it is said.
 */
export async function countDoubtful(
  db: Queries,
  scope: CampaignScope,
  { above = 0 }: { above?: number } = {},
): Promise<number> {
  const rows = await selectDoubtful(db, scope)
    .select('task.id')
    .where('task.doubt', '>', above)
    .limit(mostWaitingCounted)
    .execute()
  return rows.length
}

/** A campaign's newest decisions, each with who made it. */
export async function listDecisions(
  db: Queries,
  { projectId, campaignId, limit = queuePage }: CampaignScope & { limit?: number },
) {
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .leftJoin('person', 'person.id', 'rater.person_id')
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.comment',
      'judgment.judged_at',
      'prompt.preview',
      'rater.pseudonym',
      'person.name',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.source', '=', 'adjudicator')
    .where('judgment.withdrawn_at', 'is', null)
    .orderBy('judgment.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    taskId: row.task_id,
    preview: row.preview,
    reason: row.comment,
    by: row.name ?? row.pseudonym,
    at: row.judged_at,
  }))
}

export type Decision = Awaited<ReturnType<typeof listDecisions>>[number]
