/**
 * In: a rater in training, in a qualification sitting, or at work. Out: the task that is neither from
 * a slot nor counted: training, qualification, gold, and the rater's own work shown once more.
 */

import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import { sql } from 'kysely'
import { newId } from '#app/base/ids.ts'
import type { AssignmentStatus, Purpose, Queries, Schema, Tx } from '#db/schema.ts'
import type { RaterPlace } from './campaign-rater.server.ts'
import { readOrder, type ShownOrder } from './shown-order.ts'
import { withdrawnWork } from './withdrawn-work.server.ts'

/** Judgments that lie between a task and its repeat, at least. */
const repeatDistance = 10
const repeatsLookedAt = 30
const goldLookedAt = 40
const qualificationLookedAt = 2_000

type AboutTask = (
  eb: ExpressionBuilder<Schema, 'task'>,
) => ExpressionWrapper<Schema, 'task', SqlBool>

/** Whether a rater had a task: an answer that was withdrawn since, or came too late, was one too. */
const hadBy =
  (raterId: string, statuses: readonly AssignmentStatus[]): AboutTask =>
  (eb) =>
    eb.or([
      eb.exists(
        eb
          .selectFrom('assignment as mine')
          .select('mine.id')
          .whereRef('mine.project_id', '=', 'task.project_id')
          .whereRef('mine.task_id', '=', 'task.id')
          .where('mine.rater_id', '=', raterId)
          .where('mine.status', 'in', statuses),
      ),
      eb.exists(
        eb
          .selectFrom('judgment')
          .select('judgment.id')
          .whereRef('judgment.project_id', '=', 'task.project_id')
          .whereRef('judgment.task_id', '=', 'task.id')
          .where('judgment.rater_id', '=', raterId),
      ),
    ])

const writtenBy =
  (raterId: string): AboutTask =>
  (eb) =>
    eb.exists(
      eb
        .selectFrom('task_response')
        .innerJoin('response', (join) =>
          join
            .onRef('response.project_id', '=', 'task_response.project_id')
            .onRef('response.id', '=', 'task_response.response_id'),
        )
        .select('response.id')
        .whereRef('task_response.project_id', '=', 'task.project_id')
        .whereRef('task_response.task_id', '=', 'task.id')
        .where('response.written_by', '=', raterId),
    )

const had = ['held', 'submitted', 'skipped'] as const
const finished = ['submitted', 'skipped'] as const

/** Tasks that a rater may still be given: neither had before nor written in part. */
const isFreeFor =
  (raterId: string): AboutTask =>
  (eb) =>
    eb.not(eb.or([hadBy(raterId, had)(eb), writtenBy(raterId)(eb)]))

const tasksOf = (
  db: Queries,
  { projectId, campaignId }: Pick<RaterPlace, 'projectId' | 'campaignId'>,
  purpose: Purpose,
) =>
  db
    .selectFrom('task')
    .where('task.project_id', '=', projectId)
    .where('task.campaign_id', '=', campaignId)
    .where('task.purpose', '=', purpose)
    .where('task.withdrawn_at', 'is', null)

/** The next training task, in the order in which they were made. */
export const nextTraining = async (trx: Tx, place: RaterPlace): Promise<string | undefined> =>
  (
    await tasksOf(trx, place, 'training')
      .select('task.id')
      .where(isFreeFor(place.raterId))
      .orderBy('task.id')
      .limit(1)
      .executeTakeFirst()
  )?.id

/** Qualification tasks that a rater has not had. */
export async function unseenQualification(db: Queries, place: RaterPlace): Promise<string[]> {
  const rows = await tasksOf(db, place, 'qualification')
    .select('task.id')
    .where(isFreeFor(place.raterId))
    .orderBy('task.id')
    .limit(qualificationLookedAt)
    .execute()
  return rows.map((row) => row.id)
}

export interface SittingTask {
  assignmentId: string
  taskId: string
  status: 'held' | 'submitted' | 'skipped'
}

/** What a rater had of the qualification set, over all sittings, the first first. */
export async function qualificationHad(db: Queries, place: RaterPlace): Promise<SittingTask[]> {
  const rows = await db
    .selectFrom('task')
    .innerJoin('assignment', (join) =>
      join
        .onRef('assignment.project_id', '=', 'task.project_id')
        .onRef('assignment.task_id', '=', 'task.id')
        .on('assignment.rater_id', '=', place.raterId),
    )
    .select(['assignment.id', 'assignment.task_id', 'assignment.status'])
    .where('task.project_id', '=', place.projectId)
    .where('task.campaign_id', '=', place.campaignId)
    .where('task.purpose', '=', 'qualification')
    .where((eb) =>
      eb.or([eb('assignment.status', 'in', had), eb('assignment.skip_reason', '=', withdrawnWork)]),
    )
    .orderBy('assignment.id')
    .execute()
  return rows.map(({ id, task_id, status }) => ({
    assignmentId: id,
    taskId: task_id,
    // What was withdrawn says nothing for the rater, as if it had been passed over.
    status: status === 'held' || status === 'submitted' ? status : 'skipped',
  }))
}

/** How many training tasks there are for a rater, and how many of them are done. */
export async function trainingFigures(
  db: Queries,
  place: RaterPlace,
): Promise<{ done: number; total: number }> {
  return tasksOf(db, place, 'training')
    .where((eb) => eb.not(writtenBy(place.raterId)(eb)))
    .select((eb) => [
      eb.fn.count<number>('task.id').as('total'),
      eb.fn.count<number>('task.id').filterWhere(hadBy(place.raterId, finished)).as('done'),
    ])
    .executeTakeFirstOrThrow()
}

/**
 * A gold task that the rater has not had, from a random place on in the order of the fingerprints,
 * which is an order by chance. Looks at a few only: a rater who had nearly all may get none.
 */
export async function drawGold(
  trx: Tx,
  place: RaterPlace,
  random: () => number,
): Promise<{ taskId: string } | undefined> {
  const from = Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0')
  for (const side of ['>=', '<'] as const) {
    const row = await tasksOf(trx, place, 'gold')
      .select('task.id')
      .where(
        'task.id',
        'in',
        tasksOf(trx, place, 'gold')
          .select('task.id')
          .where('task.fingerprint', side, from)
          .orderBy('task.fingerprint')
          .limit(goldLookedAt),
      )
      .where(isFreeFor(place.raterId))
      .orderBy('task.fingerprint')
      .limit(1)
      .executeTakeFirst()
    if (row) return { taskId: row.id }
  }
  return undefined
}

export interface Repeat {
  taskId: string
  /** The reverse of the order in which the rater saw it first. */
  shownOrder: ShownOrder
}

/**
 * One of the rater's own judged tasks of a while ago, to be judged again with sides swapped. The task
 * that repeats it is made when it is first asked for, and shared by all raters of the original.
 */
export async function drawRepeat(
  trx: Tx,
  place: RaterPlace & { now: number },
  random: () => number,
): Promise<Repeat | undefined> {
  const rows = await trx
    .selectFrom((eb) =>
      eb
        .selectFrom('assignment')
        .select(['project_id', 'task_id', 'shown_order', 'ended_at'])
        .where('project_id', '=', place.projectId)
        .where('campaign_id', '=', place.campaignId)
        .where('rater_id', '=', place.raterId)
        .where('status', '=', 'submitted')
        .orderBy('ended_at', 'desc')
        .orderBy('id', 'desc')
        .offset(repeatDistance)
        .limit(repeatsLookedAt)
        .as('before'),
    )
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'before.project_id')
        .onRef('task.id', '=', 'before.task_id')
        .on('task.purpose', '=', 'work')
        .on('task.withdrawn_at', 'is', null),
    )
    .select(['task.id', 'before.shown_order'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task as again')
            .select('again.id')
            .whereRef('again.project_id', '=', 'before.project_id')
            .whereRef('again.repeat_of', '=', 'before.task_id')
            .where((of) =>
              of.or([
                of.exists(
                  of
                    .selectFrom('assignment as mine')
                    .select('mine.id')
                    .whereRef('mine.project_id', '=', 'again.project_id')
                    .whereRef('mine.task_id', '=', 'again.id')
                    .where('mine.rater_id', '=', place.raterId)
                    .where('mine.status', 'in', had),
                ),
                of.exists(
                  of
                    .selectFrom('judgment')
                    .select('judgment.id')
                    .whereRef('judgment.project_id', '=', 'again.project_id')
                    .whereRef('judgment.task_id', '=', 'again.id')
                    .where('judgment.rater_id', '=', place.raterId),
                ),
              ]),
            ),
        ),
      ),
    )
    .execute()
  const chosen = rows[Math.floor(random() * rows.length)]
  if (!chosen) return undefined
  const taskId = await ensureRepeat(trx, { ...place, taskId: chosen.id })
  return { taskId, shownOrder: readOrder(chosen.shown_order).reverse() }
}

async function ensureRepeat(
  trx: Tx,
  { projectId, taskId, now }: { projectId: string; taskId: string; now: number },
): Promise<string> {
  const find = () =>
    trx
      .selectFrom('task')
      .select('id')
      .where('project_id', '=', projectId)
      .where('repeat_of', '=', taskId)
      .executeTakeFirst()
  const known = await find()
  if (known) return known.id
  const original = await trx
    .selectFrom('task')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', taskId)
    .executeTakeFirstOrThrow()
  const made = await trx
    .insertInto('task')
    .values({
      ...original,
      id: newId(),
      purpose: 'repeat',
      repeat_of: taskId,
      needed: 0,
      priority: 0,
      selection_probability: null,
      doubt: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return (await find())?.id ?? taskId
  await trx
    .insertInto('task_response')
    .columns(['project_id', 'task_id', 'position', 'response_id'])
    .expression((eb) =>
      eb
        .selectFrom('task_response')
        .select(['project_id', sql<string>`${made.id}`.as('task_id'), 'position', 'response_id'])
        .where('project_id', '=', projectId)
        .where('task_id', '=', taskId),
    )
    .execute()
  return made.id
}
