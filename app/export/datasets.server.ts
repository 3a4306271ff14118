/** Datasets: recipes by name, whose snapshots are frozen results. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { policySchema } from './policy.ts'
import { type DatasetRecipe, type NewDataset, recipeSchema } from './recipe.ts'
import { nextDue } from './schedule.ts'

interface Made {
  projectId: string
  now: number
}

/** Makes a dataset. Undefined when the name is taken. */
export async function insertDataset(
  trx: Tx,
  options: Made & { dataset: NewDataset; createdBy: string },
): Promise<string | undefined> {
  const { projectId, dataset, createdBy, now } = options
  const made = await trx
    .insertInto('dataset')
    .values({
      project_id: projectId,
      id: newId(),
      ...columnsOf(dataset, now),
      created_by: createdBy,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await keepCampaigns(trx, { projectId, datasetId: made.id, ids: dataset.campaignIds })
  return made?.id
}

/** Gives a dataset another recipe; snapshots made so far stay as they are. False when its name is taken. */
export async function changeDataset(
  trx: Tx,
  options: Made & { datasetId: string; dataset: NewDataset },
): Promise<boolean> {
  const { projectId, datasetId, dataset, now } = options
  const other = await trx
    .selectFrom('dataset')
    .select('id')
    .where('project_id', '=', projectId)
    .where('name', '=', dataset.name)
    .where('id', '!=', datasetId)
    .executeTakeFirst()
  if (other) return false
  await trx
    .updateTable('dataset')
    .set(columnsOf(dataset, now))
    .where('project_id', '=', projectId)
    .where('id', '=', datasetId)
    .execute()
  await keepCampaigns(trx, { projectId, datasetId, ids: dataset.campaignIds })
  return true
}

const columnsOf = (dataset: NewDataset, now: number) => ({
  name: dataset.name,
  description: dataset.description,
  target: dataset.target,
  container: dataset.container ?? '',
  campaign_id: dataset.campaignIds[0] ?? '',
  policy: printJson(dataset.policy),
  schedule: dataset.schedule,
  due_at: dataset.schedule === null ? null : nextDue(dataset.schedule, now),
})

async function keepCampaigns(
  trx: Tx,
  { projectId, datasetId, ids }: { projectId: string; datasetId: string; ids: readonly string[] },
): Promise<void> {
  await trx
    .deleteFrom('dataset_campaign')
    .where('project_id', '=', projectId)
    .where('dataset_id', '=', datasetId)
    .execute()
  const rows = [...new Set(ids)].map((id) => ({
    project_id: projectId,
    dataset_id: datasetId,
    campaign_id: id,
  }))
  await trx.insertInto('dataset_campaign').values(rows).execute()
}

/** A project's newest datasets, the newest first, with how often each was frozen. */
export const listDatasets = (db: Queries, projectId: string) =>
  countedDatasets(db, projectId).orderBy('dataset.id', 'desc').limit(200).execute()

/** A project's datasets after an id, in the order in which they were made. */
export const listDatasetsAfter = (
  db: Queries,
  projectId: string,
  { after = '', limit }: { after?: string | undefined; limit: number },
) =>
  countedDatasets(db, projectId)
    .where('dataset.id', '>', after)
    .orderBy('dataset.id')
    .limit(limit)
    .execute()

const countedDatasets = (db: Queries, projectId: string) =>
  db
    .selectFrom('dataset')
    .select(['dataset.id', 'dataset.name', 'dataset.target', 'dataset.created_at'])
    .select((eb) =>
      eb
        .selectFrom('snapshot')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('snapshot.project_id', '=', 'dataset.project_id')
        .whereRef('snapshot.dataset_id', '=', 'dataset.id')
        .as('snapshots'),
    )
    .where('dataset.project_id', '=', projectId)

export interface Dataset extends DatasetRecipe {
  id: string
  name: string
  description: string
  schedule: 'daily' | 'weekly' | null
  dueAt: number | null
  createdAt: number
}

export const findDataset = (db: Queries, projectId: string, id: string) =>
  datasetWhere(db, projectId, { column: 'id', value: id })

export const findDatasetByName = (db: Queries, projectId: string, name: string) =>
  datasetWhere(db, projectId, { column: 'name', value: name })

async function datasetWhere(
  db: Queries,
  projectId: string,
  { column, value }: { column: 'id' | 'name'; value: string },
): Promise<Dataset | undefined> {
  const row = await db
    .selectFrom('dataset')
    .selectAll()
    .where('project_id', '=', projectId)
    .where(column, '=', value)
    .executeTakeFirst()
  if (!row) return undefined
  const campaigns = await db
    .selectFrom('dataset_campaign')
    .select('campaign_id')
    .where('project_id', '=', projectId)
    .where('dataset_id', '=', row.id)
    .orderBy('campaign_id')
    .execute()
  const recipe = recipeSchema.parse({
    campaignIds: campaigns.map(({ campaign_id }) => campaign_id),
    target: row.target,
    container: row.container === '' ? null : row.container,
    policy: policySchema.parse(JSON.parse(row.policy)),
  })
  return {
    ...recipe,
    id: row.id,
    name: row.name,
    description: row.description,
    schedule: row.schedule,
    dueAt: row.due_at,
    createdAt: row.created_at,
  }
}
