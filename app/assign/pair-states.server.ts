/** In: a campaign's judgments and open work. Out: what is known of each pair of models. */
import { oneOf } from '#db/dialects/portable.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries, Winner } from '#db/schema.ts'

/** Verdicts and open judgments of one pair of models; a sorts before b. */
export interface PairEvidence {
  modelA: string
  modelB: string
  count: number
  points: number
  pending: number
}

export const pairKey = (modelA: string, modelB: string): string => `${modelA}|${modelB}`

interface Scope {
  projectId: string
  campaignId: string
  /** What stands for a model since it was merged. */
  today: (modelId: string) => string
}

const tasksAPage = 1_000

const pointsOf: Record<Winner, number | null> = {
  a: 1,
  b: 0,
  tie: 0.5,
  both_bad: 0.5,
  cant_judge: null,
}

/**
 * The overall verdicts and the open slots of a campaign by pair of models: work of people, neither
 * withdrawn nor extra. A tie and both bad are half a point each; can't judge does not count.
 *
 * Walks the campaign\'s tasks a page at a time by key, in plain statements that no planner can take
 * amiss in the first minutes of a campaign, when it has no figures about the tables.
 */
export async function pairEvidence(db: Queries, scope: Scope): Promise<Map<string, PairEvidence>> {
  const found = new Map<string, PairEvidence>()
  const pages = walkPages(
    tasksAPage,
    (after: string | undefined, limit) => workTasks(db, scope, { after: after ?? '', limit }),
    (id) => id,
  )
  for await (const taskIds of pages) {
    const pairs = await pairsOfTasks(db, { projectId: scope.projectId, taskIds })
    const evidenceOf = (taskId: string) => evidenceAt(found, pairs.get(taskId), scope.today)
    for (const row of await verdictsOn(db, scope, taskIds)) {
      const points = row.winner && pointsOf[row.winner]
      const known = evidenceOf(row.task_id)
      if (points === null || !known) continue
      known.pair.count += row.count
      known.pair.points += row.count * (known.isForward ? points : 1 - points)
    }
    for (const row of await openOn(db, scope, taskIds)) {
      const known = evidenceOf(row.task_id)
      if (known) known.pair.pending += row.count
    }
  }
  return found
}

function evidenceAt(
  found: Map<string, PairEvidence>,
  task: TaskPair | undefined,
  today: Scope['today'],
): { pair: PairEvidence; isForward: boolean } | undefined {
  if (!task) return undefined
  const [one, other] = [today(task.a.modelId), today(task.b.modelId)]
  const isForward = one <= other
  const [modelA, modelB] = isForward ? [one, other] : [other, one]
  const key = pairKey(modelA, modelB)
  const pair = found.get(key) ?? { modelA, modelB, count: 0, points: 0, pending: 0 }
  found.set(key, pair)
  return { pair, isForward }
}

async function workTasks(
  db: Queries,
  { projectId, campaignId }: Scope,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '>', after)
    .where('purpose', '=', 'work')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

export interface TaskPair {
  a: { responseId: string; modelId: string }
  b: { responseId: string; modelId: string }
}

/** The two responses of each of some tasks, with the models as they were logged. */
export async function pairsOfTasks(
  db: Queries,
  { projectId, taskIds }: { projectId: string; taskIds: readonly string[] },
): Promise<Map<string, TaskPair>> {
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select([
      'task_response.task_id',
      'task_response.position',
      'response.id as responseId',
      'response.model_id as modelId',
    ])
    .where('task_response.project_id', '=', projectId)
    .where(oneOf(db, 'task_response.task_id', taskIds))
    .execute()
  const sides = [new Map<string, TaskPair['a']>(), new Map<string, TaskPair['a']>()] as const
  for (const { task_id, position, ...response } of rows) {
    sides[position === 0 ? 0 : 1].set(task_id, response)
  }
  return new Map(
    taskIds.flatMap((taskId): [string, TaskPair][] => {
      const [a, b] = [sides[0].get(taskId), sides[1].get(taskId)]
      return a && b ? [[taskId, { a, b }]] : []
    }),
  )
}

const verdictsOn = (db: Queries, { projectId, campaignId }: Scope, taskIds: readonly string[]) =>
  db
    .selectFrom('judgment')
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .select((eb) => [
      'judgment.task_id',
      'judgment_score.winner',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('judgment.project_id', '=', projectId)
    .where(oneOf(db, 'judgment.task_id', taskIds))
    .where('judgment.source', '=', 'human')
    .where('judgment.is_extra', '=', 0)
    .where('judgment.withdrawn_at', 'is', null)
    .where('judgment_score.winner', 'is not', null)
    .where('judgment_score.criterion_id', '=', (eb) =>
      eb
        .selectFrom('criterion')
        .select('id')
        .where('project_id', '=', projectId)
        .where('campaign_id', '=', campaignId)
        .where('name', '=', 'preference'),
    )
    .groupBy(['judgment.task_id', 'judgment_score.winner'])
    .execute()

const openOn = (db: Queries, { projectId }: Scope, taskIds: readonly string[]) =>
  db
    .selectFrom('assignment')
    .select((eb) => ['task_id', eb.fn.countAll<number>().as('count')])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'task_id', taskIds))
    .where('status', 'in', ['open', 'held'])
    .groupBy('task_id')
    .execute()
