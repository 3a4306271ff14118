import { z } from 'zod'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import { entriesAfter } from '#app/export/snapshot-rows.server.ts'
import { findDifferences } from '../differences.server.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { differencesSchema, snapshotRowSchema } from './snapshot-row-schemas.ts'
import { inSnapshot, readySnapshotOf } from './snapshots.server.ts'

const resource = 'Snapshots'
const problems = { 409: 'It is not ready.' }

export const snapshotRowOperations: readonly Operation[] = [
  reading({
    id: 'listSnapshotRows',
    resource,
    path: '/projects/:project/datasets/:dataset/snapshots/:snapshot/rows',
    summary: 'What each row of a snapshot was made of: its prompt, tasks, verdict and raters',
    description:
      'In the order of their ids. The texts are in the files; raw judgments have no rows.',
    permission: 'export',
    params: inSnapshot,
    query: pageQuery,
    response: { status: 200, description: 'A page of rows.', schema: pageOf(snapshotRowSchema) },
    problems,
    answer: async ({ projectId, params, query: { limit, after = '' }, context }) => {
      const { id } = await readySnapshotOf(context.db.read, projectId, params)
      const folder = await indexedFolder(context, { projectId, snapshotId: id })
      const rows = await entriesAfter(folder, after, limit + 1)
      return toPage(
        rows,
        limit,
        (row) => row.id,
        (row) => row,
      )
    },
  }),
  reading({
    id: 'compareSnapshots',
    resource,
    path: '/projects/:project/datasets/:dataset/snapshots/:snapshot/diff/:other',
    summary: 'What changed from one snapshot of a dataset to another',
    permission: 'export',
    params: inSnapshot.extend({ other: z.string().describe('Id of the later snapshot.') }),
    query: z.object({}),
    response: { status: 200, description: 'What changed.', schema: differencesSchema },
    problems,
    answer: async ({ projectId, params: { dataset, snapshot, other }, context }) => {
      const { db } = context
      const before = await readySnapshotOf(db.read, projectId, { dataset, snapshot })
      const after = await readySnapshotOf(db.read, projectId, { dataset, snapshot: other })
      return findDifferences(context, { projectId, before: before.id, after: after.id })
    },
  }),
]
