/**
 * In: what a person wants changed about models. Out: the models as they are then, and the change
 * on record. The responses themselves are moved by `app/import/change-models.server.ts`.
 *
 * A merged model stays as a row that points to the one that stands for it, and so does the old
 * identity of a renamed one: later logs under the old name are known for what they are.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { locked, oneOf } from '#db/dialects/portable.ts'
import { insertRows } from '#db/insert-rows.ts'
import type { ModelChangeTable, Queries, Tx } from '#db/schema.ts'
import { ModelProblem, mergedDetail, type SplitBy, splitDetail } from './model-change.ts'
import { freeLabel, nextColor } from './models.server.ts'

const columns = [
  'id',
  'name',
  'version',
  'prompt_version',
  'parameters',
  'label',
  'color',
  'merged_into',
] as const

/** Reads models that stay as they are until the transaction ends, in one order for everybody. */
export async function lockModels(trx: Tx, projectId: string, ids: readonly string[]) {
  const query = trx
    .selectFrom('model')
    .select(columns)
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'id', ids))
    .orderBy('id')
  const rows = await locked(trx, query).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

export type LockedModel =
  Awaited<ReturnType<typeof lockModels>> extends Map<string, infer Row> ? Row : never

/** A model that stands for itself; anything else is refused in words. */
export function ownModel(models: ReadonlyMap<string, LockedModel>, id: string): LockedModel {
  const model = models.get(id)
  if (!model) throw new ModelProblem('There is no such model in this project.')
  if (model.merged_into === null) return model
  throw new ModelProblem(`“${model.label}” was merged into another model; undo that first.`)
}

/** Tells a model's responses apart from equal ones elsewhere; the same on every database. */
const markOf = (model: LockedModel): string =>
  sha256(printJson([model.name, model.version, model.prompt_version, model.parameters])).slice(
    0,
    16,
  )

interface ChangeBy {
  projectId: string
  actor: string
  now: number
}

async function insertChange(
  trx: Tx,
  { projectId, actor, now }: ChangeBy,
  change: Pick<ModelChangeTable, 'kind' | 'model_id' | 'other_model_id'> & { detail: unknown },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('model_change')
    .values({
      project_id: projectId,
      id,
      ...change,
      detail: printJson(change.detail),
      actor,
      undone_by: null,
      created_at: now,
    })
    .execute()
  return id
}

/** Notes a rename; `aliasId` is the row that keeps the old identity, where it was given up. */
export const recordRename = (
  trx: Tx,
  by: ChangeBy,
  { modelId, aliasId, detail }: { modelId: string; aliasId: string | null; detail: unknown },
): Promise<string> =>
  insertChange(trx, by, { kind: 'renamed', model_id: modelId, other_model_id: aliasId, detail })

const pointModels = (
  trx: Tx,
  projectId: string,
  { ids, from, to }: { ids: readonly string[]; from: string; to: string },
) =>
  trx
    .updateTable('model')
    .set({ merged_into: to })
    .where('project_id', '=', projectId)
    .where('merged_into', '=', from)
    .where(oneOf(trx, 'id', ids))
    .execute()

/** Has one model stand for another from now on. Gives the change, whose responses are to be moved. */
export async function recordMerge(
  trx: Tx,
  by: ChangeBy,
  { fromId, intoId }: { fromId: string; intoId: string },
): Promise<string> {
  const { projectId } = by
  const models = await lockModels(trx, projectId, [fromId, intoId])
  const from = ownModel(models, fromId)
  const into = ownModel(models, intoId)
  if (from.id === into.id) throw new ModelProblem('A model cannot be merged into itself.')
  const followers = await trx
    .selectFrom('model')
    .select('id')
    .where('project_id', '=', projectId)
    .where('merged_into', '=', from.id)
    .orderBy('id')
    .execute()
  const ids = followers.map((row) => row.id)
  await pointModels(trx, projectId, { ids, from: from.id, to: into.id })
  await setMergedInto(trx, projectId, from.id, into.id)
  return insertChange(trx, by, {
    kind: 'merged',
    model_id: from.id,
    other_model_id: into.id,
    detail: { from: from.label, into: into.label, mark: markOf(from), followers: ids },
  })
}

const setMergedInto = (trx: Tx, projectId: string, id: string, to: string | null) =>
  trx
    .updateTable('model')
    .set({ merged_into: to })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()

export interface WantedSplit {
  fromId: string
  /** What the new model is called. */
  name: string
  by: SplitBy
}

export interface DescribedSplit extends WantedSplit {
  /** The same for people. */
  byWords: string
  /** What the new model differs in beside its name, where that is known. */
  version?: string | undefined
  promptVersion?: string | undefined
}

/** Makes the model that some responses of another are split off to. */
export async function recordSplit(trx: Tx, by: ChangeBy, wanted: DescribedSplit): Promise<string> {
  const { projectId } = by
  const from = ownModel(await lockModels(trx, projectId, [wanted.fromId]), wanted.fromId)
  const identity = {
    name: wanted.name,
    version: wanted.version ?? from.version,
    prompt_version: wanted.promptVersion ?? from.prompt_version,
    parameters: from.parameters,
  }
  const id =
    (await emptiedSplit(trx, projectId, { fromId: from.id, label: wanted.name })) ??
    (await insertModel(trx, by, { identity, label: wanted.name }))
  return insertChange(trx, by, {
    kind: 'split',
    model_id: from.id,
    other_model_id: id,
    detail: {
      from: from.label,
      into: wanted.name,
      mark: markOf(from),
      by: wanted.by,
      byWords: wanted.byWords,
    },
  })
}

/** A model of this name whose split was undone takes up its place again. */
async function emptiedSplit(
  trx: Tx,
  projectId: string,
  { fromId, label }: { fromId: string; label: string },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('model')
    .innerJoin('model_change', (join) =>
      join
        .onRef('model_change.project_id', '=', 'model.project_id')
        .onRef('model_change.other_model_id', '=', 'model.id'),
    )
    .select('model.id')
    .where('model.project_id', '=', projectId)
    .where('model.label', '=', label)
    .where('model.merged_into', '=', fromId)
    .where('model_change.kind', '=', 'split')
    .where('model_change.model_id', '=', fromId)
    .where('model_change.undone_by', 'is not', null)
    .executeTakeFirst()
  if (row) await setMergedInto(trx, projectId, row.id, null)
  return row?.id
}

type Identity = Pick<LockedModel, 'name' | 'version' | 'prompt_version' | 'parameters'>

async function insertModel(
  trx: Tx,
  { projectId, now }: ChangeBy,
  { identity, label }: { identity: Identity; label: string },
): Promise<string> {
  const holder = await holderOf(trx, projectId, { label, identity })
  if (holder) throw new ModelProblem(takenWords(holder, label), 'name')
  const id = newId()
  const color = await nextColor(trx, projectId)
  await trx
    .insertInto('model')
    .values({
      project_id: projectId,
      id,
      ...identity,
      label,
      color,
      merged_into: null,
      created_at: now,
    })
    .execute()
  return id
}

interface Holder {
  id: string
  label: string
  merged_into: string | null
}

/** Who has a label or an identity already. */
export const holderOf = (
  db: Queries,
  projectId: string,
  { label, identity, except = '' }: { label?: string; identity?: Identity; except?: string },
): Promise<Holder | undefined> =>
  db
    .selectFrom('model')
    .select(['id', 'label', 'merged_into'])
    .where('project_id', '=', projectId)
    .where('id', '!=', except)
    .where((eb) =>
      eb.or([
        ...(label === undefined ? [] : [eb('label', '=', label)]),
        ...(identity === undefined
          ? []
          : [
              eb.and([
                eb('name', '=', identity.name),
                eb('version', '=', identity.version),
                eb('prompt_version', '=', identity.prompt_version),
                eb('parameters', '=', identity.parameters),
              ]),
            ]),
      ]),
    )
    .orderBy('id')
    .executeTakeFirst()

/** Why a name is not free. */
export function takenWords(holder: Holder, wanted: string): string {
  if (holder.merged_into !== null) {
    return `This name belongs to “${holder.label}”, which was merged into another model; choose another name, or undo that merge.`
  }
  return holder.label === wanted
    ? `“${wanted}” is the label of another model; choose another, or merge the two.`
    : `The model “${holder.label}” has this name, version, prompt version and parameters already; choose another name, or merge the two.`
}

/** A change of the project. */
export const findChange = (db: Queries, projectId: string, id: string) =>
  db
    .selectFrom('model_change')
    .select(['id', 'kind', 'model_id', 'other_model_id', 'detail', 'undone_by'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()

export type ModelChange = NonNullable<Awaited<ReturnType<typeof findChange>>>

/** Takes a merge or a split back. Gives the new change, by which the responses go back. */
export async function recordUndo(trx: Tx, by: ChangeBy, changeId: string): Promise<string> {
  const { projectId } = by
  const change = await findChange(trx, projectId, changeId)
  if (!change || (change.kind !== 'merged' && change.kind !== 'split')) {
    throw new ModelProblem('Only a merge or a split of this project can be undone.')
  }
  if (change.undone_by !== null) throw new ModelProblem('This was undone already.')
  const ids = [change.model_id, change.other_model_id ?? '']
  const models = await lockModels(trx, projectId, ids)
  const into = ownModel(models, change.other_model_id ?? '')
  const undo =
    change.kind === 'merged'
      ? await standAlone(trx, projectId, { change, models, into })
      : ownModel(models, change.model_id)
  const id = await insertChange(trx, by, {
    kind: 'undone',
    model_id: change.model_id,
    other_model_id: change.id,
    detail: { from: into.label, into: undo.label, mark: markOf(into), undone: change.kind },
  })
  await trx
    .updateTable('model_change')
    .set({ undone_by: id })
    .where('project_id', '=', projectId)
    .where('id', '=', change.id)
    .execute()
  return id
}

/** A merged model stands for itself again, and so do those that had followed it. */
async function standAlone(
  trx: Tx,
  projectId: string,
  {
    change,
    models,
    into,
  }: { change: ModelChange; models: ReadonlyMap<string, LockedModel>; into: LockedModel },
): Promise<LockedModel> {
  const model = models.get(change.model_id)
  if (!model || model.merged_into !== into.id) {
    throw new ModelProblem('The model has been changed since; undo the later changes first.')
  }
  const { followers } = mergedDetail.parse(JSON.parse(change.detail))
  await setMergedInto(trx, projectId, model.id, null)
  await pointModels(trx, projectId, { ids: followers, from: into.id, to: model.id })
  return model
}

/** Has what a split made, where nothing is left in it, stand aside for what it was split off. */
export async function putAsideSplit(
  trx: Tx,
  projectId: string,
  { splitId, fromId }: { splitId: string; fromId: string },
): Promise<void> {
  const left = await trx
    .selectFrom('response')
    .select('id')
    .where('project_id', '=', projectId)
    .where('model_id', '=', splitId)
    .limit(1)
    .executeTakeFirst()
  const follower = await trx
    .selectFrom('model')
    .select('id')
    .where('project_id', '=', projectId)
    .where('merged_into', '=', splitId)
    .limit(1)
    .executeTakeFirst()
  if (!left && !follower) await setMergedInto(trx, projectId, splitId, fromId)
}

/** Notes which responses a change moved. */
export const noteMoved = (
  trx: Tx,
  { projectId, changeId, ids }: { projectId: string; changeId: string; ids: readonly string[] },
): Promise<void> =>
  insertRows(
    trx,
    'model_change_response',
    ids.map((id) => ({ project_id: projectId, change_id: changeId, response_id: id })),
  )

/** The mark that a change left on fingerprints, for those who take it off again. */
export const markOfChange = (change: ModelChange): string =>
  (change.kind === 'split' ? splitDetail : mergedDetail).parse(JSON.parse(change.detail)).mark

/** Gives up a label that a model keeps only for the record. */
export async function freeOwnLabel(
  trx: Tx,
  projectId: string,
  holder: { id: string; label: string },
): Promise<void> {
  const label = await freeLabel(trx, projectId, [`${holder.label} (merged)`])
  await trx
    .updateTable('model')
    .set({ label })
    .where('project_id', '=', projectId)
    .where('id', '=', holder.id)
    .execute()
}
