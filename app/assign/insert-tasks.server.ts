/** In: which responses are to meet. Out: tasks, each with as many open slots as judgments are wanted. */
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { AssignmentTable, Schema, TaskTable, Tx } from '#db/schema.ts'
import type { Campaign } from './campaigns.server.ts'
import { promptLanguages, promptRanks } from './lanes.server.ts'
import { levelOf } from './levels.ts'
import { taskKey } from './pairs.ts'
import { lockBudget, openSlot, takeBudget } from './task-slots.server.ts'

export interface NewTask {
  promptId: string
  responseIds: string[]
  isIdentical: boolean
  /** The probability of the draw that chose it; absent where every task is made. */
  selectionProbability?: number
}

/** What makes a task one question in its campaign. */
export const fingerprintOf = ({
  promptId,
  responseIds,
}: Pick<NewTask, 'promptId' | 'responseIds'>): string => sha256(taskKey(promptId, responseIds))

interface InsertTasks {
  projectId: string
  campaign: Campaign
  wanted: readonly NewTask[]
  now: number
}

type Made = TaskTable & { responseIds: readonly string[] }

/**
 * Inserts tasks with their open slots, as far as the campaign's budget goes; those a campaign has
 * already are left as they are. Gives how many it made.
 */
export async function insertTasks(trx: Tx, options: InsertTasks): Promise<number> {
  const { projectId, campaign } = options
  const place = { projectId, campaignId: campaign.id }
  const { overlap, left } = await lockBudget(trx, place)
  const made = withinBudget(await freshTasks(trx, options, overlap), left)
  if (made.length === 0) return 0
  for (const some of groupsOf(made, rowsAStatement(16))) {
    await trx
      .insertInto('task')
      .values(some.map(({ responseIds, ...row }) => row))
      .execute()
  }
  await insertResponses(trx, made)
  await noteAuthors(trx, place, made)
  await takeBudget(trx, { ...place, count: made.reduce((sum, task) => sum + task.needed, 0) })
  await insertRounds(trx, options, made)
  return made.length
}

/** The tasks that the campaign does not have. */
async function freshTasks(
  trx: Tx,
  { projectId, campaign, wanted, now }: InsertTasks,
  overlap: number,
): Promise<Made[]> {
  const ranks =
    campaign.settings.order === 'priority'
      ? await promptRanks(trx, projectId, {
          promptIds: wanted.map(({ promptId }) => promptId),
          tags: campaign.settings.priorityTags,
        })
      : undefined
  const last = campaign.settings.priorityTags.length
  const byFingerprint = new Map(
    wanted.map((task): [string, NewTask] => [fingerprintOf(task), task]),
  )
  for (const some of groupsOf([...byFingerprint.keys()], 1_000)) {
    const known = await trx
      .selectFrom('task')
      .select('fingerprint')
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaign.id)
      .where('purpose', '=', 'work')
      .where('fingerprint', 'in', some)
      .execute()
    for (const { fingerprint } of known) byFingerprint.delete(fingerprint)
  }
  return [...byFingerprint].map(([fingerprint, task]) => ({
    project_id: projectId,
    id: newId(),
    campaign_id: campaign.id,
    prompt_id: task.promptId,
    fingerprint,
    purpose: 'work',
    repeat_of: null,
    needed: task.isIdentical ? 0 : overlap,
    priority: ranks ? (ranks.get(task.promptId) ?? last) : 0,
    selection_probability: task.selectionProbability ?? null,
    decided: task.isIdentical ? 'tie' : null,
    expected: null,
    doubt: null,
    withdrawn_at: null,
    withdrawn_reason: null,
    created_at: now,
    responseIds: task.responseIds,
  }))
}

/** Whole tasks as long as the budget lasts; the last one may get fewer raters than the others. */
function withinBudget(tasks: readonly Made[], budget: number): Made[] {
  let left = budget
  return tasks.flatMap((task) => {
    if (task.needed === 0) return [task]
    const needed = Math.min(task.needed, left)
    if (needed <= 0) return []
    left -= needed
    return [{ ...task, needed }]
  })
}

async function insertResponses(trx: Tx, tasks: readonly Made[]): Promise<void> {
  const rows = tasks.flatMap((task) =>
    task.responseIds.map((responseId, position): Schema['task_response'] => ({
      project_id: task.project_id,
      task_id: task.id,
      position,
      response_id: responseId,
    })),
  )
  for (const some of groupsOf(rows, rowsAStatement(4))) {
    await trx.insertInto('task_response').values(some).execute()
  }
}

/** Notes that raters wrote some of the responses, so that claims look who did. */
async function noteAuthors(
  trx: Tx,
  { projectId, campaignId }: { projectId: string; campaignId: string },
  tasks: readonly Made[],
): Promise<void> {
  for (const some of groupsOf([...new Set(tasks.flatMap((task) => task.responseIds))], 1_000)) {
    const authored = await trx
      .selectFrom('response')
      .select('id')
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .where('written_by', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    if (!authored) continue
    await trx
      .updateTable('campaign')
      .set({ has_authored: 1 })
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId)
      .execute()
    return
  }
}

/**
 * Open slots, round after round: every task gets its first rater before any gets its second, so that
 * a campaign stopped half way has judged everything about equally often.
 */
async function insertRounds(
  trx: Tx,
  { projectId, campaign, now }: InsertTasks,
  tasks: readonly Made[],
): Promise<void> {
  const languages = campaign.settings.matchLanguages
    ? await promptLanguages(
        trx,
        projectId,
        tasks.map((task) => task.prompt_id),
      )
    : new Map<string, string>()
  const slots: AssignmentTable[] = []
  const rounds = tasks.reduce((most, task) => Math.max(most, task.needed), 0)
  for (let round = 0; round < rounds; round++) {
    for (const task of tasks) {
      if (task.needed <= round) continue
      const priority = levelOf({ rank: task.priority, round })
      slots.push(openSlot(task, { lane: languages.get(task.prompt_id) ?? '', priority, now }))
    }
  }
  for (const some of groupsOf(slots, rowsAStatement(16))) {
    await trx.insertInto('assignment').values(some).execute()
  }
}
