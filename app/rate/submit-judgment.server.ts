/** In: what a rater's browser sent. Out: a judgment saved once, whatever is sent how often. */

import type { Criterion } from '#app/assign/campaign.ts'
import {
  type CampaignRater,
  type RaterPlace,
  saveRater,
} from '#app/assign/campaign-rater.server.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import {
  completeAssignment,
  giveBack,
  isHeldForGood,
  lockAssignment,
} from '#app/assign/holds.server.ts'
import { readOrder, type ShownOrder } from '#app/assign/shown-order.ts'
import { must } from '#app/base/must.ts'
import { isPostgres } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Purpose, Tx } from '#db/schema.ts'
import { checkAnswers } from './check-answers.ts'
import type { Saved, SubmitProblem } from './desk-message.ts'
import { dropDraft } from './desk-notes.server.ts'
import type { Score, Submission } from './judgment.ts'
import { hashOf, insertJudgments, reviseJudgment, type Words } from './judgments.server.ts'
import { closedAt, findRoom, graceMs, joinRoom, type Room } from './room.server.ts'
import { settleTask } from './settle-task.server.ts'
import { knownShownHash, shownText, shownTextHash } from './task-view.server.ts'
import { plainText } from './task-view.ts'

export interface Submit {
  projectId: string
  raterId: string
  submission: Submission
  now: number
}

/** What a submit came to, with what the desk tells the rater of it. */
export interface Submitted {
  saved: Saved
  /** Absent where nothing was saved. */
  task?: { purpose: Purpose; expected: string | null; order: ShownOrder; given: readonly Score[] }
}

/**
 * Saves a judgment, in the transaction of the caller. The assignment and the base revision are its
 * key: the same submit again changes nothing and gets the same answer; a change must name the
 * revision it was made from, so that an old page never overwrites a newer answer.
 */
export async function submitJudgment(trx: Tx, submit: Submit): Promise<Saved> {
  const { projectId, raterId, submission, now } = submit
  const found = await trx
    .selectFrom('assignment')
    .select(['campaign_id', 'rater_id'])
    .where('project_id', '=', projectId)
    .where('id', '=', submission.assignmentId)
    .executeTakeFirst()
  if (found?.rater_id !== raterId) return refusal(submit, 'not-yours')
  const place = { projectId, campaignId: found.campaign_id, raterId }
  const room = must(await findRoom(trx, { ...place, who: { raterId } }), 'the campaign')
  const rater = await joinRoom(trx, place, { campaign: room.campaign, now })
  const { saved } = await saveSubmission(trx, { place, room, rater, submission, now })
  await saveRater(trx, place, rater)
  return saved
}

const words: Record<Exclude<SubmitProblem, 'invalid'>, string> = {
  'not-yours': 'This task is not in your hands.',
  skipped: 'You skipped this task; somebody else may have it now.',
  stale: 'A newer answer of yours was saved meanwhile; it stays.',
  closed: 'The campaign is closed; judgments can no longer be changed.',
}

const refusal = (
  { submission }: Pick<Submit, 'submission'>,
  reason: Exclude<SubmitProblem, 'invalid'>,
  message = words[reason],
): Saved => ({ ok: false, assignmentId: submission.assignmentId, reason, message })

export interface SaveSubmission {
  place: RaterPlace
  room: Room
  /** The rater's row, locked; the caller saves what changes in it. */
  rater: CampaignRater
  submission: Submission
  now: number
}

/** The same where the caller holds the rater's row and knows the campaign. */
export async function saveSubmission(trx: Tx, saving: SaveSubmission): Promise<Submitted> {
  const { place, room, submission, now } = saving
  const { projectId } = place
  const [own] = await lockOwn(trx, { ...place, assignmentId: submission.assignmentId })
  if (!own) return { saved: refusal(saving, 'not-yours') }
  if (own.status === 'skipped') return { saved: refusal(saving, 'skipped') }
  const order = readOrder(own.shown_order)
  const criteria = await listCriteria(trx, projectId, place.campaignId)
  const shown = await readShown(trx, { projectId, own, order, criteria })
  const { settings } = room.campaign
  const checked = checkAnswers(submission.answers, {
    criteria,
    order,
    texts: shown.texts,
    bothBad: settings.bothBad,
    cantJudge: settings.cantJudge,
  })
  const { assignmentId } = submission
  if (!checked.ok) {
    return { saved: { ok: false, assignmentId, reason: 'invalid', message: checked.reason } }
  }
  const given = {
    scores: checked.scores,
    comment: submission.comment,
    reasons: submission.reasons,
  }
  const outcome =
    own.revision === null
      ? await saveFirst(trx, { ...saving, own, given, shownHash: shown.hash })
      : await saveChange(trx, { ...saving, own, given })
  if (outcome.isChanged && own.purpose === 'work') {
    const { needed, task_id: taskId } = own
    const responses = order.length
    await settleTask(trx, { projectId, taskId, needed, responses, settings, criteria, now })
  }
  if (!outcome.saved.ok) return { saved: outcome.saved }
  const { purpose, expected } = own
  return { saved: outcome.saved, task: { purpose, expected, order, given: checked.scores } }
}

/** A rater's assignment with its task, judgment and draft; locked until the transaction ends. */
const lockOwn = keptQuery((db, own: RaterPlace & { assignmentId: string }) => {
  const query = db
    .selectFrom('assignment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id'),
    )
    .leftJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'assignment.project_id')
        .onRef('judgment.task_id', '=', 'assignment.task_id')
        .onRef('judgment.rater_id', '=', 'assignment.rater_id'),
    )
    .leftJoin('draft', (join) =>
      join
        .onRef('draft.project_id', '=', 'assignment.project_id')
        .onRef('draft.assignment_id', '=', 'assignment.id'),
    )
    .select([
      'assignment.id',
      'assignment.task_id',
      'assignment.status',
      'assignment.shown_order',
      'task.purpose',
      'task.needed',
      'task.expected',
      'task.withdrawn_at',
      'judgment.id as judgment_id',
      'judgment.revision',
      'judgment.answer_hash',
      'judgment.is_extra',
      'judgment.comment',
      'judgment.reasons',
      'judgment.active_ms',
      'judgment.judged_at',
      'judgment.created_at',
      'judgment.withdrawn_at as taken_out_at',
      'draft.version as draft_version',
    ])
    .where('assignment.project_id', '=', own.projectId)
    .where('assignment.id', '=', own.assignmentId)
    .where('assignment.campaign_id', '=', own.campaignId)
    .where('assignment.rater_id', '=', own.raterId)
  return isPostgres(db) ? query.forUpdate('assignment') : query
})

type OwnAssignment = Awaited<ReturnType<typeof lockOwn>>[number]

/** What the rater saw: read again only where answers speak of the words, or nobody remembers. */
async function readShown(
  trx: Tx,
  {
    projectId,
    own,
    order,
    criteria,
  }: { projectId: string; own: OwnAssignment; order: ShownOrder; criteria: readonly Criterion[] },
): Promise<{ hash: string; texts: string[] }> {
  const known = knownShownHash(projectId, own.id)
  const isOfWords = criteria.some(
    ({ definition }) => definition.kind === 'spans' || definition.kind === 'ideal',
  )
  if (known !== undefined && !isOfWords) return { hash: known, texts: [] }
  const text = await shownText(trx, projectId, { taskId: own.task_id, shownOrder: order })
  return {
    hash: known ?? shownTextHash(text),
    texts: text.responses.map(({ messages }) => plainText(messages)),
  }
}

type Saving = SaveSubmission & { own: OwnAssignment; given: Words }
type Outcome = { saved: Saved; isChanged: boolean }

async function saveFirst(trx: Tx, saving: Saving & { shownHash: string }): Promise<Outcome> {
  const { place, room, rater, submission, own, given, now } = saving
  const { projectId, campaignId, raterId } = place
  if (submission.baseRevision > 0) {
    const message = 'There is no judgment to change here.'
    return { saved: refusal(saving, 'stale', message), isChanged: false }
  }
  const { isExtra } = await completeAssignment(trx, {
    projectId,
    assignment: own,
    raterId,
    activeMs: submission.activeMs,
    openedAt: submission.openedAt,
    isTooLate: isTooLate(saving),
    now,
  })
  const responseIds = await responsesOf(trx, projectId, own.task_id, given)
  const judgment = {
    project_id: projectId,
    campaign_id: campaignId,
    task_id: own.task_id,
    rater_id: raterId,
    assignment_id: own.id,
    source: 'human' as const,
    is_extra: isExtra ? (1 as const) : (0 as const),
    shown_order: own.shown_order,
    guidelines_version: room.guidelinesVersion,
    shown_hash: saving.shownHash,
    words: given,
    active_ms: submission.activeMs,
    batch_id: null,
    judged_at: now,
    created_at: now,
  }
  await insertJudgments(trx, [judgment], () => responseIds)
  if (own.draft_version !== null) await dropDraft(trx, projectId, own.id)
  if (!isHeldForGood(own.purpose)) rater.judged += 1
  return { saved: savedAs(saving, 1, isExtra), isChanged: !isExtra }
}

async function saveChange(trx: Tx, saving: Saving): Promise<Outcome> {
  const { place, room, submission, own, given, now } = saving
  const { projectId, campaignId } = place
  const refuse = (reason: 'stale' | 'closed', message?: string): Outcome => ({
    saved: refusal(saving, reason, message),
    isChanged: false,
  })
  const judgment = {
    project_id: projectId,
    campaign_id: campaignId,
    id: must(own.judgment_id, 'the judgment'),
    revision: must(own.revision, 'its revision'),
    comment: own.comment ?? '',
    reasons: own.reasons ?? '[]',
    active_ms: own.active_ms,
    judged_at: own.judged_at,
    created_at: own.created_at ?? now,
  }
  const isExtra = own.is_extra === 1
  const isRepeat =
    judgment.revision === submission.baseRevision + 1 && own.answer_hash === hashOf(given)
  if (isRepeat) return { saved: savedAs(saving, judgment.revision, isExtra), isChanged: false }
  if (own.taken_out_at !== null) {
    return refuse('closed', 'A lead has taken this answer out of the figures; it stays as it was.')
  }
  if (judgment.revision !== submission.baseRevision) return refuse('stale')
  if (closedAt(room.campaign, now) !== null) return refuse('closed')
  const { undoWindowMs } = room.campaign.settings
  if (undoWindowMs !== null && now - judgment.created_at > undoWindowMs) {
    return refuse('closed', 'The time to change this answer is over; it stays as it was.')
  }
  const revision = await reviseJudgment(trx, {
    judgment,
    words: given,
    responseIds: await responsesOf(trx, projectId, own.task_id, given),
    activeMs: (own.active_ms ?? 0) + (submission.activeMs ?? 0),
    judgedAt: now,
    now,
  })
  if (own.draft_version !== null) await dropDraft(trx, projectId, own.id)
  return { saved: savedAs(saving, revision, isExtra), isChanged: !isExtra }
}

const isTooLate = ({ room, now }: Saving): boolean => {
  const closed = closedAt(room.campaign, now)
  return closed !== null && now > closed + graceMs
}

function savedAs(saving: Saving, revision: number, isExtra: boolean): Saved {
  const { assignmentId } = saving.submission
  const note = noteOn(saving, isExtra)
  return { ok: true, assignmentId, revision, isExtra, ...(note === undefined ? {} : { note }) }
}

/** What the rater should know of an answer that was saved after something had changed. */
function noteOn(saving: Saving, isExtra: boolean): string | undefined {
  const { room, own, now } = saving
  if (isExtra && own.withdrawn_at !== null) {
    return 'This task was taken out of the campaign meanwhile. Your answer is kept, but not counted.'
  }
  if (isExtra && isTooLate(saving)) {
    return 'The campaign had been closed for more than an hour. Your answer is kept, but not counted.'
  }
  if (isExtra) {
    return 'Your time with this task was over and others judged it meanwhile. Your answer is kept, but not counted.'
  }
  if (closedAt(room.campaign, now) !== null) {
    return 'The campaign was closed meanwhile. Your answer still counts.'
  }
  return room.campaign.status === 'paused'
    ? 'The campaign was paused meanwhile. Your answer is saved.'
    : undefined
}

/** The responses that answers about one response speak of; none are read where there are none. */
async function responsesOf(
  trx: Tx,
  projectId: string,
  taskId: string,
  { scores }: Words,
): Promise<string[]> {
  if (scores.every(({ position }) => position < 0)) return []
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
  const { projectId, raterId, now } = skip
  const assignment = await lockAssignment(trx, projectId, skip.assignmentId)
  if (!assignment || assignment.rater_id !== raterId) return { ok: false }
  if (assignment.status === 'submitted' || assignment.status === 'skipped') return { ok: true }
  if (await hasJudged(trx, { projectId, raterId, taskId: assignment.task_id })) return { ok: true }
  await giveBack(trx, {
    projectId,
    assignment,
    status: 'skipped',
    skipReason: skip.reason,
    activeMs: skip.activeMs,
    now,
  })
  return { ok: true }
}

async function hasJudged(
  trx: Tx,
  { projectId, raterId, taskId }: { projectId: string; raterId: string; taskId: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('judgment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Gives a task back untouched, so that somebody else has it at once. Training and qualification stay
 * in hand, for nobody else waits for them.
 */
export async function releaseTask(
  trx: Tx,
  release: { projectId: string; raterId: string; assignmentId: string; now: number },
): Promise<void> {
  const { projectId, raterId, assignmentId, now } = release
  const assignment = await lockAssignment(trx, projectId, assignmentId)
  if (!assignment || assignment.rater_id !== raterId || assignment.status !== 'held') return
  const { purpose } = await trx
    .selectFrom('task')
    .select('purpose')
    .where('project_id', '=', projectId)
    .where('id', '=', assignment.task_id)
    .executeTakeFirstOrThrow()
  if (isHeldForGood(purpose)) return
  await giveBack(trx, { projectId, assignment, status: 'released', now })
}
