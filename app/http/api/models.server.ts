import { z } from 'zod'
import { listModelsAfter, type ModelListed } from '#app/projects/model-pages.server.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { isoTime, moment } from './times.ts'

const model = z
  .object({
    id: z.string(),
    label: z.string().describe('Short and unique in the project: what people read.'),
    name: z.string(),
    version: z.string(),
    prompt_version: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    merged_into: z
      .string()
      .nullable()
      .describe('The model that stands for this one since they were merged.'),
    created_at: moment,
  })
  .meta({ id: 'Model' })

const show = ({ parameters, created_at, ...row }: ModelListed) => ({
  ...row,
  parameters: JSON.parse(parameters) as Record<string, unknown>,
  created_at: isoTime(created_at),
})

export const modelOperations: readonly Operation[] = [
  reading({
    id: 'listModels',
    resource: 'Models',
    path: '/projects/:project/models',
    summary: 'The models whose responses a project holds',
    permission: 'see-data',
    params: z.object({}),
    query: pageQuery,
    response: { status: 200, description: 'A page of models.', schema: pageOf(model) },
    answer: async ({ projectId, query: { limit, after }, context }) => {
      const rows = await listModelsAfter(context.db.read, projectId, { after, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => id, show)
    },
  }),
]
