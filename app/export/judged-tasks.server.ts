/** In: campaigns. Out: their judged tasks, prompt by prompt, in an order that content alone decides. */

import { setImmediate as nextTurn } from 'node:timers/promises'
import { type SqlBool, sql } from 'kysely'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { addTo } from '#app/base/keyed-lists.ts'
import { namesItsModel } from '#app/import/finding-titles.ts'
import type { Message } from '#app/import/message.ts'
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { withExternalNames } from './exported-names.server.ts'
import type {
  ExportedCampaign,
  ExportedModel,
  ExportedResponse,
  JudgedPrompt,
  JudgedTask,
} from './judged-task.ts'
import { redactedPrompt } from './redacted-prompt.ts'
import { responseFacts } from './response-facts.server.ts'
import { taskFacts } from './task-facts.server.ts'
import { judgmentsOfTasks, skipsOfTasks } from './task-judgments.server.ts'

const promptsAPage = 320
/** So many pages are read while one is worked on. */
const pagesAhead = 1
/** So many prompts are worked on before what was read meanwhile is taken in. */
const promptsATurn = 16

interface Scope {
  projectId: string
  campaigns: ReadonlyMap<string, ExportedCampaign>
  models: ReadonlyMap<string, KnownModel>
  /** Pseudonyms by rater. */
  raters: ReadonlyMap<string, string>
  /** What is removed from every text. */
  redacted: ReadonlySet<FindingKind>
  /** Whether earlier revisions and skips are read too; verdicts need neither. */
  withHistory: boolean
  /** Whether their tasks are read at all, with what was answered and judged; so unless it says no. */
  withTasks?: boolean
  /** The beginning of a fingerprint, where one prompt alone is wanted. */
  only?: string
}

/**
 * Walks the prompts of campaigns with their tasks, by fingerprint. While the prompts of a page are
 * worked on the next ones are read; memory holds these few. Campaigns are named by their ids.
 */
export async function* walkJudgedPrompts(
  db: Queries,
  asked: Omit<Scope, 'campaigns' | 'models' | 'raters'> & { campaignIds: readonly string[] },
): AsyncGenerator<JudgedPrompt> {
  const { campaignIds, ...rest } = asked
  const { projectId, redacted } = asked
  const campaigns = await exportedCampaigns(db, projectId, campaignIds)
  const models = await knownModels(db, projectId)
  const raters = await pseudonyms(db, projectId)
  const scope = { ...rest, campaigns, models, raters }
  const criteria = await criterionNames(db, scope)
  for await (const page of readAhead(db, scope, criteria)) {
    for (const [place, prompt] of page.entries()) {
      yield redactedPrompt(prompt, redacted)
      // What is being read comes in between.
      if (place % promptsATurn === 0) await nextTurn()
    }
  }
}

/** The pages of a walk, of which some are being read while one is worked on. */
async function* readAhead(
  db: Queries,
  scope: Scope,
  criteria: ReadonlyMap<string, string>,
): AsyncGenerator<JudgedPrompt[]> {
  const begun: Promise<JudgedPrompt[]>[] = []
  let rows = promptsAfter(db, scope, '', promptsAPage)
  let isOver = false
  while (!isOver || begun.length > 0) {
    if (!isOver) {
      const prompts = await rows
      isOver = prompts.length < promptsAPage
      const last = prompts.at(-1)
      if (last && !isOver) rows = heard(promptsAfter(db, scope, last.fingerprint, promptsAPage))
      begun.push(heard(readPage(db, scope, criteria, prompts)))
    }
    if (isOver || begun.length > pagesAhead) yield (await begun.shift()) ?? []
  }
}

/** What is awaited later: whoever stops before need not hear of its failure. */
function heard<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}

const noTasks: Awaited<ReturnType<typeof tasksOf>> = new Map()

/** Prompts with all that belongs to them. */
async function readPage(
  db: Queries,
  scope: Scope,
  criteria: ReadonlyMap<string, string>,
  prompts: readonly PromptRow[],
): Promise<JudgedPrompt[]> {
  if (prompts.length === 0) return []
  const { projectId } = scope
  const messages = new Map(prompts.map((prompt) => [prompt.id, readMessages(prompt.messages)]))
  const promptIds = prompts.map((prompt) => prompt.id)
  const [ids, tags, tasks, clusters, found] = await Promise.all([
    withExternalNames(db, scope, 'prompt', namesByContent(prompts)),
    tagsOf(db, projectId, promptIds),
    scope.withTasks === false ? noTasks : tasksOf(db, scope, { prompts, criteria, messages }),
    clustersOf(db, projectId, prompts),
    findingsOf(db, scope, prompts),
  ])
  return prompts.map((prompt) => {
    const id = ids.get(prompt.id) ?? ''
    return {
      id,
      fingerprint: prompt.fingerprint,
      cluster: clusters.get(prompt.cluster_id ?? '') ?? null,
      isPrepared: prompt.prepared_at !== null,
      found: found.get(prompt.id) ?? [],
      messages: messages.get(prompt.id) ?? [],
      inputKey: prompt.input_key,
      tags: tags.get(prompt.id) ?? [],
      metadata: keyed(prompt.metadata),
      isTextMissing: prompt.is_text_missing === 1,
      tasks: (tasks.get(prompt.id) ?? []).map((task) => ({ ...task, promptId: id })),
    }
  })
}

const namesByContent = (prompts: readonly PromptRow[]) =>
  new Map(prompts.map(({ id, fingerprint }) => [id, `p-${fingerprint.slice(0, 20)}`]))

// What the database holds was parsed when it came in.
const keyed = (text: string) => JSON.parse(text) as Record<string, unknown>
const readMessages = (text: string) => JSON.parse(text) as Message[]

async function exportedCampaigns(
  db: Queries,
  projectId: string,
  campaignIds: readonly string[],
): Promise<Map<string, ExportedCampaign>> {
  const found = await Promise.all(
    campaignIds.map(async (id) => {
      const campaign = await findCampaign(db, projectId, id)
      if (!campaign) return []
      const criteria = await listCriteria(db, projectId, id)
      const scales = criteria.flatMap(({ name, definition }) => {
        if (definition.kind !== 'scale') return []
        const values = definition.points.map((point) => point.value)
        return [[name, [Math.min(...values), Math.max(...values)] as const] as const]
      })
      const exported: ExportedCampaign = {
        name: campaign.name,
        kind: campaign.kind,
        criteria: criteria.map(({ name, definition }) => ({ name, kind: definition.kind })),
        scales: new Map(scales),
      }
      return [[id, exported] as const]
    }),
  )
  return new Map(found.flat())
}

interface KnownModel extends ExportedModel {
  /** What tells it from every other model, as text. */
  key: string
}

async function knownModels(db: Queries, projectId: string): Promise<Map<string, KnownModel>> {
  const rows = await db
    .selectFrom('model')
    .select(['id', 'label', 'name', 'version', 'prompt_version', 'parameters'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        label: row.label,
        name: row.name,
        version: row.version,
        promptVersion: row.prompt_version,
        parameters: keyed(row.parameters),
        key: printJson([row.name, row.version, row.prompt_version, row.parameters]),
      },
    ]),
  )
}

async function pseudonyms(db: Queries, projectId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('rater')
    .select(['id', 'pseudonym'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map(rows.map((row) => [row.id, row.pseudonym]))
}

async function criterionNames(db: Queries, { projectId, campaigns }: Scope) {
  const rows = await db
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'campaign_id', [...campaigns.keys()]))
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** One campaign is compared with directly: a list would be unpacked anew for every prompt. */
const inCampaigns = (db: Queries, column: string, { campaigns }: Pick<Scope, 'campaigns'>) => {
  const [only, ...others] = campaigns.keys()
  return only !== undefined && others.length === 0
    ? sql<SqlBool>`${sql.ref(column)} = ${only}`
    : oneOf(db, column, [...campaigns.keys()])
}

const promptsAfter = (db: Queries, scope: Scope, after: string, limit: number) =>
  db
    .selectFrom('prompt')
    .select([
      'id',
      'fingerprint',
      'messages',
      'input_key',
      'metadata',
      'is_text_missing',
      'cluster_id',
      'prepared_at',
    ])
    .where('project_id', '=', scope.projectId)
    .where('fingerprint', '>', after)
    .$if(scope.only !== undefined, (query) =>
      // Fingerprints are hexadecimal: nothing that begins so comes after this.
      query
        .where('fingerprint', '>=', scope.only ?? '')
        .where('fingerprint', '<', `${scope.only}g`),
    )
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('task')
          .select('task.id')
          .whereRef('task.project_id', '=', 'prompt.project_id')
          .whereRef('task.prompt_id', '=', 'prompt.id')
          .where(inCampaigns(db, 'task.campaign_id', scope)),
      ),
    )
    .orderBy('fingerprint')
    .limit(limit)
    .execute()

type PromptRow = Awaited<ReturnType<typeof promptsAfter>>[number]

async function findingsOf(
  db: Queries,
  { projectId, redacted }: Scope,
  prompts: readonly PromptRow[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('finding')
    .select(['prompt_id', 'kind'])
    .distinct()
    .where('project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'prompt_id',
        prompts.map((prompt) => prompt.id),
      ),
    )
    .orderBy('kind')
    .execute()
  const found = new Map<string, string[]>()
  const removed: ReadonlySet<string> = redacted
  for (const { prompt_id, kind } of rows) {
    if (kind !== namesItsModel && !removed.has(kind)) addTo(found, prompt_id, kind)
  }
  return found
}

/** Clusters by a name that their content decides: the first fingerprint among them. */
async function clustersOf(
  db: Queries,
  projectId: string,
  prompts: readonly PromptRow[],
): Promise<Map<string, string>> {
  const ids = [...new Set(prompts.flatMap(({ cluster_id }) => cluster_id ?? []))]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('prompt')
    .select(['cluster_id'])
    .select((eb) => eb.fn.min('fingerprint').as('first'))
    .where('project_id', '=', projectId)
    .where('cluster_id', 'is not', null)
    .where(oneOf(db, 'cluster_id', ids))
    .groupBy('cluster_id')
    .execute()
  return new Map(rows.map((row) => [row.cluster_id ?? '', row.first]))
}

async function tagsOf(db: Queries, projectId: string, promptIds: readonly string[]) {
  const rows = await db
    .selectFrom('prompt_tag')
    .select(['prompt_id', 'tag'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'prompt_id', promptIds))
    .orderBy('tag')
    .execute()
  const tags = new Map<string, string[]>()
  for (const row of rows) tags.set(row.prompt_id, [...(tags.get(row.prompt_id) ?? []), row.tag])
  return tags
}

interface TaskScope {
  prompts: readonly PromptRow[]
  criteria: ReadonlyMap<string, string>
  messages: ReadonlyMap<string, Message[]>
}

async function tasksOf(db: Queries, scope: Scope, { prompts, criteria, messages }: TaskScope) {
  const { projectId } = scope
  const rows = await db
    .selectFrom('task')
    .select(['id', 'prompt_id', 'campaign_id', 'fingerprint', 'purpose'])
    .where('project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'prompt_id',
        prompts.map((prompt) => prompt.id),
      ),
    )
    .where(inCampaigns(db, 'campaign_id', scope))
    .execute()
  const taskIds = rows.map((row) => row.id)
  const fingerprints = new Map(prompts.map(({ id, fingerprint }) => [id, fingerprint]))
  const [responses, judgments, skips, facts] = await Promise.all([
    responsesOf(db, scope, taskIds, fingerprints),
    judgmentsOfTasks(db, scope, taskIds, criteria),
    scope.withHistory
      ? skipsOfTasks(db, projectId, taskIds)
      : new Map<string, JudgedTask['skips']>(),
    scope.withHistory ? taskFacts(db, projectId, taskIds, criteria) : undefined,
  ])
  const byPrompt = new Map<string, Omit<JudgedTask, 'promptId'>[]>()
  const promptById = new Map(prompts.map((prompt) => [prompt.id, prompt]))
  for (const row of rows) {
    const prompt = promptById.get(row.prompt_id)
    const campaign = scope.campaigns.get(row.campaign_id)
    if (!prompt || !campaign) continue
    const own = responses.get(row.id) ?? []
    const task: Omit<JudgedTask, 'promptId'> = {
      id: `t-${sha256([row.purpose, prompt.fingerprint, ...own.map((one) => one.key)].join('|')).slice(0, 20)}`,
      campaign,
      prompt: messages.get(row.prompt_id) ?? [],
      isPromptMissing: prompt.is_text_missing === 1,
      purpose: row.purpose,
      responses: own.map(({ key: _key, ...response }) => response),
      judgments: judgments.get(row.id) ?? [],
      skips: skips.get(row.id) ?? [],
      ...keyedBy(facts, row.id),
    }
    addTo(byPrompt, row.prompt_id, task)
  }
  for (const tasks of byPrompt.values()) tasks.sort(byName)
  return byPrompt
}

const keyedBy = <Facts>(facts: ReadonlyMap<string, Facts> | undefined, id: string) => {
  const found = facts?.get(id)
  return found === undefined ? {} : { facts: found }
}

const byName = (
  one: Pick<JudgedTask, 'campaign' | 'id'>,
  other: Pick<JudgedTask, 'campaign' | 'id'>,
) =>
  one.campaign.name === other.campaign.name
    ? one.id < other.id
      ? -1
      : 1
    : one.campaign.name < other.campaign.name
      ? -1
      : 1

async function responsesOf(
  db: Queries,
  scope: Scope,
  taskIds: readonly string[],
  fingerprints: ReadonlyMap<string, string>,
) {
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select([
      'task_response.task_id',
      'task_response.position',
      'response.id',
      'response.prompt_id',
      'response.model_id',
      'response.messages',
      'response.fingerprint',
      'response.is_text_missing',
    ])
    .where('task_response.project_id', '=', scope.projectId)
    .where(oneOf(db, 'task_response.task_id', taskIds))
    .execute()
  rows.sort((one, other) => one.position - other.position)
  const keys = new Map(
    rows.map((row) => {
      const model = scope.models.get(row.model_id)
      const about = [fingerprints.get(row.prompt_id), model?.key, row.fingerprint]
      return [row.id, sha256(about.join('\n'))]
    }),
  )
  const names = await withExternalNames(
    db,
    scope,
    'response',
    new Map([...keys].map(([id, key]) => [id, `r-${key.slice(0, 20)}`])),
  )
  const ids = [...new Set(rows.map((row) => row.id))]
  const facts = scope.withHistory ? await responseFacts(db, scope.projectId, ids) : undefined
  const byTask = new Map<string, (ExportedResponse & { key: string })[]>()
  for (const row of rows) {
    const model = scope.models.get(row.model_id)
    if (!model) continue
    const response = {
      key: keys.get(row.id) ?? '',
      id: names.get(row.id) ?? '',
      messages: readMessages(row.messages),
      isTextMissing: row.is_text_missing === 1,
      model,
      ...keyedBy(facts, row.id),
    }
    addTo(byTask, row.task_id, response)
  }
  return byTask
}
