/** In: a message from a rater's page. Out: what was saved, and the tasks to go on with. */
import { type Claimed, claimTasks, heldBy } from '#app/assign/assignments.server.ts'
import { type CampaignRater, saveRater } from '#app/assign/campaign-rater.server.ts'
import { extendHolds } from '#app/assign/holds.server.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import type { DeskMessage, DeskReply } from './desk-message.ts'
import { flagTask, keepDraft } from './desk-notes.server.ts'
import type { RoomState } from './queue.ts'
import { closedAt, findRoom, joinRoom, type Room, type RoomCampaign } from './room.server.ts'
import { endSitting, feedbackOn, onboardingOf, readExpected } from './sittings.server.ts'
import { releaseTask, type Submitted, saveSubmission, skipTask } from './submit-judgment.server.ts'
import { viewTasks } from './task-view.server.ts'

export interface Desk {
  db: Db
  projectId: string
  campaignId: string
  personId: string
  now: number
  random: () => number
}

/**
 * Whether a person may work in a campaign.
 *
 * @param groups the groups that the person's rater is in; none for a person who has not rated
 */
export function isRaterOf(
  { origin, status, settings }: Pick<RoomCampaign, 'origin' | 'status' | 'settings'>,
  personId: string,
  groups: readonly string[] = [],
): boolean {
  if (origin !== 'made' || status === 'draft') return false
  if (settings.raterIds !== null && !settings.raterIds.includes(personId)) return false
  return settings.groups.length === 0 || settings.groups.some((group) => groups.includes(group))
}

/** Does what the page asks in one transaction. Undefined when there is no such campaign for the person. */
export async function answerDesk(desk: Desk, message: DeskMessage): Promise<DeskReply | undefined> {
  const { db, projectId, now } = desk
  const done = await inTransaction(db, (trx) => serve(trx, desk, message))
  if (!done) return undefined
  const { held, holdMs, ...reply } = done
  const known = new Set('have' in message ? message.have : [])
  const fresh = held
    .filter((task) => !known.has(task.assignmentId))
    // A hold without end looks like any other, for the page asks again in time.
    .map((task) => ({ ...task, heldUntil: Math.min(task.heldUntil, now + holdMs) }))
  return { ...reply, tasks: await viewTasks(db.read, projectId, fresh) }
}

type Served = Omit<DeskReply, 'tasks'> & { held: readonly Claimed[]; holdMs: number }

interface Rating {
  desk: Desk
  room: Room
  place: { projectId: string; campaignId: string; raterId: string }
  rater: CampaignRater
}

async function serve(trx: Tx, desk: Desk, message: DeskMessage): Promise<Served | undefined> {
  const { projectId, campaignId, personId, now } = desk
  const room = await findRoom(trx, { projectId, campaignId, who: { personId } })
  if (!room || !isRaterOf(room.campaign, personId, room.rater?.groups)) return undefined
  const raterId = room.rater?.id ?? (await ensureMemberRater(trx, { projectId, personId, now }))
  const place = { projectId, campaignId, raterId }
  const rater = await joinRoom(trx, place, { campaign: room.campaign, now })
  const rating = { desk, room, place, rater }
  const served = await answers[message.intent](trx, rating, message as never)
  await saveRater(trx, place, rater)
  return { ...served, holdMs: room.campaign.hold_ms }
}

type Answer = Omit<Served, 'holdMs'>
type Answers = {
  [Intent in DeskMessage['intent']]: (
    trx: Tx,
    rating: Rating,
    message: Extract<DeskMessage, { intent: Intent }>,
  ) => Promise<Answer>
}

const answers: Answers = {
  claim: (trx, rating) => nextWork(trx, rating),
  submit: async (trx, rating, { submission }) => {
    const { room, rater, place, desk } = rating
    const saving = { place, room, rater, submission, now: desk.now }
    const submitted = await saveSubmission(trx, saving)
    const told = await tell(trx, rating, submission.assignmentId, submitted)
    return { saved: submitted.saved, ...told, ...(await nextWork(trx, rating)) }
  },
  skip: async (trx, rating, { assignmentId, reason, activeMs }) => {
    const { place, desk } = rating
    await skipTask(trx, { ...place, assignmentId, reason, activeMs, now: desk.now })
    const sitting = await sittingOver(trx, rating)
    return { ...(sitting && { sitting }), ...(await nextWork(trx, rating)) }
  },
  release: async (trx, { place, desk }, { assignmentIds }) => {
    for (const assignmentId of assignmentIds) {
      await releaseTask(trx, { ...place, assignmentId, now: desk.now })
    }
    return { held: [], state: 'working' }
  },
  alive: (trx, rating) => stayAlive(trx, rating),
  draft: async (trx, rating, message) => {
    const { place, desk } = rating
    const draftVersion = await keepDraft(trx, { ...place, ...message, now: desk.now })
    const alive = await stayAlive(trx, rating)
    return { ...alive, ...(draftVersion === undefined ? {} : { draftVersion }) }
  },
  flag: async (trx, rating, { assignmentId, reason }) => {
    await flagTask(trx, { ...rating.place, assignmentId, reason, now: rating.desk.now })
    return stayAlive(trx, rating)
  },
}

/** What a rater is told after a training task, or at the end of a sitting. */
async function tell(
  trx: Tx,
  rating: Rating,
  assignmentId: string,
  { task }: Submitted,
): Promise<Pick<DeskReply, 'feedback' | 'sitting'>> {
  if (task?.purpose === 'qualification') {
    const sitting = await sittingOver(trx, rating)
    return sitting ? { sitting } : {}
  }
  const expected = task?.purpose === 'training' ? readExpected(task.expected) : undefined
  if (!task || !expected) return {}
  const { goldTolerance: tolerance } = rating.room.campaign.settings
  const { order, given } = task
  return { feedback: feedbackOn(given, { assignmentId, expected, order, tolerance }) }
}

const sittingOver = (trx: Tx, { place, room, rater }: Rating) =>
  endSitting(trx, { place, settings: room.campaign.settings, rater })

/** Keeps what is in hand in hand, and tells what changed meanwhile. */
async function stayAlive(trx: Tx, { desk, place, room, rater }: Rating): Promise<Answer> {
  const { now } = desk
  await extendHolds(trx, { ...place, holdMs: room.campaign.hold_ms, now })
  const withdrawn = await withdrawnInHand(trx, place)
  const state = stateOfCampaign(room.campaign, now) ?? stateOfRater(rater)
  return { held: [], state, ...(withdrawn.length > 0 ? { withdrawn } : {}) }
}

const stateOfRater = ({ status, phase }: CampaignRater): RoomState =>
  status === 'paused' ? 'paused' : phase === 'failed' ? 'failed' : 'working'

function stateOfCampaign(campaign: RoomCampaign, now: number): 'paused' | 'closed' | undefined {
  if (closedAt(campaign, now) !== null) return 'closed'
  return campaign.status === 'open' ? undefined : 'paused'
}

/** Assignments in a rater's hands whose task was withdrawn. */
async function withdrawnInHand(trx: Tx, place: Rating['place']): Promise<string[]> {
  const rows = await trx
    .selectFrom('assignment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id'),
    )
    .select('assignment.id')
    .where('assignment.project_id', '=', place.projectId)
    .where('assignment.campaign_id', '=', place.campaignId)
    .where('assignment.rater_id', '=', place.raterId)
    .where('assignment.status', '=', 'held')
    .where('task.withdrawn_at', 'is not', null)
    .execute()
  return rows.map((row) => row.id)
}

async function nextWork(trx: Tx, rating: Rating): Promise<Answer> {
  const { desk, room, place, rater } = rating
  const { campaign } = room
  const { now, random } = desk
  const stopped = stateOfCampaign(campaign, now)
  if (stopped) return { held: await heldBy(trx, place), state: stopped }
  const claim = { ...place, holdMs: campaign.hold_ms, now, random, campaign, rater }
  const languages = room.rater?.languages ?? []
  const { held, state } = await claimTasks(trx, { ...claim, languages })
  // What was left of a sitting may have been taken out of use meanwhile.
  const sitting = held.length === 0 ? await sittingOver(trx, rating) : undefined
  if (sitting) return { sitting, ...(await nextWork(trx, rating)) }
  const settings = campaign.settings
  const onboarding = await onboardingOf(trx, { place, settings, rater })
  return { held, state, ...(onboarding && { onboarding }) }
}
