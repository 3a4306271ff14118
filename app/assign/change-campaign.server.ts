/** In: a change that a lead asks for. Out: the change made and noted in the audit log, or why not. */
import { insertAudit } from '#app/access/audit.server.ts'
import type { Tx } from '#db/schema.ts'
import type { CampaignChange } from './campaign-change.ts'
import {
  changeLimits,
  changeOverlap,
  changeStatus,
  queueMakeTasks,
} from './campaign-life.server.ts'
import { insertGuidelines } from './guidelines.server.ts'

export interface ChangeCampaign {
  projectId: string
  campaignId: string
  change: CampaignChange
  /** The person who asks. */
  actor: string
  now: number
}

export type ChangeOutcome = { ok: true; done: string } | { ok: false; reason: string }

const statusDone = {
  open: 'The campaign is open; raters can work.',
  paused: 'The campaign is paused. What is in hand can still be sent.',
  closed: 'The campaign is closed.',
} as const

export async function changeCampaign(trx: Tx, asked: ChangeCampaign): Promise<ChangeOutcome> {
  const { projectId, campaignId, change, actor, now } = asked
  const outcome = await carryOut(trx, asked)
  if (!outcome.ok) return outcome
  const { kind, ...detail } = change
  await insertAudit(trx, {
    projectId,
    actor,
    action: kind === 'status' ? `campaign ${change.to}` : `campaign ${actions[kind]}`,
    subject: campaignId,
    // The text stands in the guidelines themselves.
    detail: 'text' in detail ? { version: detail.baseVersion + 1 } : detail,
    now,
  })
  return outcome
}

const actions = {
  overlap: 'overlap changed',
  prompts: 'prompts added',
  limits: 'limits changed',
  guidelines: 'guidelines changed',
} as const

async function carryOut(
  trx: Tx,
  { projectId, campaignId, change, actor, now }: ChangeCampaign,
): Promise<ChangeOutcome> {
  const scope = { projectId, campaignId, now }
  if (change.kind === 'status') {
    const changed = await changeStatus(trx, { ...scope, to: change.to })
    return changed.ok ? { ok: true, done: statusDone[change.to] } : changed
  }
  if (change.kind === 'overlap') {
    const changed = await changeOverlap(trx, { ...scope, overlap: change.overlap })
    const done = `Each task now gets ${change.overlap === 1 ? 'one rater' : `${change.overlap} raters`}. Whoever holds a task keeps it.`
    return changed.ok ? { ok: true, done } : changed
  }
  if (change.kind === 'limits') {
    const { kind, reason, ...limits } = change
    const changed = await changeLimits(trx, { ...scope, ...limits })
    return changed.ok ? { ok: true, done: 'The limits are changed.' } : changed
  }
  if (change.kind === 'prompts') {
    await queueMakeTasks(trx, scope)
    return { ok: true, done: 'Prompts that came since are looked for; their tasks come last.' }
  }
  const { text, baseVersion } = change
  const saved = await insertGuidelines(trx, { ...scope, text, baseVersion, createdBy: actor })
  return saved.ok
    ? { ok: true, done: `The guidelines are saved as version ${saved.version}.` }
    : saved
}
