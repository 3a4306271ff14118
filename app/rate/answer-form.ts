/** The answer while it is being made. An untouched question stays unanswered. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { ShownAnswer } from './judgment.ts'
import type { Answered } from './queue.ts'

export interface WorkingAnswer {
  /** What was answered so far, by criterion; a question nobody touched is not in it. */
  answers: Record<string, ShownAnswer>
  comment: string
  reasons: string[]
}

export const emptyAnswer: WorkingAnswer = { answers: {}, comment: '', reasons: [] }

/** An answer that was given, ready to be changed. */
export const withAnswered = ({ answers, comment, reasons }: Answered): WorkingAnswer => ({
  answers: Object.fromEntries(answers.map((answer) => [answer.criterionId, answer])),
  comment,
  reasons: [...reasons],
})

/** An answer to one question put in place, or taken back where `given` is undefined. */
export function answering(
  answer: WorkingAnswer,
  criterionId: string,
  given: ShownAnswer | undefined,
): WorkingAnswer {
  const { [criterionId]: _before, ...others } = answer.answers
  return { ...answer, answers: given ? { ...others, [criterionId]: given } : others }
}

/** Whether one question has an answer that may be sent, for a task of so many responses. */
export function isAnswered(
  answer: WorkingAnswer,
  { id, definition }: Criterion,
  responses: number,
): boolean {
  const given = answer.answers[id]
  if (given?.kind !== definition.kind) return false
  if (given.kind === 'text' || given.kind === 'ideal') return given.text.trim() !== ''
  if (given.kind === 'ranking' && definition.kind === 'ranking') {
    return definition.partial || given.ranking.flat().length === responses
  }
  return true
}

/** The required questions that still have no answer, in order. */
export const unanswered = (
  answer: WorkingAnswer,
  criteria: readonly Criterion[],
  responses: number,
): Criterion[] =>
  criteria.filter((criterion) => criterion.isRequired && !isAnswered(answer, criterion, responses))

/** What is sent: only questions that were answered. */
export const toAnswers = (
  answer: WorkingAnswer,
  criteria: readonly Criterion[],
  responses: number,
): ShownAnswer[] =>
  criteria.flatMap((criterion) => {
    const given = answer.answers[criterion.id]
    return given && isAnswered(answer, criterion, responses) ? [given] : []
  })
