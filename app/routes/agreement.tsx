import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { AgreementOnQuestion } from '#app/measure/agreement-page.tsx'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { whole } from '#app/ui/figures.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Agreement')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { agreement, campaign, freshness } = found
  return { slug: project.slug, campaign, freshness, agreement }
}

export default function AgreementPage() {
  const page = useLoaderData<typeof loader>()
  const { agreement } = page
  const rows = agreement?.criteria.filter((row) => row.judgments > 0) ?? []
  return (
    <>
      <MeasuredHead {...page} title="Can we trust the raters?">
        Krippendorff’s alpha is agreement beyond chance: 1 is perfect, 0 is what chance would give.
        It says how far raters see the same, not how good they are.
      </MeasuredHead>
      {rows.length === 0 ? (
        <EmptyState title={page.freshness.isWaiting ? 'Measuring…' : 'Nothing to compare yet'}>
          Agreement needs tasks that two or more raters judged: set an overlap of at least two.
        </EmptyState>
      ) : (
        <>
          {rows.map((row) => (
            <AgreementOnQuestion key={row.criterion} row={row} />
          ))}
          <FileLinks
            address={`/p/${page.slug}/measure/${page.campaign.id}`}
            names={['agreement']}
          />
          {agreement ? (
            <p className="text-sm text-ink-3">
              {agreement.method.orientation}; {agreement.method.missing};{' '}
              {agreement.method.interval}, {whole(agreement.method.rounds)} rounds, seed{' '}
              {agreement.method.seed}.
            </p>
          ) : null}
        </>
      )}
    </>
  )
}
