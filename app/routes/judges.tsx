import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { savingSentence } from '#app/measure/judge-finding.ts'
import { CombinedTable, JudgeCard } from '#app/measure/judge-page.tsx'
import type { JudgeReport } from '#app/measure/judge-report.ts'
import { judgeSayIn } from '#app/measure/judge-words.ts'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestJudges } from '#app/measure/measurements.server.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => judgeSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { campaign, freshness } = found
  const report = await latestJudges(db.read, project.id, campaignId)
  return spoken(args, { slug: project.slug, campaign, freshness, report: report?.result ?? null })
}

export default function JudgesPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, language } = useSaying(judgeSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const { report } = page
  return (
    <>
      <MeasuredHead {...page} title={say('question')}>
        {say('intro')}
      </MeasuredHead>
      {report === null || report.judges.length === 0 ? (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say(page.campaign.kind === 'pairwise' ? 'nothingHint' : 'onlyPairs')}
        </EmptyState>
      ) : (
        <>
          {report.warnings.map((warning) => (
            <Notice key={warning} tone="warning">
              {stored(warning)}
            </Notice>
          ))}
          <div className="grid gap-4 xl:grid-cols-2">
            {report.judges.map((row) => (
              <JudgeCard key={row.judge} row={row} answers={report.answers} />
            ))}
          </div>
          {report.combined.length > 0 ? (
            <>
              <p className="max-w-[75ch]">{savingSentence(report, language)}</p>
              <CombinedTable rows={report.combined} />
            </>
          ) : null}
          <FileLinks
            address={`/p/${page.slug}/measure/${page.campaign.id}`}
            names={['judges', 'people-and-judges']}
          />
          <MethodList isStacked method={methodOf(report)} />
        </>
      )}
    </>
  )
}

/** The parts in the order in which they are read. */
const methodOf = ({ method: { agreement, kappa, combined, assumption } }: JudgeReport) => ({
  agreement,
  kappa,
  combined,
  assumption,
})
