import { z } from 'zod'
import { findBatch, listBatchesAfter, listRefusals } from '#app/import/batches.server.ts'
import { sumRefusals } from '#app/import/refusal-summary.server.ts'
import type { Queries } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import { reading, receiving } from './define.server.ts'
import {
  importDetailSchema,
  importSchema,
  refusalSchema,
  showImport,
  uploadQuery,
} from './import-schemas.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { receiveUpload } from './receive-upload.server.ts'

const resource = 'Imports'
const inImport = z.object({ import: z.string() })

async function importOf(db: Queries, projectId: string, id: string) {
  const batch = await findBatch(db, projectId, id)
  if (batch) return batch
  throw apiProblem(404, 'No such import', 'It is not an import of this project.')
}

export const importOperations: readonly Operation[] = [
  reading({
    id: 'listImports',
    resource,
    path: '/projects/:project/imports',
    summary: 'What was imported',
    permission: 'import',
    params: z.object({}),
    query: pageQuery,
    response: { status: 200, description: 'A page of imports.', schema: pageOf(importSchema) },
    answer: async ({ projectId, query: { limit, after }, context }) => {
      const rows = await listBatchesAfter(context.db.read, projectId, { after, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => id, showImport)
    },
  }),
  receiving({
    id: 'createImport',
    resource,
    path: '/projects/:project/imports',
    summary: 'Upload a file; its import starts at once',
    description:
      'The file is the raw body, of any size that the site allows; it is written to disk as it comes.',
    permission: 'import',
    params: z.object({}),
    query: uploadQuery,
    body: {
      types: ['application/octet-stream'],
      description: 'The file as it is.',
      example: '@logs.jsonl',
    },
    response: {
      status: 202,
      description: 'The file is here; a job imports it.',
      schema: z.object({ import: z.string(), job: z.string().nullable() }),
    },
    problems: { 422: 'The Idempotency-Key was used for another file.' },
    receive: receiveUpload,
  }),
  reading({
    id: 'getImport',
    resource,
    path: '/projects/:project/imports/:import',
    summary: 'One import: its state, what it brought and why records were refused',
    permission: 'import',
    params: inImport,
    query: z.object({}),
    response: { status: 200, description: 'The import.', schema: importDetailSchema },
    answer: async ({ projectId, params, context }) => {
      const { read } = context.db
      const batch = await importOf(read, projectId, params.import)
      const refusals = await sumRefusals(read, { projectId, batchId: batch.id })
      return { ...showImport(batch), refusals }
    },
  }),
  reading({
    id: 'listRefusals',
    resource,
    path: '/projects/:project/imports/:import/refusals',
    summary: 'Every record that an import refused, with its place and the reason',
    permission: 'import',
    params: inImport,
    query: pageQuery,
    response: { status: 200, description: 'A page of refusals.', schema: pageOf(refusalSchema) },
    answer: async ({ projectId, params, query: { limit, after }, context }) => {
      const { id: batchId } = await importOf(context.db.read, projectId, params.import)
      const place = after === undefined ? undefined : Number(after)
      if (Number.isNaN(place)) throw apiProblem(400, 'Not understood', 'Send the "next" of a page.')
      const wanted = { projectId, batchId, after: place, limit: limit + 1 }
      const rows = await listRefusals(context.db.read, wanted)
      return toPage(
        rows,
        limit,
        ({ ordinal }) => String(ordinal),
        ({ file, line, field, reason }) => ({ file, line, field, reason }),
      )
    },
  }),
]
