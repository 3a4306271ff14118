/** In: a campaign's judgments. Out: what standings and agreement need of them, counted. */
import { type ExpressionBuilder, sql } from 'kysely'
import type { listCriteria } from '#app/assign/campaigns.server.ts'
import { firstShown } from '#app/assign/shown-order.ts'
import { answerSchema } from '#app/rate/judgment.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { groupsOf, walkPages } from '#db/pages.ts'
import type { Queries, Schema } from '#db/schema.ts'
import type { MeasureOptions } from './method.ts'
import { readMarks } from './response-marks.server.ts'
import type { StyleMarks } from './response-style.ts'
import {
  addJudge,
  addPairVote,
  addScoreVote,
  emptyTally,
  type PairVote,
  pairsOfRanking,
  type Tally,
} from './tally.ts'
import { sidesOfTasks, type TaskSide } from './task-sides.server.ts'

const judgmentsAPage = 1_000

export interface TallyScope {
  projectId: string
  campaignId: string
  sources: MeasureOptions['sources']
  /** Only tasks that show a response of one model of each of these lists. */
  among?: readonly (readonly string[])[] | undefined
  /** Only prompts with this tag. */
  tag?: string | undefined
  /** Only tasks all of whose responses are of these models. */
  within?: readonly string[] | undefined
  /** Only these tasks, so few that their judgments are read at once. */
  taskIds?: readonly string[] | undefined
  /** Only judgments of these raters. */
  raterIds?: readonly string[] | undefined
  /** Only judgments given in this span of time: from its beginning until before its end. */
  given?: { from?: number | undefined; until?: number | undefined } | undefined
  /** Whether each rater's verdicts are kept by themselves too. */
  keepsRaterVotes?: boolean | undefined
  /** Whether the marks of the responses' texts are counted too: every text is read, once. */
  countsMarks?: boolean | undefined
  /** Whether whole rankings are kept beside the pairs that they stand for. */
  keepsRankings?: boolean | undefined
}

/** When a judgment was given; imports that do not say count as given when they came. */
const givenAt = sql<number>`coalesce(judgment.judged_at, judgment.created_at)`

const selectAnswers = (
  db: Queries,
  {
    projectId,
    campaignId,
    sources,
    among,
    tag,
    within,
    taskIds,
    raterIds,
    given,
    after,
    limit,
  }: TallyScope & { after: string; limit: number },
) =>
  db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .select(['judgment.id', 'judgment.task_id', 'judgment.rater_id', 'task.prompt_id'])
    .select(['task.selection_probability as probability', 'judgment.shown_order'])
    .where('judgment.project_id', '=', projectId)
    // Where the tasks are known nothing else may tempt a plan to walk the campaign.
    .$if(taskIds === undefined, (query) =>
      query.where('judgment.campaign_id', '=', campaignId).where('judgment.id', '>', after),
    )
    .$if(taskIds !== undefined, (query) =>
      query.where(oneOf(db, 'judgment.task_id', taskIds ?? [])),
    )
    .where('judgment.source', 'in', sources)
    .where('judgment.is_extra', '=', 0)
    .where('judgment.withdrawn_at', 'is', null)
    .where('task.purpose', '=', 'work')
    .$if(among !== undefined, (query) =>
      query.where((eb) => eb.and((among ?? []).map((models) => hasResponseOf(eb, models)))),
    )
    .$if(tag !== undefined, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('prompt_tag')
            .select('prompt_tag.tag')
            .whereRef('prompt_tag.project_id', '=', 'task.project_id')
            .whereRef('prompt_tag.prompt_id', '=', 'task.prompt_id')
            .where('prompt_tag.tag', '=', tag ?? ''),
        ),
      ),
    )
    .$if(within !== undefined, (query) =>
      query.where((eb) => eb.not(hasResponseBeside(db, eb, within ?? []))),
    )
    .$if(raterIds !== undefined, (query) =>
      query.where(oneOf(db, 'judgment.rater_id', raterIds ?? [])),
    )
    .$if(given?.from !== undefined, (query) => query.where(givenAt, '>=', given?.from ?? 0))
    .$if(given?.until !== undefined, (query) => query.where(givenAt, '<', given?.until ?? 0))
    .orderBy('judgment.id')
    .$if(taskIds === undefined, (query) => query.limit(limit))

/** Whether a judgment's task shows a response of any other model. */
const hasResponseBeside = (
  db: Queries,
  eb: ExpressionBuilder<Schema, 'task'>,
  modelIds: readonly string[],
) =>
  eb.exists(
    eb
      .selectFrom('task_response')
      .innerJoin('response', (join) =>
        join
          .onRef('response.project_id', '=', 'task_response.project_id')
          .onRef('response.id', '=', 'task_response.response_id'),
      )
      .select('response.id')
      .whereRef('task_response.project_id', '=', 'task.project_id')
      .whereRef('task_response.task_id', '=', 'task.id')
      .where((inner) => inner.not(oneOf(db, 'response.model_id', modelIds))),
  )

/** Whether a judgment's task shows a response of some model. */
const hasResponseOf = (eb: ExpressionBuilder<Schema, 'task'>, modelIds: readonly string[]) =>
  eb.exists(
    eb
      .selectFrom('task_response')
      .innerJoin('response', (join) =>
        join
          .onRef('response.project_id', '=', 'task_response.project_id')
          .onRef('response.id', '=', 'task_response.response_id'),
      )
      .select('response.id')
      .whereRef('task_response.project_id', '=', 'task.project_id')
      .whereRef('task_response.task_id', '=', 'task.id')
      .where('response.model_id', 'in', modelIds),
  )

/** Counts a campaign's judgments: work only, latest revision, neither withdrawn nor extra. */
export async function tallyJudgments(db: Queries, scope: TallyScope): Promise<Tally> {
  const tally: Tally = {
    ...emptyTally(),
    ...(scope.keepsRaterVotes ? { raterVotes: [] } : {}),
    ...(scope.keepsRankings ? { rankings: [] } : {}),
  }
  const marks = scope.countsMarks ? new Map<string, StyleMarks>() : undefined
  const place = { projectId: scope.projectId, marks }
  if (scope.taskIds) {
    const rows = await selectAnswers(db, { ...scope, after: '', limit: 0 }).execute()
    for (const page of groupsOf(rows, judgmentsAPage)) await addPage(db, place, page, tally)
    return tally
  }
  const pages = walkPages(
    judgmentsAPage,
    (after: string | undefined, limit) =>
      selectAnswers(db, { ...scope, after: after ?? '', limit }).execute(),
    (row) => row.id,
  )
  for await (const page of pages) await addPage(db, place, page, tally)
  return tally
}

async function addPage(
  db: Queries,
  { projectId, marks }: { projectId: string; marks: Map<string, StyleMarks> | undefined },
  judgments: Awaited<ReturnType<ReturnType<typeof selectAnswers>['execute']>>,
  tally: Tally,
): Promise<void> {
  if (judgments.length === 0) return
  const sides = await sidesOfTasks(db, projectId, [...new Set(judgments.map((one) => one.task_id))])
  if (marks) await readMarks(db, projectId, [...sides.values()].flat(), marks)
  const scores = await db
    .selectFrom('judgment_score')
    .select(['judgment_id', 'criterion_id', 'position', 'answer', 'winner', 'score'])
    .where('project_id', '=', projectId)
    .where(
      'judgment_id',
      'in',
      judgments.map((one) => one.id),
    )
    .orderBy('judgment_id')
    .orderBy('criterion_id')
    .orderBy('position')
    .execute()
  const byId = new Map(judgments.map((one) => [one.id, one]))
  for (const row of scores) {
    const judgment = byId.get(row.judgment_id)
    if (!judgment) continue
    const about = { criterionId: row.criterion_id, promptId: judgment.prompt_id }
    addJudge(tally, { ...about, judgmentId: judgment.id, raterId: judgment.rater_id })
    const unit = `${judgment.task_id}:${row.position}`
    const raterId = judgment.rater_id
    const shownAt = (position: number) => sides.get(judgment.task_id)?.[position]
    const modelAt = (position: number) => shownAt(position)?.modelId ?? ''
    const setAgainst = (a: number, b: number) => ({
      modelA: modelAt(a),
      modelB: modelAt(b),
      ...looksOf({ a: shownAt(a), b: shownAt(b) }, marks),
    })
    if (row.winner !== null) {
      const { task_id: taskId, probability } = judgment
      const draw = probability === null ? undefined : { taskId, probability }
      addPairVote(tally, {
        ...about,
        raterId,
        unit,
        ...setAgainst(0, 1),
        first: firstShown(judgment.shown_order),
        winner: row.winner,
        draw,
      })
    } else if (row.score !== null) {
      addScoreVote(tally, {
        ...about,
        raterId,
        unit,
        modelId: modelAt(row.position),
        value: row.score,
      })
    } else {
      addOther(tally, {
        about: { ...about, raterId },
        unit,
        answer: row.answer,
        modelAt,
        setAgainst,
        position: row.position,
      })
    }
  }
}

/** How long two responses are, and the marks of their texts where they were counted. */
function looksOf(
  { a, b }: { a: TaskSide | undefined; b: TaskSide | undefined },
  marks: ReadonlyMap<string, StyleMarks> | undefined,
): Pick<PairVote, 'characters' | 'marks'> {
  const [marksA, marksB] = [a, b].map((side) => side && marks?.get(side.responseId))
  return {
    characters: { a: a?.characters ?? 0, b: b?.characters ?? 0 },
    marks: marksA && marksB ? { a: marksA, b: marksB } : undefined,
  }
}

function addOther(
  tally: Tally,
  {
    about,
    unit,
    answer,
    modelAt,
    setAgainst,
    position,
  }: {
    about: { criterionId: string; promptId: string; raterId: string }
    unit: string
    answer: string
    modelAt: (position: number) => string
    setAgainst: (
      a: number,
      b: number,
    ) => Pick<PairVote, 'modelA' | 'modelB' | 'characters' | 'marks'>
    position: number
  },
): void {
  const found = answerSchema.parse(JSON.parse(answer))
  if (found.kind === 'choice') {
    addScoreVote(tally, { ...about, unit, modelId: modelAt(position), value: found.choice })
  }
  if (found.kind === 'choices') {
    const value = found.choices.join(' + ')
    addScoreVote(tally, { ...about, unit, modelId: modelAt(position), value })
  }
  if (found.kind !== 'ranking') return
  tally.rankings?.push({
    criterionId: about.criterionId,
    promptId: about.promptId,
    groups: found.ranking.map((tied) => tied.map(modelAt)),
  })
  for (const { a, b, winner } of pairsOfRanking(found.ranking)) {
    addPairVote(tally, { ...about, unit: `${unit}:${a}-${b}`, ...setAgainst(a, b), winner })
  }
}

/** Standings speak of one question: preference, or the first that compares responses. */
export const mainCriterion = (
  criteria: Awaited<ReturnType<typeof listCriteria>>,
): string | undefined =>
  (
    criteria.find((criterion) => criterion.name === 'preference') ??
    criteria.find(({ definition }) => ['preference', 'ranking'].includes(definition.kind))
  )?.id

const promptsAQuery = 500

/** The tags of some prompts. */
export async function tagsOfPrompts(
  db: Queries,
  projectId: string,
  promptIds: ReadonlySet<string>,
): Promise<Map<string, string[]>> {
  const tags = new Map<string, string[]>()
  for (const some of groupsOf([...promptIds], promptsAQuery)) {
    const rows = await db
      .selectFrom('prompt_tag')
      .select(['prompt_id', 'tag'])
      .where('project_id', '=', projectId)
      .where(oneOf(db, 'prompt_id', some))
      .orderBy('tag')
      .execute()
    for (const { prompt_id: promptId, tag } of rows) {
      tags.set(promptId, [...(tags.get(promptId) ?? []), tag])
    }
  }
  return tags
}
