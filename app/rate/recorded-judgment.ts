/** A judgment as a recorded line gives it: what it says, and the row it becomes. */
import { printJson } from '#app/base/canonical-json.ts'
import type { JudgmentGroup } from '#app/import/keep-records.server.ts'
import type { Score } from './judgment.ts'
import type { NewJudgment, Words } from './judgments.server.ts'
import { type AnsweredRecord, type AnswerPlaces, positionOf } from './recorded-answers.ts'
import { RefusedLine } from './refused-line.ts'

type AnsweredLine = AnsweredRecord['line']

const sameSubject = (one: Score, other: Score) =>
  one.criterionId === other.criterionId && one.position === other.position

export const overlaps = (before: readonly Score[], more: readonly Score[]): boolean =>
  before.some((one) => more.some((other) => sameSubject(one, other)))

/** What stood, with what a line adds to it or puts in its place. */
export const merged = (before: Words, line: AnsweredLine, scores: readonly Score[]): Words => ({
  scores: [
    ...before.scores.filter((one) => !scores.some((other) => sameSubject(one, other))),
    ...scores,
  ],
  comment: before.comment || (line.comment ?? ''),
  reasons: before.reasons.length > 0 ? before.reasons : (line.reasons ?? []),
})

/** Whether these words hold everything a line says. */
export const says = (words: Words, line: AnsweredLine, scores: readonly Score[]): boolean =>
  scores.every((score) => words.scores.some((one) => printJson(one) === printJson(score))) &&
  (line.comment === undefined || line.comment === words.comment) &&
  (line.reasons === undefined || printJson(line.reasons) === printJson(words.reasons))

/** The row of a judgment that nobody knew of. */
export function newJudgment(made: {
  group: JudgmentGroup
  campaignId: string
  record: AnsweredRecord
  taskId: string
  places: AnswerPlaces
  raterId: string
  scores: Score[]
}): NewJudgment {
  const { group, campaignId, record, taskId, places, raterId, scores } = made
  const { line } = record
  return {
    project_id: group.projectId,
    campaign_id: campaignId,
    task_id: taskId,
    rater_id: raterId,
    assignment_id: null,
    source: line.source,
    is_extra: line.is_extra ? 1 : 0,
    withdrawn_at: line.withdrawn === undefined ? null : (line.withdrawn_at ?? group.now),
    withdrawn_reason: line.withdrawn ?? null,
    shown_order: shownOrderOf(record, places),
    guidelines_version: line.guidelines_version ?? null,
    shown_hash: null,
    words: { scores, comment: line.comment ?? '', reasons: line.reasons ?? [] },
    revision: line.revision ?? 1,
    active_ms: line.active_ms ?? null,
    batch_id: group.batchId,
    judged_at: line.created_at ?? null,
    created_at: group.now,
  }
}

function shownOrderOf(record: AnsweredRecord, places: AnswerPlaces): string | null {
  const { shown_order: names } = record.line
  if (names !== undefined) {
    const order = names.map((name) => positionOf(places, name, 'shown_order'))
    if (order.length !== places.responseIds.length || new Set(order).size < order.length) {
      throw new RefusedLine('shown_order', 'it does not name each response of the task once')
    }
    return printJson(order)
  }
  if (record.kind !== 'pairwise' || record.line.shown_first === undefined) return null
  const first = places.filed[record.line.shown_first === 'a' ? 0 : 1]
  return first === places.responseIds[0] ? '[0,1]' : '[1,0]'
}
