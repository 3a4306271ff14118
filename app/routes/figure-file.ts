import type { LoaderFunctionArgs } from '@remix-run/node'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { slugOf } from '#app/base/text.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { readFigures } from '#app/measure/figure-files.server.ts'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'

/** Figures of a campaign as a file, as they were last measured. */
export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const [, name = '', ending = ''] = /^([a-z-]+)\.(csv|json)$/.exec(args.params.file ?? '') ?? []
  const options = optionsOf(choicesIn(new URL(args.request.url).searchParams))
  const scope = { projectId: project.id, campaignId: campaign.id }
  const found = await readFigures(read, { ...scope, name, options })
  if (!found) throw notFound('file')
  return new Response(ending === 'csv' ? found.table : JSON.stringify(found.result), {
    headers: {
      'Content-Type': ending === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'Content-Disposition': `attachment; filename="${name}-${slugOf(campaign.name)}.${ending}"`,
      'Cache-Control': 'no-store',
    },
  })
}
