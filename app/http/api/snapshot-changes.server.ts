import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { deprecateSnapshot, describeSnapshot } from '#app/export/snapshots.server.ts'
import { changing } from './define.server.ts'
import type { Operation } from './operation.ts'
import { showSnapshot, snapshotSchema } from './snapshot-schemas.ts'
import { inSnapshot, snapshotOf } from './snapshots.server.ts'

const here = '/projects/:project/datasets/:dataset/snapshots/:snapshot'
const common = {
  resource: 'Snapshots',
  permission: 'export',
  params: inSnapshot,
  query: z.object({}),
  response: {
    status: 200,
    description: 'The snapshot as it is now.',
    schema: snapshotSchema,
  },
} as const

export const snapshotChangeOperations: readonly Operation[] = [
  changing({
    ...common,
    id: 'describeSnapshot',
    path: `${here}/describe`,
    summary: 'Say what a snapshot is for; its rows and its hash stay as they are',
    body: {
      schema: z.strictObject({ description: z.string().trim().max(2_000) }),
      example: { description: 'What the January model was trained on.' },
    },
    change: async (trx, { projectId, params, body: { description }, caller, context }) => {
      const { id: snapshotId } = await snapshotOf(trx, projectId, params)
      await describeSnapshot(trx, { projectId, snapshotId, description })
      const entry = { projectId, actor: caller.actor, subject: snapshotId, now: context.now() }
      await insertAudit(trx, { ...entry, action: 'snapshot described' })
      return showSnapshot(await snapshotOf(trx, projectId, params))
    },
  }),
  changing({
    ...common,
    id: 'deprecateSnapshot',
    path: `${here}/deprecate`,
    summary: 'Warn people off a snapshot; it can still be downloaded',
    body: {
      schema: z.strictObject({ reason: z.string().trim().min(1, 'say why').max(500) }),
      example: { reason: 'Superseded by v2.' },
    },
    change: async (trx, { projectId, params, body: { reason }, caller, context }) => {
      const { id: snapshotId } = await snapshotOf(trx, projectId, params)
      const now = context.now()
      await deprecateSnapshot(trx, { projectId, snapshotId, reason, now })
      const entry = { projectId, actor: caller.actor, subject: snapshotId, now }
      await insertAudit(trx, { ...entry, action: 'snapshot deprecated', detail: { reason } })
      return showSnapshot(await snapshotOf(trx, projectId, params))
    },
  }),
  changing({
    ...common,
    id: 'restoreSnapshot',
    path: `${here}/restore`,
    summary: 'Take back that a snapshot is deprecated',
    change: async (trx, { projectId, params, caller, context }) => {
      const { id: snapshotId } = await snapshotOf(trx, projectId, params)
      const now = context.now()
      await deprecateSnapshot(trx, { projectId, snapshotId, reason: null, now })
      const entry = { projectId, actor: caller.actor, subject: snapshotId, now }
      await insertAudit(trx, { ...entry, action: 'snapshot no longer deprecated' })
      return showSnapshot(await snapshotOf(trx, projectId, params))
    },
  }),
]
