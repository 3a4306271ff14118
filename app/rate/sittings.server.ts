/** In: what a rater answered to tasks with known answers. Out: feedback, and whether a sitting passed. */

import type { CampaignSettings } from '#app/assign/campaign.ts'
import type { CampaignRater, RaterPlace } from '#app/assign/campaign-rater.server.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import {
  qualificationHad,
  trainingFigures,
  unseenQualification,
} from '#app/assign/special-tasks.server.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { toShownAnswer } from './check-answers.ts'
import type { Onboarding, SittingResult } from './desk-message.ts'
import { type Expected, expectedSchema, isRight } from './expected.ts'
import { answerSchema, type Score } from './judgment.ts'
import type { Feedback } from './task-view.ts'

/** What a task is held to, as it is stored; undefined where it is held to nothing. */
export const readExpected = (text: string | null): Expected | undefined =>
  text === null ? undefined : expectedSchema.parse(JSON.parse(text))

/** What a rater is told of an answer to a training task. */
export function feedbackOn(
  given: readonly Score[],
  {
    assignmentId,
    expected,
    order,
    tolerance,
  }: { assignmentId: string; expected: Expected; order: ShownOrder; tolerance: number },
): Feedback {
  return {
    assignmentId,
    isRight: isRight(expected, given, tolerance),
    expected: expected.scores.map(({ criterionId, answer }) =>
      toShownAnswer(criterionId, answer, order),
    ),
    explanation: expected.explanation,
  }
}

interface Sitting {
  place: RaterPlace
  settings: CampaignSettings
  /** Changed where the sitting is over; the caller saves it. */
  rater: CampaignRater
}

/**
 * Ends a sitting once nothing of it is left to answer: the rater passes on to work, sits again with
 * tasks not seen before, or has failed. A task that was skipped counts as wrong.
 */
export async function endSitting(
  trx: Tx,
  { place, settings, rater }: Sitting,
): Promise<SittingResult | undefined> {
  const { qualification } = settings
  if (rater.phase !== 'qualifying' || !qualification) return undefined
  const { tasks: size, passMark, attempts, onFailure } = qualification
  const had = await qualificationHad(trx, place)
  const own = had.slice(rater.sitting * size)
  if (own.length === 0 || own.some(({ status }) => status === 'held')) return undefined
  const unseen = await unseenQualification(trx, place)
  if (own.length < size && unseen.length > 0) return undefined
  const taskIds = own.filter(({ status }) => status === 'submitted').map(({ taskId }) => taskId)
  const right = await countRight(trx, { place, taskIds, tolerance: settings.goldTolerance })
  const total = own.length
  const isPassed = right >= passMark * total - 1e-9
  const isRepeated = !isPassed && rater.sitting + 1 < attempts && unseen.length >= size
  if (isRepeated) rater.sitting += 1
  else rater.phase = isPassed || onFailure === 'work_anyway' ? 'working' : 'failed'
  // All attempts are used up: by this a lead sees who works without having passed.
  if (!isPassed && rater.phase === 'working') rater.sitting = attempts
  return { isPassed, right, total, isRepeated }
}

async function countRight(
  trx: Tx,
  {
    place,
    taskIds,
    tolerance,
  }: { place: RaterPlace; taskIds: readonly string[]; tolerance: number },
): Promise<number> {
  if (taskIds.length === 0) return 0
  const rows = await trx
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .select([
      'judgment.task_id',
      'task.expected',
      'judgment_score.criterion_id',
      'judgment_score.position',
      'judgment_score.answer',
    ])
    .where('judgment.project_id', '=', place.projectId)
    .where('judgment.rater_id', '=', place.raterId)
    .where('judgment.task_id', 'in', taskIds)
    .execute()
  const byTask = Map.groupBy(rows, (row) => row.task_id)
  return [...byTask.values()].filter((scores) => {
    const expected = readExpected(scores[0]?.expected ?? null)
    const given = scores.map(
      (row): Score => ({
        criterionId: row.criterion_id,
        position: row.position,
        answer: answerSchema.parse(JSON.parse(row.answer)),
      }),
    )
    return expected === undefined || isRight(expected, given, tolerance)
  }).length
}

/** How far a rater is on the way to work; undefined for one who works. */
export async function onboardingOf(
  db: Queries,
  { place, settings, rater }: Sitting,
): Promise<Onboarding | undefined> {
  if (rater.phase === 'training') {
    return { phase: 'training', ...(await trainingFigures(db, place)) }
  }
  if (rater.phase !== 'qualifying' || !settings.qualification) return undefined
  const { tasks: size } = settings.qualification
  const own = (await qualificationHad(db, place)).slice(rater.sitting * size)
  const unseen = await unseenQualification(db, place)
  return {
    phase: 'qualifying',
    done: own.filter(({ status }) => status !== 'held').length,
    total: Math.min(size, own.length + unseen.length),
  }
}
