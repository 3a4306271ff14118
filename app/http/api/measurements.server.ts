import { z } from 'zod'
import { must } from '#app/base/must.ts'
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'
import {
  askForMeasurement,
  askForView,
  mostNewCounted,
  newerJudgments,
  viewKey,
} from '#app/measure/measure.server.ts'
import { latestAgreement, latestWithPairs } from '#app/measure/measurements.server.ts'
import { chosenIn } from '#app/measure/method.ts'
import { viewQuestionSchema } from '#app/measure/view-choices.ts'
import { apiProblem } from '../problems.ts'
import { agreementSchema } from './agreement-schema.ts'
import { campaignOf, inCampaign } from './campaigns.server.ts'
import { changing, reading } from './define.server.ts'
import { jobSchema, showJob } from './jobs.server.ts'
import type { Operation } from './operation.ts'
import { gateAnswerSchema, standingsSchema } from './standings-schema.ts'

const resource = 'Measurements'

const measuredAt = z
  .number()
  .int()
  .nullable()
  .describe('Milliseconds since 1970; null where it was never measured.')
const newer = z
  .number()
  .int()
  .describe(`Judgments that came or changed since, counted up to ${mostNewCounted}.`)

export const measurementOperations: readonly Operation[] = [
  reading({
    id: 'getStandings',
    resource,
    path: '/projects/:project/campaigns/:campaign/standings',
    summary: 'The newest stored standings: win rates, ratings and ranks with intervals',
    description:
      'Counted as usual, or as the parameters say, as at equal style. What was never counted so is null until measureCampaign has been asked for the same.',
    permission: 'measure',
    params: inCampaign,
    query: viewQuestionSchema,
    response: {
      status: 200,
      description: 'The standings, null where there are none.',
      schema: z.object({
        standings: standingsSchema.nullable(),
        measured_at: measuredAt,
        newer_judgments: newer,
      }),
    },
    answer: async ({ projectId, params, query, context }) => {
      const { read } = context.db
      const campaign = await campaignOf(read, projectId, params.campaign)
      const found = await latestWithPairs(read, projectId, campaign.id, query)
      return {
        standings: found?.result ?? null,
        measured_at: found?.createdAt ?? null,
        newer_judgments: await newerJudgments(read, projectId, campaign.id, {
          uncounted: true,
        }),
      }
    },
  }),
  reading({
    id: 'getAgreement',
    resource,
    path: '/projects/:project/campaigns/:campaign/agreement',
    summary: 'The newest stored agreement of the raters, by criterion',
    permission: 'measure',
    params: inCampaign,
    query: z.object({}),
    response: {
      status: 200,
      description: 'The agreement, null where there is none.',
      schema: z.object({
        agreement: agreementSchema.nullable(),
        measured_at: measuredAt,
        newer_judgments: newer,
      }),
    },
    answer: async ({ projectId, params, context }) => {
      const { read } = context.db
      const campaign = await campaignOf(read, projectId, params.campaign)
      const found = await latestAgreement(read, projectId, campaign.id)
      return {
        agreement: found?.result ?? null,
        measured_at: found?.createdAt ?? null,
        newer_judgments: await newerJudgments(read, projectId, campaign.id),
      }
    },
  }),
  changing({
    id: 'measureCampaign',
    resource,
    path: '/projects/:project/campaigns/:campaign/measure',
    summary: 'Have a campaign measured',
    description:
      'Where a measurement waits already, it is the one that is answered. With parameters the standings alone are counted as they say, beside the usual ones.',
    permission: 'measure',
    params: inCampaign,
    query: viewQuestionSchema,
    response: { status: 202, description: 'The job that measures.', schema: jobSchema },
    change: async (trx, { projectId, params, query: options, context }) => {
      const { id: campaignId } = await campaignOf(trx, projectId, params.campaign)
      const asked = { projectId, campaignId, now: context.now() }
      const isPlain = chosenIn(options) === ''
      if (isPlain) await askForMeasurement(trx, asked)
      else await askForView(trx, { ...asked, options })
      const job = isPlain
        ? await findNewestJobFor(trx, projectId, 'measure', campaignId)
        : await findNewestJobFor(trx, projectId, 'measure-view', viewKey(campaignId, options))
      return showJob(must(job, 'the job that measures'))
    },
  }),
  reading({
    id: 'askGate',
    resource,
    path: '/projects/:project/gate',
    summary: 'Whether a model may take another’s place',
    description:
      'For pipelines that ship models and prompts. The judgments are read at this moment, so the answer is never behind them.',
    permission: 'measure',
    params: z.object({}),
    query: gateQuestionSchema,
    response: { status: 200, description: 'The answer.', schema: gateAnswerSchema },
    answer: async ({ projectId, query, context }) => {
      const reply = await context.slowReads.gate({ projectId, ...query })
      if ('problem' in reply) throw apiProblem(404, 'Not found', reply.problem)
      return reply.answer
    },
  }),
]
