/** In: a message from a rater's page. Out: what was saved, and the tasks to go on with. */
import { z } from 'zod'
import { type Claimed, claimTasks, extendHolds, heldBy } from '#app/assign/assignments.server.ts'
import { type Campaign, findCampaign } from '#app/assign/campaigns.server.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import { submissionSchema } from './judgment.ts'
import type { RoomState } from './queue.ts'
import { releaseTask, type Saved, skipTask, submitJudgment } from './submit-judgment.server.ts'
import { viewTasks } from './task-view.server.ts'
import type { TaskView } from './task-view.ts'

/** Tasks the page has already, so that they are not sent again. */
const have = z.array(z.string()).max(20).default([])

export const deskMessageSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('claim'), have }),
  z.object({ intent: z.literal('submit'), have, submission: submissionSchema }),
  z.object({
    intent: z.literal('skip'),
    have,
    assignmentId: z.string().min(1),
    reason: z.string().trim().min(1, 'say why').max(2_000),
    activeMs: z.number().int().min(0).nullable().default(null),
  }),
  z.object({ intent: z.literal('release'), assignmentIds: z.array(z.string()).max(20) }),
  z.object({ intent: z.literal('alive') }),
])
export type DeskMessage = z.infer<typeof deskMessageSchema>

export interface DeskReply {
  saved?: Saved
  state: RoomState
  tasks: TaskView[]
}

export interface Desk {
  db: Db
  projectId: string
  campaignId: string
  personId: string
  now: number
  random: () => number
}

/** Whether a person may work in a campaign. */
export const isRaterOf = (campaign: Campaign, personId: string): boolean =>
  campaign.origin === 'made' &&
  campaign.status !== 'draft' &&
  (campaign.settings.raterIds === null || campaign.settings.raterIds.includes(personId))

/** Does what the page asks in one transaction. Undefined when there is no such campaign for the person. */
export async function answerDesk(desk: Desk, message: DeskMessage): Promise<DeskReply | undefined> {
  const { db, projectId, campaignId, personId } = desk
  const campaign = await findCampaign(db.read, projectId, campaignId)
  if (!campaign || !isRaterOf(campaign, personId)) return undefined
  const done = await inTransaction(db, async (trx) => {
    const raterId = await ensureMemberRater(trx, { projectId, personId, now: desk.now })
    const saved = await handle(trx, { ...desk, raterId, campaign }, message)
    const work = await nextWork(trx, { ...desk, raterId, campaign }, message)
    return { saved, ...work }
  })
  const known = new Set('have' in message ? message.have : [])
  const fresh = done.held.filter((task) => !known.has(task.assignmentId))
  const tasks = await viewTasks(db.read, projectId, fresh)
  return { ...(done.saved ? { saved: done.saved } : {}), state: done.state, tasks }
}

type Rating = Desk & { raterId: string; campaign: Campaign }

async function handle(trx: Tx, rating: Rating, message: DeskMessage): Promise<Saved | undefined> {
  const { projectId, raterId, now } = rating
  if (message.intent === 'submit') {
    return submitJudgment(trx, { projectId, raterId, submission: message.submission, now })
  }
  if (message.intent === 'skip') {
    const { assignmentId, reason, activeMs } = message
    await skipTask(trx, { projectId, raterId, assignmentId, reason, activeMs, now })
  }
  if (message.intent === 'release') {
    for (const assignmentId of message.assignmentIds) {
      await releaseTask(trx, { projectId, raterId, assignmentId, now })
    }
  }
  return undefined
}

async function nextWork(
  trx: Tx,
  rating: Rating,
  message: DeskMessage,
): Promise<{ held: Claimed[]; state: RoomState }> {
  const { projectId, campaignId, raterId, campaign, now, random } = rating
  const scope = { projectId, campaignId, raterId, holdMs: campaign.hold_ms, now }
  if (message.intent === 'release') return { held: [], state: 'working' }
  if (message.intent === 'alive') {
    await extendHolds(trx, scope)
    return { held: [], state: 'working' }
  }
  if (campaign.status !== 'open') {
    const state = campaign.status === 'paused' ? 'paused' : 'closed'
    return { held: await heldBy(trx, scope), state }
  }
  const { held, isPaused } = await claimTasks(trx, { ...scope, random })
  if (isPaused) return { held, state: 'paused' }
  return { held, state: held.length > 0 ? 'working' : 'empty' }
}
