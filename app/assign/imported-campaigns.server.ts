/** In: what recorded judgments speak of. Out: the closed campaign and tasks that hold them. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { CampaignKind, Purpose, Schema, TaskTable, Tx } from '#db/schema.ts'
import { type Criterion, campaignSettingsSchema, defaultHoldMs } from './campaign.ts'
import { findCampaignByName, insertCriteria, listCriteria } from './campaigns.server.ts'
import { taskKey } from './pairs.ts'

export interface RecordedCampaign {
  id: string
  kind: CampaignKind
  origin: 'made' | 'imported'
}

/** The campaign of a name, made closed and marked as imported when there is none. */
export async function ensureImportedCampaign(
  trx: Tx,
  options: {
    projectId: string
    name: string
    kind: CampaignKind
    isSimulated: boolean
    now: number
  },
): Promise<RecordedCampaign> {
  const { projectId, name, kind, isSimulated, now } = options
  const made = await trx
    .insertInto('campaign')
    .values({
      project_id: projectId,
      id: newId(),
      name,
      kind,
      status: 'closed',
      origin: 'imported',
      overlap: 0,
      hold_ms: defaultHoldMs,
      settings: printJson(campaignSettingsSchema.parse({})),
      is_simulated: isSimulated ? 1 : 0,
      slots_made: 0,
      has_authored: 0,
      created_by: 'import',
      created_at: now,
      opened_at: null,
      closed_at: now,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returning(['id', 'kind', 'origin'])
    .executeTakeFirst()
  return made ?? must(await findCampaignByName(trx, projectId, name), 'the campaign just made')
}

/** The criterion of a name in an imported campaign, made when it is new. */
export async function ensureCriterion(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    name: string
    definition: Criterion['definition']
  },
): Promise<string> {
  const { projectId, campaignId, name, definition } = options
  const criteria = await listCriteria(trx, projectId, campaignId)
  const known = criteria.find((criterion) => criterion.name === name)
  if (known) return known.id
  const made = await insertCriteria(trx, {
    projectId,
    campaignId,
    criteria: [{ name, title: name, isRequired: false, definition }],
    from: criteria.length,
  })
  return must(made[0], 'the criterion just made')
}

const mostPointsListed = 20

/** An observed scale grows by a point that a record brings. */
export async function widenScale(
  trx: Tx,
  { projectId, criterionId, score }: { projectId: string; criterionId: string; score: number },
): Promise<void> {
  const row = await trx
    .selectFrom('criterion')
    .select(['definition'])
    .where('project_id', '=', projectId)
    .where('id', '=', criterionId)
    .executeTakeFirstOrThrow()
  const definition = JSON.parse(row.definition) as Criterion['definition']
  if (definition.kind !== 'scale') return
  const values = definition.points.map((point) => point.value)
  if (values.includes(score)) return
  const isBetweenEnds = score > Math.min(...values) && score < Math.max(...values)
  if (isBetweenEnds && values.length >= mostPointsListed) return
  const points = [...definition.points, { value: score, label: String(score), anchor: '' }].sort(
    (one, other) => one.value - other.value,
  )
  // A scale of many values keeps its ends, which is what its range is read from.
  if (points.length > mostPointsListed) points.splice(mostPointsListed / 2, 1)
  await trx
    .updateTable('criterion')
    .set({ definition: printJson({ ...definition, points }) })
    .where('project_id', '=', projectId)
    .where('id', '=', criterionId)
    .execute()
}

export interface WantedTask {
  promptId: string
  /** In the order they were filed, which becomes canonical where the task is new. */
  responseIds: readonly string[]
  purpose: Purpose
}

export interface RecordedTask {
  id: string
  /** In canonical order. */
  responseIds: string[]
}

export const wantedTaskKey = (task: WantedTask): string =>
  `${task.purpose}:${sha256(taskKey(task.promptId, task.responseIds))}`

/** The tasks of recorded judgments by `wantedTaskKey`, made where they are new. */
export async function ensureRecordedTasks(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    tasks: readonly WantedTask[]
    mayMake: boolean
    now: number
  },
): Promise<Map<string, RecordedTask>> {
  const { projectId, campaignId, tasks, mayMake, now } = options
  const wanted = new Map(tasks.map((task) => [wantedTaskKey(task), task]))
  const found = await selectTasks(trx, projectId, campaignId, [...wanted.keys()])
  if (!mayMake) return found
  const fresh = [...wanted].filter(([key]) => !found.has(key))
  const rows = fresh.map(
    ([key, task]): TaskTable => ({
      project_id: projectId,
      id: newId(),
      campaign_id: campaignId,
      prompt_id: task.promptId,
      fingerprint: key.slice(task.purpose.length + 1),
      purpose: task.purpose,
      repeat_of: null,
      needed: 0,
      priority: 0,
      selection_probability: null,
      decided: null,
      expected: null,
      doubt: null,
      withdrawn_at: null,
      withdrawn_reason: null,
      created_at: now,
    }),
  )
  const responses = rows.flatMap((row, place) =>
    (fresh[place]?.[1].responseIds ?? []).map((responseId, position): Schema['task_response'] => ({
      project_id: projectId,
      task_id: row.id,
      position,
      response_id: responseId,
    })),
  )
  for (const some of groupsOf(rows, rowsAStatement(16))) {
    await trx.insertInto('task').values(some).execute()
  }
  for (const some of groupsOf(responses, rowsAStatement(4))) {
    await trx.insertInto('task_response').values(some).execute()
  }
  rows.forEach((row, place) => {
    const [key, task] = must(fresh[place], 'the task of a row')
    found.set(key, { id: row.id, responseIds: [...task.responseIds] })
  })
  return found
}

async function selectTasks(
  trx: Tx,
  projectId: string,
  campaignId: string,
  keys: readonly string[],
): Promise<Map<string, RecordedTask>> {
  const found = new Map<string, RecordedTask>()
  const fingerprints = [...new Set(keys.map((key) => key.slice(key.indexOf(':') + 1)))]
  for (const some of groupsOf(fingerprints, 1_000)) {
    const rows = await trx
      .selectFrom('task')
      .leftJoin('task_response', (join) =>
        join
          .onRef('task_response.project_id', '=', 'task.project_id')
          .onRef('task_response.task_id', '=', 'task.id'),
      )
      .select(['task.id', 'task.fingerprint', 'task.purpose', 'task_response.response_id'])
      .where('task.project_id', '=', projectId)
      .where('task.campaign_id', '=', campaignId)
      .where('task.fingerprint', 'in', some)
      .orderBy('task.id')
      .orderBy('task_response.position')
      .execute()
    for (const row of rows) {
      const key = `${row.purpose}:${row.fingerprint}`
      const task = found.get(key) ?? { id: row.id, responseIds: [] }
      if (row.response_id !== null) task.responseIds.push(row.response_id)
      found.set(key, task)
    }
  }
  return found
}

/** Notes that a rater passed over a task elsewhere. False when that was known. */
export async function recordSkip(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    taskId: string
    raterId: string
    reason: string
    at: number | null
    now: number
  },
): Promise<boolean> {
  const { projectId, campaignId, taskId, raterId, reason, at, now } = options
  const known = await trx
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .where('status', '=', 'skipped')
    .executeTakeFirst()
  if (known) return false
  await trx
    .insertInto('assignment')
    .values({
      project_id: projectId,
      id: newId(),
      campaign_id: campaignId,
      task_id: taskId,
      rater_id: raterId,
      status: 'skipped',
      lane: '',
      priority: 0,
      shown_order: null,
      held_at: null,
      held_until: null,
      opened_at: null,
      ended_at: at,
      active_ms: null,
      skip_reason: reason,
      created_at: now,
    })
    .execute()
  return true
}
