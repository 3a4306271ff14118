import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { AgreementOnQuestion } from '#app/measure/agreement-page.tsx'
import { agreementSayIn } from '#app/measure/agreement-words.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => agreementSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const found = await measuredCampaign(db, { projectId: project.id, campaignId, now: now() })
  if (!found) throw notFound('campaign')
  const { agreement, campaign, freshness } = found
  return spoken(args, { slug: project.slug, campaign, freshness, agreement })
}

export default function AgreementPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, figures } = useSaying(agreementSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const { agreement } = page
  const rows = agreement?.criteria.filter((row) => row.judgments > 0) ?? []
  return (
    <>
      <MeasuredHead {...page} title={say('question')}>
        {say('intro')}
      </MeasuredHead>
      {rows.length === 0 ? (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say('nothingHint')}
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
              {say('method', {
                orientation: stored(agreement.method.orientation),
                missing: stored(agreement.method.missing),
                interval: stored(agreement.method.interval),
                rounds: agreement.method.rounds,
                seed: figures.exact(agreement.method.seed),
              })}
            </p>
          ) : null}
        </>
      )}
    </>
  )
}
