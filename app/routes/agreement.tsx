import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { decimal, percent, whole } from '#app/ui/figures.ts'
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
        <EmptyState title="Nothing to compare yet">
          Agreement needs tasks that two or more raters judged: set an overlap of at least two.
        </EmptyState>
      ) : (
        <>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {rows.map((row) => (
              <section key={row.criterion} className="card grid content-start gap-2">
                <h2>{row.criterion}</h2>
                <p className="flex flex-wrap items-baseline gap-x-3">
                  <span className="font-serif text-[30px] leading-none font-semibold">
                    {decimal(row.alpha)}
                  </span>
                  <span className="text-ink-2">
                    {row.alpha_low === null
                      ? (row.reason ?? '')
                      : `alpha, 95 % interval ${decimal(row.alpha_low)} to ${decimal(row.alpha_high)}`}
                  </span>
                </p>
                <p className="text-sm text-ink-2">
                  {row.level} · raters gave the same answer {percent(row.percent_agreement)} of the
                  time · {whole(row.units)} units judged twice or more on {whole(row.prompts)}{' '}
                  prompts · {whole(row.judgments)} judgments by {whole(row.raters)} raters
                </p>
                {row.alpha_low !== null && row.reason ? (
                  <p className="text-sm text-warn">{row.reason}</p>
                ) : null}
              </section>
            ))}
          </div>
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
