/** In: a task that was just judged. Out: how much it leaves open, and what that means for its slots. */
import type { CampaignSettings, Criterion } from '#app/assign/campaign.ts'
import { levels } from '#app/assign/levels.ts'
import { saveDoubts } from '#app/assign/task-doubts.server.ts'
import {
  askOneMore,
  hastenTask,
  type LockedTask,
  liveRows,
  lockTask,
} from '#app/assign/task-slots.server.ts'
import { entropyInBits, labelPosterior } from '#app/stats/label-posterior.ts'
import { isPostgres } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Schema, Tx } from '#db/schema.ts'
import { answerSchema } from './judgment.ts'
import { answerCounts, primaryCriterion } from './primary-answer.ts'

export interface Settle {
  projectId: string
  taskId: string
  /** How many raters the task needs, as read with its assignment. */
  needed: number
  /** How many responses it has. */
  responses: number
  settings: CampaignSettings
  criteria: readonly Criterion[]
  now: number
}

/**
 * Weighs what the counted judgments of a task leave open. A task on which raters disagree comes
 * sooner where the campaign wants that; one whose leading answer is not sure enough gets one more
 * rater where overlap is adaptive.
 */
export async function settleTask(trx: Tx, settle: Settle): Promise<void> {
  const { projectId, taskId, settings, now } = settle
  const grows = settings.adaptiveOverlap
  if (settle.needed < 2 && !grows) return
  const criterion = primaryCriterion(settle.criteria)
  if (!criterion) return
  // Two judgments of one task that come at once must each see the other.
  const locked = isPostgres<Schema>(trx) ? await lockTask(trx, { projectId, taskId }) : undefined
  const { answers, isDecided } = await countedAnswers(trx, settle, criterion.id)
  if (answers.length < 2 && !isDecided && !grows) return
  const task = locked ?? (await lockTask(trx, { projectId, taskId }))
  const counts = answerCounts(criterion, answers, settle.responses)
  const posterior = labelPosterior(counts)
  const doubt = isDecided ? 0 : answers.length < 2 ? null : entropyInBits(posterior)
  if (doubt !== task.doubt) await saveDoubts(trx, { projectId, doubts: new Map([[taskId, doubt]]) })
  if (isDecided || task.withdrawn_at !== null) return
  const isDisputed = counts.filter((count) => count > 0).length > 1
  if (isDisputed && settings.order === 'disagreement') {
    await hastenTask(trx, { task, priority: levels.disagreement, now })
  }
  const sureness = Math.max(...posterior)
  if (!grows || sureness >= grows.confidence || task.needed >= grows.most) return
  await growTask(trx, task, now)
}

/** Asks one rater more once all that were asked have judged. */
async function growTask(trx: Tx, task: LockedTask, now: number): Promise<void> {
  const rows = await liveRows(trx, { projectId: task.project_id, taskId: task.id })
  const judged = rows.filter((row) => row.status === 'submitted').length
  if (judged < task.needed || judged < rows.length) return
  await askOneMore(trx, { task, priority: levels.returned, now })
}

const answersOf = keptQuery((db, at: { projectId: string; taskId: string; criterionId: string }) =>
  db
    .selectFrom('judgment')
    .leftJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id')
        .on('judgment_score.criterion_id', '=', at.criterionId),
    )
    .select(['judgment.source', 'judgment_score.answer'])
    .where('judgment.project_id', '=', at.projectId)
    .where('judgment.task_id', '=', at.taskId)
    .where('judgment.withdrawn_at', 'is', null)
    .where('judgment.is_extra', '=', 0),
)

async function countedAnswers(trx: Tx, { projectId, taskId }: Settle, criterionId: string) {
  const rows = await answersOf(trx, { projectId, taskId, criterionId })
  return {
    isDecided: rows.some((row) => row.source === 'adjudicator'),
    answers: rows.flatMap(({ answer }) =>
      answer === null ? [] : [answerSchema.parse(JSON.parse(answer))],
    ),
  }
}
