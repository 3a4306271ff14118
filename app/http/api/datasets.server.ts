import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import {
  changeDataset,
  type Dataset,
  findDataset,
  insertDataset,
  listDatasetsAfter,
} from '#app/export/datasets.server.ts'
import type { NewDataset } from '#app/export/recipe.ts'
import { findRowTarget, type TargetName } from '#app/export/targets/all.ts'
import { linesAlone } from '#app/export/targets/target.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import {
  datasetDetailSchema,
  datasetSchema,
  newDatasetBody,
  showDataset,
} from './dataset-schemas.ts'
import { changing, reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { fieldProblem } from './parse.ts'
import { isoTime } from './times.ts'

const resource = 'Datasets'

/** The part of an address that names a dataset. */
export const inDataset = z.object({ dataset: z.string().describe('Id of the dataset.') })

/** The dataset of an address. Throws a problem response where the project has none such. */
export async function datasetOf(db: Queries, projectId: string, id: string): Promise<Dataset> {
  const dataset = await findDataset(db, projectId, id)
  if (dataset) return dataset
  throw apiProblem(404, 'No such dataset', 'It is not a dataset of this project.')
}

type Sent = z.output<typeof newDatasetBody>

/** The dataset that a body means. Throws a problem response for what does not fit together. */
async function meant(trx: Tx, projectId: string, body: Sent): Promise<NewDataset> {
  const { campaigns, ...dataset } = body
  const known = new Set((await listCampaigns(trx, projectId)).map(({ id }) => id))
  if (!campaigns.every((id) => known.has(id))) {
    const reason = 'choose campaigns of this project'
    throw fieldProblem([{ field: 'campaigns', reason }], 'field')
  }
  const takes = containersOf(dataset.target)
  if (dataset.container !== null && !takes.includes(dataset.container)) {
    const reason = `${dataset.target} is written as ${takes.join(', ')}`
    throw fieldProblem([{ field: 'container', reason }], 'field')
  }
  return { ...dataset, campaignIds: campaigns }
}

const containersOf = (target: TargetName): readonly string[] =>
  target === 'raw' ? linesAlone : findRowTarget(target).containers

const nameTaken = () => apiProblem(409, 'Name taken', 'The project has a dataset of this name.')

const body = {
  schema: newDatasetBody,
  example: {
    name: 'Pairs for DPO',
    campaigns: ['CAMPAIGN'],
    target: 'trl-preference',
    container: 'parquet',
    policy: { minimum_raters: 2, splits: { test: 0.1 } },
    schedule: 'weekly',
  },
}

export const datasetOperations: readonly Operation[] = [
  reading({
    id: 'listDatasets',
    resource,
    path: '/projects/:project/datasets',
    summary: 'The datasets of a project',
    permission: 'export',
    params: z.object({}),
    query: pageQuery,
    response: { status: 200, description: 'A page of datasets.', schema: pageOf(datasetSchema) },
    answer: async ({ projectId, query: { limit, after }, context }) => {
      const page = { after, limit: limit + 1 }
      const rows = await listDatasetsAfter(context.db.read, projectId, page)
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        ({ created_at, snapshots, target, ...row }) => ({
          ...row,
          target: target as TargetName,
          snapshots: Number(snapshots ?? 0),
          created_at: isoTime(created_at),
        }),
      )
    },
  }),
  reading({
    id: 'getDataset',
    resource,
    path: '/projects/:project/datasets/:dataset',
    summary: 'One dataset: where its rows come from, for which trainer, by which policy',
    permission: 'export',
    params: inDataset,
    query: z.object({}),
    response: { status: 200, description: 'The dataset.', schema: datasetDetailSchema },
    answer: async ({ projectId, params, context }) =>
      showDataset(await datasetOf(context.db.read, projectId, params.dataset)),
  }),
  changing({
    id: 'createDataset',
    resource,
    path: '/projects/:project/datasets',
    summary: 'Make a dataset; its snapshots are asked for apart',
    permission: 'export',
    params: z.object({}),
    query: z.object({}),
    body,
    response: { status: 201, description: 'The dataset.', schema: datasetDetailSchema },
    problems: { 409: 'The project has a dataset of this name.' },
    change: async (trx, { projectId, body: sent, caller, context }) => {
      const dataset = await meant(trx, projectId, sent)
      const now = context.now()
      const made = { projectId, dataset, createdBy: caller.actor, now }
      const id = await insertDataset(trx, made)
      if (id === undefined) throw nameTaken()
      const entry = { projectId, actor: caller.actor, subject: id, now }
      await insertAudit(trx, { ...entry, action: 'dataset made', detail: { name: dataset.name } })
      return showDataset(await datasetOf(trx, projectId, id))
    },
  }),
  changing({
    id: 'changeDataset',
    resource,
    path: '/projects/:project/datasets/:dataset',
    summary: 'Give a dataset another recipe; what was frozen stays as it is',
    description: 'Send all of it: what is left out becomes as in a new form.',
    permission: 'export',
    params: inDataset,
    query: z.object({}),
    body,
    response: { status: 200, description: 'The dataset.', schema: datasetDetailSchema },
    problems: { 409: 'The project has another dataset of this name.' },
    change: async (trx, { projectId, params, body: sent, caller, context }) => {
      const { id: datasetId } = await datasetOf(trx, projectId, params.dataset)
      const dataset = await meant(trx, projectId, sent)
      const now = context.now()
      if (!(await changeDataset(trx, { projectId, datasetId, dataset, now }))) throw nameTaken()
      const entry = { projectId, actor: caller.actor, subject: datasetId, now }
      await insertAudit(trx, { ...entry, action: 'dataset changed' })
      return showDataset(await datasetOf(trx, projectId, datasetId))
    },
  }),
]
