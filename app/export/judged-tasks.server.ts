/** In: campaigns. Out: their judged tasks, prompt by prompt, in an order that content alone decides. */
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import type { Message } from '#app/import/message.ts'
import type { FindingKind } from '#app/import/prepare/detect-personal-data.ts'
import { redact } from '#app/import/prepare/redact.ts'
import type { Answer, RevisionContent } from '#app/rate/judgment.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries } from '#db/schema.ts'
import type {
  ExportedCampaign,
  ExportedJudgment,
  ExportedResponse,
  ExportedScore,
  JudgedPrompt,
  JudgedTask,
} from './judged-task.ts'
import { redactedPrompt } from './redacted-prompt.ts'
import { responseFacts } from './response-facts.server.ts'
import { taskFacts } from './task-facts.server.ts'

const promptsAPage = 200

interface Scope {
  projectId: string
  campaigns: ReadonlyMap<string, ExportedCampaign>
  /** What is removed from every text. */
  redacted: ReadonlySet<FindingKind>
  /** Whether earlier revisions and skips are read too; verdicts need neither. */
  withHistory: boolean
  /** The beginning of a fingerprint, where one prompt alone is wanted. */
  only?: string
}

/**
 * Walks the prompts of campaigns with their tasks, by fingerprint; memory holds one page of prompts.
 * Campaigns are named by their ids.
 */
export async function* walkJudgedPrompts(
  db: Queries,
  asked: Omit<Scope, 'campaigns'> & { campaignIds: readonly string[] },
): AsyncGenerator<JudgedPrompt> {
  const { campaignIds, ...rest } = asked
  const { projectId, redacted } = asked
  const campaigns = await exportedCampaigns(db, projectId, campaignIds)
  const scope = { ...rest, campaigns }
  const criteria = await criterionNames(db, scope)
  const pages = walkPages(
    promptsAPage,
    (after: string | undefined, limit) => promptsAfter(db, scope, after ?? '', limit),
    (row) => row.fingerprint,
  )
  for await (const prompts of pages) {
    const ids = await promptNames(db, scope, prompts)
    const tags = await tagsOf(
      db,
      projectId,
      prompts.map((prompt) => prompt.id),
    )
    const tasks = await tasksOf(db, scope, { prompts, ids, criteria })
    const clusters = await clustersOf(db, projectId, prompts)
    for (const prompt of prompts) {
      const exported: JudgedPrompt = {
        id: ids.get(prompt.id) ?? '',
        fingerprint: prompt.fingerprint,
        cluster: clusters.get(prompt.cluster_id ?? '') ?? null,
        isPrepared: prompt.prepared_at !== null,
        messages: readMessages(prompt.messages),
        inputKey: prompt.input_key,
        tags: tags.get(prompt.id) ?? [],
        metadata: keyed(prompt.metadata),
        isTextMissing: prompt.is_text_missing === 1,
        tasks: tasks.get(prompt.id) ?? [],
      }
      yield redactedPrompt(exported, redacted)
    }
  }
}

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

async function criterionNames(db: Queries, { projectId, campaigns }: Scope) {
  const rows = await db
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'campaign_id', [...campaigns.keys()]))
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
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
          .where(oneOf(db, 'task.campaign_id', [...scope.campaigns.keys()])),
      ),
    )
    .orderBy('fingerprint')
    .limit(limit)
    .execute()

type PromptRow = Awaited<ReturnType<typeof promptsAfter>>[number]

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

/**
 * The ids that people know, where they are unique in the project and hold nothing that is removed;
 * else ids made from the content.
 */
async function promptNames(
  db: Queries,
  scope: Scope,
  prompts: readonly PromptRow[],
): Promise<Map<string, string>> {
  const own = new Map(prompts.map((prompt) => [prompt.id, `p-${prompt.fingerprint.slice(0, 20)}`]))
  return withExternalNames(db, scope, 'prompt', own)
}

async function withExternalNames(
  db: Queries,
  { projectId, redacted }: Scope,
  kind: 'prompt' | 'response',
  own: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const named = new Map(own)
  if (own.size === 0) return named
  const rows = await db
    .selectFrom('external_id')
    .select(['external_id', 'target_id'])
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where(oneOf(db, 'target_id', [...own.keys()]))
    .orderBy('external_id', 'desc')
    .execute()
  const names = rows.map((row) => row.external_id)
  const shared = names.length === 0 ? new Set() : await sharedNames(db, projectId, kind, names)
  for (const row of rows) {
    const isTold = redacted.size > 0 && redact(row.external_id, redacted).count > 0
    if (!isTold && !shared.has(row.external_id)) named.set(row.target_id, row.external_id)
  }
  return named
}

/** External ids that several sources use for different things. */
async function sharedNames(
  db: Queries,
  projectId: string,
  kind: 'prompt' | 'response',
  names: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('external_id')
    .select('external_id')
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where(oneOf(db, 'external_id', names))
    .groupBy('external_id')
    .having((eb) => eb.fn.count('target_id').distinct(), '>', 1)
    .execute()
  return new Set(rows.map((row) => row.external_id))
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
  ids: ReadonlyMap<string, string>
  criteria: ReadonlyMap<string, string>
}

async function tasksOf(db: Queries, scope: Scope, { prompts, ids, criteria }: TaskScope) {
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
    .where(oneOf(db, 'campaign_id', [...scope.campaigns.keys()]))
    .execute()
  const taskIds = rows.map((row) => row.id)
  const responses = await responsesOf(db, scope, taskIds)
  const judgments = await judgmentsOf(db, scope, taskIds, criteria)
  const skips = scope.withHistory ? await skipsOf(db, projectId, taskIds) : new Map()
  const facts = scope.withHistory ? await taskFacts(db, projectId, taskIds, criteria) : undefined
  const promptMessages = new Map(prompts.map(({ id, messages }) => [id, readMessages(messages)]))
  const byPrompt = new Map<string, JudgedTask[]>()
  const promptById = new Map(prompts.map((prompt) => [prompt.id, prompt]))
  for (const row of rows) {
    const prompt = promptById.get(row.prompt_id)
    const campaign = scope.campaigns.get(row.campaign_id)
    if (!prompt || !campaign) continue
    const own = responses.get(row.id) ?? []
    const task: JudgedTask = {
      id: `t-${sha256([row.purpose, prompt.fingerprint, ...own.map((one) => one.key)].join('|')).slice(0, 20)}`,
      campaign,
      promptId: ids.get(row.prompt_id) ?? '',
      prompt: promptMessages.get(row.prompt_id) ?? [],
      isPromptMissing: prompt.is_text_missing === 1,
      purpose: row.purpose,
      responses: own.map(({ key: _key, ...response }) => response),
      judgments: judgments.get(row.id) ?? [],
      skips: skips.get(row.id) ?? [],
      ...keyedBy(facts, row.id),
    }
    byPrompt.set(row.prompt_id, [...(byPrompt.get(row.prompt_id) ?? []), task])
  }
  for (const tasks of byPrompt.values()) tasks.sort(byName)
  return byPrompt
}

const keyedBy = <Facts>(facts: ReadonlyMap<string, Facts> | undefined, id: string) => {
  const found = facts?.get(id)
  return found === undefined ? {} : { facts: found }
}

const byName = (one: JudgedTask, other: JudgedTask) =>
  one.campaign.name === other.campaign.name
    ? one.id < other.id
      ? -1
      : 1
    : one.campaign.name < other.campaign.name
      ? -1
      : 1

async function responsesOf(db: Queries, scope: Scope, taskIds: readonly string[]) {
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .innerJoin('model', (join) =>
      join
        .onRef('model.project_id', '=', 'response.project_id')
        .onRef('model.id', '=', 'response.model_id'),
    )
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'response.project_id')
        .onRef('prompt.id', '=', 'response.prompt_id'),
    )
    .select([
      'task_response.task_id',
      'response.id',
      'response.messages',
      'response.fingerprint',
      'response.is_text_missing',
      'prompt.fingerprint as prompt_fingerprint',
      'model.label',
      'model.name',
      'model.version',
      'model.prompt_version',
      'model.parameters',
    ])
    .where('task_response.project_id', '=', scope.projectId)
    .where(oneOf(db, 'task_response.task_id', taskIds))
    .orderBy('task_response.task_id')
    .orderBy('task_response.position')
    .execute()
  const keyOf = (row: (typeof rows)[number]) =>
    sha256(
      printJson([
        row.prompt_fingerprint,
        row.name,
        row.version,
        row.prompt_version,
        row.parameters,
        row.fingerprint,
      ]),
    )
  const names = await withExternalNames(
    db,
    scope,
    'response',
    new Map(rows.map((row) => [row.id, `r-${keyOf(row).slice(0, 20)}`])),
  )
  const ids = [...new Set(rows.map((row) => row.id))]
  const facts = scope.withHistory ? await responseFacts(db, scope.projectId, ids) : undefined
  const byTask = new Map<string, (ExportedResponse & { key: string })[]>()
  for (const row of rows) {
    const response = {
      key: keyOf(row),
      id: names.get(row.id) ?? '',
      messages: readMessages(row.messages),
      isTextMissing: row.is_text_missing === 1,
      model: {
        label: row.label,
        name: row.name,
        version: row.version,
        promptVersion: row.prompt_version,
        parameters: keyed(row.parameters),
      },
      ...keyedBy(facts, row.id),
    }
    byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), response])
  }
  return byTask
}

async function judgmentsOf(
  db: Queries,
  { projectId, withHistory }: Scope,
  taskIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
) {
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.source',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.withdrawn_at',
      'judgment.withdrawn_reason',
      'judgment.shown_order',
      'judgment.guidelines_version',
      'judgment.comment',
      'judgment.reasons',
      'judgment.active_ms',
      'judgment.judged_at',
      'rater.pseudonym',
    ])
    .where('judgment.project_id', '=', projectId)
    .where(oneOf(db, 'judgment.task_id', taskIds))
    .orderBy('rater.pseudonym')
    .execute()
  const ids = rows.map((row) => row.id)
  const scores = await latestScores(db, projectId, ids, criteria)
  const earlier = withHistory ? await earlierRevisions(db, projectId, ids, criteria) : new Map()
  const byTask = new Map<string, ExportedJudgment[]>()
  for (const row of rows) {
    const judgment: ExportedJudgment = {
      rater: row.pseudonym,
      source: row.source,
      isExtra: row.is_extra === 1,
      withdrawn: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
      withdrawnAt: row.withdrawn_at,
      guidelinesVersion: row.guidelines_version,
      shownOrder: row.shown_order === null ? null : (JSON.parse(row.shown_order) as number[]),
      latest: {
        revision: row.revision,
        scores: scores.get(row.id) ?? [],
        comment: row.comment,
        reasons: JSON.parse(row.reasons) as string[],
        activeMs: row.active_ms,
        judgedAt: row.judged_at,
      },
      earlier: earlier.get(row.id) ?? [],
    }
    byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), judgment])
  }
  return byTask
}

const byCriterion = (one: ExportedScore, other: ExportedScore) =>
  one.criterion < other.criterion
    ? -1
    : one.criterion > other.criterion
      ? 1
      : one.position - other.position

async function latestScores(
  db: Queries,
  projectId: string,
  judgmentIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
) {
  const byJudgment = new Map<string, ExportedScore[]>()
  if (judgmentIds.length === 0) return byJudgment
  const rows = await db
    .selectFrom('judgment_score')
    .select(['judgment_id', 'criterion_id', 'position', 'answer', 'winner', 'score'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'judgment_id', judgmentIds))
    .execute()
  for (const row of rows) {
    const score: ExportedScore = {
      criterion: criteria.get(row.criterion_id) ?? '',
      position: row.position,
      answer: JSON.parse(row.answer) as Answer,
      winner: row.winner,
      score: row.score,
    }
    byJudgment.set(row.judgment_id, [...(byJudgment.get(row.judgment_id) ?? []), score])
  }
  for (const own of byJudgment.values()) own.sort(byCriterion)
  return byJudgment
}

async function earlierRevisions(
  db: Queries,
  projectId: string,
  judgmentIds: readonly string[],
  criteria: ReadonlyMap<string, string>,
) {
  const byJudgment = new Map<string, ExportedJudgment['earlier']>()
  if (judgmentIds.length === 0) return byJudgment
  const rows = await db
    .selectFrom('judgment_revision')
    .select(['judgment_id', 'revision', 'content', 'judged_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'judgment_id', judgmentIds))
    .orderBy('judgment_id')
    .orderBy('revision')
    .execute()
  for (const row of rows) {
    const content = JSON.parse(row.content) as RevisionContent
    const scores = content.scores
      .map(
        ({ criterionId, position, answer }): ExportedScore => ({
          criterion: criteria.get(criterionId) ?? '',
          position,
          answer,
          winner: answer.kind === 'preference' ? answer.winner : null,
          score: answer.kind === 'scale' ? answer.score : null,
        }),
      )
      .sort(byCriterion)
    const revision = { ...content, scores, revision: row.revision, judgedAt: row.judged_at }
    byJudgment.set(row.judgment_id, [...(byJudgment.get(row.judgment_id) ?? []), revision])
  }
  return byJudgment
}

async function skipsOf(db: Queries, projectId: string, taskIds: readonly string[]) {
  const rows = await db
    .selectFrom('assignment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'assignment.project_id')
        .onRef('rater.id', '=', 'assignment.rater_id'),
    )
    .select([
      'assignment.task_id',
      'assignment.skip_reason',
      'assignment.ended_at',
      'rater.pseudonym',
    ])
    .where('assignment.project_id', '=', projectId)
    .where(oneOf(db, 'assignment.task_id', taskIds))
    .where('assignment.status', '=', 'skipped')
    .orderBy('rater.pseudonym')
    .execute()
  const byTask = new Map<string, JudgedTask['skips']>()
  for (const row of rows) {
    const skip = { rater: row.pseudonym, reason: row.skip_reason ?? '', at: row.ended_at }
    byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), skip])
  }
  return byTask
}
