/** What a gold, training or qualification task is held to, and whether an answer meets it. */
import { z } from 'zod'
import { type Answer, answerSchema, type Score } from './judgment.ts'

export const expectedSchema = z.object({
  /** The answers that count, in canonical order; questions without one are not held to anything. */
  scores: z
    .array(z.object({ criterionId: z.string(), position: z.number().int(), answer: answerSchema }))
    .min(1),
  /** Why, in words for the rater. */
  explanation: z.string(),
})
export type Expected = z.infer<typeof expectedSchema>

/**
 * Whether an answer is what was expected. A preference is right when its winner is (however strong),
 * a score when it is within the tolerance, a choice when the same options are chosen, a ranking when
 * every pair that the expected one orders is ordered so. Texts, spans and ideal responses are never
 * held to an expectation.
 */
export function isRightAnswer(expected: Answer, given: Answer, tolerance: number): boolean {
  if (expected.kind === 'preference') {
    return given.kind === 'preference' && given.winner === expected.winner
  }
  if (expected.kind === 'scale') {
    return given.kind === 'scale' && Math.abs(given.score - expected.score) <= tolerance
  }
  if (expected.kind === 'choice') return given.kind === 'choice' && given.choice === expected.choice
  if (expected.kind === 'choices') {
    if (given.kind !== 'choices') return false
    return [...given.choices].sort().join('\n') === [...expected.choices].sort().join('\n')
  }
  if (expected.kind === 'ranking') {
    return given.kind === 'ranking' && keepsOrder(expected.ranking, given.ranking)
  }
  return true
}

function keepsOrder(
  expected: readonly (readonly number[])[],
  given: readonly (readonly number[])[],
): boolean {
  const levelOf = new Map(given.flatMap((tied, level) => tied.map((place) => [place, level])))
  const at = (place: number) => levelOf.get(place) ?? given.length
  return expected.every((tied, level) =>
    tied.every((better) =>
      expected.slice(level + 1).every((below) => below.every((worse) => at(better) < at(worse))),
    ),
  )
}

/** Whether a judgment meets all that was expected of it. */
export const isRight = (
  { scores }: Expected,
  given: readonly Score[],
  tolerance: number,
): boolean =>
  scores.every(({ criterionId, answer }) => {
    const found = given.find((score) => score.criterionId === criterionId)
    return found !== undefined && isRightAnswer(answer, found.answer, tolerance)
  })
