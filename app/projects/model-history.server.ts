/** In: a project. Out: its models as people compare them, and what was done to them. */
import { z } from 'zod'
import type { ModelChangeTable, Queries } from '#db/schema.ts'
import { mergedDetail, renamedDetail, splitDetail, undoneDetail } from './model-change.ts'

/** As many responses of a model are looked at for its imports; what was seen tells the rest. */
const mostLookedAt = 2_000

export interface ModelOverview {
  id: string
  label: string
  name: string
  version: string
  promptVersion: string
  parameters: Record<string, unknown>
  color: number
  responses: number
  /** How many imports brought its responses, and whether there may be more. */
  imports: number
  isImportsCapped: boolean
  firstSeen: number
  /** What else it is or was called: models merged into it, names it had. */
  also: string[]
}

/** The models that stand for themselves, by label. */
export async function listModelRows(db: Queries, projectId: string): Promise<ModelOverview[]> {
  const rows = await db
    .selectFrom('model')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('label')
    .execute()
  const counts = await responseCounts(db, projectId)
  const aside = await putAside(db, projectId)
  const own = rows.filter((row) => row.merged_into === null)
  const models: ModelOverview[] = []
  for (const row of own) {
    const seen = await lookAtImports(db, projectId, row.id)
    const responses = counts.get(row.id) ?? 0
    models.push({
      id: row.id,
      label: row.label,
      name: row.name,
      version: row.version,
      promptVersion: row.prompt_version,
      parameters: z.record(z.string(), z.unknown()).parse(JSON.parse(row.parameters)),
      color: row.color,
      responses,
      imports: seen.imports,
      isImportsCapped: responses > mostLookedAt,
      firstSeen: Math.min(seen.first ?? row.created_at, row.created_at),
      also: rows
        .filter((one) => one.merged_into === row.id && !aside.has(one.id))
        .map((one) => one.label),
    })
  }
  return models
}

/** What splits made that were undone: empty, and a name that nobody uses. */
async function putAside(db: Queries, projectId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('model_change')
    .select('other_model_id')
    .where('project_id', '=', projectId)
    .where('kind', '=', 'split')
    .where('undone_by', 'is not', null)
    .execute()
  return new Set(rows.flatMap((row) => row.other_model_id ?? []))
}

async function responseCounts(db: Queries, projectId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('response')
    .select('model_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .groupBy('model_id')
    .execute()
  return new Map(rows.map((row) => [row.model_id, row.count]))
}

async function lookAtImports(db: Queries, projectId: string, modelId: string) {
  const row = await db
    .selectFrom((eb) =>
      eb
        .selectFrom('response')
        .select(['batch_id', 'created_at'])
        .where('project_id', '=', projectId)
        .where('model_id', '=', modelId)
        .orderBy('prompt_id')
        .limit(mostLookedAt)
        .as('seen'),
    )
    .select((eb) => [
      eb.fn.count<number>('batch_id').distinct().as('imports'),
      eb.fn.min('created_at').as('first'),
    ])
    .executeTakeFirstOrThrow()
  return row
}

export interface ModelHistoryEntry {
  id: string
  kind: ModelChangeTable['kind']
  /** The change in words. */
  words: string
  who: string
  at: number
  responses: number
  mayUndo: boolean
  isUndone: boolean
}

/** The newest changes of models first. */
export async function listModelHistory(
  db: Queries,
  projectId: string,
  limit = 50,
): Promise<ModelHistoryEntry[]> {
  const rows = await db
    .selectFrom('model_change')
    .leftJoin('person', 'person.id', 'model_change.actor')
    .select([
      'model_change.id',
      'model_change.kind',
      'model_change.detail',
      'model_change.actor',
      'model_change.undone_by',
      'model_change.created_at',
      'person.name',
    ])
    .select((eb) =>
      eb
        .selectFrom('model_change_response')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('model_change_response.project_id', '=', 'model_change.project_id')
        .whereRef('model_change_response.change_id', '=', 'model_change.id')
        .as('responses'),
    )
    .where('model_change.project_id', '=', projectId)
    .orderBy('model_change.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    words: wordsOf(row.kind, JSON.parse(row.detail)),
    who: row.name ?? row.actor,
    at: row.created_at,
    responses: row.responses ?? 0,
    mayUndo: (row.kind === 'merged' || row.kind === 'split') && row.undone_by === null,
    isUndone: row.undone_by !== null,
  }))
}

function wordsOf(kind: ModelChangeTable['kind'], detail: unknown): string {
  if (kind === 'merged') {
    const { from, into } = mergedDetail.parse(detail)
    return `“${from}” merged into “${into}”`
  }
  if (kind === 'split') {
    const { from, into, byWords } = splitDetail.parse(detail)
    return `“${into}” split off “${from}”: ${byWords}`
  }
  if (kind === 'undone') {
    const { from, into, undone } = undoneDetail.parse(detail)
    return undone === 'merged'
      ? `“${into}” taken out of “${from}” again`
      : `“${from}” put back into “${into}”`
  }
  const { before, after } = renamedDetail.parse(detail)
  if (before.label !== after.label) return `“${before.label}” renamed to “${after.label}”`
  return `“${after.label}” named ${[after.name, after.version, after.promptVersion].filter(Boolean).join(' · ')} instead of ${[before.name, before.version, before.promptVersion].filter(Boolean).join(' · ')}`
}
