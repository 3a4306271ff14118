/** In: what a lead decided about a rater of a campaign. Out: done, noted in the audit log, in words. */
import { insertAudit } from '#app/access/audit.server.ts'
import { letFailedRaterWork, pauseRater, resumeRater } from '#app/assign/campaign-raters.server.ts'
import { releaseHolds } from '#app/assign/holds.server.ts'
import { counted } from '#app/base/text.ts'
import type { Tx } from '#db/schema.ts'
import type { RaterAct } from './rater-act.ts'
import { askToRestore, askToWithdraw } from './withdraw-judgments.server.ts'

export interface ActOnRater {
  projectId: string
  campaignId: string
  raterId: string
  actor: string
  now: number
  act: RaterAct
}

export type ActedOnRater = { ok: true; done: string } | { ok: false; reason: string }

const refused = (reason: string): ActedOnRater => ({ ok: false, reason })

/** Does it, in the transaction of the caller. */
export async function actOnRater(trx: Tx, asked: ActOnRater): Promise<ActedOnRater> {
  const { act, ...who } = asked
  if (act.intent === 'withdraw' || act.intent === 'restore') return changeJudgments(trx, asked)
  const done = await doAct(trx, asked)
  if (done === undefined) return refused(nothingToDo[act.intent])
  await insertAudit(trx, {
    projectId: who.projectId,
    actor: who.actor,
    action: actions[act.intent],
    subject: who.campaignId,
    detail: { raterId: who.raterId, reason: act.reason },
    now: who.now,
  })
  return { ok: true, done }
}

const actions = {
  pause: 'rater paused',
  resume: 'rater resumed',
  release: 'tasks in hand released',
  admit: 'rater admitted',
} as const

const nothingToDo = {
  pause: 'This rater has not joined the campaign.',
  resume: 'This rater is not paused.',
  release: 'This rater has nothing in hand any more.',
  admit: 'This rater did not fail the qualification.',
} as const

async function doAct(trx: Tx, { act, ...who }: ActOnRater): Promise<string | undefined> {
  switch (act.intent) {
    case 'pause': {
      const released = await pauseRater(trx, { ...who, reason: act.reason })
      if (released === undefined) return undefined
      return `Paused; ${counted(released, 'task')} in hand given back.`
    }
    case 'resume':
      return (await resumeRater(trx, who)) ? 'The rater can work again.' : undefined
    case 'release': {
      const released = await releaseHolds(trx, who)
      return released > 0 ? `${counted(released, 'task')} given back.` : undefined
    }
    case 'admit':
      return (await letFailedRaterWork(trx, who)) ? 'The rater can work now.' : undefined
    default:
      return undefined
  }
}

async function changeJudgments(trx: Tx, { act, ...who }: ActOnRater): Promise<ActedOnRater> {
  if (act.intent === 'withdraw') {
    const { reason, since, confirmed } = act
    const asked = await askToWithdraw(trx, { ...who, reason, since, confirmed })
    return asked.ok
      ? { ok: true, done: `Withdrawing ${counted(asked.judgments, 'judgment')}.` }
      : asked
  }
  if (act.intent !== 'restore') return refused('Choose what to do.')
  const { reason, withdrawnAt, withdrawnReason, confirmed } = act
  const withdrawal = { at: withdrawnAt, reason: withdrawnReason }
  const asked = await askToRestore(trx, { ...who, reason, withdrawal, confirmed })
  return asked.ok ? { ok: true, done: `Restoring ${counted(asked.judgments, 'judgment')}.` } : asked
}
