import { z } from 'zod'
import {
  type Campaign,
  findCampaign,
  findGuidelines,
  listCampaignsAfter,
  listCriteria,
} from '#app/assign/campaigns.server.ts'
import type { Queries } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import {
  campaignDetailSchema,
  campaignSchema,
  showCampaign,
  showCriterion,
  showSettings,
} from './campaign-schemas.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'

const resource = 'Campaigns'

/** The part of an address that names a campaign. */
export const inCampaign = z.object({ campaign: z.string().describe('Id of the campaign.') })

/** The campaign of an address. Throws a problem response where the project has none such. */
export async function campaignOf(db: Queries, projectId: string, id: string): Promise<Campaign> {
  const campaign = await findCampaign(db, projectId, id)
  if (campaign) return campaign
  throw apiProblem(404, 'No such campaign', 'It is not a campaign of this project.')
}

export const campaignOperations: readonly Operation[] = [
  reading({
    id: 'listCampaigns',
    resource,
    path: '/projects/:project/campaigns',
    summary: 'The campaigns of a project',
    permission: 'see-data',
    params: z.object({}),
    query: pageQuery,
    response: { status: 200, description: 'A page of campaigns.', schema: pageOf(campaignSchema) },
    answer: async ({ projectId, query: { limit, after }, context }) => {
      const page = { after, limit: limit + 1 }
      const rows = await listCampaignsAfter(context.db.read, projectId, page)
      return toPage(rows, limit, ({ id }) => id, showCampaign)
    },
  }),
  reading({
    id: 'getCampaign',
    resource,
    path: '/projects/:project/campaigns/:campaign',
    summary: 'One campaign: what it asks, its settings, and how far it is',
    permission: 'assign',
    params: inCampaign,
    query: z.object({}),
    response: { status: 200, description: 'The campaign.', schema: campaignDetailSchema },
    answer: async ({ projectId, params, context }) => {
      const { read } = context.db
      const campaign = await campaignOf(read, projectId, params.campaign)
      const { id: campaignId } = campaign
      const wanted = { projectId, campaignId, now: context.now() }
      const { progress } = await context.slowReads.campaignState(wanted)
      const criteria = await listCriteria(read, projectId, campaignId)
      return {
        ...showCampaign(campaign),
        guidelines: (await findGuidelines(read, projectId, campaignId)) ?? null,
        criteria: criteria.map(showCriterion),
        settings: showSettings(campaign.settings),
        progress: { ...progress, wanted: Number(progress.wanted) },
      }
    },
  }),
]
