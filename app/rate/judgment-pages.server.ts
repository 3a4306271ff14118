/** Judgments with all that was answered, for whoever reads them from elsewhere. */
import { readOrder } from '#app/assign/shown-order.ts'
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { redact } from '#app/import/prepare/redact.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { changedPositions } from './changed-positions.server.ts'
import { type Answer, answerSchema } from './judgment.ts'
import { redactedAnswer } from './redacted-answer.ts'

type Kinds = ReadonlySet<FindingKind>

export interface JudgmentsWanted {
  projectId: string
  /** All of the project where it is left out. */
  campaignId?: string
  /** What is removed from texts of the project. */
  kinds: Kinds
}

/** Judgments of a project with what stands beside them in other tables. */
export const selectJudgments = (db: Queries, projectId: string) =>
  db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select([
      'judgment.id',
      'judgment.campaign_id',
      'judgment.task_id',
      'task.prompt_id',
      'task.purpose',
      'rater.pseudonym as rater',
      'judgment.source',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.shown_order',
      'judgment.guidelines_version',
      'judgment.comment',
      'judgment.reasons',
      'judgment.active_ms',
      'judgment.batch_id',
      'judgment.withdrawn_at',
      'judgment.withdrawn_reason',
      'judgment.judged_at',
      'judgment.created_at',
    ])
    .where('judgment.project_id', '=', projectId)

type Row = Awaited<ReturnType<ReturnType<typeof selectJudgments>['execute']>>[number]

/** An answer to one criterion, about one response or, at -1, about all. */
export interface ScoreListed {
  criterion: string
  position: number
  response_id: string | null
  answer: Answer
}

/** Judgments in the order of their ids, after one of them. */
export async function listJudgmentsAfter(
  db: Queries,
  wanted: JudgmentsWanted,
  { after = '', limit }: { after?: string; limit: number },
) {
  const { projectId, campaignId } = wanted
  const rows = await selectJudgments(db, projectId)
    .$if(campaignId !== undefined, (query) =>
      query.where('judgment.campaign_id', '=', campaignId ?? ''),
    )
    .where('judgment.id', '>', after)
    .orderBy('judgment.id')
    .limit(limit)
    .execute()
  return withScores(db, wanted, rows)
}

export type JudgmentListed = Awaited<ReturnType<typeof listJudgmentsAfter>>[number]

/** Rows with their answers, without what is removed from texts. */
export async function withScores(
  db: Queries,
  { projectId, kinds }: JudgmentsWanted,
  rows: readonly Row[],
) {
  const scores = await scoresOf(db, projectId, rows)
  const taskIds = rows.flatMap(({ id, task_id }) => (hasSpans(scores.get(id)) ? [task_id] : []))
  const changed = await changedPositions(db, projectId, { taskIds, kinds })
  return rows.map((row) => ({
    ...row,
    shown_order: row.shown_order === null ? null : readOrder(row.shown_order),
    ...wordsOf(row, kinds),
    withdrawn_reason:
      row.withdrawn_reason === null ? null : redact(row.withdrawn_reason, kinds).text,
    scores: (scores.get(row.id) ?? []).map((score) => ({
      ...score,
      answer: redactedAnswer(score.answer, kinds, changed.get(row.task_id) ?? noPositions),
    })),
  }))
}

const noPositions: ReadonlySet<number> = new Set()

/** Whether answers mark places in the texts of responses. */
export const hasSpans = (scores: readonly { answer: Answer }[] | undefined): boolean =>
  scores?.some(({ answer }) => answer.kind === 'spans') ?? false

const wordsOf = ({ comment, reasons }: { comment: string; reasons: string }, kinds: Kinds) => ({
  comment: redact(comment, kinds).text,
  reasons: (JSON.parse(reasons) as string[]).map((reason) => redact(reason, kinds).text),
})

async function scoresOf(db: Queries, projectId: string, judgments: readonly { id: string }[]) {
  const rows = await db
    .selectFrom('judgment_score')
    .innerJoin('criterion', (join) =>
      join
        .onRef('criterion.project_id', '=', 'judgment_score.project_id')
        .onRef('criterion.id', '=', 'judgment_score.criterion_id'),
    )
    .select([
      'judgment_score.judgment_id',
      'criterion.name as criterion',
      'judgment_score.position',
      'judgment_score.response_id',
      'judgment_score.answer',
    ])
    .where('judgment_score.project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'judgment_score.judgment_id',
        judgments.map(({ id }) => id),
      ),
    )
    .orderBy('judgment_score.judgment_id')
    .orderBy('criterion.position')
    .orderBy('judgment_score.position')
    .execute()
  const found = new Map<string, ScoreListed[]>()
  for (const { judgment_id, answer, ...score } of rows) {
    const own = found.get(judgment_id) ?? []
    own.push({ ...score, answer: answerSchema.parse(JSON.parse(answer)) })
    found.set(judgment_id, own)
  }
  return found
}
