import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { must } from '#app/base/must.ts'
import {
  askForSnapshot,
  findSnapshot,
  listSnapshotsAfter,
  type Snapshot,
} from '#app/export/snapshots.server.ts'
import type { Queries } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import { datasetOf, inDataset } from './datasets.server.ts'
import { changing, reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import {
  showManifest,
  showSnapshot,
  snapshotDetailSchema,
  snapshotSchema,
} from './snapshot-schemas.ts'

const resource = 'Snapshots'

/** The parts of an address that name a snapshot. */
export const inSnapshot = inDataset.extend({
  snapshot: z.string().describe('Id of the snapshot.'),
})

interface Named {
  dataset: string
  snapshot: string
}

/** The snapshot of an address. Throws a problem response where the dataset has none such. */
export async function snapshotOf(
  db: Queries,
  projectId: string,
  { dataset, snapshot }: Named,
): Promise<Snapshot> {
  const found = await findSnapshot(db, projectId, snapshot)
  if (found?.datasetId === dataset) return found
  throw apiProblem(404, 'No such snapshot', 'It is not a snapshot of this dataset.')
}

/** The same, where it is of use only once its files are there. */
export async function readySnapshotOf(
  db: Queries,
  projectId: string,
  named: Named,
): Promise<Snapshot> {
  const snapshot = await snapshotOf(db, projectId, named)
  if (snapshot.status === 'ready') return snapshot
  throw apiProblem(409, 'Not ready', `The snapshot is ${snapshot.status}; its job says more.`)
}

export const snapshotOperations: readonly Operation[] = [
  changing({
    id: 'createSnapshot',
    resource,
    path: '/projects/:project/datasets/:dataset/snapshots',
    summary: 'Have a dataset frozen as it is now',
    description: 'Its job writes the files; the snapshot is ready when the job is done.',
    permission: 'export',
    params: inDataset,
    query: z.object({
      description: z.string().trim().max(2_000).default('').describe('What it is for.'),
    }),
    response: {
      status: 202,
      description: 'The snapshot is asked for.',
      schema: z.object({ snapshot: z.string(), number: z.number().int(), job: z.string() }),
    },
    change: async (trx, { projectId, params, query, caller, context }) => {
      const { id: datasetId } = await datasetOf(trx, projectId, params.dataset)
      const made = { projectId, datasetId, createdBy: caller.actor, now: context.now() }
      const id = await askForSnapshot(trx, { ...made, description: query.description })
      const entry = { projectId, actor: caller.actor, subject: id, now: context.now() }
      await insertAudit(trx, { ...entry, action: 'snapshot asked for' })
      const { number, jobId } = must(await findSnapshot(trx, projectId, id), 'the snapshot')
      return { snapshot: id, number, job: must(jobId, 'the job of the snapshot') }
    },
  }),
  reading({
    id: 'listSnapshots',
    resource,
    path: '/projects/:project/datasets/:dataset/snapshots',
    summary: 'The snapshots of a dataset',
    permission: 'export',
    params: inDataset,
    query: pageQuery,
    response: { status: 200, description: 'A page of snapshots.', schema: pageOf(snapshotSchema) },
    answer: async ({ projectId, params, query: { limit, after }, context }) => {
      const { id: datasetId } = await datasetOf(context.db.read, projectId, params.dataset)
      const number = after === undefined ? undefined : Number(after)
      if (number !== undefined && !Number.isSafeInteger(number)) {
        throw apiProblem(400, 'Not understood', 'Send the "next" of a page.')
      }
      const page = { after: number, limit: limit + 1 }
      const rows = await listSnapshotsAfter(context.db.read, { projectId, datasetId }, page)
      return toPage(rows, limit, (row) => String(row.number), showSnapshot)
    },
  }),
  reading({
    id: 'getSnapshot',
    resource,
    path: '/projects/:project/datasets/:dataset/snapshots/:snapshot',
    summary: 'One snapshot with its manifest: files, hashes, and what each rule kept',
    permission: 'export',
    params: inSnapshot,
    query: z.object({}),
    response: { status: 200, description: 'The snapshot.', schema: snapshotDetailSchema },
    answer: async ({ projectId, params, context }) => {
      const snapshot = await snapshotOf(context.db.read, projectId, params)
      return { ...showSnapshot(snapshot), manifest: showManifest(snapshot.manifest) }
    },
  }),
]
