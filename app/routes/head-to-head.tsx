import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { WinMatrix } from '#app/measure/win-matrix.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Head-to-head')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { standings, campaign, freshness } = found
  return {
    slug: project.slug,
    campaign,
    freshness,
    models: (standings?.models ?? []).map((row) => ({ id: row.model_id, label: row.model })),
    pairs: standings?.pairs ?? [],
  }
}

export default function HeadToHead() {
  const page = useLoaderData<typeof loader>()
  return (
    <>
      <MeasuredHead {...page} title="Who beats whom">
        Share of comparisons that the row’s model wins against the column’s, ties and both bad as
        half. Hold the pointer over a cell for its interval and counts.
      </MeasuredHead>
      {page.pairs.length === 0 ? (
        <EmptyState title="No pairs have been compared">
          {page.campaign.kind === 'rubric'
            ? 'A rubric campaign scores responses one by one; its means are under Standings.'
            : 'Cells fill as raters judge.'}
        </EmptyState>
      ) : (
        <section className="card">
          <WinMatrix models={page.models} pairs={page.pairs} />
        </section>
      )}
    </>
  )
}
