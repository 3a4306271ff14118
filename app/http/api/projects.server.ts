import { z } from 'zod'
import { projectCounts } from '#app/import/prompts.server.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'

const resource = 'Project'
const count = z.number().int()

const project = z
  .object({
    id: z.string(),
    slug: z.string().describe('The name of the project in addresses.'),
    name: z.string(),
    is_simulated: z.boolean().describe('Whether its judgments come from a simulation.'),
    counts: z.object({
      prompts: count,
      responses: count,
      models: count,
      judgments: count,
      raters: count,
    }),
  })
  .meta({ id: 'Project' })

export const projectOperations: readonly Operation[] = [
  reading({
    id: 'getProject',
    resource,
    path: '/projects/:project',
    summary: 'What a project is and how much it holds',
    permission: 'see-data',
    params: z.object({}),
    query: z.object({}),
    response: { status: 200, description: 'The project.', schema: project },
    answer: async ({ caller, context }) => {
      const { id, slug, name, is_simulated } = caller.project
      const counts = await projectCounts(context.db.read, id)
      return { id, slug, name, is_simulated: is_simulated === 1, counts }
    },
  }),
]
