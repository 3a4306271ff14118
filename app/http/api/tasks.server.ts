import { z } from 'zod'
import { listTasksAfter, type TaskListed } from '#app/assign/task-pages.server.ts'
import { redact } from '#app/import/prepare/redact.ts'
import { campaignOf, inCampaign } from './campaigns.server.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { visibilityOf } from './prompts.server.ts'
import { isoTime, isoTimeOrNull, moment } from './times.ts'

const count = z.number().int()

const task = z
  .object({
    id: z.string(),
    purpose: z.enum(['work', 'gold', 'training', 'qualification', 'repeat']),
    prompt_id: z.string(),
    responses: z
      .array(
        z.object({
          position: count.describe('0 is a, 1 is b.'),
          response_id: z.string(),
          model_id: z.string(),
          model: z.string().describe('The label of the model.'),
        }),
      )
      .describe('In the canonical order that answers of judgments speak of.'),
    needed: count.describe('How many raters are to judge it.'),
    slots: z
      .object({ open: count, held: count, done: count })
      .describe('Places for raters by state; what was imported has none.'),
    judgments: count.describe('Judgments of raters that stand.'),
    decided: z
      .enum(['a', 'b', 'tie', 'both_bad', 'cant_judge'])
      .nullable()
      .describe('The verdict of a task that needs no rater.'),
    withdrawn_at: moment.nullable(),
    withdrawn_reason: z.string().nullable(),
    created_at: moment,
  })
  .meta({ id: 'Task' })

const show = (row: TaskListed, shown: (text: string) => string) => ({
  ...row,
  withdrawn_at: isoTimeOrNull(row.withdrawn_at),
  withdrawn_reason: row.withdrawn_reason === null ? null : shown(row.withdrawn_reason),
  created_at: isoTime(row.created_at),
})

export const taskOperations: readonly Operation[] = [
  reading({
    id: 'listTasks',
    resource: 'Tasks',
    path: '/projects/:project/campaigns/:campaign/tasks',
    summary: 'The tasks of a campaign, with their responses and how many raters they have',
    permission: 'assign',
    params: inCampaign,
    query: pageQuery,
    response: { status: 200, description: 'A page of tasks.', schema: pageOf(task) },
    answer: async ({ projectId, params, query: { limit, after }, context }) => {
      const { read } = context.db
      const { id: campaignId } = await campaignOf(read, projectId, params.campaign)
      const page = { after, limit: limit + 1 }
      const rows = await listTasksAfter(read, { projectId, campaignId }, page)
      const { kinds } = await visibilityOf(read, projectId)
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => show(row, (text) => redact(text, kinds).text),
      )
    },
  }),
]
