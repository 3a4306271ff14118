/** In: a key and the question in focus. Out: the answer that it gives, and where the focus goes. */
import type { Criterion } from '#app/assign/campaign.ts'
import { isAnswered, type WorkingAnswer } from './answer-form.ts'
import type { ShownAnswer } from './judgment.ts'
import { type Verdict, verdictForNumber } from './keymap.ts'

export interface KeyAnswer {
  /** Undefined takes the answer back. */
  given: ShownAnswer | undefined
  /** Whether the question is done with, so that the next one gets the keys. */
  movesOn: boolean
}

/** The answer that a number key gives to a question, or undefined where it gives none. */
export function answerForNumber(
  { id, definition }: Criterion,
  before: ShownAnswer | undefined,
  number: number,
): KeyAnswer | undefined {
  if (definition.kind === 'preference') {
    const verdict = verdictForNumber(number, definition.points)
    return verdict && { given: verdictAnswer(id, verdict), movesOn: true }
  }
  if (definition.kind === 'scale') {
    const point = definition.points[number - 1]
    return point && { given: scoreAnswer(id, point.value), movesOn: true }
  }
  if (definition.kind !== 'choice') return undefined
  const option = definition.options[number - 1]
  if (option === undefined) return undefined
  return {
    given: chosenAnswer(id, before, option, definition.multiple),
    movesOn: !definition.multiple,
  }
}

export const verdictAnswer = (criterionId: string, verdict: Verdict): ShownAnswer => ({
  kind: 'preference',
  criterionId,
  ...verdict,
})

export const scoreAnswer = (criterionId: string, score: number): ShownAnswer => ({
  kind: 'scale',
  criterionId,
  score,
})

/** An option chosen, or one of several taken in or out; with none left there is no answer. */
export function chosenAnswer(
  criterionId: string,
  before: ShownAnswer | undefined,
  option: string,
  multiple: boolean,
): ShownAnswer | undefined {
  if (!multiple) return { kind: 'choice', criterionId, choices: [option] }
  const chosen = before?.kind === 'choice' ? before.choices : []
  const choices = chosen.includes(option)
    ? chosen.filter((one) => one !== option)
    : [...chosen, option]
  return choices.length > 0 ? { kind: 'choice', criterionId, choices } : undefined
}

/** A score one point up or down the scale; from none, the first point of that end. */
export function steppedScore(
  { id, definition }: Criterion,
  before: ShownAnswer | undefined,
  step: -1 | 1,
): ShownAnswer | undefined {
  if (definition.kind !== 'scale') return undefined
  const { points } = definition
  const at =
    before?.kind === 'scale' ? points.findIndex((point) => point.value === before.score) : -1
  const from = at >= 0 ? at + step : step > 0 ? 0 : points.length - 1
  const point = points[Math.max(0, Math.min(points.length - 1, from))]
  return point && scoreAnswer(id, point.value)
}

const takesNumbers = ({ definition: { kind } }: Criterion): boolean =>
  kind === 'preference' || kind === 'scale' || kind === 'choice' || kind === 'ranking'

/**
 * The question that gets the keys after one was answered: the next without an answer that number keys
 * can answer or that must be answered, going round; the same one where there is none.
 */
export function nextQuestion(
  answer: WorkingAnswer,
  criteria: readonly Criterion[],
  after: string,
  responses: number,
): string {
  const at = criteria.findIndex(({ id }) => id === after)
  const round = [...criteria.slice(at + 1), ...criteria.slice(0, Math.max(0, at))]
  const next = round.find(
    (criterion) =>
      (criterion.isRequired || takesNumbers(criterion)) &&
      !isAnswered(answer, criterion, responses),
  )
  return next?.id ?? after
}

/** A text that somebody wrote is an ideal response; one that only repeats a response is none. */
export function idealAnswer(
  criterionId: string,
  text: string,
  responses: readonly string[],
): ShownAnswer | undefined {
  const words = text.trim()
  if (words === '' || responses.some((response) => response.trim() === words)) return undefined
  return { kind: 'ideal', criterionId, text }
}
