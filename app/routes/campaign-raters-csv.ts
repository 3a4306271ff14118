import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { slugOf } from '#app/base/text.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { printRaters } from '#app/measure/rater-csv.ts'
import { ratersOfCampaign } from '#app/measure/rater-page.server.ts'

/** The raters of a campaign as a table for spreadsheets, by pseudonym. */
export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const asked = { projectId: project.id, campaign, withNames: false, now: now() }
  const { raters } = await ratersOfCampaign(db, asked)
  return new Response(printRaters(raters), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="raters-${slugOf(campaign.name)}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}
