/** In: models. Out: every name by which a file may speak of them, former ones included. */
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { renamedDetail } from './model-change.ts'

export interface ModelName {
  name: string
  version: string
  promptVersion: string
  /** Canonical JSON. */
  parameters: string
  label: string
}

export interface NamesOfModels {
  /** How a response of a model may be called: as it was logged, and otherwise. */
  of: (modelId: string, loggedAs?: string) => { logged: ModelName; others: ModelName[] }
}

const unknown: ModelName = { name: '', version: '', promptVersion: '', parameters: '{}', label: '' }

/** Looks up the names of some models, with those of what was merged into them or renamed. */
export async function modelNames(
  db: Queries,
  projectId: string,
  ids: readonly string[],
): Promise<NamesOfModels> {
  const wanted = [...new Set(ids)]
  const rows = await db
    .selectFrom('model')
    .select(['id', 'name', 'version', 'prompt_version', 'parameters', 'label', 'merged_into'])
    .where('project_id', '=', projectId)
    .where((eb) => eb.or([oneOf(db, 'id', wanted), oneOf(db, 'merged_into', wanted)]))
    .orderBy('id')
    .execute()
  const own = new Map<string, ModelName>()
  const others = new Map<string, ModelName[]>()
  const add = (id: string, name: ModelName) => others.set(id, [...(others.get(id) ?? []), name])
  for (const { id, merged_into, prompt_version: promptVersion, ...rest } of rows) {
    const name = { ...rest, promptVersion }
    own.set(id, name)
    if (merged_into !== null) add(merged_into, name)
  }
  for (const { modelId, label } of await formerLabels(db, projectId, wanted)) {
    const name = own.get(modelId)
    if (name) add(modelId, { ...name, label })
  }
  return {
    of: (modelId, loggedAs = modelId) => {
      const current = own.get(modelId) ?? unknown
      return {
        logged: own.get(loggedAs) ?? current,
        others: [current, ...(others.get(modelId) ?? [])],
      }
    },
  }
}

/** Labels that models had before, save those that another model has today. */
async function formerLabels(db: Queries, projectId: string, ids: readonly string[]) {
  const changes = await db
    .selectFrom('model_change')
    .select(['model_id', 'detail'])
    .where('project_id', '=', projectId)
    .where('kind', '=', 'renamed')
    .where(oneOf(db, 'model_id', ids))
    .execute()
  const former = changes.map(({ model_id, detail }) => ({
    modelId: model_id,
    label: renamedDetail.parse(JSON.parse(detail)).before.label,
  }))
  if (former.length === 0) return []
  const taken = await db
    .selectFrom('model')
    .select('label')
    .where('project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'label',
        former.map(({ label }) => label),
      ),
    )
    .execute()
  const labels = new Set(taken.map((row) => row.label))
  return former.filter(({ label }) => !labels.has(label))
}
