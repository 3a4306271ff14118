/** In: tasks. Out: what was judged of each, and who passed it over. */
import { addTo } from '#app/base/keyed-lists.ts'
import type { Answer, RevisionContent } from '#app/rate/judgment.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import type { ExportedJudgment, ExportedScore, JudgedTask } from './judged-task.ts'

/** The judgments of each task by its id, as they stand; with all that was said before where it is asked for. */
export async function judgmentsOfTasks(
  db: Queries,
  {
    projectId,
    withHistory,
    raters,
  }: { projectId: string; withHistory: boolean; raters: ReadonlyMap<string, string> },
  taskIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
) {
  const query = db
    .selectFrom('judgment')
    .leftJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.rater_id',
      'judgment.source',
      'judgment.is_extra',
      'judgment.withdrawn_at',
      'judgment.shown_order',
      'judgment.judged_at',
      'judgment_score.criterion_id',
      'judgment_score.position',
      'judgment_score.answer',
      'judgment_score.winner',
      'judgment_score.score',
    ])
    .where('judgment.project_id', '=', projectId)
    .where(oneOf(db, 'judgment.task_id', taskIds))
  const rows: JudgmentRow[] = withHistory
    ? await query
        .select([
          'judgment.revision',
          'judgment.withdrawn_reason',
          'judgment.guidelines_version',
          'judgment.comment',
          'judgment.reasons',
          'judgment.active_ms',
        ])
        .execute()
    : await query.execute()
  const found = new Map<string, { taskId: string; judgment: ExportedJudgment }>()
  for (const row of rows) {
    const known = found.get(row.id)
    const judgment = known?.judgment ?? judgmentOf(row, raters)
    if (!known) found.set(row.id, { taskId: row.task_id, judgment })
    if (row.criterion_id === null || row.answer === null) continue
    judgment.latest.scores.push({
      criterion: criteria.get(row.criterion_id) ?? '',
      position: row.position ?? -1,
      answer: readAnswer(row.answer),
      winner: row.winner,
      score: row.score,
    })
  }
  const earlier = withHistory
    ? await earlierRevisions(db, projectId, [...found.keys()], criteria)
    : new Map()
  const byTask = new Map<string, ExportedJudgment[]>()
  for (const [id, { taskId, judgment }] of found) {
    if (judgment.latest.scores.length > 1) judgment.latest.scores.sort(byCriterion)
    judgment.earlier = earlier.get(id) ?? []
    addTo(byTask, taskId, judgment)
  }
  for (const own of byTask.values()) own.sort(byRater)
  return byTask
}

interface HistoryOfJudgment {
  revision: number
  withdrawn_reason: string | null
  guidelines_version: number | null
  comment: string
  reasons: string
  active_ms: number | null
}

/** Its history is there where it was asked for. */
interface JudgmentRow extends Partial<HistoryOfJudgment> {
  id: string
  task_id: string
  rater_id: string
  source: ExportedJudgment['source']
  is_extra: number
  withdrawn_at: number | null
  shown_order: string | null
  judged_at: number | null
  criterion_id: string | null
  position: number | null
  answer: string | null
  winner: ExportedScore['winner']
  score: number | null
}

const judgmentOf = (row: JudgmentRow, raters: ReadonlyMap<string, string>): ExportedJudgment => ({
  rater: raters.get(row.rater_id) ?? '',
  source: row.source,
  isExtra: row.is_extra === 1,
  withdrawn: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
  withdrawnAt: row.withdrawn_at,
  guidelinesVersion: row.guidelines_version ?? null,
  shownOrder: row.shown_order === null ? null : readOrder(row.shown_order),
  latest: {
    revision: row.revision ?? 1,
    scores: [],
    comment: row.comment ?? '',
    reasons: row.reasons === undefined || row.reasons === '[]' ? [] : readReasons(row.reasons),
    activeMs: row.active_ms ?? null,
    judgedAt: row.judged_at,
  },
  earlier: [],
})

const readAnswer = readingOften<Answer>()
const readOrder = readingOften<readonly number[]>()
const readReasons = (text: string) => JSON.parse(text) as string[]

/** Short texts of which there are few kinds, such as verdicts, are parsed once and shared. */
function readingOften<Value>(): (text: string) => Value {
  const known = new Map<string, Value>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = JSON.parse(text) as Value
    if (text.length > longestShared) return value
    if (known.size >= mostShared) known.clear()
    known.set(text, value)
    return value
  }
}

const longestShared = 100
const mostShared = 1_000

/** One rater may judge a task in several roles. */
const byRater = (one: ExportedJudgment, other: ExportedJudgment): number =>
  compared(one.rater, other.rater) || compared(one.source, other.source)

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const byCriterion = (one: ExportedScore, other: ExportedScore) =>
  one.criterion < other.criterion
    ? -1
    : one.criterion > other.criterion
      ? 1
      : one.position - other.position

async function earlierRevisions(
  db: Queries,
  projectId: string,
  judgmentIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
) {
  const byJudgment = new Map<string, ExportedJudgment['earlier']>()
  if (judgmentIds.length === 0) return byJudgment
  const rows = await db
    .selectFrom('judgment_revision')
    .select(['judgment_id', 'revision', 'content', 'judged_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'judgment_id', judgmentIds))
    .orderBy('judgment_id')
    .orderBy('revision')
    .execute()
  for (const row of rows) {
    const content = JSON.parse(row.content) as RevisionContent
    const scores = content.scores
      .map(
        ({ criterionId, position, answer }): ExportedScore => ({
          criterion: criteria.get(criterionId) ?? '',
          position,
          answer,
          winner: answer.kind === 'preference' ? answer.winner : null,
          score: answer.kind === 'scale' ? answer.score : null,
        }),
      )
      .sort(byCriterion)
    const revision = { ...content, scores, revision: row.revision, judgedAt: row.judged_at }
    byJudgment.set(row.judgment_id, [...(byJudgment.get(row.judgment_id) ?? []), revision])
  }
  return byJudgment
}

/** The skips of each task by its id, with who skipped it and why. */
export async function skipsOfTasks(db: Queries, projectId: string, taskIds: readonly string[]) {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'assignment.project_id')
        .onRef('rater.id', '=', 'assignment.rater_id'),
    )
    .select([
      'assignment.task_id',
      'assignment.skip_reason',
      'assignment.ended_at',
      'rater.pseudonym',
    ])
    .where('assignment.project_id', '=', projectId)
    .where(oneOf(db, 'assignment.task_id', taskIds))
    .where('assignment.status', '=', 'skipped')
    .orderBy('rater.pseudonym')
    .execute()
  const byTask = new Map<string, JudgedTask['skips']>()
  for (const row of rows) {
    const skip = { rater: row.pseudonym, reason: row.skip_reason ?? '', at: row.ended_at }
    byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), skip])
  }
  return byTask
}
