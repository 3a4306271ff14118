/**
 * In: an adaptive campaign whose raters will soon run dry. Out: one more round of tasks, drawn where a
 * judgment tells most about the standings, each with the probability with which it was drawn.
 */
import { z } from 'zod'
import { sha256 } from '#app/base/hash.server.ts'
import { must } from '#app/base/must.ts'
import { enqueueJob, findNewestJobFor } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { campaignJobInput, chooseTasksKind } from './campaign-jobs.ts'
import { type Campaign, findCampaign } from './campaigns.server.ts'
import { drawPairs, informationOf, type PairState } from './choose-pairs.ts'
import { insertTasks, type NewTask } from './insert-tasks.server.ts'
import { modelsOf } from './make-tasks.server.ts'
import { pairEvidence } from './pair-states.server.ts'
import {
  identicalAmong,
  type UnusedPair,
  type UnusedTask,
  unusedTasks,
} from './unused-tasks.server.ts'

const tasksATransaction = 200
/** Tasks that a rater may have in hand. */
const tasksInHand = 3
/** How long a campaign without a task left is not looked at again. */
const restMs = 60_000

const cursorSchema = z.object({ tasks: z.number() })
const resultSchema = z.object({
  tasks: z.number(),
  /** Tasks still to be made among the prompts looked at; null where none was looked for. */
  left: z.number().nullable(),
})
export type Round = z.infer<typeof resultSchema>

/**
 * Queues the making of the next round of an adaptive campaign, unless one is queued or under way, or
 * the last one found nothing left a moment ago. Cheap enough for every claim that finds little open.
 */
export async function queueRound(
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
): Promise<void> {
  const last = await findNewestJobFor(trx, projectId, chooseTasksKind, campaignId)
  if (last?.status === 'queued' || last?.status === 'running') return
  const isRecent = last?.finished_at != null && now - last.finished_at < restMs
  const found = isRecent && last.result !== null && resultSchema.parse(JSON.parse(last.result))
  if (found && found.left === 0) return
  await enqueueJob(trx, {
    projectId,
    kind: chooseTasksKind,
    input: { campaignId },
    dedupeKey: campaignId,
    now,
  })
}

/**
 * The job: draws a round and makes its tasks. Killed and run again it makes what was still missing of
 * the round, drawn anew from what is there by then.
 */
export async function runChooseTasks(context: JobContext): Promise<Round> {
  const { db, job } = context
  const { campaignId } = campaignJobInput.parse(JSON.parse(job.input))
  const campaign = await findCampaign(db.read, job.project_id, campaignId)
  if (!campaign) throw new JobProblem('The campaign is gone.')
  const made = job.cursor === null ? 0 : cursorSchema.parse(JSON.parse(job.cursor)).tasks
  const isWanted = campaign.status === 'open' && campaign.settings.order === 'adaptive'
  if (!isWanted) return { tasks: made, left: null }
  const size = await sizeOfRound(db.read, job.project_id, campaign)
  if (made === 0 && (await hasEnough(db.read, { projectId: job.project_id, campaign, size }))) {
    return { tasks: 0, left: null }
  }
  const round = await findRound(context, campaign, { made, size })
  return makeRound(context, campaign, round)
}

/** As the campaign sets it; where many raters work at once, twice what they may have in hand. */
async function sizeOfRound(db: Queries, projectId: string, campaign: Campaign): Promise<number> {
  const { raters } = await db
    .selectFrom('campaign_rater')
    .select((eb) => eb.fn.countAll<number>().as('raters'))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaign.id)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const forRaters = Math.ceil((2 * tasksInHand * raters) / campaign.overlap)
  return Math.max(campaign.settings.adaptiveOrder.roundSize, forRaters)
}

/** Whether a whole round waits for raters already. */
async function hasEnough(
  db: Queries,
  { projectId, campaign, size }: { projectId: string; campaign: Campaign; size: number },
): Promise<boolean> {
  const enough = size * campaign.overlap
  const open = await db
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaign.id)
    .where('status', '=', 'open')
    .limit(enough)
    .execute()
  return open.length >= enough
}

interface RoundState {
  /** Tasks that are made of it, and that it is to have. */
  made: number
  size: number
  information: Float64Array
  pairs: (UnusedPair | undefined)[]
  unused: Float64Array
  /** The share of the prompts that the round looked at. */
  share: number
  /** Tasks drawn of each prompt, where prompts give only so many. */
  drawnOf: Map<string, number>
  random: () => number
}

async function findRound(
  { db, job, signal }: JobContext,
  campaign: Campaign,
  { made, size }: { made: number; size: number },
): Promise<RoundState> {
  const projectId = job.project_id
  const random = seededRandom(seedOf(`${job.id}:${made}`))
  const models = await modelsOf(db.read, projectId)
  const scope = { projectId, campaignId: campaign.id, today: models.today }
  const evidence = await pairEvidence(db.read, scope)
  const found = await unusedTasks(db.read, { projectId, campaign, size, models, random, signal })
  const keys = [...new Set([...found.pairs.keys(), ...evidence.keys()])].sort()
  const states = keys.map((key): PairState => {
    const { modelA, modelB } = must(found.pairs.get(key) ?? evidence.get(key), 'the pair')
    const known = evidence.get(key) ?? { count: 0, points: 0, pending: 0 }
    return { ...known, modelA, modelB }
  })
  const pairs = keys.map((key) => found.pairs.get(key))
  return {
    made,
    size,
    information: informationOf(states),
    pairs,
    unused: Float64Array.from(pairs, (pair) => pair?.unused ?? 0),
    share: found.share,
    drawnOf: new Map(),
    random,
  }
}

const seedOf = (text: string): number => Number.parseInt(sha256(text).slice(0, 12), 16)

async function makeRound(
  context: JobContext,
  campaign: Campaign,
  round: RoundState,
): Promise<Round> {
  const { db, job, signal } = context
  while (round.made < round.size) {
    if (signal.aborted) throw signal.reason
    const count = Math.min(tasksATransaction, round.size - round.made)
    const drawn = drawTasks(round, campaign, count)
    if (drawn.length === 0) break
    const identical = await identicalAmong(db.read, job.project_id, drawn)
    const isDecided = campaign.settings.identical === 'decide'
    const wanted = drawn
      .map((task): NewTask => ({ ...task, isIdentical: identical.has(task) }))
      .filter((task) => isDecided || !task.isIdentical)
    const asked = wanted.filter((task) => !task.isIdentical)
    const inserted = await inTransaction(db, async (trx) => {
      const about = { projectId: job.project_id, campaign, now: Date.now() }
      await insertTasks(trx, { ...about, wanted: wanted.filter((task) => task.isIdentical) })
      const tasks = await insertTasks(trx, { ...about, wanted: asked })
      const made = round.made + tasks
      await context.reportWithin(trx, { cursor: { tasks: made }, done: made, total: round.size })
      return tasks
    })
    round.made += inserted
    // Fewer than asked for: the campaign's budget is spent.
    if (inserted < asked.length) break
  }
  const left = round.unused.reduce((sum, unused) => sum + unused, 0)
  return { tasks: round.made, left: round.made === 0 ? 0 : left }
}

interface DrawnTask extends UnusedTask {
  selectionProbability: number
}

/** Draws tasks that the round has not drawn yet; none when nothing is left. */
function drawTasks(round: RoundState, { settings }: Campaign, count: number): DrawnTask[] {
  const { information, unused, random, share } = round
  const { floor } = settings.adaptiveOrder
  for (;;) {
    const drawn = drawPairs({ information, unused, floor, count, random })
    const tasks: DrawnTask[] = []
    for (const { pair, probability } of drawn) {
      const task = takeOne(round.pairs[pair]?.tasks ?? [], random)
      unused[pair] = task ? (unused[pair] ?? 0) - 1 : 0
      if (!task || !mayTake(round, task, settings.pairsAPrompt)) continue
      tasks.push({ ...task, selectionProbability: probability * share })
    }
    if (tasks.length > 0 || drawn.length === 0) return tasks
  }
}

/** Takes one of some tasks away, each with the same probability. */
function takeOne(tasks: UnusedTask[], random: () => number): UnusedTask | undefined {
  const place = Math.floor(random() * tasks.length)
  const taken = tasks[place]
  const last = tasks.pop()
  if (taken !== last && last !== undefined) tasks[place] = last
  return taken
}

/** Whether a task's prompt may give one more pair, and notes that it does. */
function mayTake({ drawnOf }: RoundState, task: UnusedTask, most: number | null): boolean {
  const drawn = drawnOf.get(task.promptId) ?? 0
  if (most !== null && task.madeOfPrompt + drawn >= most) return false
  drawnOf.set(task.promptId, drawn + 1)
  return true
}
