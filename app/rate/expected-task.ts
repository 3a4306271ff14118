/** Gold, training and qualification tasks: what a lead gives, and which of them may be wrong themselves. */
import { z } from 'zod'
import { storable } from '#app/base/text.ts'
import { shownAnswerSchema } from './judgment.ts'

/** What the page of one such task sends. */
export const expectedGivenSchema = z.object({
  purpose: z.enum(['gold', 'training', 'qualification']),
  answers: z.array(shownAnswerSchema).min(1, 'Give the expected answer first.'),
  explanation: z
    .string()
    .max(20_000, 'The explanation is too long.')
    .transform((text) => storable(text).trim()),
})
export type ExpectedGiven = z.infer<typeof expectedGivenSchema>

/** One rater's answer to one such task. */
export interface ExpectedAttempt {
  taskId: string
  raterId: string
  isRight: boolean
}

export interface TaskAccuracy {
  right: number
  total: number
  /** Raters who get the others right, and how many of them missed this one. */
  reliable: number
  reliableMissed: number
  /** Whether the expected answer should be looked at again. */
  isDoubtful: boolean
}

const leastOthers = 3
const reliableShare = 0.75
const leastReliable = 2

/**
 * How raters do on each task, and whether the task itself may be wrong: at least two raters count who
 * answered three or more other tasks and got at least 75 % of those right, and more than half of them
 * missed this one. Each rater is judged by the other tasks alone, so that a wrong one does not vouch
 * for itself.
 */
export function accuracies(attempts: readonly ExpectedAttempt[]): Map<string, TaskAccuracy> {
  const byRater = Map.groupBy(attempts, (attempt) => attempt.raterId)
  const isReliable = ({ raterId, taskId }: ExpectedAttempt) => {
    const others = (byRater.get(raterId) ?? []).filter((one) => one.taskId !== taskId)
    const right = others.filter((one) => one.isRight).length
    return others.length >= leastOthers && right / others.length >= reliableShare
  }
  return new Map(
    [...Map.groupBy(attempts, (attempt) => attempt.taskId)].map(([taskId, given]) => {
      const reliable = given.filter(isReliable)
      const reliableMissed = reliable.filter((one) => !one.isRight).length
      return [
        taskId,
        {
          right: given.filter((one) => one.isRight).length,
          total: given.length,
          reliable: reliable.length,
          reliableMissed,
          isDoubtful: reliable.length >= leastReliable && reliableMissed * 2 > reliable.length,
        },
      ]
    }),
  )
}
