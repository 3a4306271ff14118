/** In: tasks of a list. Out: what tells them apart, in the order in which one person sees each. */
import { sql } from 'kysely'
import type { Criterion } from '#app/assign/campaign.ts'
import { findingKindsIn, redactJson } from '#app/import/prepare/redact.ts'
import { readProjectSettings } from '#app/projects/project-settings.ts'
import type { Queries } from '#db/schema.ts'
import { scoresOfAll } from './adjudication-task.server.ts'
import { toShownAnswer } from './check-answers.ts'
import { primaryCriterion } from './primary-answer.ts'
import { steadyOrder } from './steady-order.server.ts'
import { openingOf, type TaskDigest } from './task-digest.ts'

/** Of a response's messages, as stored: enough for its first words, also where those are redacted. */
const charactersRead = 1_000

interface Listed {
  projectId: string
  taskIds: readonly string[]
}

/**
 * How the responses of tasks begin and what was said of each, by the task's id. Of a task that the
 * person has in hand as a rater, nobody's answer is told.
 */
export async function digestsOf(
  db: Queries,
  {
    personId,
    raterId,
    criteria,
    ...listed
  }: Listed & { personId: string; raterId: string; criteria: readonly Criterion[] },
): Promise<Record<string, TaskDigest>> {
  if (listed.taskIds.length === 0) return {}
  const responses = Map.groupBy(await openingRows(db, listed), (row) => row.task_id)
  const judgments = await judgmentRows(db, { ...listed, raterId })
  const scores = await scoresOfAll(
    db,
    listed.projectId,
    judgments.map((row) => row.id),
  )
  const criterionId = primaryCriterion(criteria)?.id
  const redacted = await redactionOf(db, listed.projectId)
  return Object.fromEntries(
    listed.taskIds.map((taskId): [string, TaskDigest] => {
      const rows = responses.get(taskId) ?? []
      const order = steadyOrder(
        rows.map((row) => row.response_id),
        personId,
      )
      const given = judgments
        .filter((row) => row.task_id === taskId)
        .flatMap((row) => {
          const score = scores.get(row.id)?.find((one) => one.criterionId === criterionId)
          if (!score) return []
          return [{ ...row, answer: toShownAnswer(score.criterionId, score.answer, order) }]
        })
      const decision = given.find((row) => row.source === 'adjudicator')
      return [
        taskId,
        {
          openings: order.map((position) => openingOf(rows[position]?.opening ?? '', redacted)),
          answers: given
            .filter((row) => row.source !== 'adjudicator' && row.is_extra === 0)
            .map((row) => row.answer),
          decision: decision?.answer ?? null,
        },
      ]
    }),
  )
}

const openingRows = (db: Queries, { projectId, taskIds }: Listed) =>
  db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select([
      'task_response.task_id',
      'task_response.response_id',
      sql<string>`substr(response.messages, 1, ${sql.lit(charactersRead)})`.as('opening'),
    ])
    .where('task_response.project_id', '=', projectId)
    .where('task_response.task_id', 'in', taskIds)
    .orderBy('task_response.position')
    .execute()

const judgmentRows = (db: Queries, { projectId, taskIds, raterId }: Listed & { raterId: string }) =>
  db
    .selectFrom('judgment')
    .select(['id', 'task_id', 'source', 'is_extra'])
    .where('project_id', '=', projectId)
    .where('task_id', 'in', taskIds)
    .where('withdrawn_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('assignment')
            .select('assignment.id')
            .whereRef('assignment.project_id', '=', 'judgment.project_id')
            .whereRef('assignment.task_id', '=', 'judgment.task_id')
            .where('assignment.rater_id', '=', raterId)
            .where('assignment.status', '=', 'held'),
        ),
      ),
    )
    .orderBy('id')
    .execute()

async function redactionOf(db: Queries, projectId: string): Promise<(text: string) => string> {
  const project = await db
    .selectFrom('project')
    .select('settings')
    .where('id', '=', projectId)
    .executeTakeFirst()
  const kinds = findingKindsIn(readProjectSettings(project?.settings).redaction.kinds)
  return (text) => redactJson(text, kinds).text
}
