import { z } from 'zod'
import { newCampaignSchema } from '#app/assign/campaign.ts'
import { changeCampaign } from '#app/assign/change-campaign.server.ts'
import { makeCampaign } from '#app/assign/keep-campaign.server.ts'
import type { Tx } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import { campaignSchema, newCampaignBody, showCampaign } from './campaign-schemas.ts'
import { campaignOf, inCampaign } from './campaigns.server.ts'
import { changing } from './define.server.ts'
import type { Operation } from './operation.ts'
import { parsed } from './parse.ts'

const resource = 'Campaigns'

type To = 'open' | 'paused' | 'closed'

interface Moving {
  projectId: string
  campaignId: string
  actor: string
  now: number
}

/** Opens, pauses or closes, and gives the campaign as it is then. */
async function move(trx: Tx, moving: Moving, to: To) {
  const change = { kind: 'status', to, reason: '' } as const
  const outcome = await changeCampaign(trx, { ...moving, change })
  if (!outcome.ok) throw apiProblem(409, 'Not possible now', outcome.reason)
  return showCampaign(await campaignOf(trx, moving.projectId, moving.campaignId))
}

const moveOperation = (
  verb: string,
  to: To,
  words: { summary: string; description: string },
): Operation =>
  changing({
    id: `${verb}Campaign`,
    resource,
    path: `/projects/:project/campaigns/:campaign/${verb}`,
    ...words,
    permission: 'assign',
    params: inCampaign,
    query: z.object({}),
    response: { status: 200, description: 'The campaign as it is now.', schema: campaignSchema },
    problems: { 409: 'The campaign is in no state for it.' },
    change: async (trx, { projectId, params, caller, context }) => {
      const { id: campaignId } = await campaignOf(trx, projectId, params.campaign)
      const moving = { projectId, campaignId, actor: caller.actor, now: context.now() }
      return move(trx, moving, to)
    },
  })

const exampleCampaign = {
  name: 'Round 1',
  kind: 'pairwise',
  overlap: 2,
  criteria: [
    {
      title: 'Which response is better?',
      definition: { kind: 'preference', points: 5 },
    },
  ],
  settings: { tags: ['billing'], comment: true },
}

export const campaignChangeOperations: readonly Operation[] = [
  changing({
    id: 'createCampaign',
    resource,
    path: '/projects/:project/campaigns',
    summary: 'Make a campaign: a draft, or open at once',
    description:
      'Settings that are left out are as in a new form. Opening queues the making of its tasks.',
    permission: 'assign',
    params: z.object({}),
    query: z.object({
      open: z
        .stringbool()
        .prefault('false')
        .meta({ description: 'Whether raters may work at once.', enum: ['true', 'false'] }),
    }),
    body: { schema: newCampaignBody, example: exampleCampaign },
    response: { status: 201, description: 'The campaign that was made.', schema: campaignSchema },
    problems: { 409: 'The project has a campaign of this name, or it cannot be opened.' },
    change: async (trx, { projectId, query, body, caller, context }) => {
      const campaign = parsed(newCampaignSchema, body, 'field')
      const scope = { projectId, actor: caller.actor, now: context.now() }
      const made = await makeCampaign(trx, { ...scope, campaign, from: null })
      if (!made.ok) throw apiProblem(409, 'Name taken', 'The project has a campaign of this name.')
      const { campaignId } = made
      if (query.open) return move(trx, { ...scope, campaignId }, 'open')
      return showCampaign(await campaignOf(trx, projectId, campaignId))
    },
  }),
  moveOperation('open', 'open', {
    summary: 'Open a campaign: raters may work',
    description: 'A draft, one that is paused, or one that was closed.',
  }),
  moveOperation('pause', 'paused', {
    summary: 'Pause a campaign',
    description: 'Nobody gets a task; what is in hand can still be sent.',
  }),
  moveOperation('close', 'closed', {
    summary: 'Close a campaign',
    description: 'It can be opened again.',
  }),
]
