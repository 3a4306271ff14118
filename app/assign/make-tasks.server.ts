/** In: a campaign. Out: its tasks, each with as many open slots as judgments are wanted. */
import { z } from 'zod'
import { firstGroupSize, nextGroupSize } from '#app/jobs/group-size.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { campaignJobInput } from './campaign-jobs.ts'
import { campaignPrompts } from './campaign-prompts.server.ts'
import { type Campaign, findCampaign } from './campaigns.server.ts'
import { fingerprintOf, insertTasks, type NewTask } from './insert-tasks.server.ts'
import {
  type Candidate,
  type ComparedModel,
  pairingToday,
  pairsOf,
  rankedTogether,
} from './pairs.ts'

const cursorSchema = z.object({ after: z.string(), turn: z.number(), tasks: z.number() })

/**
 * The job: makes the tasks of every prompt of a campaign, resumable after each group of prompts. Run
 * again it adds those of prompts and models that came since, as far as the budget goes.
 */
export async function runMakeTasks(context: JobContext): Promise<{ tasks: number }> {
  const { db, job } = context
  const projectId = job.project_id
  const { campaignId } = campaignJobInput.parse(JSON.parse(job.input))
  const campaign = await findCampaign(db.read, projectId, campaignId)
  if (!campaign) throw new JobProblem('The campaign is gone.')
  let cursor =
    job.cursor === null
      ? { after: '', turn: 0, tasks: 0 }
      : cursorSchema.parse(JSON.parse(job.cursor))
  let size = firstGroupSize
  for (;;) {
    if (context.signal.aborted) throw context.signal.reason
    const { after } = cursor
    const promptIds = await nextPrompts(db.read, { projectId, campaign, after, limit: size })
    const last = promptIds.at(-1)
    if (!last) return { tasks: cursor.tasks }
    // Long texts are read before raters have to wait for what is written.
    const meeting = await whatMayMeet(db.read, projectId, { campaign, promptIds })
    const from = cursor
    let startedAt = 0
    cursor = await inTransaction(db, async (trx) => {
      startedAt = performance.now()
      const about = { projectId, campaign, promptIds, turn: from.turn, now: Date.now() }
      const made = await insertMeetings(trx, { ...about, meeting })
      const next = { after: last, turn: from.turn + made.prompts, tasks: from.tasks + made.tasks }
      await context.reportWithin(trx, { cursor: next, done: next.tasks, note: 'tasks' })
      return next
    })
    size = nextGroupSize(size, performance.now() - startedAt)
  }
}

async function nextPrompts(
  db: Queries,
  {
    projectId,
    campaign,
    after,
    limit,
  }: { projectId: string; campaign: Campaign; after: string; limit: number },
): Promise<string[]> {
  const rows = await campaignPrompts(db, projectId, campaign.settings)
    .select('prompt.id')
    .where('prompt.id', '>', after)
    .orderBy('prompt.id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

interface MakeTasks {
  projectId: string
  campaign: Campaign
  promptIds: readonly string[]
  /** How many prompts with work came before these. */
  turn: number
  now: number
}

/** The responses of some prompts, and the models that gave them. */
interface Meeting {
  models: Models
  candidates: Map<string, Candidate[]>
}

async function whatMayMeet(
  db: Queries,
  projectId: string,
  { campaign, promptIds }: Pick<MakeTasks, 'campaign' | 'promptIds'>,
): Promise<Meeting> {
  const models = await modelsOf(db, projectId)
  return { models, candidates: await candidatesOf(db, projectId, { campaign, promptIds, models }) }
}

/** Makes the tasks of some prompts; those a campaign has already are left as they are. */
export async function makeTasks(
  trx: Tx,
  options: MakeTasks,
): Promise<{ prompts: number; tasks: number }> {
  const meeting = await whatMayMeet(trx, options.projectId, options)
  return insertMeetings(trx, { ...options, meeting })
}

async function insertMeetings(
  trx: Tx,
  { projectId, campaign, promptIds, turn, now, meeting }: MakeTasks & { meeting: Meeting },
): Promise<{ prompts: number; tasks: number }> {
  const { models, candidates } = meeting
  const most = mostOfPrompt(campaign)
  const made = most === null ? undefined : await madeOf(trx, projectId, { campaign, promptIds })
  const wanted: NewTask[] = []
  let prompts = 0
  for (const promptId of promptIds) {
    const responses = candidates.get(promptId) ?? []
    const tasks = tasksOf(responses, { campaign, models, turn: turn + prompts })
    if (tasks.length > 0) prompts += 1
    const known = made?.get(promptId) ?? new Set()
    const fresh = tasks.filter((task) => !known.has(fingerprintOf({ promptId, ...task })))
    const left = most === null ? fresh.length : Math.max(0, most - known.size)
    wanted.push(...fresh.slice(0, left).map((task) => ({ promptId, ...task })))
  }
  return { prompts, tasks: await insertTasks(trx, { projectId, campaign, wanted, now }) }
}

/** The tasks that one prompt gives at most, whatever came since; all of them when null. */
const mostOfPrompt = ({ kind, settings }: Campaign): number | null =>
  kind === 'ranking' ? 1 : kind === 'pairwise' ? settings.pairsAPrompt : null

/** By prompt the fingerprints of the tasks that the campaign has. */
async function madeOf(
  trx: Tx,
  projectId: string,
  { campaign, promptIds }: { campaign: Campaign; promptIds: readonly string[] },
): Promise<Map<string, Set<string>>> {
  const rows = await trx
    .selectFrom('task')
    .select(['prompt_id', 'fingerprint'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaign.id)
    .where('prompt_id', 'in', promptIds)
    .where('purpose', '=', 'work')
    .execute()
  const byPrompt = Map.groupBy(rows, (row) => row.prompt_id)
  return new Map(
    [...byPrompt].map(([promptId, own]) => [promptId, new Set(own.map((row) => row.fingerprint))]),
  )
}

interface Making {
  campaign: Campaign
  models: Models
  turn: number
}

function tasksOf(
  responses: readonly Candidate[],
  { campaign, models, turn }: Making,
): Omit<NewTask, 'promptId'>[] {
  const { kind, settings } = campaign
  if (kind === 'rubric') {
    return responses.map(({ responseId }) => ({ responseIds: [responseId], isIdentical: false }))
  }
  if (kind === 'ranking') {
    const together = rankedTogether(responses, { size: settings.responsesATask, turn })
    if (together.length < 2) return []
    const isIdentical = new Set(together.map(({ words }) => words)).size === 1
    if (isIdentical && settings.identical === 'leave_out') return []
    return [{ responseIds: together.map(({ responseId }) => responseId), isIdentical }]
  }
  const pairs = pairsOf(responses, {
    pairing: pairingToday(settings.pairing, models.today),
    models: models.compared,
    limit: settings.pairsAPrompt,
    identical: settings.identical,
    turn,
  })
  return pairs.map(({ a, b, isIdentical }) => ({
    responseIds: [a.responseId, b.responseId],
    isIdentical,
  }))
}

export interface Models {
  compared: Map<string, ComparedModel>
  /** What stands for a model since it was merged. */
  today: (modelId: string) => string
}

/** A project's models by what they are, and what stands for each today. */
export async function modelsOf(db: Queries, projectId: string): Promise<Models> {
  const rows = await db
    .selectFrom('model')
    .select(['id', 'name', 'version', 'prompt_version', 'parameters', 'merged_into'])
    .where('project_id', '=', projectId)
    .execute()
  const current = new Map(rows.map((row) => [row.id, row.merged_into ?? row.id]))
  return {
    compared: new Map(
      rows.map(({ id, name, version, prompt_version: promptVersion, parameters }) => [
        id,
        { name, version, promptVersion, parameters },
      ]),
    ),
    today: (modelId) => current.get(modelId) ?? modelId,
  }
}

/** The first response of each chosen model to each prompt; all of one, where dates are compared. */
async function candidatesOf(
  db: Queries,
  projectId: string,
  {
    campaign,
    promptIds,
    models,
  }: { campaign: Campaign; promptIds: readonly string[]; models: Models },
): Promise<Map<string, Candidate[]>> {
  const { modelIds, pairing } = campaign.settings
  const chosen = [...new Set(modelIds.map(models.today))]
  const overTime = campaign.kind === 'pairwise' && pairing.kind === 'two_dates'
  const rows = await db
    .selectFrom('response')
    .select(['id', 'prompt_id', 'model_id', 'messages', 'answered_at'])
    .where('project_id', '=', projectId)
    .where('prompt_id', 'in', promptIds)
    .where('is_text_missing', '=', 0)
    .$if(chosen.length > 0 && !overTime, (query) => query.where('model_id', 'in', chosen))
    .orderBy('prompt_id')
    .orderBy('model_id')
    .orderBy('sample')
    .orderBy('id')
    .execute()
  const found = new Map<string, Candidate[]>()
  for (const row of rows) {
    const before = found.get(row.prompt_id) ?? []
    if (!overTime && before.at(-1)?.modelId === row.model_id) continue
    const { id: responseId, model_id: modelId, messages: words, answered_at: answeredAt } = row
    before.push({ responseId, modelId, words, answeredAt })
    found.set(row.prompt_id, before)
  }
  return found
}
