/** The answer while it is being made. An untouched question stays unanswered. */
import { z } from 'zod'
import type { Criterion } from '#app/assign/campaign.ts'
import { type ShownAnswer, shownWinnerSchema } from './judgment.ts'
import type { Answered } from './queue.ts'

export const workingAnswerSchema = z.object({
  verdict: z.object({ winner: shownWinnerSchema, strength: z.number().optional() }).nullable(),
  scores: z.record(z.string(), z.number()),
  comment: z.string(),
  reasons: z.array(z.string()),
})
export type WorkingAnswer = z.infer<typeof workingAnswerSchema>

export const emptyAnswer: WorkingAnswer = { verdict: null, scores: {}, comment: '', reasons: [] }

/** An answer that was given, ready to be changed. */
export function withAnswered({ answers, comment, reasons }: Answered): WorkingAnswer {
  const answer: WorkingAnswer = { ...emptyAnswer, scores: {}, comment, reasons: [...reasons] }
  for (const one of answers) {
    if (one.kind === 'scale') answer.scores[one.criterionId] = one.score
    else {
      const { winner, strength } = one
      answer.verdict = strength === undefined ? { winner } : { winner, strength }
    }
  }
  return answer
}

/** Whether every required question is answered. */
export const isComplete = (answer: WorkingAnswer, criteria: readonly Criterion[]): boolean =>
  criteria.every(
    ({ id, isRequired, definition }) =>
      !isRequired ||
      (definition.kind === 'preference'
        ? answer.verdict !== null
        : answer.scores[id] !== undefined),
  )

/** What is sent: only questions that were answered. */
export function toAnswers(answer: WorkingAnswer, criteria: readonly Criterion[]): ShownAnswer[] {
  return criteria.flatMap(({ id, definition }): ShownAnswer[] => {
    if (definition.kind === 'preference') {
      return answer.verdict ? [{ kind: 'preference', criterionId: id, ...answer.verdict }] : []
    }
    const score = answer.scores[id]
    return score === undefined ? [] : [{ kind: 'scale', criterionId: id, score }]
  })
}
