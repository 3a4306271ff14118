/** Prompts and what belongs to them, for people to browse. */
import { contains } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import type { Message } from './message.ts'

/** How much a project holds. */
export async function projectCounts(db: Queries, projectId: string) {
  const countOf = async (table: 'prompt' | 'response' | 'model' | 'judgment' | 'rater') => {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('project_id', '=', projectId)
      .executeTakeFirstOrThrow()
    return count
  }
  return {
    prompts: await countOf('prompt'),
    responses: await countOf('response'),
    models: await countOf('model'),
    judgments: await countOf('judgment'),
    raters: await countOf('rater'),
  }
}

export interface PromptSearch {
  projectId: string
  /** Ids after this one. */
  after?: string | undefined
  tag?: string | undefined
  /** Held by the prompt's preview, whatever the case. */
  text?: string | undefined
  limit: number
}

/** A page of prompts in the order they came, with how many responses and judgments each has. */
export async function listPrompts(db: Queries, search: PromptSearch) {
  const rows = await db
    .selectFrom('prompt')
    .select(['prompt.id', 'prompt.preview', 'prompt.is_text_missing'])
    .select((eb) => [
      eb
        .selectFrom('response')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('response.project_id', '=', 'prompt.project_id')
        .whereRef('response.prompt_id', '=', 'prompt.id')
        .as('responses'),
      eb
        .selectFrom('task')
        .innerJoin('judgment', (join) =>
          join
            .onRef('judgment.project_id', '=', 'task.project_id')
            .onRef('judgment.task_id', '=', 'task.id'),
        )
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('task.project_id', '=', 'prompt.project_id')
        .whereRef('task.prompt_id', '=', 'prompt.id')
        .as('judgments'),
    ])
    .where('prompt.project_id', '=', search.projectId)
    .where('prompt.id', '>', search.after ?? '')
    .$if(search.tag !== undefined, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('prompt_tag')
            .select('prompt_tag.tag')
            .whereRef('prompt_tag.project_id', '=', 'prompt.project_id')
            .whereRef('prompt_tag.prompt_id', '=', 'prompt.id')
            .where('prompt_tag.tag', '=', search.tag ?? ''),
        ),
      ),
    )
    .$if(search.text !== undefined, (query) =>
      query.where(contains(db, 'prompt.preview', search.text ?? '')),
    )
    .orderBy('prompt.id')
    .limit(search.limit)
    .execute()
  const tags = await tagsOf(
    db,
    search.projectId,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({ ...row, tags: tags.get(row.id) ?? [] }))
}

async function tagsOf(db: Queries, projectId: string, promptIds: readonly string[]) {
  const tags = new Map<string, string[]>()
  if (promptIds.length === 0) return tags
  const rows = await db
    .selectFrom('prompt_tag')
    .select(['prompt_id', 'tag'])
    .where('project_id', '=', projectId)
    .where('prompt_id', 'in', promptIds)
    .orderBy('tag')
    .execute()
  for (const row of rows) tags.set(row.prompt_id, [...(tags.get(row.prompt_id) ?? []), row.tag])
  return tags
}

/** The tags of a project with how many prompts have each, the most used first. */
export const listTags = (db: Queries, projectId: string) =>
  db
    .selectFrom('prompt_tag')
    .select((eb) => ['tag', eb.fn.countAll<number>().as('prompts')])
    .where('project_id', '=', projectId)
    .groupBy('tag')
    .orderBy('prompts', 'desc')
    .orderBy('tag')
    .limit(100)
    .execute()

/** One prompt with everything a model said to it, and every verdict on that. */
export async function findPrompt(db: Queries, projectId: string, id: string) {
  const prompt = await db
    .selectFrom('prompt')
    .select(['id', 'messages', 'metadata', 'input_key', 'is_text_missing', 'created_at'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!prompt) return undefined
  const responses = await db
    .selectFrom('response')
    .innerJoin('model', (join) =>
      join
        .onRef('model.project_id', '=', 'response.project_id')
        .onRef('model.id', '=', 'response.model_id'),
    )
    .select([
      'response.id',
      'response.messages',
      'response.sample',
      'response.is_text_missing',
      'response.latency_ms',
      'response.characters',
      'model.label',
      'model.color',
    ])
    .select((eb) =>
      eb
        .selectFrom('finding')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('finding.project_id', '=', 'response.project_id')
        .whereRef('finding.response_id', '=', 'response.id')
        .as('findings'),
    )
    .where('response.project_id', '=', projectId)
    .where('response.prompt_id', '=', id)
    .orderBy('model.label')
    .orderBy('response.id')
    .limit(200)
    .execute()
  const tags = await tagsOf(db, projectId, [id])
  return {
    ...prompt,
    messages: JSON.parse(prompt.messages) as Message[],
    metadata: JSON.parse(prompt.metadata) as Record<string, unknown>,
    tags: tags.get(id) ?? [],
    responses: responses.map((response) => ({
      ...response,
      messages: JSON.parse(response.messages) as Message[],
    })),
  }
}

/** The verdicts on a prompt's responses, the newest first. */
export const listVerdicts = (db: Queries, projectId: string, promptId: string) =>
  db
    .selectFrom('task')
    .innerJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'task.project_id')
        .onRef('judgment.task_id', '=', 'task.id'),
    )
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .innerJoin('criterion', (join) =>
      join
        .onRef('criterion.project_id', '=', 'judgment_score.project_id')
        .onRef('criterion.id', '=', 'judgment_score.criterion_id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.project_id', '=', 'judgment.project_id')
        .onRef('campaign.id', '=', 'judgment.campaign_id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.source',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.comment',
      'judgment.judged_at',
      'judgment_score.winner',
      'judgment_score.strength',
      'judgment_score.score',
      'judgment_score.position',
      'criterion.title as criterion',
      'rater.pseudonym as rater',
      'campaign.name as campaign',
    ])
    .select((eb) => [labelAt(eb, 0).as('label_a'), labelAt(eb, 1).as('label_b')])
    .where('task.project_id', '=', projectId)
    .where('task.prompt_id', '=', promptId)
    .orderBy('judgment.id', 'desc')
    .limit(300)
    .execute()

type Expressions = import('kysely').ExpressionBuilder<import('#db/schema.ts').Schema, 'task'>

/** The label of the model whose response stands at a position of the task. */
const labelAt = (eb: Expressions, position: number) =>
  eb
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
    .select('model.label')
    .whereRef('task_response.project_id', '=', 'task.project_id')
    .whereRef('task_response.task_id', '=', 'task.id')
    .where('task_response.position', '=', position)
