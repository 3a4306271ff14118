/** Prompts and what belongs to them, for people to browse. */
import { listModels } from '#app/projects/models.server.ts'
import type { Queries } from '#db/schema.ts'
import type { Message } from './message.ts'

/** How much a project holds. */
export async function projectCounts(db: Queries, projectId: string) {
  const countOf = async (table: 'prompt' | 'response' | 'judgment' | 'rater') => {
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
    models: (await listModels(db, projectId)).length,
    judgments: await countOf('judgment'),
    raters: await countOf('rater'),
  }
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

/** One prompt as it was imported, with its tags. */
export async function findPrompt(db: Queries, projectId: string, id: string) {
  const prompt = await db
    .selectFrom('prompt')
    .select([
      'id',
      'messages',
      'metadata',
      'input_key',
      'is_text_missing',
      'batch_id',
      'source_ordinal',
      'source_line',
      'characters',
      'tokens',
      'language',
      'cluster_id',
      'prepared_at',
      'archived_at',
      'created_at',
    ])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!prompt) return undefined
  const tags = await db
    .selectFrom('prompt_tag')
    .select('tag')
    .where('project_id', '=', projectId)
    .where('prompt_id', '=', id)
    .orderBy('tag')
    .execute()
  return {
    ...prompt,
    messages: JSON.parse(prompt.messages) as Message[],
    metadata: JSON.parse(prompt.metadata) as Record<string, unknown>,
    tags: tags.map(({ tag }) => tag),
  }
}

const mostResponses = 200

/** What models answered to a prompt, with everything that was logged of each answer. */
export async function listResponses(db: Queries, projectId: string, promptId: string) {
  const rows = await db
    .selectFrom('response')
    .innerJoin('model', (join) =>
      join
        .onRef('model.project_id', '=', 'response.project_id')
        .onRef('model.id', '=', 'response.model_id'),
    )
    .select([
      'response.id',
      'response.messages',
      'response.rendered',
      'response.context',
      'response.tools',
      'response.trace',
      'response.metadata',
      'response.usage',
      'response.sample',
      'response.is_text_missing',
      'response.finish_reason',
      'response.latency_ms',
      'response.cost',
      'response.characters',
      'response.tokens',
      'response.language',
      'response.answered_at',
      'response.batch_id',
      'response.source_ordinal',
      'response.source_line',
      'response.model_id',
      'model.label',
      'model.color',
      'model.name',
      'model.version',
      'model.prompt_version',
      'model.parameters',
    ])
    .where('response.project_id', '=', projectId)
    .where('response.prompt_id', '=', promptId)
    .orderBy('model.label')
    .orderBy('response.sample')
    .orderBy('response.id')
    .limit(mostResponses)
    .execute()
  return rows.map((row) => ({
    ...row,
    messages: JSON.parse(row.messages) as Message[],
    rendered: row.rendered === null ? null : (JSON.parse(row.rendered) as Message[]),
  }))
}

/** What was found in a prompt and its responses, without what it says. */
export const listFindings = (db: Queries, projectId: string, promptId: string) =>
  db
    .selectFrom('finding')
    .select(['id', 'kind', 'response_id', 'count'])
    .where('project_id', '=', projectId)
    .where('prompt_id', '=', promptId)
    .orderBy('kind')
    .orderBy('id')
    .limit(500)
    .execute()

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
