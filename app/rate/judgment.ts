/** What a judgment is: the answer a rater gives, and how it is kept in canonical order. */
import { z } from 'zod'
import type { Criterion } from '#app/assign/campaign.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import { storable } from '#app/base/text.ts'

/** A verdict as the rater sees it: first and second, never a and b. */
export const shownWinnerSchema = z.enum(['first', 'second', 'tie', 'both_bad', 'cant_judge'])
export type ShownWinner = z.infer<typeof shownWinnerSchema>

const shortText = z.string().max(50_000).transform(storable)

export const shownAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('preference'),
    criterionId: z.string(),
    winner: shownWinnerSchema,
    strength: z.number().int().min(1).max(3).optional(),
  }),
  z.object({ kind: z.literal('scale'), criterionId: z.string(), score: z.number() }),
])
export type ShownAnswer = z.infer<typeof shownAnswerSchema>

/** What a rater's browser sends. Assignment and base revision are the key that makes a retry harmless. */
export const submissionSchema = z.object({
  assignmentId: z.string().min(1),
  baseRevision: z.number().int().min(0),
  answers: z.array(shownAnswerSchema).min(1),
  comment: shortText.default(''),
  reasons: z.array(z.string().max(200)).max(50).default([]),
  activeMs: z.number().int().min(0).nullable().default(null),
  openedAt: z.number().int().min(0).nullable().default(null),
})
export type Submission = z.infer<typeof submissionSchema>

export const winners = ['a', 'b', 'tie', 'both_bad', 'cant_judge'] as const

/** An answer as it is stored, in canonical order. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('preference'),
    winner: z.enum(winners),
    strength: z.number().int().min(1).max(3).optional(),
  }),
  z.object({ kind: z.literal('scale'), score: z.number() }),
  z.object({ kind: z.literal('choice'), choice: z.string() }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Positions in canonical order, best first; inner lists are ties. */
  z.object({ kind: z.literal('ranking'), ranking: z.array(z.array(z.number().int())) }),
  z.object({ kind: z.literal('ideal'), text: z.string() }),
  z.object({
    kind: z.literal('spans'),
    spans: z.array(
      z.object({
        position: z.number().int(),
        start: z.number().int(),
        end: z.number().int(),
        label: z.string(),
      }),
    ),
  }),
])
export type Answer = z.infer<typeof answerSchema>

/** One answer of a judgment: to which criterion, and about which response (-1: about all of them). */
export interface Score {
  criterionId: string
  position: number
  answer: Answer
}

/** Earlier answers of a judgment, as a revision keeps them. */
export const revisionContentSchema = z.object({
  scores: z.array(
    z.object({ criterionId: z.string(), position: z.number().int(), answer: answerSchema }),
  ),
  comment: z.string(),
  reasons: z.array(z.string()),
  activeMs: z.number().nullable(),
})
export type RevisionContent = z.infer<typeof revisionContentSchema>

/** A verdict in canonical order. @example canonicalWinner('first', [1, 0]) // 'b' */
export function canonicalWinner(winner: ShownWinner, order: ShownOrder): (typeof winners)[number] {
  if (winner !== 'first' && winner !== 'second') return winner
  const position = order[winner === 'first' ? 0 : 1]
  return position === 0 ? 'a' : 'b'
}

/** A verdict as its rater saw it: the inverse of `canonicalWinner`. */
export function shownWinner(winner: (typeof winners)[number], order: ShownOrder): ShownWinner {
  if (winner !== 'a' && winner !== 'b') return winner
  return order[0] === (winner === 'a' ? 0 : 1) ? 'first' : 'second'
}

export type Checked = { ok: true; scores: Score[] } | { ok: false; reason: string }

/**
 * Holds a submission to what its campaign asks: every required criterion answered, no answer that was
 * not offered. What passes is in canonical order.
 */
export function checkAnswers(
  answers: readonly ShownAnswer[],
  asked: {
    criteria: readonly Criterion[]
    order: ShownOrder
    bothBad: boolean
    cantJudge: boolean
  },
): Checked {
  const scores: Score[] = []
  for (const criterion of asked.criteria) {
    const given = answers.filter((answer) => answer.criterionId === criterion.id)
    if (given.length > 1) return { ok: false, reason: `"${criterion.title}" was answered twice.` }
    const answer = given[0]
    if (!answer) {
      if (criterion.isRequired) return { ok: false, reason: `"${criterion.title}" has no answer.` }
      continue
    }
    const reason = objectionTo(answer, criterion, asked)
    if (reason !== undefined) return { ok: false, reason }
    scores.push(toScore(answer, asked.order))
  }
  const known = new Set(asked.criteria.map((criterion) => criterion.id))
  if (answers.some((answer) => !known.has(answer.criterionId))) {
    return { ok: false, reason: 'An answer is to a question that this campaign does not ask.' }
  }
  return { ok: true, scores }
}

function objectionTo(
  answer: ShownAnswer,
  { title, definition }: Criterion,
  asked: { bothBad: boolean; cantJudge: boolean },
): string | undefined {
  if (answer.kind !== definition.kind) return `"${title}" is a question of another kind.`
  if (answer.kind === 'scale' && definition.kind === 'scale') {
    const isOffered = definition.points.some((point) => point.value === answer.score)
    return isOffered ? undefined : `"${title}" has no point ${answer.score}.`
  }
  if (answer.kind === 'preference' && definition.kind === 'preference') {
    if (answer.winner === 'both_bad' && !asked.bothBad) return '"Both bad" is not offered here.'
    if (answer.winner === 'cant_judge' && !asked.cantJudge) return '"Can\'t judge" is not offered.'
    if (answer.winner === 'tie' && definition.points === 2) return 'A tie is not offered here.'
    const most = Math.floor(definition.points / 2)
    if ((answer.strength ?? 1) > most) return `The scale has no strength ${answer.strength}.`
  }
  return undefined
}

function toScore(answer: ShownAnswer, order: ShownOrder): Score {
  if (answer.kind === 'scale') {
    const { criterionId, score } = answer
    return { criterionId, position: 0, answer: { kind: 'scale', score } }
  }
  const winner = canonicalWinner(answer.winner, order)
  const isDecisive = winner === 'a' || winner === 'b'
  const strength = isDecisive && answer.strength !== undefined ? { strength: answer.strength } : {}
  return {
    criterionId: answer.criterionId,
    position: -1,
    answer: { kind: 'preference', winner, ...strength },
  }
}
