import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { findingOf } from '#app/measure/finding.ts'
import { latestStandings } from '#app/measure/measurements.server.ts'
import { whole } from '#app/ui/figures.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Measure')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { read } = args.context.db
  const campaigns = await listCampaigns(read, project.id)
  return {
    slug: project.slug,
    campaigns: await Promise.all(
      campaigns.map(async ({ id, name, kind }) => {
        const standings = await latestStandings(read, project.id, id)
        return {
          id,
          name,
          kind,
          judgments: standings?.result.method.judgments ?? 0,
          headline: standings && kind !== 'rubric' ? findingOf(standings.result).headline : null,
        }
      }),
    ),
  }
}

export default function Measure() {
  const { slug, campaigns } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Measure"
        actions={
          <Link to={`/p/${slug}/measure/gates`} className="btn">
            Gates
          </Link>
        }
      >
        Standings and agreement, campaign by campaign.
      </PageHead>
      {campaigns.length === 0 ? (
        <EmptyState
          title="Nothing to measure yet"
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              New campaign
            </Link>
          }
        >
          Figures come from judgments: make a campaign, or import judgments that you have.
        </EmptyState>
      ) : null}
      <div className="grid gap-3.5">
        {campaigns.map((campaign) => (
          <Link
            key={campaign.id}
            to={`/p/${slug}/measure/${campaign.id}`}
            className="card grid gap-1 hover:border-act-line"
          >
            <span className="flex flex-wrap gap-3">
              <strong className="grow">{campaign.name}</strong>
              <span className="text-sm text-ink-3">
                {campaign.kind} · {whole(campaign.judgments)} judgments
              </span>
            </span>
            {campaign.headline ? <span className="font-serif">{campaign.headline}</span> : null}
          </Link>
        ))}
      </div>
    </>
  )
}
