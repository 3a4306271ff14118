import { z } from 'zod'
import { archivePath, mostLinkMinutes } from '#app/export/snapshot-link.ts'
import { makeLink } from '#app/export/snapshot-links.server.ts'
import { apiProblem } from '../problems.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { inSnapshot, readySnapshotOf } from './snapshots.server.ts'
import { isoTime, moment } from './times.ts'

const query = z.strictObject({
  path: z
    .string()
    .min(1)
    .max(500)
    .default(archivePath)
    .describe(`A file of the snapshot; "${archivePath}" for all of them as one archive.`),
  minutes: z.coerce
    .number()
    .int()
    .min(1)
    .max(mostLinkMinutes)
    .prefault(60)
    .describe('How long it works: at most seven days.'),
})

export const snapshotLinkOperations: readonly Operation[] = [
  reading({
    id: 'getSnapshotLink',
    resource: 'Snapshots',
    path: '/projects/:project/datasets/:dataset/snapshots/:snapshot/link',
    summary: 'A link to a file that works without a token until it expires',
    description: 'It cannot be taken back before. Who made it is noted.',
    permission: 'export',
    params: inSnapshot,
    query,
    response: {
      status: 200,
      description: 'The link.',
      schema: z.object({ url: z.string(), expires_at: moment }),
    },
    problems: { 409: 'The snapshot is not ready.' },
    answer: async ({ projectId, params, query: { path, minutes }, caller, context, url }) => {
      const { db, snapshots, siteKey } = context
      const { id: snapshotId } = await readySnapshotOf(db.read, projectId, params)
      const isThere =
        path === archivePath || (await snapshots.stat({ projectId, snapshotId }, path))
      if (!isThere) throw apiProblem(404, 'No such file', 'It is not a file of this snapshot.')
      const { address, expiresAt } = await makeLink(db, {
        key: siteKey,
        project: caller.project,
        snapshotId,
        path,
        minutes,
        actor: caller.actor,
        now: context.now(),
      })
      return { url: new URL(address, url.origin).href, expires_at: isoTime(expiresAt) }
    },
  }),
]
