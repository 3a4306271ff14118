/** What an adjudicator's page knows of a task: everyone's verdicts, and no model. */
import { z } from 'zod'
import { storable } from '#app/base/text.ts'
import { type ShownAnswer, shownAnswerSchema } from './judgment.ts'
import type { ShownDocument, ShownMessage, ShownResponse } from './task-view.ts'

/** What one rater said, in the adjudicator's shown order. */
export interface RaterVerdict {
  /** A pseudonym; judges have none of their own, for theirs may name a model. */
  rater: string
  answers: ShownAnswer[]
  comment: string
  reasons: string[]
  /** Kept, but not counted. */
  isExtra: boolean
  /**
   * For each place on the adjudicator's page, the place of that response on the rater's: a comment
   * speaks of the latter. Null where it is not known.
   */
  places: number[] | null
}

/** Whether the person before the page may decide, and if not, why. */
export type Standing =
  | 'open'
  /** Decided by the same person, who may change it. */
  | 'own-decision'
  | 'decided'
  /** The person judged the task as a rater. */
  | 'judged-it'
  /** The person wrote one of the responses. */
  | 'wrote-it'
  /** The person has the task in hand as a rater. */
  | 'in-hand'
  | 'withdrawn'

export interface GivenDecision {
  by: string
  revision: number
  answers: ShownAnswer[]
  reasons: string[]
  reason: string
  at: number | null
}

export interface AdjudicationView {
  taskId: string
  standing: Standing
  prompt: ShownMessage[]
  responses: ShownResponse[]
  context?: ShownDocument[]
  /** Bits; null where it was not weighed. */
  doubt: number | null
  verdicts: RaterVerdict[]
  decision: GivenDecision | null
}

/** What the adjudicator's page sends. */
export const decisionSchema = z.object({
  baseRevision: z.number().int().min(0),
  answers: z.array(shownAnswerSchema).min(1, 'Answer the questions first.'),
  reason: z
    .string()
    .max(20_000, 'The reason is too long.')
    .transform((text) => storable(text).trim())
    .pipe(z.string().min(1, 'Say why, in a sentence: raters learn from it.')),
  reasons: z.array(z.string().max(200)).max(50).default([]),
  activeMs: z.number().int().min(0).nullable().default(null),
})
export type DecisionGiven = z.infer<typeof decisionSchema>

export type Decided =
  | { ok: true; revision: number }
  | {
      ok: false
      reason: 'not-here' | 'not-yours' | 'decided' | 'stale' | 'invalid'
      message: string
    }

/** Why a task that stands so cannot be decided by the person. */
export const standingWords: Record<Exclude<Standing, 'open' | 'own-decision'>, string> = {
  decided: 'Somebody else decided this task; the first decision stands.',
  'judged-it':
    'You judged this task as a rater, so somebody else decides it: nobody adjudicates their own verdict.',
  'wrote-it': 'You wrote one of these responses, so somebody else decides between them.',
  'in-hand':
    'You have this task in hand as a rater. Judge it or give it back first; the verdicts of others are not shown to you meanwhile.',
  withdrawn: 'This task was withdrawn from the campaign; there is nothing to decide.',
}
