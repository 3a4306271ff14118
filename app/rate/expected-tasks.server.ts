/** In: the answers a lead expects. Out: gold, training and qualification tasks, and how raters do on them. */
import { insertAudit } from '#app/access/audit.server.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import {
  changeExpected,
  findExpectedTask,
  makeExpectedTask,
  retireExpected,
} from '#app/assign/expected-tasks.server.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import { withdrawTask } from '#app/assign/task-slots.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { responseIdsOf, type TaskScope } from './adjudication-task.server.ts'
import { checkAnswers } from './check-answers.ts'
import type { Expected } from './expected.ts'
import type { ExpectedGiven } from './expected-task.ts'
import { steadyOrder } from './steady-order.server.ts'
import { type ShownText, shownText } from './task-view.server.ts'
import { plainText } from './task-view.ts'

export type Given =
  | { ok: true; taskId: string; isWorkWithdrawn: boolean }
  | { ok: false; message: string }

interface Giving extends TaskScope {
  personId: string
  given: ExpectedGiven
  now: number
}

/**
 * Makes a gold, training or qualification task of a piece of work, or changes what such a task is held
 * to. Work that nobody judged or holds is withdrawn, so that its answer is not asked for twice.
 */
export const giveExpected = (db: Db, giving: Giving): Promise<Given> =>
  inTransaction(db, async (trx) => {
    const { projectId, campaignId, taskId, personId, now } = giving
    const checked = await checkExpected(trx, giving)
    if (!checked.ok) return checked
    const { expected } = checked
    const audit = { projectId, actor: personId, now }
    const { purpose } = giving.given
    if (await findExpectedTask(trx, giving)) {
      await changeExpected(trx, { projectId, campaignId, taskId, expected })
      await insertAudit(trx, { ...audit, action: 'expected answer changed', subject: taskId })
      return { ok: true, taskId, isWorkWithdrawn: false }
    }
    const from = { projectId, campaignId, fromTaskId: taskId }
    const made = await makeExpectedTask(trx, { ...from, purpose, expected, now })
    if (!made.ok) return { ok: false, message: refusals[made.reason] }
    const isWorkWithdrawn = await withdrawUnjudged(trx, giving)
    await insertAudit(trx, {
      ...audit,
      action: `${purpose} task made`,
      subject: made.taskId,
      detail: { campaignId, fromTaskId: taskId, isWorkWithdrawn },
    })
    return { ok: true, taskId: made.taskId, isWorkWithdrawn }
  })

const refusals = {
  'not-here': 'There is no such piece of work in this campaign.',
  exists: 'There is a task of this purpose for the same prompt and responses already.',
}

const expectable = ['preference', 'scale', 'choice', 'choices', 'ranking']

type CheckedExpected = { ok: true; expected: Expected } | { ok: false; message: string }

/** The expected answers in canonical order: what the campaign offers, and only what can be compared. */
async function checkExpected(trx: Tx, giving: Giving): Promise<CheckedExpected> {
  const { projectId, campaignId, taskId, personId, given } = giving
  const campaign = await findCampaign(trx, projectId, campaignId)
  if (!campaign) return { ok: false, message: refusals['not-here'] }
  const { order, text } = await textFor(trx, { projectId, taskId, personId })
  const criteria = await listCriteria(trx, projectId, campaignId)
  const checked = checkAnswers(given.answers, {
    criteria: criteria.map((criterion) => ({ ...criterion, isRequired: false })),
    order,
    texts: text.responses.map(({ messages }) => plainText(messages)),
    bothBad: campaign.settings.bothBad,
    cantJudge: campaign.settings.cantJudge,
  })
  if (!checked.ok) return { ok: false, message: checked.reason }
  const scores = checked.scores.filter(({ answer }) => expectable.includes(answer.kind))
  if (scores.length === 0) {
    return { ok: false, message: 'Give an expected answer that raters can be compared with.' }
  }
  if (given.purpose === 'training' && given.explanation === '') {
    return { ok: false, message: 'A training task explains its answer: say why.' }
  }
  return { ok: true, expected: { scores, explanation: given.explanation } }
}

async function textFor(
  db: Queries,
  { projectId, taskId, personId }: { projectId: string; taskId: string; personId: string },
): Promise<{ order: ShownOrder; text: ShownText }> {
  const order = steadyOrder(await responseIdsOf(db, projectId, taskId), personId)
  return { order, text: await shownText(db, projectId, { taskId, shownOrder: order }) }
}

/** Takes work out that nobody judged, holds or decided. True where that was so. */
async function withdrawUnjudged(trx: Tx, { projectId, taskId, now }: Giving): Promise<boolean> {
  const used = await trx
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('status', 'in', ['held', 'submitted'])
    .executeTakeFirst()
  const judged = await trx
    .selectFrom('judgment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .executeTakeFirst()
  if (used || judged) return false
  await withdrawTask(trx, { projectId, taskId, reason: 'asked with an expected answer', now })
  return true
}

/** Takes a task out of use with a reason, or back into it where the reason is null. */
export const retireTask = (
  db: Db,
  retiring: TaskScope & { personId: string; reason: string | null; now: number },
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const { projectId, taskId, personId, reason, now } = retiring
    if (!(await retireExpected(trx, retiring))) return false
    await insertAudit(trx, {
      projectId,
      actor: personId,
      action: reason === null ? 'expected task used again' : 'expected task retired',
      subject: taskId,
      detail: { reason },
      now,
    })
    return true
  })
