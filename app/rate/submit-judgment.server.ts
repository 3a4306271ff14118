/** In: what a rater's browser sent. Out: a judgment saved once, whatever is sent how often. */

import {
  completeAssignment,
  giveBack,
  type LockedAssignment,
  lockAssignment,
} from '#app/assign/assignments.server.ts'
import { findCampaign, findGuidelines, listCriteria } from '#app/assign/campaigns.server.ts'
import { shownOrderSchema } from '#app/assign/shown-order.ts'
import { must } from '#app/base/must.ts'
import type { Tx } from '#db/schema.ts'
import { checkAnswers, type Submission } from './judgment.ts'
import { hashOf, insertJudgments, reviseJudgment, type Words } from './judgments.server.ts'
import { shownHashOf } from './task-view.server.ts'

export type Saved =
  | { ok: true; assignmentId: string; revision: number; isExtra: boolean }
  | { ok: false; assignmentId: string; reason: SubmitProblem; message: string }

export type SubmitProblem = 'not-yours' | 'skipped' | 'stale' | 'invalid' | 'closed'

export interface Submit {
  projectId: string
  raterId: string
  submission: Submission
  now: number
}

/**
 * Saves a judgment, in the transaction of the caller. The assignment and the base revision are its
 * key: the same submit again changes nothing and gets the same answer; a change must name the
 * revision it was made from, so that an old page never overwrites a newer answer.
 */
export async function submitJudgment(trx: Tx, submit: Submit): Promise<Saved> {
  const { projectId, raterId, submission } = submit
  const { assignmentId } = submission
  const refuse = (reason: SubmitProblem, message: string): Saved => ({
    ok: false,
    assignmentId,
    reason,
    message,
  })
  const assignment = await lockAssignment(trx, projectId, assignmentId)
  if (!assignment || assignment.rater_id !== raterId) {
    return refuse('not-yours', 'This task is not in your hands.')
  }
  if (assignment.status === 'skipped') {
    return refuse('skipped', 'You skipped this task; somebody else may have it now.')
  }
  const campaign = must(await findCampaign(trx, projectId, assignment.campaign_id), 'campaign')
  const order = shownOrderSchema.parse(JSON.parse(assignment.shown_order ?? '[]'))
  const checked = checkAnswers(submission.answers, {
    criteria: await listCriteria(trx, projectId, campaign.id),
    order,
    ...campaign.settings,
  })
  if (!checked.ok) return refuse('invalid', checked.reason)
  const words = {
    scores: checked.scores,
    comment: submission.comment,
    reasons: submission.reasons,
  }
  const existing = await findJudgment(trx, projectId, assignment.task_id, raterId)
  if (!existing) {
    if (submission.baseRevision > 0) return refuse('stale', 'There is no judgment to change here.')
    return saveFirst(trx, { submit, assignment, words })
  }
  const isRepeat =
    existing.revision === submission.baseRevision + 1 && existing.answer_hash === hashOf(words)
  if (isRepeat) return saved(assignmentId, existing.revision, existing.is_extra)
  if (existing.revision !== submission.baseRevision) {
    return refuse('stale', 'A newer answer of yours was saved meanwhile; it stays.')
  }
  if (campaign.status === 'closed') {
    return refuse('closed', 'The campaign is closed; judgments can no longer be changed.')
  }
  const revision = await reviseJudgment(trx, {
    judgment: existing,
    words,
    responseIds: await responsesOf(trx, projectId, assignment.task_id),
    activeMs: (existing.active_ms ?? 0) + (submission.activeMs ?? 0),
    judgedAt: submit.now,
    now: submit.now,
  })
  return saved(assignmentId, revision, existing.is_extra)
}

const saved = (assignmentId: string, revision: number, isExtra: 0 | 1 | boolean): Saved => ({
  ok: true,
  assignmentId,
  revision,
  isExtra: Boolean(isExtra),
})

async function saveFirst(
  trx: Tx,
  { submit, assignment, words }: { submit: Submit; assignment: LockedAssignment; words: Words },
): Promise<Saved> {
  const { projectId, raterId, submission, now } = submit
  const { isExtra } = await completeAssignment(trx, {
    projectId,
    assignment,
    raterId,
    activeMs: submission.activeMs,
    openedAt: submission.openedAt,
    now,
  })
  const responseIds = await responsesOf(trx, projectId, assignment.task_id)
  const guidelines = await findGuidelines(trx, projectId, assignment.campaign_id)
  await insertJudgments(
    trx,
    [
      {
        project_id: projectId,
        campaign_id: assignment.campaign_id,
        task_id: assignment.task_id,
        rater_id: raterId,
        assignment_id: assignment.id,
        source: 'human',
        is_extra: isExtra ? 1 : 0,
        shown_order: assignment.shown_order,
        guidelines_version: guidelines?.version ?? null,
        shown_hash: await shownHashOf(trx, projectId, {
          taskId: assignment.task_id,
          shownOrder: shownOrderSchema.parse(JSON.parse(assignment.shown_order ?? '[]')),
        }),
        words,
        active_ms: submission.activeMs,
        batch_id: null,
        judged_at: now,
        created_at: now,
      },
    ],
    () => responseIds,
  )
  return saved(assignment.id, 1, isExtra)
}

const findJudgment = (trx: Tx, projectId: string, taskId: string, raterId: string) =>
  trx
    .selectFrom('judgment')
    .select([
      'project_id',
      'id',
      'campaign_id',
      'revision',
      'answer_hash',
      'is_extra',
      'comment',
      'reasons',
      'active_ms',
      'judged_at',
      'created_at',
    ])
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .executeTakeFirst()

async function responsesOf(trx: Tx, projectId: string, taskId: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('task_response')
    .select('response_id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .orderBy('position')
    .execute()
  return rows.map((row) => row.response_id)
}

export interface Skip {
  projectId: string
  raterId: string
  assignmentId: string
  reason: string
  activeMs: number | null
  now: number
}

/** Passes a task over with a reason. Skipping twice, or after judging, changes nothing. */
export async function skipTask(trx: Tx, skip: Skip): Promise<{ ok: boolean }> {
  const assignment = await lockAssignment(trx, skip.projectId, skip.assignmentId)
  if (!assignment || assignment.rater_id !== skip.raterId) return { ok: false }
  if (assignment.status === 'submitted' || assignment.status === 'skipped') return { ok: true }
  await giveBack(trx, {
    projectId: skip.projectId,
    assignment,
    status: 'skipped',
    skipReason: skip.reason,
    activeMs: skip.activeMs,
    now: skip.now,
  })
  return { ok: true }
}

/** Gives a task back untouched, so that somebody else has it at once. */
export async function releaseTask(
  trx: Tx,
  release: { projectId: string; raterId: string; assignmentId: string; now: number },
): Promise<void> {
  const assignment = await lockAssignment(trx, release.projectId, release.assignmentId)
  if (!assignment || assignment.rater_id !== release.raterId || assignment.status !== 'held') return
  await giveBack(trx, {
    projectId: release.projectId,
    assignment,
    status: 'released',
    now: release.now,
  })
}
