/** In: a campaign's tasks with expected answers. Out: a list with how raters do, and what may become one. */
import type { Criterion } from '#app/assign/campaign.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import {
  type ExpectedPurpose,
  expectedPurposes,
  findExpectedTask,
} from '#app/assign/expected-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { entropyInBits, labelPosterior } from '#app/stats/label-posterior.ts'
import type { Queries } from '#db/schema.ts'
import type { CampaignScope } from './adjudication-queue.server.ts'
import {
  findTask,
  judgmentsOf,
  responseIdsOf,
  scoresOfAll,
  type TaskScope,
} from './adjudication-task.server.ts'
import { toShownAnswer } from './check-answers.ts'
import { type Expected, expectedSchema, isRight } from './expected.ts'
import { accuracies, type ExpectedAttempt, type TaskAccuracy } from './expected-task.ts'
import type { ShownAnswer } from './judgment.ts'
import { answerCounts, primaryCriterion } from './primary-answer.ts'
import { steadyOrder } from './steady-order.server.ts'
import { shownText } from './task-view.server.ts'
import type { ShownDocument, ShownMessage, ShownResponse } from './task-view.ts'

export const mostExpectedListed = 200

export interface ListedExpected {
  id: string
  purpose: ExpectedPurpose
  preview: string
  /** As the person who looks sees the responses. */
  answers: ShownAnswer[]
  explanation: string
  retiredBecause: string | null
  accuracy: TaskAccuracy | null
}

/** A campaign's newest tasks with an expected answer, those in use first. */
export async function listExpected(
  db: Queries,
  {
    projectId,
    campaignId,
    personId,
    tolerance,
  }: CampaignScope & { personId: string; tolerance: number },
): Promise<ListedExpected[]> {
  const rows = await db
    .selectFrom('task')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .select([
      'task.id',
      'task.purpose',
      'task.expected',
      'task.withdrawn_at',
      'task.withdrawn_reason',
      'prompt.preview',
    ])
    .where('task.project_id', '=', projectId)
    .where('task.campaign_id', '=', campaignId)
    .where('task.purpose', 'in', expectedPurposes)
    .where('task.expected', 'is not', null)
    .orderBy('task.id', 'desc')
    .limit(mostExpectedListed)
    .execute()
  const ids = rows.map((row) => row.id)
  const expected = new Map(rows.map((row) => [row.id, readExpected(row.expected)]))
  const figures = accuracies(await attemptsAt(db, { projectId, expected, tolerance }))
  const responses = await responsesOf(db, projectId, ids)
  const listed = rows.map((row): ListedExpected => {
    const { scores, explanation } = must(expected.get(row.id), 'what is expected')
    const order = steadyOrder(responses.get(row.id) ?? [], personId)
    return {
      id: row.id,
      purpose: must(
        expectedPurposes.find((purpose) => purpose === row.purpose),
        'a purpose with an expected answer',
      ),
      preview: row.preview,
      answers: scores.map(({ criterionId, answer }) => toShownAnswer(criterionId, answer, order)),
      explanation,
      retiredBecause: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
      accuracy: figures.get(row.id) ?? null,
    }
  })
  return [
    ...listed.filter((task) => task.retiredBecause === null),
    ...listed.filter((task) => task.retiredBecause !== null),
  ]
}

const readExpected = (text: string | null): Expected => expectedSchema.parse(JSON.parse(text ?? ''))

async function attemptsAt(
  db: Queries,
  {
    projectId,
    expected,
    tolerance,
  }: { projectId: string; expected: ReadonlyMap<string, Expected>; tolerance: number },
): Promise<ExpectedAttempt[]> {
  if (expected.size === 0) return []
  const rows = await db
    .selectFrom('judgment')
    .select(['id', 'task_id', 'rater_id'])
    .where('project_id', '=', projectId)
    .where('task_id', 'in', [...expected.keys()])
    .where('source', '=', 'human')
    .where('withdrawn_at', 'is', null)
    .execute()
  const scores = await scoresOfAll(
    db,
    projectId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    taskId: row.task_id,
    raterId: row.rater_id,
    isRight: isRight(
      must(expected.get(row.task_id), 'what is expected'),
      scores.get(row.id) ?? [],
      tolerance,
    ),
  }))
}

async function responsesOf(
  db: Queries,
  projectId: string,
  taskIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>(taskIds.map((id) => [id, []]))
  if (taskIds.length === 0) return found
  const rows = await db
    .selectFrom('task_response')
    .select(['task_id', 'response_id'])
    .where('project_id', '=', projectId)
    .where('task_id', 'in', taskIds)
    .orderBy('position')
    .execute()
  for (const row of rows) found.get(row.task_id)?.push(row.response_id)
  return found
}

export interface Candidate {
  id: string
  preview: string
}

const candidatesListed = 20
/** How many responses a ranking is taken to have. */
const responsesAssumed = 3
/** Tasks among which those are looked for that nobody has judged. */
const tasksLookedAt = 2_000

/** Work that may become a task with an expected answer: decided, agreed upon, or not judged yet. */
export async function listCandidates(
  db: Queries,
  scope: CampaignScope & { criteria: readonly Criterion[] },
): Promise<{ decided: Candidate[]; agreed: Candidate[]; unjudged: Candidate[] }> {
  const decided = await candidates(db, scope)
    .innerJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'task.project_id')
        .onRef('judgment.task_id', '=', 'task.id'),
    )
    .where('judgment.campaign_id', '=', scope.campaignId)
    .where('judgment.source', '=', 'adjudicator')
    .where('judgment.withdrawn_at', 'is', null)
    .orderBy('judgment.id', 'desc')
    .execute()
  const agreed = await candidates(db, scope)
    .where('task.doubt', '>', 0)
    .where('task.doubt', '<=', doubtOfTwoAlike(scope.criteria))
    .orderBy('task.doubt')
    .orderBy('task.id')
    .execute()
  const unjudged = await candidates(db, scope)
    .where('task.id', 'in', (eb) =>
      eb
        .selectFrom((inner) =>
          inner
            .selectFrom('task as newest')
            .select(['newest.id', 'newest.doubt', 'newest.decided'])
            .where('newest.project_id', '=', scope.projectId)
            .where('newest.campaign_id', '=', scope.campaignId)
            .orderBy('newest.id', 'desc')
            .limit(tasksLookedAt)
            .as('looked_at'),
        )
        .select('looked_at.id')
        .where('looked_at.doubt', 'is', null)
        .where('looked_at.decided', 'is', null),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('judgment')
            .select('judgment.id')
            .whereRef('judgment.project_id', '=', 'task.project_id')
            .whereRef('judgment.task_id', '=', 'task.id'),
        ),
      ),
    )
    .orderBy('task.id', 'desc')
    .execute()
  return { decided, agreed, unjudged }
}

/** What two raters of one mind leave open, in bits; a float's breadth more. */
function doubtOfTwoAlike(criteria: readonly Criterion[]): number {
  const criterion = primaryCriterion(criteria)
  if (!criterion) return 0
  const [, ...others] = answerCounts(criterion, [], responsesAssumed)
  return entropyInBits(labelPosterior([2, ...others])) + 1e-9
}

const candidates = (db: Queries, { projectId, campaignId }: CampaignScope) =>
  db
    .selectFrom('task')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .select(['task.id', 'prompt.preview'])
    .where('task.project_id', '=', projectId)
    .where('task.campaign_id', '=', campaignId)
    .where('task.purpose', '=', 'work')
    .where('task.withdrawn_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task as held_to')
            .select('held_to.id')
            .whereRef('held_to.project_id', '=', 'task.project_id')
            .whereRef('held_to.campaign_id', '=', 'task.campaign_id')
            .where('held_to.purpose', 'in', expectedPurposes)
            .whereRef('held_to.fingerprint', '=', 'task.fingerprint')
            .where('held_to.withdrawn_at', 'is', null),
        ),
      ),
    )
    .limit(candidatesListed)

export interface ExpectedView {
  taskId: string
  /** Absent while it is work that may become such a task. */
  purpose: ExpectedPurpose | null
  retiredBecause: string | null
  prompt: ShownMessage[]
  responses: ShownResponse[]
  context?: ShownDocument[]
  /** What is expected, or proposed by an adjudicator's decision. */
  answers: ShownAnswer[]
  explanation: string
  isProposed: boolean
}

/** One task with what is expected of it, or a piece of work with what was decided; else undefined. */
export async function viewExpected(
  db: Queries,
  { personId, ...scope }: TaskScope & { personId: string },
): Promise<ExpectedView | undefined> {
  const { projectId, taskId } = scope
  const found = await findExpectedTask(db, scope)
  if (!found && !(await findTask(db, scope))) return undefined
  const shownOrder = steadyOrder(await responseIdsOf(db, projectId, taskId), personId)
  const proposed = found ? null : await proposedFor(db, scope)
  const expected = found?.expected ? readExpected(found.expected) : proposed
  const asked = new Set((await listCriteria(db, projectId, scope.campaignId)).map(({ id }) => id))
  return {
    taskId,
    purpose: expectedPurposes.find((purpose) => purpose === found?.purpose) ?? null,
    retiredBecause: found && found.withdrawn_at !== null ? (found.withdrawn_reason ?? '') : null,
    ...(await shownText(db, projectId, { taskId, shownOrder })),
    answers: (expected?.scores ?? [])
      .filter(({ criterionId }) => asked.has(criterionId))
      .map(({ criterionId, answer }) => toShownAnswer(criterionId, answer, shownOrder)),
    explanation: expected?.explanation ?? '',
    isProposed: proposed !== null,
  }
}

/** What an adjudicator decided of a task, as what may be expected of it. */
async function proposedFor(db: Queries, scope: TaskScope): Promise<Expected | null> {
  const judgments = await judgmentsOf(db, scope.projectId, scope.taskId)
  const decision = judgments.find((judgment) => judgment.source === 'adjudicator')
  return decision ? { scores: decision.scores, explanation: decision.comment } : null
}
