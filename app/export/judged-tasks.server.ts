/** In: a campaign. Out: its judged tasks, prompt by prompt, in an order that content alone decides. */
import { z } from 'zod'
import { shownOrderSchema } from '#app/assign/shown-order.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { conversationSchema, type Message } from '#app/import/message.ts'
import type { FindingKind } from '#app/import/prepare/detect-personal-data.ts'
import { redact } from '#app/import/prepare/redact.ts'
import { answerSchema, revisionContentSchema } from '#app/rate/judgment.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries } from '#db/schema.ts'
import type {
  ExportedJudgment,
  ExportedResponse,
  ExportedScore,
  JudgedTask,
} from './judged-task.ts'
import { redactedPrompt } from './redacted-prompt.ts'

const promptsAPage = 50

interface Scope {
  projectId: string
  campaignId: string
  /** What is removed from every text. */
  redacted: ReadonlySet<FindingKind>
}

export interface ExportedPrompt {
  id: string
  messages: Message[]
  inputKey: string | null
  tags: string[]
  metadata: Record<string, unknown>
  isTextMissing: boolean
  tasks: JudgedTask[]
}

/** Walks the prompts of a campaign with their tasks; memory holds one page of prompts. */
export async function* walkJudgedPrompts(
  db: Queries,
  scope: Scope,
): AsyncGenerator<ExportedPrompt> {
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
      scope.projectId,
      prompts.map((prompt) => prompt.id),
    )
    const tasks = await tasksOf(db, scope, { prompts, ids, criteria })
    for (const prompt of prompts) {
      const exported = {
        id: ids.get(prompt.id) ?? '',
        messages: readMessages(prompt.messages),
        inputKey: prompt.input_key,
        tags: tags.get(prompt.id) ?? [],
        metadata: keyed.parse(JSON.parse(prompt.metadata)),
        isTextMissing: prompt.is_text_missing === 1,
        tasks: tasks.get(prompt.id) ?? [],
      }
      yield redactedPrompt(exported, scope.redacted)
    }
  }
}

const keyed = z.record(z.string(), z.unknown())
const messagesSchema = z.union([conversationSchema, z.array(z.never())])
const readMessages = (text: string): Message[] => messagesSchema.parse(JSON.parse(text))

async function criterionNames(db: Queries, { projectId, campaignId }: Scope) {
  const rows = await db
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

const promptsAfter = (db: Queries, scope: Scope, after: string, limit: number) =>
  db
    .selectFrom('prompt')
    .select(['id', 'fingerprint', 'messages', 'input_key', 'metadata', 'is_text_missing'])
    .where('project_id', '=', scope.projectId)
    .where('fingerprint', '>', after)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('task')
          .select('task.id')
          .whereRef('task.project_id', '=', 'prompt.project_id')
          .whereRef('task.prompt_id', '=', 'prompt.id')
          .where('task.campaign_id', '=', scope.campaignId),
      ),
    )
    .orderBy('fingerprint')
    .limit(limit)
    .execute()

type PromptRow = Awaited<ReturnType<typeof promptsAfter>>[number]

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
    .where('target_id', 'in', [...own.keys()])
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
    .where('external_id', 'in', names)
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
    .where('prompt_id', 'in', promptIds)
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
  const { projectId, campaignId } = scope
  const rows = await db
    .selectFrom('task')
    .select(['id', 'prompt_id', 'fingerprint', 'purpose'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where(
      'prompt_id',
      'in',
      prompts.map((prompt) => prompt.id),
    )
    .execute()
  const taskIds = rows.map((row) => row.id)
  const responses = await responsesOf(db, scope, taskIds)
  const judgments = await judgmentsOf(db, projectId, taskIds, criteria)
  const skips = await skipsOf(db, projectId, taskIds)
  const byPrompt = new Map<string, JudgedTask[]>()
  const promptById = new Map(prompts.map((prompt) => [prompt.id, prompt]))
  for (const row of rows) {
    const prompt = promptById.get(row.prompt_id)
    if (!prompt) continue
    const own = responses.get(row.id) ?? []
    const task: JudgedTask = {
      id: `t-${sha256([row.purpose, prompt.fingerprint, ...own.map((one) => one.key)].join('|')).slice(0, 20)}`,
      promptId: ids.get(row.prompt_id) ?? '',
      prompt: readMessages(prompt.messages),
      isPromptMissing: prompt.is_text_missing === 1,
      purpose: row.purpose,
      responses: own.map(({ key: _key, ...response }) => response),
      judgments: judgments.get(row.id) ?? [],
      skips: skips.get(row.id) ?? [],
    }
    byPrompt.set(row.prompt_id, [...(byPrompt.get(row.prompt_id) ?? []), task])
  }
  for (const tasks of byPrompt.values()) tasks.sort((one, other) => (one.id < other.id ? -1 : 1))
  return byPrompt
}

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
    .where('task_response.task_id', 'in', taskIds)
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
        parameters: keyed.parse(JSON.parse(row.parameters)),
      },
    }
    byTask.set(row.task_id, [...(byTask.get(row.task_id) ?? []), response])
  }
  return byTask
}

async function judgmentsOf(
  db: Queries,
  projectId: string,
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
      'judgment.comment',
      'judgment.reasons',
      'judgment.active_ms',
      'judgment.judged_at',
      'rater.pseudonym',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.task_id', 'in', taskIds)
    .orderBy('rater.pseudonym')
    .execute()
  const ids = rows.map((row) => row.id)
  const scores = await latestScores(db, projectId, ids, criteria)
  const earlier = await earlierRevisions(db, projectId, ids, criteria)
  const byTask = new Map<string, ExportedJudgment[]>()
  for (const row of rows) {
    const judgment: ExportedJudgment = {
      rater: row.pseudonym,
      source: row.source,
      isExtra: row.is_extra === 1,
      withdrawn: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
      shownOrder:
        row.shown_order === null ? null : shownOrderSchema.parse(JSON.parse(row.shown_order)),
      latest: {
        revision: row.revision,
        scores: scores.get(row.id) ?? [],
        comment: row.comment,
        reasons: z.array(z.string()).parse(JSON.parse(row.reasons)),
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
    .where('judgment_id', 'in', judgmentIds)
    .execute()
  for (const row of rows) {
    const score: ExportedScore = {
      criterion: criteria.get(row.criterion_id) ?? '',
      position: row.position,
      answer: answerSchema.parse(JSON.parse(row.answer)),
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
    .where('judgment_id', 'in', judgmentIds)
    .orderBy('judgment_id')
    .orderBy('revision')
    .execute()
  for (const row of rows) {
    const content = revisionContentSchema.parse(JSON.parse(row.content))
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
    .where('assignment.task_id', 'in', taskIds)
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
