import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { driftHeadline } from '#app/measure/drift-finding.ts'
import { DriftOfFamily } from '#app/measure/drift-page.tsx'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { latestDrift } from '#app/measure/measurements.server.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Drift')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { campaign, freshness } = found
  const report = await latestDrift(db.read, project.id, campaignId)
  return { slug: project.slug, campaign, freshness, report: report?.result ?? null }
}

export default function DriftPage() {
  const page = useLoaderData<typeof loader>()
  const { report } = page
  return (
    <>
      <MeasuredHead
        {...page}
        title={
          report ? <span className="marked">{driftHeadline(report)}</span> : 'Did anything change?'
        }
      >
        {report
          ? `Versions of one model on the same prompts, by ${report.source === 'human' ? 'people’s scores' : 'scores of judges; people gave none'}.`
          : null}
      </MeasuredHead>
      {report === null ? (
        <EmptyState title={page.freshness.isWaiting ? 'Measuring…' : 'No two versions to compare'}>
          Drift compares versions of one model, told by a date or number at the end of its name, by
          its version or by its prompt’s, where their responses to the same prompts were scored.
        </EmptyState>
      ) : (
        <>
          {report.series.map((series) => (
            <DriftOfFamily key={`${series.family} ${series.criterion}`} series={series} />
          ))}
          <FileLinks address={`/p/${page.slug}/measure/${page.campaign.id}`} names={['drift']} />
          <details className="max-w-[75ch] text-sm text-ink-2">
            <summary>How these figures are made</summary>
            <dl className="mt-3 grid gap-y-2">
              {(['order', 'difference', 'multiplicity', 'alarm', 'changes'] as const).map(
                (name) => (
                  <div key={name}>
                    <dt className="text-ink-3">{name}</dt>
                    <dd>{report.method[name]}</dd>
                  </div>
                ),
              )}
            </dl>
          </details>
        </>
      )}
    </>
  )
}
