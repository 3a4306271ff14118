/** In: a logged call and what was said of its answer. Out: the records of both. */

import type { Reading, ReadProblem } from '../reader.ts'
import type { RubricLine } from '../rubrica-line.ts'
import { fromCall, type LoggedCall } from './logged-call.ts'
import { stringOf } from './loose-value.ts'

export interface Feedback {
  criterion: string
  answer: { score: number } | { choice: string } | { text: string }
  rater: string
  /** `human` where nothing is said. */
  source?: 'human' | 'judge'
  comment?: string
  judgedAt?: number
}

/**
 * The records of a call: its content, and a judgment for each piece of feedback on its answer. The
 * prompt goes by the call's id, so that the judgments find it. Feedback on a call with several answers
 * is a problem: it does not say which of them it is about.
 */
export function withFeedback(
  call: LoggedCall & { id: string },
  feedback: readonly Feedback[],
  field: string,
): Reading {
  const content = fromCall({ ...call, promptId: call.id })
  const [response, ...others] = content.responses
  if (feedback.length === 0 || !response) return { records: [content], problems: [] }
  if (others.length > 0) {
    const reason = `the call has ${others.length + 1} answers, and the feedback does not say which it is about`
    return { records: [content], problems: [{ field, reason }] }
  }
  const judgments = feedback.map((given) => ({
    kind: 'rubric' as const,
    line: lineOf(given, { call, response: response.externalId, model: response.model.name }),
  }))
  return { records: [content, ...judgments], problems: [] }
}

const lineOf = (
  given: Feedback,
  about: { call: LoggedCall & { id: string }; response: string | undefined; model: string },
): RubricLine => ({
  prompt_id: about.call.id,
  model: about.model,
  response: about.response,
  criterion: given.criterion,
  ...given.answer,
  rater: given.rater,
  source: given.source ?? 'human',
  purpose: 'work',
  ...(given.comment === undefined ? {} : { comment: given.comment }),
  ...(given.judgedAt === undefined ? {} : { created_at: given.judgedAt }),
})

/**
 * What a value says as an answer: a number scores, a yes or no and a short text choose, a longer text
 * stays text.
 *
 * @example answerOf(true) // { choice: 'yes' }
 */
export function answerOf(value: unknown): Feedback['answer'] | undefined {
  if (typeof value === 'boolean') return { choice: value ? 'yes' : 'no' }
  if (typeof value === 'number' && Number.isFinite(value)) return { score: value }
  const text = typeof value === 'string' ? stringOf(value) : undefined
  if (text === undefined || text.trim() === '') return undefined
  return isLabel(text) ? { choice: text } : { text }
}

const isLabel = (text: string) => text.length <= 60 && !text.includes('\n')

/** A problem of one piece of feedback, with what it was. */
export const feedbackProblem = (field: string, reason: string, raw: unknown): ReadProblem => ({
  field,
  reason,
  raw,
})
