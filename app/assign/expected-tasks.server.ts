/** In: a piece of work and what it should be answered. Out: a gold, training or qualification task. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { locked } from '#db/dialects/portable.ts'
import type { Purpose, Queries, Tx } from '#db/schema.ts'

export const expectedPurposes = ['gold', 'training', 'qualification'] as const satisfies Purpose[]
export type ExpectedPurpose = (typeof expectedPurposes)[number]

export interface NewExpectedTask {
  projectId: string
  campaignId: string
  /** The work whose prompt and responses it copies, in the same canonical order. */
  fromTaskId: string
  purpose: ExpectedPurpose
  /** The answers it is held to, and why. */
  expected: unknown
  now: number
}

export type MadeExpectedTask =
  | { ok: true; taskId: string }
  | { ok: false; reason: 'not-here' | 'exists' }

/**
 * Makes a task that raters are held to. It asks for no judgments of its own: the engine hands it out
 * beside the work. One that was retired comes back with what is expected now.
 */
export async function makeExpectedTask(
  trx: Tx,
  { projectId, campaignId, fromTaskId, purpose, expected, now }: NewExpectedTask,
): Promise<MadeExpectedTask> {
  const from = await locked(
    trx,
    trx
      .selectFrom('task')
      .select(['prompt_id', 'fingerprint'])
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaignId)
      .where('id', '=', fromTaskId)
      .where('purpose', '=', 'work'),
  ).executeTakeFirst()
  if (!from) return { ok: false, reason: 'not-here' }
  const known = await trx
    .selectFrom('task')
    .select(['id', 'withdrawn_at'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('purpose', '=', purpose)
    .where('fingerprint', '=', from.fingerprint)
    .executeTakeFirst()
  if (known) {
    if (known.withdrawn_at === null) return { ok: false, reason: 'exists' }
    await trx
      .updateTable('task')
      .set({ expected: printJson(expected), withdrawn_at: null, withdrawn_reason: null })
      .where('project_id', '=', projectId)
      .where('id', '=', known.id)
      .execute()
    return { ok: true, taskId: known.id }
  }
  const id = newId()
  await trx
    .insertInto('task')
    .values({
      project_id: projectId,
      id,
      campaign_id: campaignId,
      prompt_id: from.prompt_id,
      fingerprint: from.fingerprint,
      purpose,
      repeat_of: null,
      needed: 0,
      priority: 0,
      selection_probability: null,
      decided: null,
      expected: printJson(expected),
      doubt: null,
      withdrawn_at: null,
      withdrawn_reason: null,
      created_at: now,
    })
    .execute()
  await trx
    .insertInto('task_response')
    .columns(['project_id', 'task_id', 'position', 'response_id'])
    .expression((eb) =>
      eb
        .selectFrom('task_response')
        .select((inner) => ['project_id', inner.val(id).as('task_id'), 'position', 'response_id'])
        .where('project_id', '=', projectId)
        .where('task_id', '=', fromTaskId),
    )
    .execute()
  return { ok: true, taskId: id }
}

/** Changes what a task is held to. False where it is no such task. */
export async function changeExpected(
  trx: Tx,
  options: { projectId: string; campaignId: string; taskId: string; expected: unknown },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('task')
    .set({ expected: printJson(options.expected) })
    .where('project_id', '=', options.projectId)
    .where('campaign_id', '=', options.campaignId)
    .where('id', '=', options.taskId)
    .where('purpose', 'in', expectedPurposes)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Takes a task out of use, or back into it; what raters answered to it stays. */
export async function retireExpected(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    taskId: string
    /** Why; null puts it back. */
    reason: string | null
    now: number
  },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('task')
    .set({
      withdrawn_at: options.reason === null ? null : options.now,
      withdrawn_reason: options.reason,
    })
    .where('project_id', '=', options.projectId)
    .where('campaign_id', '=', options.campaignId)
    .where('id', '=', options.taskId)
    .where('purpose', 'in', expectedPurposes)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A task that raters are held to, with what is expected of it as it is stored. */
export const findExpectedTask = (
  db: Queries,
  { projectId, campaignId, taskId }: { projectId: string; campaignId: string; taskId: string },
) =>
  db
    .selectFrom('task')
    .select(['id', 'purpose', 'expected', 'withdrawn_at', 'withdrawn_reason'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', taskId)
    .where('purpose', 'in', expectedPurposes)
    .executeTakeFirst()
