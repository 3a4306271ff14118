/** What a judgment is: the answer a rater gives, and how it is kept in canonical order. */
import { z } from 'zod'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import { storable } from '#app/base/text.ts'

/** A verdict as the rater sees it: first and second, never a and b. */
export const shownWinnerSchema = z.enum(['first', 'second', 'tie', 'both_bad', 'cant_judge'])
export type ShownWinner = z.infer<typeof shownWinnerSchema>

const text = z.string().max(200_000).transform(storable)
const shortText = z.string().max(50_000).transform(storable)
const place = z.number().int().min(0).max(50)

/** An answer in shown terms: responses are told by their place on the rater's page, from 0. */
export const shownAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('preference'),
    criterionId: z.string(),
    winner: shownWinnerSchema,
    strength: z.number().int().min(1).max(3).optional(),
  }),
  z.object({ kind: z.literal('scale'), criterionId: z.string(), score: z.number() }),
  z.object({
    kind: z.literal('choice'),
    criterionId: z.string(),
    choices: z.array(z.string()).min(1).max(20),
  }),
  z.object({ kind: z.literal('text'), criterionId: z.string(), text }),
  /** Places, best first; those in one inner list are tied, those left out are unranked. */
  z.object({
    kind: z.literal('ranking'),
    criterionId: z.string(),
    ranking: z.array(z.array(place).min(1)).min(1),
  }),
  /** Stretches of a response's plain text, in UTF-16 code units. */
  z.object({
    kind: z.literal('spans'),
    criterionId: z.string(),
    spans: z
      .array(
        z.object({
          place,
          start: z.number().int().min(0),
          end: z.number().int().min(1),
          label: z.string(),
        }),
      )
      .min(1)
      .max(500),
  }),
  z.object({ kind: z.literal('ideal'), criterionId: z.string(), text }),
])
export type ShownAnswer = z.infer<typeof shownAnswerSchema>
export type ShownAnswerOf<Kind extends ShownAnswer['kind']> = Extract<ShownAnswer, { kind: Kind }>

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
  /** A choice of several, in the order they are offered. */
  z.object({ kind: z.literal('choices'), choices: z.array(z.string()) }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** Positions in canonical order, best first; inner lists are ties, those left out are unranked. */
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
