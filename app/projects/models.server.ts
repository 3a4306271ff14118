import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { held, oneOf } from '#db/dialects/portable.ts'
import type { ModelTable, Queries, Tx } from '#db/schema.ts'
import { labelsFor, type ModelIdentity } from './model-identity.ts'

export interface ModelRow {
  id: string
  name: string
  version: string
  prompt_version: string
  label: string
  color: number
}

const columns = ['id', 'name', 'version', 'prompt_version', 'label', 'color'] as const

/** The models of a project by label; those that were merged into another are left out. */
export const listModels = (db: Queries, projectId: string): Promise<ModelRow[]> =>
  db
    .selectFrom('model')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('merged_into', 'is', null)
    .orderBy('label')
    .execute()

/** What stands for some models today: each itself, or what it was merged into. */
export async function currentModels(
  db: Queries,
  projectId: string,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('model')
    .select((eb) => eb.fn.coalesce('merged_into', 'id').as('id'))
    .distinct()
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', ids))
    .execute()
  return rows.map((row) => row.id)
}

/** A model's id and those of the models merged into it, whose responses may still be moving. */
export async function idsMeaning(
  db: Queries,
  projectId: string,
  modelId: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('model')
    .select('id')
    .where('project_id', '=', projectId)
    .where('merged_into', '=', modelId)
    .execute()
  return [modelId, ...rows.map((row) => row.id)]
}

/** The columns that make a model this one. */
export const identityColumns = (
  model: ModelIdentity,
): Pick<ModelTable, 'name' | 'version' | 'prompt_version' | 'parameters'> => ({
  name: model.name,
  version: model.version,
  prompt_version: model.promptVersion,
  parameters: printJson(model.parameters),
})

interface WantedModel {
  projectId: string
  /** A label that is wished for is taken where the model is new and the label is free. */
  model: ModelIdentity & { label?: string }
  now: number
}

/** A model as a log names it, and what stands for it today. */
export interface LoggedModel {
  loggedId: string
  currentId: string
}

/** Finds a model, or makes it with a free label and the next colour when the project has none such. */
export async function ensureLoggedModel(
  trx: Tx,
  { projectId, model, now }: WantedModel,
): Promise<LoggedModel> {
  const identity = { project_id: projectId, ...identityColumns(model) }
  const find = () => {
    let query = trx
      .selectFrom('model')
      .select((eb) => ['id as loggedId', eb.fn.coalesce('merged_into', 'id').as('currentId')])
    for (const [column, value] of Object.entries(identity)) {
      query = query.where(column as keyof typeof identity, '=', value)
    }
    // A merge waits for what is written to the model meanwhile, so that nothing is left behind.
    return held(trx, query).executeTakeFirst()
  }
  const known = await find()
  if (known) return known
  const made = await trx
    .insertInto('model')
    .values({
      ...identity,
      id: newId(),
      label: await freeLabel(trx, projectId, wantedLabels(model)),
      color: await nextColor(trx, projectId),
      merged_into: null,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id as loggedId', 'id as currentId'])
    .executeTakeFirst()
  return must(made ?? (await find()), 'the model just made')
}

const wantedLabels = (model: WantedModel['model']): string[] =>
  model.label === undefined ? labelsFor(model) : [model.label, ...labelsFor(model)]

/** The id of what stands for a model today, made when the project has none such. */
export const ensureModel = async (trx: Tx, wanted: WantedModel): Promise<string> =>
  (await ensureLoggedModel(trx, wanted)).currentId

/** The place in the palette of a model that is being made. */
export async function nextColor(trx: Tx, projectId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('model')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  return count
}

/** The first label of a list that no model has; the last with a number where all are taken. */
export async function freeLabel(
  trx: Tx,
  projectId: string,
  wanted: readonly string[],
): Promise<string> {
  const last = must(wanted.at(-1), 'a label')
  for (let attempt = 0; ; attempt++) {
    const label = wanted[attempt] ?? `${last} (${attempt - wanted.length + 2})`
    const taken = await trx
      .selectFrom('model')
      .select('id')
      .where('project_id', '=', projectId)
      .where('label', '=', label)
      .executeTakeFirst()
    if (!taken) return label
  }
}
