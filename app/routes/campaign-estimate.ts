/** How much work a planned campaign would be, asked for while its form is filled in. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import type { CampaignExtent } from '#app/assign/campaign-estimate.ts'
import { fieldsFrom } from '#app/assign/campaign-fields.ts'
import { readPlan } from '#app/assign/campaign-form.ts'
import { requireRole } from '#app/http/guards.server.ts'

export async function loader(args: LoaderFunctionArgs): Promise<{ extent: CampaignExtent | null }> {
  const { project } = await requireRole(args, 'assign')
  const search = new URL(args.request.url).searchParams
  const plan = readPlan(fieldsFrom(Object.fromEntries(search)))
  if (!plan) return { extent: null }
  const { kind, settings } = plan
  return {
    extent: await args.context.slowReads.campaignExtent({ projectId: project.id, kind, settings }),
  }
}
