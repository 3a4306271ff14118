import type { AppLoadContext } from '@remix-run/node'
import { z } from 'zod'
import { listJudgmentsAfter } from '#app/rate/judgment-pages.server.ts'
import { findJudgmentWithRevisions } from '#app/rate/judgment-revisions.server.ts'
import { apiProblem } from '../problems.ts'
import { campaignOf, inCampaign } from './campaigns.server.ts'
import { reading } from './define.server.ts'
import {
  judgmentDetailSchema,
  judgmentSchema,
  showJudgment,
  showRevision,
} from './judgment-schemas.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'
import { visibilityOf } from './prompts.server.ts'

const resource = 'Judgments'
const response = {
  status: 200,
  description: 'A page of judgments.',
  schema: pageOf(judgmentSchema),
} as const

async function pageOfJudgments(
  { db }: AppLoadContext,
  scope: { projectId: string; campaignId?: string },
  { limit, after }: { limit: number; after?: string | undefined },
) {
  const { kinds } = await visibilityOf(db.read, scope.projectId)
  const page = { after, limit: limit + 1 }
  const rows = await listJudgmentsAfter(db.read, { ...scope, kinds }, page)
  return toPage(rows, limit, ({ id }) => id, showJudgment)
}

export const judgmentOperations: readonly Operation[] = [
  reading({
    id: 'listJudgments',
    resource,
    path: '/projects/:project/judgments',
    summary: 'All judgments of a project',
    permission: 'see-data',
    params: z.object({}),
    query: pageQuery,
    response,
    answer: ({ projectId, query, context }) => pageOfJudgments(context, { projectId }, query),
  }),
  reading({
    id: 'listCampaignJudgments',
    resource,
    path: '/projects/:project/campaigns/:campaign/judgments',
    summary: 'The judgments of a campaign',
    permission: 'see-data',
    params: inCampaign,
    query: pageQuery,
    response,
    answer: async ({ projectId, params, query, context }) => {
      const { id: campaignId } = await campaignOf(context.db.read, projectId, params.campaign)
      return pageOfJudgments(context, { projectId, campaignId }, query)
    },
  }),
  reading({
    id: 'getJudgment',
    resource,
    path: '/projects/:project/judgments/:judgment',
    summary: 'One judgment with its earlier revisions',
    permission: 'see-data',
    params: z.object({ judgment: z.string() }),
    query: z.object({}),
    response: { status: 200, description: 'The judgment.', schema: judgmentDetailSchema },
    answer: async ({ projectId, params, context }) => {
      const { read } = context.db
      const { kinds } = await visibilityOf(read, projectId)
      const wanted = { projectId, id: params.judgment, kinds }
      const found = await findJudgmentWithRevisions(read, wanted)
      if (!found) throw apiProblem(404, 'No such judgment', 'It is not a judgment of this project.')
      const { earlier, ...judgment } = found
      return { ...showJudgment(judgment), earlier: earlier.map(showRevision) }
    },
  }),
]
