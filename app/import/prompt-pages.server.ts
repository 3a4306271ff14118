/** In: a search. Out: one page of prompts with what a table shows of each, and where the next begins. */
import { type ExpressionBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { hasTerms, oneOf, searchOrder } from '#db/dialects/portable.ts'
import type { Queries, Schema } from '#db/schema.ts'
import { type PromptSearch, type PromptSort, searchTerms } from './prompt-search.ts'

export interface PromptRow {
  id: string
  preview: string
  characters: number
  tokens: number | null
  language: string | null
  clusterId: string | null
  batchId: string | null
  createdAt: number
  isTextMissing: boolean
  isArchived: boolean
  responses: number
  judgments: number
  findings: number
  tags: string[]
  models: string[]
}

export interface PromptPage {
  rows: PromptRow[]
  /** What `after` is for the next page; null on the last. */
  next: string | null
}

const dayMs = 24 * 60 * 60 * 1000

/**
 * A page of prompts. Its cost does not grow with how many there are where no filter but words is
 * set: the index gives prompts in the order they are shown, and only a page of them is read.
 */
export async function findPromptPage(
  db: Queries,
  { projectId, search, limit }: { projectId: string; search: PromptSearch; limit: number },
): Promise<PromptPage> {
  const terms = searchTerms(search.text ?? '')
  if (search.text !== undefined && terms.length === 0) return { rows: [], next: null }
  const found = await (terms.length > 0
    ? withWords(db, projectId, { search, terms, limit })
    : withoutWords(db, projectId, { search, limit }))
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const beside = await besideOf(
    db,
    projectId,
    shown.map(({ id }) => id),
  )
  return {
    rows: shown.map(({ place, is_text_missing, archived_at, ...row }) => ({
      ...row,
      isTextMissing: is_text_missing === 1,
      isArchived: archived_at !== null,
      tags: beside.tags.get(row.id) ?? [],
      models: beside.models.get(row.id) ?? [],
    })),
    next: found.length > limit && last ? cursorOf(search.sort, last) : null,
  }
}

interface FoundRow extends Omit<PromptRow, 'isTextMissing' | 'isArchived' | 'tags' | 'models'> {
  place: string | number
  is_text_missing: 0 | 1
  archived_at: number | null
}

const byLength = (sort: PromptSort) => sort === 'longest' || sort === 'shortest'
const isDown = (sort: PromptSort) => sort === 'newest' || sort === 'longest'

const cursorOf = (sort: PromptSort, row: FoundRow): string =>
  byLength(sort) ? `${row.characters}.${row.id}` : String(row.place)

type Scope = SelectQueryBuilder<Schema, 'prompt', object>

/** Words first: the index of words is walked in its own order where that is the order asked for. */
function withWords(
  db: Queries,
  projectId: string,
  {
    search,
    terms,
    limit,
  }: { search: PromptSearch; terms: ReturnType<typeof searchTerms>; limit: number },
): Promise<FoundRow[]> {
  const order = searchOrder(db)
  const direction = isDown(search.sort) ? 'desc' : 'asc'
  const scope = db
    .selectFrom('prompt_search')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'prompt_search.project_id')
        .onRef('prompt.id', '=', 'prompt_search.prompt_id'),
    )
    .where(hasTerms(db, projectId, terms))
    .$if(search.after !== undefined && !byLength(search.sort), (query) => {
      const after = Number.isNaN(Number(search.after)) ? search.after : Number(search.after)
      return query.where(
        isDown(search.sort) ? sql<SqlBool>`${order} < ${after}` : sql<SqlBool>`${order} > ${after}`,
      )
    })
    .$if(!byLength(search.sort), (query) => query.orderBy(order, direction))
    .select(order.as('place'))
  return filtered(scope as unknown as Scope, { projectId, search, limit })
}

function withoutWords(
  db: Queries,
  projectId: string,
  { search, limit }: { search: PromptSearch; limit: number },
): Promise<FoundRow[]> {
  const direction = isDown(search.sort) ? 'desc' : 'asc'
  const scope = db
    .selectFrom('prompt')
    .where('prompt.project_id', '=', projectId)
    .$if(search.after !== undefined && !byLength(search.sort), (query) =>
      query.where('prompt.id', isDown(search.sort) ? '<' : '>', search.after ?? ''),
    )
    .$if(!byLength(search.sort), (query) => query.orderBy('prompt.id', direction))
    .select('prompt.id as place')
  return filtered(scope as unknown as Scope, { projectId, search, limit })
}

async function filtered(
  scope: Scope,
  { projectId, search, limit }: { projectId: string; search: PromptSearch; limit: number },
): Promise<FoundRow[]> {
  const rows = await scope
    .select([
      'prompt.id',
      'prompt.preview',
      'prompt.characters',
      'prompt.tokens',
      'prompt.language',
      'prompt.cluster_id as clusterId',
      'prompt.batch_id as batchId',
      'prompt.created_at as createdAt',
      'prompt.is_text_missing',
      'prompt.archived_at',
    ])
    .select((eb) => [
      countOf(eb).responses.as('responses'),
      countOf(eb).judgments.as('judgments'),
      countOf(eb).findings.as('findings'),
    ])
    .where((eb) => eb.and(conditions(eb, { projectId, search })))
    .$if(byLength(search.sort), (query) => sortedByLength(query, search))
    .limit(limit + 1)
    .execute()
  return rows as unknown as FoundRow[]
}

function sortedByLength<O>(
  query: SelectQueryBuilder<Schema, 'prompt', O>,
  { sort, after }: PromptSearch,
): SelectQueryBuilder<Schema, 'prompt', O> {
  const direction = isDown(sort) ? 'desc' : 'asc'
  const sorted = query.orderBy('prompt.characters', direction).orderBy('prompt.id', direction)
  if (after === undefined) return sorted
  const [characters = '', id = ''] = after.split('.')
  const place = sql`(${Number(characters) || 0}, ${id})`
  const key = sql`(prompt.characters, prompt.id)`
  return sorted.where(
    isDown(sort) ? sql<SqlBool>`${key} < ${place}` : sql<SqlBool>`${key} > ${place}`,
  )
}

type Expressions = ExpressionBuilder<Schema, 'prompt'>

const countOf = (eb: Expressions) => ({
  responses: eb
    .selectFrom('response')
    .select((inner) => inner.fn.countAll<number>().as('count'))
    .whereRef('response.project_id', '=', 'prompt.project_id')
    .whereRef('response.prompt_id', '=', 'prompt.id'),
  judgments: eb
    .selectFrom('task')
    .innerJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'task.project_id')
        .onRef('judgment.task_id', '=', 'task.id'),
    )
    .select((inner) => inner.fn.countAll<number>().as('count'))
    .whereRef('task.project_id', '=', 'prompt.project_id')
    .whereRef('task.prompt_id', '=', 'prompt.id'),
  findings: eb
    .selectFrom('finding')
    .select((inner) => inner.fn.countAll<number>().as('count'))
    .whereRef('finding.project_id', '=', 'prompt.project_id')
    .whereRef('finding.prompt_id', '=', 'prompt.id'),
})

function conditions(
  eb: Expressions,
  { projectId, search }: { projectId: string; search: PromptSearch },
) {
  const found = [eb('prompt.project_id', '=', projectId)]
  const { from, to, least, most } = search
  if (search.archived === undefined) found.push(eb('prompt.archived_at', 'is', null))
  if (search.archived === 'yes') found.push(eb('prompt.archived_at', 'is not', null))
  if (search.batch !== undefined) found.push(eb('prompt.batch_id', '=', search.batch))
  if (search.language !== undefined) found.push(eb('prompt.language', '=', search.language))
  if (least !== undefined) found.push(eb('prompt.characters', '>=', least))
  if (most !== undefined) found.push(eb('prompt.characters', '<=', most))
  if (from !== undefined) found.push(eb('prompt.created_at', '>=', Date.parse(from)))
  if (to !== undefined) found.push(eb('prompt.created_at', '<', Date.parse(to) + dayMs))
  if (search.duplicates === 'only') found.push(eb('prompt.cluster_id', 'is not', null))
  if (search.duplicates === 'first') {
    found.push(
      eb.or([
        eb('prompt.cluster_id', 'is', null),
        eb('prompt.cluster_id', '=', eb.ref('prompt.id')),
      ]),
    )
  }
  return [...found, ...conditionsElsewhere(eb, search)]
}

/** What other tables say of a prompt. */
function conditionsElsewhere(eb: Expressions, search: PromptSearch) {
  const { tag, model, source, finding, judged } = search
  const found = []
  if (tag !== undefined) {
    found.push(
      eb.exists(
        eb
          .selectFrom('prompt_tag')
          .select('prompt_tag.tag')
          .whereRef('prompt_tag.project_id', '=', 'prompt.project_id')
          .whereRef('prompt_tag.prompt_id', '=', 'prompt.id')
          .where('prompt_tag.tag', '=', tag),
      ),
    )
  }
  if (model !== undefined) {
    found.push(
      eb.exists(
        eb
          .selectFrom('response')
          .select('response.id')
          .whereRef('response.project_id', '=', 'prompt.project_id')
          .whereRef('response.prompt_id', '=', 'prompt.id')
          .where('response.model_id', '=', model),
      ),
    )
  }
  if (source !== undefined) {
    found.push(
      eb.exists(
        eb
          .selectFrom('import_batch')
          .select('import_batch.id')
          .whereRef('import_batch.project_id', '=', 'prompt.project_id')
          .whereRef('import_batch.id', '=', 'prompt.batch_id')
          .where('import_batch.source', '=', source),
      ),
    )
  }
  if (finding !== undefined) {
    found.push(
      eb.exists(
        eb
          .selectFrom('finding')
          .select('finding.id')
          .whereRef('finding.project_id', '=', 'prompt.project_id')
          .whereRef('finding.prompt_id', '=', 'prompt.id')
          .$if(finding !== 'any', (query) => query.where('finding.kind', '=', finding)),
      ),
    )
  }
  if (judged !== undefined) {
    const isJudged = eb.exists(
      eb
        .selectFrom('task')
        .innerJoin('judgment', (join) =>
          join
            .onRef('judgment.project_id', '=', 'task.project_id')
            .onRef('judgment.task_id', '=', 'task.id'),
        )
        .select('judgment.id')
        .whereRef('task.project_id', '=', 'prompt.project_id')
        .whereRef('task.prompt_id', '=', 'prompt.id'),
    )
    found.push(judged === 'yes' ? isJudged : eb.not(isJudged))
  }
  return found
}

/** The tags and the models' labels of some prompts. */
async function besideOf(db: Queries, projectId: string, ids: readonly string[]) {
  const tags = new Map<string, string[]>()
  const models = new Map<string, string[]>()
  if (ids.length === 0) return { tags, models }
  const tagRows = await db
    .selectFrom('prompt_tag')
    .select(['prompt_id', 'tag'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'prompt_id', ids))
    .orderBy('tag')
    .execute()
  for (const row of tagRows) tags.set(row.prompt_id, [...(tags.get(row.prompt_id) ?? []), row.tag])
  const modelRows = await db
    .selectFrom('response')
    .innerJoin('model', (join) =>
      join
        .onRef('model.project_id', '=', 'response.project_id')
        .onRef('model.id', '=', 'response.model_id'),
    )
    .select(['response.prompt_id', 'model.label'])
    .distinct()
    .where('response.project_id', '=', projectId)
    .where(oneOf(db, 'response.prompt_id', ids))
    .orderBy('model.label')
    .execute()
  for (const row of modelRows) {
    models.set(row.prompt_id, [...(models.get(row.prompt_id) ?? []), row.label])
  }
  return { tags, models }
}
