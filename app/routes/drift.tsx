import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { driftHeadline } from '#app/measure/drift-finding.ts'
import { DriftOfFamily } from '#app/measure/drift-page.tsx'
import type { DriftShown } from '#app/measure/drift-shown.ts'
import { driftSayIn } from '#app/measure/drift-words.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestDriftShown } from '#app/measure/measurements.server.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { languageOf } from '#app/ui/languages.ts'
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
  const report = await latestDriftShown(db.read, project.id, campaignId)
  return spoken(args, {
    slug: project.slug,
    campaign,
    freshness,
    ...pageOf(report?.result ?? null, args.request),
  })
}

/** More charts than these are not drawn at once. */
const mostSeries = 6

/** Some series, with what stands above all of them. */
function pageOf(report: DriftShown | null, request: Request) {
  if (!report) return { report: null }
  const { series, source, method } = report
  const asked = Number(new URL(request.url).searchParams.get('first') ?? 1)
  const first = Number.isInteger(asked) && asked > 0 && asked <= series.length ? asked : 1
  return {
    report: {
      headline: driftHeadline(report, languageOf(request)),
      source,
      method,
      series: series.slice(first - 1, first - 1 + mostSeries),
      first,
      count: series.length,
    },
  }
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
  const { say } = useSaying(driftSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { report } = page
  return (
    <>
      <MeasuredHead
        {...page}
        title={report ? <span className="marked">{report.headline}</span> : say('question')}
      >
        {report ? say(report.source === 'human' ? 'byPeople' : 'byJudges') : null}
      </MeasuredHead>
      {report === null ? (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say('nothingHint')}
        </EmptyState>
      ) : (
        <>
          <SeriesPages {...report} shown={report.series.length} />
          {report.series.map((series) => (
            <DriftOfFamily key={`${series.family} ${series.criterion}`} series={series} />
          ))}
          <SeriesPages {...report} shown={report.series.length} />
          <FileLinks address={`/p/${page.slug}/measure/${page.campaign.id}`} names={['drift']} />
          <MethodList isStacked method={methodOf(report)} />
        </>
      )}
    </>
  )
}

/** Which series these are, and the way to the others; nothing where all are here. */
function SeriesPages({ first, shown, count }: { first: number; shown: number; count: number }) {
  const { say, figures } = useSaying(driftSayIn)
  if (shown === count) return null
  const last = first + shown - 1
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm">
      <span className="text-ink-2">
        {say('someSeries', {
          first: figures.whole(first),
          last: figures.whole(last),
          count: figures.whole(count),
        })}
      </span>
      {first > 1 ? (
        <Link to={`?first=${Math.max(1, first - mostSeries)}`} className="link">
          {say('earlierSeries')}
        </Link>
      ) : null}
      {last < count ? (
        <Link to={`?first=${last + 1}`} className="link">
          {say('laterSeries')}
        </Link>
      ) : null}
    </p>
  )
}

/** The parts in the order in which they are read. */
const methodOf = ({
  method: { order, difference, multiplicity, alarm, changes, periods },
}: Pick<DriftShown, 'method'>) => ({
  order,
  difference,
  multiplicity,
  alarm,
  changes,
  ...(periods === undefined ? {} : { periods }),
})
