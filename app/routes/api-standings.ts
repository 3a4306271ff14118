import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { newerJudgments } from '#app/measure/measure.server.ts'
import { latestStandings } from '#app/measure/measurements.server.ts'

/** The newest stored standings, with how many judgments came since. */
export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireApiRole(args, 'measure')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) return apiProblem(404, 'No such campaign', 'It is not a campaign of this project.')
  const found = await latestStandings(read, project.id, campaign.id)
  return Response.json({
    standings: found?.result ?? null,
    measured_at: found?.createdAt ?? null,
    newer_judgments: await newerJudgments(read, project.id, campaign.id),
  })
}
