/** In: an adjudicator's decision. Out: a judgment of its own source, and word to raters who differ. */
import { insertAudit } from '#app/access/audit.server.ts'
import { findCampaign, findGuidelines, listCriteria } from '#app/assign/campaigns.server.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import { saveDoubts } from '#app/assign/task-doubts.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import { type Decided, type DecisionGiven, standingWords } from './adjudication.ts'
import {
  judgmentsOf,
  lockTask,
  responseIdsOf,
  standingOf,
  type TaskScope,
} from './adjudication-task.server.ts'
import { checkAnswers } from './check-answers.ts'
import { hashOf, insertJudgments, reviseJudgment, type Words } from './judgments.server.ts'
import { steadyOrder } from './steady-order.server.ts'
import { shownText, shownTextHash } from './task-view.server.ts'
import { plainText } from './task-view.ts'
import { tellRaters } from './tell-raters.server.ts'

export interface Adjudication extends TaskScope {
  personId: string
  given: DecisionGiven
  now: number
}

const refuse = (reason: Extract<Decided, { ok: false }>['reason'], message: string): Decided => ({
  ok: false,
  reason,
  message,
})

/**
 * Decides a task, or changes the person's own decision. The first decision on a task stands: whoever
 * comes second is told. Nobody decides what they judged or hold as a rater. The same decision sent
 * again changes nothing.
 */
export const decideTask = (db: Db, adjudication: Adjudication): Promise<Decided> =>
  inTransaction(db, (trx) => decide(trx, adjudication))

async function decide(trx: Tx, adjudication: Adjudication): Promise<Decided> {
  const { projectId, campaignId, taskId, personId, given, now } = adjudication
  const campaign = await findCampaign(trx, projectId, campaignId)
  const task = await lockTask(trx, adjudication)
  if (!campaign || !task) return refuse('not-here', 'There is no such task in this campaign.')
  const raterId = await ensureMemberRater(trx, { projectId, personId, now })
  const judgments = await judgmentsOf(trx, projectId, taskId)
  const standing = await standingOf(trx, adjudication, { task, judgments, raterId })
  if (standing === 'decided') return refuse('decided', standingWords.decided)
  if (standing !== 'open' && standing !== 'own-decision') {
    return refuse('not-yours', standingWords[standing])
  }
  const own = judgments.find((judgment) => judgment.source === 'adjudicator')
  const responseIds = await responseIdsOf(trx, projectId, taskId)
  const order = own?.order ?? steadyOrder(responseIds, personId)
  const text = await shownText(trx, projectId, { taskId, shownOrder: order })
  const criteria = await listCriteria(trx, projectId, campaignId)
  const checked = checkAnswers(given.answers, {
    criteria,
    order,
    texts: text.responses.map(({ messages }) => plainText(messages)),
    bothBad: campaign.settings.bothBad,
    cantJudge: campaign.settings.cantJudge,
  })
  if (!checked.ok) return refuse('invalid', checked.reason)
  const words = { scores: checked.scores, comment: given.reason, reasons: given.reasons }
  const saving = {
    adjudication,
    raterId,
    words,
    responseIds,
    order,
    shownHash: shownTextHash(text),
  }
  const saved = await save(trx, saving)
  if (!saved.ok) return saved
  if (!saved.isNew) return { ok: true, revision: saved.revision }
  await saveDoubts(trx, { projectId, doubts: new Map([[taskId, 0]]) })
  await insertAudit(trx, {
    projectId,
    actor: personId,
    action: saved.revision === 1 ? 'task adjudicated' : 'adjudication changed',
    subject: taskId,
    detail: { campaignId, revision: saved.revision },
    now,
  })
  await tellRaters(trx, { projectId, campaign, criteria, judgments, words, order, now })
  return { ok: true, revision: saved.revision }
}

interface Saving {
  adjudication: Adjudication
  raterId: string
  words: Words
  responseIds: readonly string[]
  order: ShownOrder
  shownHash: string
}

type SavedDecision =
  | (Extract<Decided, { ok: true }> & { isNew: boolean })
  | Extract<Decided, { ok: false }>

async function save(trx: Tx, saving: Saving): Promise<SavedDecision> {
  const { adjudication, raterId, words, responseIds, order, shownHash } = saving
  const { projectId, campaignId, taskId, given, now } = adjudication
  const before = await findDecision(trx, adjudication, raterId)
  if (!before) {
    const guidelines = await findGuidelines(trx, projectId, campaignId)
    const judgment = {
      project_id: projectId,
      campaign_id: campaignId,
      task_id: taskId,
      rater_id: raterId,
      assignment_id: null,
      source: 'adjudicator' as const,
      is_extra: 0 as const,
      shown_order: printJson(order),
      guidelines_version: guidelines?.version ?? null,
      shown_hash: shownHash,
      words,
      active_ms: given.activeMs,
      batch_id: null,
      judged_at: now,
      created_at: now,
    }
    await insertJudgments(trx, [judgment], () => responseIds)
    return { ok: true, revision: 1, isNew: true }
  }
  const isRepeat = before.answer_hash === hashOf(words) && before.withdrawn_at === null
  if (isRepeat) return { ok: true, revision: before.revision, isNew: false }
  if (before.withdrawn_at === null && before.revision !== given.baseRevision) {
    return {
      ok: false,
      reason: 'stale',
      message: 'You changed this decision on another page meanwhile; open it again to change it.',
    }
  }
  const revision = await reviseJudgment(trx, {
    judgment: before,
    words,
    responseIds,
    activeMs: (before.active_ms ?? 0) + (given.activeMs ?? 0),
    judgedAt: now,
    now,
  })
  if (before.withdrawn_at !== null) await restore(trx, projectId, before.id)
  return { ok: true, revision, isNew: true }
}

const findDecision = (trx: Tx, { projectId, taskId }: TaskScope, raterId: string) =>
  trx
    .selectFrom('judgment')
    .select([
      'project_id',
      'id',
      'campaign_id',
      'revision',
      'answer_hash',
      'withdrawn_at',
      'comment',
      'reasons',
      'active_ms',
      'judged_at',
      'created_at',
    ])
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .where('source', '=', 'adjudicator')
    .executeTakeFirst()

/** A decision that was withdrawn counts again once it is given anew. */
const restore = (trx: Tx, projectId: string, id: string) =>
  trx
    .updateTable('judgment')
    .set({ withdrawn_at: null, withdrawn_reason: null })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
