import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import type { Queries, Tx } from '#db/schema.ts'
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

export const listModels = (db: Queries, projectId: string): Promise<ModelRow[]> =>
  db
    .selectFrom('model')
    .select(columns)
    .where('project_id', '=', projectId)
    .orderBy('label')
    .execute()

/** The id of a model, made with a free label and the next colour when the project has none such. */
export async function ensureModel(
  trx: Tx,
  { projectId, model, now }: { projectId: string; model: ModelIdentity; now: number },
): Promise<string> {
  const identity = {
    project_id: projectId,
    name: model.name,
    version: model.version,
    prompt_version: model.promptVersion,
    parameters: printJson(model.parameters),
  }
  const find = () => {
    let query = trx.selectFrom('model').select('id')
    for (const [column, value] of Object.entries(identity)) {
      query = query.where(column as keyof typeof identity, '=', value)
    }
    return query.executeTakeFirst()
  }
  const known = await find()
  if (known) return known.id
  const { count } = await trx
    .selectFrom('model')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  const made = await trx
    .insertInto('model')
    .values({
      ...identity,
      id: newId(),
      label: await freeLabel(trx, projectId, labelsFor(model)),
      color: count,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return must(made ?? (await find()), 'the model just made').id
}

async function freeLabel(trx: Tx, projectId: string, wanted: readonly string[]): Promise<string> {
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
