import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import type { DriftReport } from '#app/measure/drift.ts'
import { driftHeadline } from '#app/measure/drift-finding.ts'
import { DriftOfFamily } from '#app/measure/drift-page.tsx'
import { driftSayIn } from '#app/measure/drift-words.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestDrift } from '#app/measure/measurements.server.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => driftSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { campaign, freshness } = found
  const report = await latestDrift(db.read, project.id, campaignId)
  return spoken(args, { slug: project.slug, campaign, freshness, report: report?.result ?? null })
}

export default function DriftPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, language } = useSaying(driftSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { report } = page
  return (
    <>
      <MeasuredHead
        {...page}
        title={
          report ? (
            <span className="marked">{driftHeadline(report, language)}</span>
          ) : (
            say('question')
          )
        }
      >
        {report ? say(report.source === 'human' ? 'byPeople' : 'byJudges') : null}
      </MeasuredHead>
      {report === null ? (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say('nothingHint')}
        </EmptyState>
      ) : (
        <>
          {report.series.map((series) => (
            <DriftOfFamily key={`${series.family} ${series.criterion}`} series={series} />
          ))}
          <FileLinks address={`/p/${page.slug}/measure/${page.campaign.id}`} names={['drift']} />
          <MethodList isStacked method={methodOf(report)} />
        </>
      )}
    </>
  )
}

/** The parts in the order in which they are read. */
const methodOf = ({
  method: { order, difference, multiplicity, alarm, changes },
}: DriftReport) => ({
  order,
  difference,
  multiplicity,
  alarm,
  changes,
})
