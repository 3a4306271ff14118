/** In: a model. Out: the parts that can be told apart in its responses, for a person to choose from. */
import { printJson } from '#app/base/canonical-json.ts'
import { preview } from '#app/base/text.ts'
import {
  ModelProblem,
  type SplitBy,
  type SplitChoices,
  type SplitOption,
} from '#app/projects/model-change.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { findBatch } from './batches.server.ts'
import { listMoves, loggedModels } from './logged-models.server.ts'

const mostLookedAt = 2_000
/** What has more values than this is an id or a measurement, not a part. */
const mostValues = 20

interface Scope {
  projectId: string
  modelId: string
}

/** Looks at a model's responses for imports, logged names and values that tell parts of it apart. */
export async function splitChoices(db: Queries, scope: Scope): Promise<SplitChoices> {
  const rows = await db
    .selectFrom('response')
    .select(['id', 'batch_id', 'metadata'])
    .where('project_id', '=', scope.projectId)
    .where('model_id', '=', scope.modelId)
    .orderBy('prompt_id')
    .limit(mostLookedAt + 1)
    .execute()
  const seen = rows.slice(0, mostLookedAt)
  const responseIds = seen.map((row) => row.id)
  const groups = [
    { title: 'By import', options: await byImport(db, scope, seen) },
    { title: 'By the model it was logged as', options: await byLogged(db, scope, responseIds) },
    ...byMetadata(seen),
  ]
  return {
    modelId: scope.modelId,
    groups: groups.filter(({ options }) => options.length > 0),
    lookedAt: seen.length,
    isCapped: rows.length > mostLookedAt,
  }
}

function countEach(values: Iterable<string | null | undefined>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

async function byImport(
  db: Queries,
  { projectId }: Scope,
  rows: readonly { batch_id: string | null }[],
): Promise<SplitOption[]> {
  const counts = countEach(rows.map((row) => row.batch_id))
  const options: SplitOption[] = []
  for (const [batchId, count] of counts) {
    if (count === rows.length) return []
    const by = { kind: 'import', batchId } as const
    options.push({ by, label: await batchWords(db, projectId, batchId), count })
  }
  return options
}

async function batchWords(db: Queries, projectId: string, batchId: string): Promise<string> {
  const batch = await findBatch(db, projectId, batchId)
  if (!batch) throw new ModelProblem('There is no such import in this project.')
  const names = batch.files.map((file) => file.name).join(', ') || batch.source
  return `${preview(names, 60)}, ${new Date(batch.created_at).toISOString().slice(0, 16).replace('T', ' ')}`
}

async function byLogged(
  db: Queries,
  { projectId, modelId }: Scope,
  responseIds: readonly string[],
): Promise<SplitOption[]> {
  const moves = await listMoves(db, projectId)
  const logged = await loggedModels(db, projectId, { responseIds, moves })
  const counts = countEach(responseIds.map((id) => logged.get(id) ?? modelId))
  if (counts.size < 2) return []
  const names = await db
    .selectFrom('model')
    .select(['id', 'label'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', [...counts.keys()]))
    .orderBy('label')
    .execute()
  return names.map(({ id, label }) => ({
    by: { kind: 'logged-as', modelId: id },
    label,
    count: counts.get(id) ?? 0,
  }))
}

type Scalar = string | number | boolean

const isScalar = (value: unknown): value is Scalar =>
  ['string', 'number', 'boolean'].includes(typeof value)

function byMetadata(rows: readonly { metadata: string }[]): SplitChoices['groups'] {
  const keys = new Map<string, Map<string, number>>()
  for (const row of rows) {
    const metadata = JSON.parse(row.metadata) as Record<string, unknown>
    for (const [key, value] of Object.entries(metadata)) {
      if (!isScalar(value)) continue
      const values = keys.get(key) ?? new Map<string, number>()
      const text = printJson(value)
      values.set(text, (values.get(text) ?? 0) + 1)
      keys.set(key, values)
    }
  }
  const isPart = (values: Map<string, number>) =>
    values.size <= mostValues && [...values.values()].every((count) => count < rows.length)
  return [...keys]
    .filter(([, values]) => isPart(values))
    .sort(([one], [other]) => rankOfKey(one) - rankOfKey(other) || (one < other ? -1 : 1))
    .map(([key, values]) => ({
      title: isPromptVersion(key) ? `By prompt version (${key})` : `By ${key}`,
      options: [...values].map(([text, count]) => {
        const value = JSON.parse(text) as Scalar
        return { by: { kind: 'metadata', key, value }, label: valueWords(value), count }
      }),
    }))
}

/** @example isPromptVersion('promptVersion') // true */
const isPromptVersion = (key: string) => /prompt.?(version|template)/i.test(key)

const rankOfKey = (key: string) => (isPromptVersion(key) ? 0 : 1)

const valueWords = (value: unknown): string =>
  preview(typeof value === 'string' ? value : printJson(value), 60)

/** What a part is in words, and what of the new model's identity it tells. */
export async function describeSplit(
  db: Queries,
  projectId: string,
  by: SplitBy,
): Promise<{ byWords: string; version?: string; promptVersion?: string }> {
  if (by.kind === 'import') return { byWords: await batchWords(db, projectId, by.batchId) }
  if (by.kind === 'metadata') {
    const value = valueWords(by.value)
    const byWords = `${by.key} = ${value}`
    return isPromptVersion(by.key) ? { byWords, promptVersion: value } : { byWords }
  }
  const model = await db
    .selectFrom('model')
    .select(['label', 'version', 'prompt_version'])
    .where('project_id', '=', projectId)
    .where('id', '=', by.modelId)
    .executeTakeFirst()
  if (!model) throw new ModelProblem('There is no such model in this project.')
  return {
    byWords: `logged as ${model.label}`,
    version: model.version,
    promptVersion: model.prompt_version,
  }
}
