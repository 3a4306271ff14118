/**
 * In: the names that a person gives a model. Out: the model under them, with its old identity kept
 * as a row merged into it, so that a log which still uses the old name adds to the same model.
 */
import { newId } from '#app/base/ids.ts'
import type { Tx } from '#db/schema.ts'
import { type ModelNames, ModelProblem } from './model-change.ts'
import {
  freeOwnLabel,
  holderOf,
  type LockedModel,
  lockModels,
  ownModel,
  recordRename,
  takenWords,
} from './model-changes.server.ts'
import { freeLabel } from './models.server.ts'

export interface WantedNames {
  projectId: string
  modelId: string
  names: ModelNames
  actor: string
  now: number
}

const namesOf = (model: LockedModel): ModelNames => ({
  label: model.label,
  name: model.name,
  version: model.version,
  promptVersion: model.prompt_version,
})

/** Renames a model. Undefined when nothing differs; throws a `ModelProblem` when a name is taken. */
export async function renameModel(trx: Tx, wanted: WantedNames): Promise<ModelNames | undefined> {
  const { projectId, modelId, names } = wanted
  const model = ownModel(await lockModels(trx, projectId, [modelId]), modelId)
  const before = namesOf(model)
  const isSameLabel = before.label === names.label
  const isSameIdentity =
    before.name === names.name &&
    before.version === names.version &&
    before.promptVersion === names.promptVersion
  if (isSameLabel && isSameIdentity) return undefined
  if (!isSameLabel) await takeLabel(trx, wanted)
  const aliasId = isSameIdentity ? null : await takeIdentity(trx, wanted, model)
  const detail = { before, after: names }
  await recordRename(trx, wanted, { modelId, aliasId, detail })
  return before
}

async function takeLabel(trx: Tx, { projectId, modelId, names }: WantedNames): Promise<void> {
  const { label } = names
  const holder = await holderOf(trx, projectId, { label, except: modelId })
  if (holder && holder.merged_into !== modelId) {
    throw new ModelProblem(takenWords(holder, label), 'label')
  }
  if (holder) await freeOwnLabel(trx, projectId, holder)
  await updateModel(trx, projectId, modelId, { label })
}

/** Gives the model its new identity and keeps the old one beside it. Gives the row that keeps it. */
async function takeIdentity(trx: Tx, wanted: WantedNames, model: LockedModel): Promise<string> {
  const { projectId, names, now } = wanted
  const { name, version, prompt_version, parameters } = model
  const old = { name, version, prompt_version, parameters }
  const fresh = {
    name: names.name,
    version: names.version,
    prompt_version: names.promptVersion,
    parameters,
  }
  const holder = await holderOf(trx, projectId, { identity: fresh, except: model.id })
  if (holder) {
    if (!(await isFormerName(trx, projectId, { modelId: model.id, holderId: holder.id }))) {
      throw new ModelProblem(takenWords(holder, ''), 'name')
    }
    // Identities are unique at every moment, so the two change places by way of a third.
    await updateModel(trx, projectId, holder.id, { ...old, parameters: `${parameters} former` })
  }
  await updateModel(trx, projectId, model.id, fresh)
  if (holder) {
    await updateModel(trx, projectId, holder.id, old)
    return holder.id
  }
  const id = newId()
  await trx
    .insertInto('model')
    .values({
      project_id: projectId,
      id,
      ...old,
      label: await freeLabel(trx, projectId, [model.label, `${model.label} (former name)`]),
      color: model.color,
      merged_into: model.id,
      created_at: now,
    })
    .execute()
  return id
}

/** Whether a row is what an earlier rename of this very model left behind. */
async function isFormerName(
  trx: Tx,
  projectId: string,
  { modelId, holderId }: { modelId: string; holderId: string },
): Promise<boolean> {
  const row = await trx
    .selectFrom('model_change')
    .select('id')
    .where('project_id', '=', projectId)
    .where('kind', '=', 'renamed')
    .where('model_id', '=', modelId)
    .where('other_model_id', '=', holderId)
    .executeTakeFirst()
  return row !== undefined
}

const updateModel = (
  trx: Tx,
  projectId: string,
  id: string,
  change: Partial<
    Pick<LockedModel, 'name' | 'version' | 'prompt_version' | 'parameters' | 'label'>
  >,
) =>
  trx
    .updateTable('model')
    .set(change)
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
