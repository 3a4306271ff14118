/** In: a campaign. Out: its tasks, each with as many open slots as judgments are wanted. */
import { z } from 'zod'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { currentModels } from '#app/projects/models.server.ts'
import { inTransaction } from '#db/open.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { AssignmentTable, Queries, Schema, TaskTable, Tx } from '#db/schema.ts'
import { type Campaign, findCampaign, makeTasksInput } from './campaigns.server.ts'
import { type Candidate, pairsOf, taskKey } from './pairs.ts'

const promptsATransaction = 100

const cursorSchema = z.object({ after: z.string(), turn: z.number(), tasks: z.number() })

/** The job: makes the tasks of every prompt of a campaign, resumable after each group of prompts. */
export async function runMakeTasks(context: JobContext): Promise<{ tasks: number }> {
  const { db, job } = context
  const { campaignId } = makeTasksInput.parse(JSON.parse(job.input))
  const campaign = await findCampaign(db.read, job.project_id, campaignId)
  if (!campaign) throw new JobProblem('The campaign is gone.')
  let cursor =
    job.cursor === null
      ? { after: '', turn: 0, tasks: 0 }
      : cursorSchema.parse(JSON.parse(job.cursor))
  for (;;) {
    if (context.signal.aborted) throw context.signal.reason
    const prompts = await nextPrompts(db.read, job.project_id, campaign, cursor.after)
    const last = prompts.at(-1)
    if (!last) return { tasks: cursor.tasks }
    const from = cursor
    cursor = await inTransaction(db, async (trx) => {
      const made = await makeTasks(trx, {
        projectId: job.project_id,
        campaign,
        promptIds: prompts,
        turn: from.turn,
        now: Date.now(),
      })
      const next = { after: last, turn: from.turn + made.prompts, tasks: from.tasks + made.tasks }
      await context.reportWithin(trx, { cursor: next, done: next.tasks, note: 'tasks' })
      return next
    })
  }
}

async function nextPrompts(
  db: Queries,
  projectId: string,
  { settings }: Campaign,
  after: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', projectId)
    .where('id', '>', after)
    .where('is_text_missing', '=', 0)
    .where('archived_at', 'is', null)
    .$if(settings.tags.length > 0, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('prompt_tag')
            .select('tag')
            .whereRef('prompt_tag.project_id', '=', 'prompt.project_id')
            .whereRef('prompt_tag.prompt_id', '=', 'prompt.id')
            .where('tag', 'in', settings.tags),
        ),
      ),
    )
    .orderBy('id')
    .limit(promptsATransaction)
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

interface NewTask {
  promptId: string
  responseIds: string[]
  isIdentical: boolean
}

/** Makes the tasks of some prompts; those a campaign has already are left as they are. */
export async function makeTasks(
  trx: Tx,
  { projectId, campaign, promptIds, turn, now }: MakeTasks,
): Promise<{ prompts: number; tasks: number }> {
  const candidates = await candidatesOf(trx, projectId, campaign, promptIds)
  const wanted: NewTask[] = []
  let prompts = 0
  for (const promptId of promptIds) {
    const responses = candidates.get(promptId) ?? []
    const tasks = tasksOf(promptId, responses, campaign, turn + prompts)
    if (tasks.length > 0) prompts += 1
    wanted.push(...tasks)
  }
  return { prompts, tasks: await insertTasks(trx, { projectId, campaign, wanted, now }) }
}

function tasksOf(
  promptId: string,
  responses: readonly Candidate[],
  campaign: Campaign,
  turn: number,
): NewTask[] {
  if (campaign.kind === 'rubric') {
    return responses.map(({ responseId }) => ({
      promptId,
      responseIds: [responseId],
      isIdentical: false,
    }))
  }
  return pairsOf(responses, { limit: campaign.settings.pairsAPrompt, turn }).map((pair) => ({
    promptId,
    responseIds: [pair.a.responseId, pair.b.responseId],
    isIdentical: pair.isIdentical,
  }))
}

/** The first response of each chosen model to each prompt. */
async function candidatesOf(
  trx: Tx,
  projectId: string,
  { settings }: Campaign,
  promptIds: readonly string[],
): Promise<Map<string, Candidate[]>> {
  const modelIds = await currentModels(trx, projectId, settings.modelIds)
  const rows = await trx
    .selectFrom('response')
    .select(['id', 'prompt_id', 'model_id', 'messages'])
    .where('project_id', '=', projectId)
    .where('prompt_id', 'in', promptIds)
    .where('is_text_missing', '=', 0)
    .$if(modelIds.length > 0, (query) => query.where('model_id', 'in', modelIds))
    .orderBy('prompt_id')
    .orderBy('model_id')
    .orderBy('sample')
    .orderBy('id')
    .execute()
  const found = new Map<string, Candidate[]>()
  for (const row of rows) {
    const before = found.get(row.prompt_id) ?? []
    if (before.at(-1)?.modelId === row.model_id) continue
    before.push({ responseId: row.id, modelId: row.model_id, words: row.messages })
    found.set(row.prompt_id, before)
  }
  return found
}

async function insertTasks(
  trx: Tx,
  options: { projectId: string; campaign: Campaign; wanted: readonly NewTask[]; now: number },
): Promise<number> {
  const { projectId, campaign, wanted, now } = options
  const rows = wanted.map((task): TaskTable & { responseIds: string[] } => ({
    project_id: projectId,
    id: newId(),
    campaign_id: campaign.id,
    prompt_id: task.promptId,
    fingerprint: sha256(taskKey(task.promptId, task.responseIds)),
    purpose: 'work',
    repeat_of: null,
    needed: task.isIdentical ? 0 : campaign.overlap,
    priority: 0,
    selection_probability: null,
    decided: task.isIdentical ? 'tie' : null,
    expected: null,
    created_at: now,
    responseIds: task.responseIds,
  }))
  const made: typeof rows = []
  for (const some of groupsOf(rows, rowsAStatement(13))) {
    const inserted = await trx
      .insertInto('task')
      .values(some.map(({ responseIds, ...row }) => row))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute()
    const ids = new Set(inserted.map((row) => row.id))
    made.push(...some.filter((row) => ids.has(row.id)))
  }
  const responses = made.flatMap((task) =>
    task.responseIds.map((responseId, position): Schema['task_response'] => ({
      project_id: projectId,
      task_id: task.id,
      position,
      response_id: responseId,
    })),
  )
  for (const some of groupsOf(responses, rowsAStatement(4))) {
    await trx.insertInto('task_response').values(some).execute()
  }
  await insertSlots(trx, made, campaign.overlap, now)
  return made.length
}

/**
 * Open slots, round after round: every task gets its first rater before any gets its second, so that
 * a campaign stopped half way has judged everything about equally often.
 */
async function insertSlots(
  trx: Tx,
  tasks: readonly TaskTable[],
  overlap: number,
  now: number,
): Promise<void> {
  const slots: AssignmentTable[] = []
  for (let round = 0; round < overlap; round++) {
    for (const task of tasks) {
      if (task.needed > round) slots.push(openSlot(task, { priority: round, now }))
    }
  }
  for (const some of groupsOf(slots, rowsAStatement(14))) {
    await trx.insertInto('assignment').values(some).execute()
  }
}

/** A slot that any eligible rater may take. */
export const openSlot = (
  task: Pick<TaskTable, 'project_id' | 'campaign_id' | 'id'>,
  { priority, now }: { priority: number; now: number },
): AssignmentTable => ({
  project_id: task.project_id,
  id: newId(),
  campaign_id: task.campaign_id,
  task_id: task.id,
  rater_id: null,
  status: 'open',
  priority,
  shown_order: null,
  held_at: null,
  held_until: null,
  opened_at: null,
  ended_at: null,
  active_ms: null,
  skip_reason: null,
  created_at: now,
})
