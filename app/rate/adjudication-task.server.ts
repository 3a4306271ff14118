/** In: a task that raters disagree on. Out: what the adjudicator's page shows of it, blind. */
import { z } from 'zod'
import { type ShownOrder, shownOrderSchema } from '#app/assign/shown-order.ts'
import { findMemberRater } from '#app/projects/raters.server.ts'
import { locked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'
import type { AdjudicationView, GivenDecision, RaterVerdict, Standing } from './adjudication.ts'
import { toShownAnswer } from './check-answers.ts'
import { answerSchema, type Score } from './judgment.ts'
import { placesIn } from './places.ts'
import { steadyOrder } from './steady-order.server.ts'
import { shownText } from './task-view.server.ts'

export interface TaskScope {
  projectId: string
  campaignId: string
  taskId: string
}

const selectTask = (db: Queries, { projectId, campaignId, taskId }: TaskScope) =>
  db
    .selectFrom('task')
    .select(['id', 'doubt', 'withdrawn_at', 'purpose', 'prompt_id'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', taskId)

/** A campaign's piece of work, or undefined. */
export const findTask = (db: Queries, scope: TaskScope) =>
  selectTask(db, scope).where('purpose', '=', 'work').executeTakeFirst()

/** The same, locked until the transaction ends: two decisions on one task come one after another. */
export const lockTask = (trx: Tx, scope: TaskScope) =>
  locked(trx, selectTask(trx, scope).where('purpose', '=', 'work')).executeTakeFirst()

/** The responses of a task in canonical order. */
export async function responseIdsOf(
  db: Queries,
  projectId: string,
  taskId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('task_response')
    .select('response_id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.response_id)
}

/** The judgments of a task that were not withdrawn, the oldest first. */
export async function judgmentsOf(db: Queries, projectId: string, taskId: string) {
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select([
      'judgment.id',
      'judgment.rater_id',
      'judgment.assignment_id',
      'judgment.source',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.shown_order',
      'judgment.comment',
      'judgment.reasons',
      'judgment.judged_at',
      'rater.pseudonym',
      'rater.person_id',
      'rater.kind as rater_kind',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.task_id', '=', taskId)
    .where('judgment.withdrawn_at', 'is', null)
    .orderBy('judgment.id')
    .execute()
  const scores = await scoresOfAll(
    db,
    projectId,
    rows.map((row) => row.id),
  )
  return rows.map(({ shown_order, reasons, ...row }) => ({
    ...row,
    scores: scores.get(row.id) ?? [],
    order: shown_order === null ? null : shownOrderSchema.parse(JSON.parse(shown_order)),
    reasons: z.array(z.string()).parse(JSON.parse(reasons)),
  }))
}

export type GivenJudgment = Awaited<ReturnType<typeof judgmentsOf>>[number]

/** The answers of several judgments as they stand. */
export async function scoresOfAll(
  db: Queries,
  projectId: string,
  judgmentIds: readonly string[],
): Promise<Map<string, Score[]>> {
  if (judgmentIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('judgment_score')
    .select(['judgment_id', 'criterion_id', 'position', 'answer'])
    .where('project_id', '=', projectId)
    .where('judgment_id', 'in', judgmentIds)
    .orderBy('judgment_id')
    .orderBy('criterion_id')
    .orderBy('position')
    .execute()
  const groups = Map.groupBy(rows, (row) => row.judgment_id)
  return new Map(
    [...groups].map(([id, scores]) => [
      id,
      scores.map((row) => ({
        criterionId: row.criterion_id,
        position: row.position,
        answer: answerSchema.parse(JSON.parse(row.answer)),
      })),
    ]),
  )
}

/** Whether a rater judged a task, even where that was withdrawn: there is one judgment for both. */
const hasJudged = async (db: Queries, { projectId, taskId }: TaskScope, raterId: string) =>
  (await db
    .selectFrom('judgment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .where('source', '<>', 'adjudicator')
    .executeTakeFirst()) !== undefined

const hasWritten = async (db: Queries, { projectId, taskId }: TaskScope, raterId: string) =>
  (await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select('response.id')
    .where('task_response.project_id', '=', projectId)
    .where('task_response.task_id', '=', taskId)
    .where('response.written_by', '=', raterId)
    .executeTakeFirst()) !== undefined

const isInHand = async (db: Queries, { projectId, taskId }: TaskScope, raterId: string) =>
  (await db
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .where('status', '=', 'held')
    .executeTakeFirst()) !== undefined

/** Whether a person may decide a task, by its judgments. */
export async function standingOf(
  db: Queries,
  scope: TaskScope,
  {
    task,
    judgments,
    raterId,
  }: {
    task: { withdrawn_at: number | null }
    judgments: readonly GivenJudgment[]
    raterId: string
  },
): Promise<Standing> {
  const decision = judgments.find((judgment) => judgment.source === 'adjudicator')
  if (decision) return decision.rater_id === raterId ? 'own-decision' : 'decided'
  if (await hasJudged(db, scope, raterId)) return 'judged-it'
  if (await hasWritten(db, scope, raterId)) return 'wrote-it'
  if (await isInHand(db, scope, raterId)) return 'in-hand'
  return task.withdrawn_at === null ? 'open' : 'withdrawn'
}

/** Everything the adjudicator may know of a task; undefined where there is no such piece of work. */
export async function viewAdjudication(
  db: Queries,
  { personId, ...scope }: TaskScope & { personId: string },
): Promise<AdjudicationView | undefined> {
  const { projectId, taskId } = scope
  const raterId = (await findMemberRater(db, { projectId, personId })) ?? ''
  const task = await findTask(db, scope)
  if (!task) return undefined
  const judgments = await judgmentsOf(db, projectId, taskId)
  const standing = await standingOf(db, scope, { task, judgments, raterId })
  const responseIds = await responseIdsOf(db, projectId, taskId)
  const given = judgments.find((judgment) => judgment.source === 'adjudicator')
  const order =
    (given?.rater_id === raterId ? given.order : null) ?? steadyOrder(responseIds, personId)
  const raters = judgments.filter((judgment) => judgment.source !== 'adjudicator')
  return {
    taskId,
    standing,
    ...(await shownText(db, projectId, { taskId, shownOrder: order })),
    doubt: task.doubt,
    verdicts: standing === 'in-hand' ? [] : verdictsOf(raters, order),
    decision: given ? toDecision(given, order) : null,
  }
}

function verdictsOf(judgments: readonly GivenJudgment[], order: ShownOrder): RaterVerdict[] {
  let judges = 0
  return judgments.map((judgment) => {
    const isJudge = judgment.rater_kind === 'judge'
    if (isJudge) judges += 1
    return {
      rater: isJudge ? `judge ${judges}` : judgment.pseudonym,
      answers: judgment.scores.map(({ criterionId, answer }) =>
        toShownAnswer(criterionId, answer, order),
      ),
      comment: judgment.comment,
      reasons: judgment.reasons,
      isExtra: judgment.is_extra === 1,
      places: judgment.order && placesIn(order, judgment.order),
    }
  })
}

const toDecision = (judgment: GivenJudgment, order: ShownOrder): GivenDecision => ({
  by: judgment.pseudonym,
  revision: judgment.revision,
  answers: judgment.scores.map(({ criterionId, answer }) =>
    toShownAnswer(criterionId, answer, order),
  ),
  reasons: judgment.reasons,
  reason: judgment.comment,
  at: judgment.judged_at,
})
