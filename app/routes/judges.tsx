import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { savingSentence } from '#app/measure/judge-finding.ts'
import { CombinedTable, JudgeCard } from '#app/measure/judge-page.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { latestJudges } from '#app/measure/measurements.server.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Judges')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { campaign, freshness } = found
  const report = await latestJudges(db.read, project.id, campaignId)
  return { slug: project.slug, campaign, freshness, report: report?.result ?? null }
}

export default function JudgesPage() {
  const page = useLoaderData<typeof loader>()
  const { report } = page
  return (
    <>
      <MeasuredHead {...page} title="Can we trust the judges?">
        Verdicts of language models beside people’s: how far they agree, how they lean, and what
        they add to the win rates.
      </MeasuredHead>
      {report === null || report.judges.length === 0 ? (
        <EmptyState title={page.freshness.isWaiting ? 'Measuring…' : 'No judge has judged here'}>
          {page.campaign.kind === 'pairwise'
            ? 'Import verdicts of a judging model into this campaign, with the source “judge”, on pairs that people judge as well.'
            : 'Judges are held against people where a campaign compares two responses.'}
        </EmptyState>
      ) : (
        <>
          {report.warnings.map((warning) => (
            <Notice key={warning} tone="warning">
              {warning}
            </Notice>
          ))}
          <div className="grid gap-4 xl:grid-cols-2">
            {report.judges.map((row) => (
              <JudgeCard key={row.judge} row={row} answers={report.answers} />
            ))}
          </div>
          {report.combined.length > 0 ? (
            <>
              <p className="max-w-[75ch]">{savingSentence(report)}</p>
              <CombinedTable rows={report.combined} />
            </>
          ) : null}
          <FileLinks
            address={`/p/${page.slug}/measure/${page.campaign.id}`}
            names={['judges', 'people-and-judges']}
          />
          <details className="max-w-[75ch] text-sm text-ink-2">
            <summary>How these figures are made</summary>
            <dl className="mt-3 grid gap-y-2">
              {(['agreement', 'kappa', 'combined', 'assumption'] as const).map((name) => (
                <div key={name}>
                  <dt className="text-ink-3">{name}</dt>
                  <dd>{report.method[name]}</dd>
                </div>
              ))}
            </dl>
          </details>
        </>
      )}
    </>
  )
}
