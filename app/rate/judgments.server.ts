/** In: checked answers. Out: judgment rows, their earlier revisions kept. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { insertRows } from '#db/insert-rows.ts'
import { groupsOf } from '#db/pages.ts'
import type { JudgmentScoreTable, JudgmentTable, Queries, Schema, Tx } from '#db/schema.ts'
import { answerSchema, type RevisionContent, type Score } from './judgment.ts'

/** A judgment's words, from which a repeated submit is known for what it is. */
export interface Words {
  scores: readonly Score[]
  comment: string
  reasons: readonly string[]
}

export function hashOf({ scores, comment, reasons }: Words): string {
  const ordered = [...scores].sort(
    (one, other) =>
      (one.criterionId < other.criterionId ? -1 : one.criterionId > other.criterionId ? 1 : 0) ||
      one.position - other.position,
  )
  return sha256(printJson({ scores: ordered, comment, reasons }))
}

export type NewJudgment = Omit<
  JudgmentTable,
  'id' | 'revision' | 'answer_hash' | 'withdrawn_at' | 'withdrawn_reason' | 'comment' | 'reasons'
> &
  Partial<Pick<JudgmentTable, 'withdrawn_at' | 'withdrawn_reason'>> & {
    words: Words
    revision?: number
  }

/** Inserts judgments with their scores, and notes each for whoever counts. Gives their ids. */
export async function insertJudgments(
  trx: Tx,
  judgments: readonly NewJudgment[],
  responsesOf: (taskId: string) => readonly string[],
): Promise<string[]> {
  const rows = judgments.map(
    ({ words, ...judgment }): JudgmentTable => ({
      ...judgment,
      id: newId(),
      revision: judgment.revision ?? 1,
      answer_hash: hashOf(words),
      withdrawn_at: judgment.withdrawn_at ?? null,
      withdrawn_reason: judgment.withdrawn_reason ?? null,
      comment: words.comment,
      reasons: printJson(words.reasons),
    }),
  )
  await insertRows(trx, 'judgment', rows)
  const scores = rows.flatMap((row, place) =>
    (judgments[place]?.words.scores ?? []).map((score) =>
      toScoreRow(row.project_id, row.id, score, responsesOf(row.task_id)),
    ),
  )
  await insertRows(trx, 'judgment_score', scores)
  await noteChanges(
    trx,
    rows.map((row) => ({ ...row, kind: 'saved' as const, now: row.created_at })),
  )
  return rows.map((row) => row.id)
}

function toScoreRow(
  projectId: string,
  judgmentId: string,
  { criterionId, position, answer }: Score,
  responseIds: readonly string[],
): JudgmentScoreTable {
  return {
    project_id: projectId,
    judgment_id: judgmentId,
    criterion_id: criterionId,
    position,
    response_id: position < 0 ? null : (responseIds[position] ?? null),
    answer: printJson(answer),
    winner: answer.kind === 'preference' ? answer.winner : null,
    strength: answer.kind === 'preference' ? (answer.strength ?? null) : null,
    score: answer.kind === 'scale' ? answer.score : null,
  }
}

interface Change {
  project_id: string
  campaign_id: string
  id: string
  kind: Schema['judgment_change']['kind']
  now: number
}

async function noteChanges(trx: Tx, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ project_id, campaign_id, id, kind, now }) => ({
    project_id,
    id: newId(),
    campaign_id,
    judgment_id: id,
    kind,
    created_at: now,
  }))
  await insertRows(trx, 'judgment_change', rows)
}

/** The answers of a judgment as they stand. */
export async function scoresOf(
  db: Queries,
  projectId: string,
  judgmentId: string,
): Promise<Score[]> {
  const rows = await db
    .selectFrom('judgment_score')
    .select(['criterion_id', 'position', 'answer'])
    .where('project_id', '=', projectId)
    .where('judgment_id', '=', judgmentId)
    .orderBy('criterion_id')
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    criterionId: row.criterion_id,
    position: row.position,
    answer: answerSchema.parse(JSON.parse(row.answer)),
  }))
}

export interface Revision {
  judgment: Pick<
    JudgmentTable,
    | 'project_id'
    | 'id'
    | 'campaign_id'
    | 'revision'
    | 'comment'
    | 'reasons'
    | 'active_ms'
    | 'judged_at'
    | 'created_at'
  >
  words: Words
  responseIds: readonly string[]
  activeMs: number | null
  judgedAt: number | null
  now: number
}

/** Puts new answers in the place of a judgment's old ones, which stay as an earlier revision. */
export async function reviseJudgment(trx: Tx, revision: Revision): Promise<number> {
  const { judgment, words, responseIds, activeMs, judgedAt, now } = revision
  const { project_id, id } = judgment
  const before: RevisionContent = {
    scores: await scoresOf(trx, project_id, id),
    comment: judgment.comment,
    reasons: JSON.parse(judgment.reasons) as string[],
    activeMs: judgment.active_ms,
  }
  await trx
    .insertInto('judgment_revision')
    .values({
      project_id,
      judgment_id: id,
      revision: judgment.revision,
      content: printJson(before),
      judged_at: judgment.judged_at,
      created_at: now,
    })
    .execute()
  await replaceScores(trx, { projectId: project_id, judgmentId: id, words, responseIds })
  await trx
    .updateTable('judgment')
    .set({
      revision: judgment.revision + 1,
      answer_hash: hashOf(words),
      comment: words.comment,
      reasons: printJson(words.reasons),
      active_ms: activeMs,
      judged_at: judgedAt,
    })
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .execute()
  await noteChanges(trx, [{ ...judgment, kind: 'revised', now }])
  return judgment.revision + 1
}

async function replaceScores(
  trx: Tx,
  options: { projectId: string; judgmentId: string; words: Words; responseIds: readonly string[] },
): Promise<void> {
  const { projectId, judgmentId, words, responseIds } = options
  await trx
    .deleteFrom('judgment_score')
    .where('project_id', '=', projectId)
    .where('judgment_id', '=', judgmentId)
    .execute()
  await insertRows(
    trx,
    'judgment_score',
    words.scores.map((score) => toScoreRow(projectId, judgmentId, score, responseIds)),
  )
}

/** Adds answers that arrived apart from the others, or in their place, without making a revision. */
export async function addScores(
  trx: Tx,
  options: {
    judgment: Revision['judgment']
    /** All answers as they are to stand. */
    words: Words
    added: readonly Score[]
    responseIds: readonly string[]
    now: number
  },
): Promise<void> {
  const { judgment, words, added, responseIds, now } = options
  for (const { criterionId, position } of added) {
    await trx
      .deleteFrom('judgment_score')
      .where('project_id', '=', judgment.project_id)
      .where('judgment_id', '=', judgment.id)
      .where('criterion_id', '=', criterionId)
      .where('position', '=', position)
      .execute()
  }
  await insertRows(
    trx,
    'judgment_score',
    added.map((score) => toScoreRow(judgment.project_id, judgment.id, score, responseIds)),
  )
  await trx
    .updateTable('judgment')
    .set({ answer_hash: hashOf(words), comment: words.comment, reasons: printJson(words.reasons) })
    .where('project_id', '=', judgment.project_id)
    .where('id', '=', judgment.id)
    .execute()
  await noteChanges(trx, [{ ...judgment, kind: 'revised', now }])
}

/** Drops change notes that whoever counts has taken in. */
export async function forgetChanges(
  trx: Tx,
  { projectId, ids }: { projectId: string; ids: readonly string[] },
): Promise<void> {
  for (const some of groupsOf(ids, 1_000)) {
    await trx
      .deleteFrom('judgment_change')
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .execute()
  }
}

/** Marks change notes as taken into the counts that are kept as judgments come. */
export async function markCounted(
  trx: Tx,
  { projectId, ids }: { projectId: string; ids: readonly string[] },
): Promise<void> {
  for (const some of groupsOf(ids, 1_000)) {
    await trx
      .updateTable('judgment_change')
      .set({ is_counted: 1 })
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .execute()
  }
}

/** Marks all change notes of a campaign as not counted: its counts were made anew without them. */
export const markUncounted = (
  trx: Tx,
  { projectId, campaignId }: { projectId: string; campaignId: string },
) =>
  trx
    .updateTable('judgment_change')
    .set({ is_counted: 0 })
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('is_counted', '=', 1)
    .execute()
