import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import { chosenIn } from '#app/measure/method.ts'
import { standingsSayIn } from '#app/measure/standings-words.ts'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { ViewChoicesForm } from '#app/measure/view-choices-form.tsx'
import { viewOffers } from '#app/measure/view-offers.server.ts'
import { WinMatrix } from '#app/measure/win-matrix.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => standingsSayIn(language)('headToHead'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now, slowReads } = args.context
  const campaignId = args.params.campaign ?? ''
  const choices = choicesIn(new URL(args.request.url).searchParams)
  const options = optionsOf(choices)
  const scope = { projectId: project.id, campaignId }
  const found = await measuredCampaign(db, {
    ...scope,
    options,
    figures: 'standings',
    now: now(),
  })
  if (!found) throw notFound('campaign')
  const { standings, campaign, freshness } = found
  const { tags } = await slowReads.promptFacets(project.id)
  const isPlain = chosenIn(options) === ''
  return spoken(args, {
    slug: project.slug,
    campaign,
    freshness,
    view: { choices, isPlain, offers: await viewOffers(db.read, { projectId: project.id, tags }) },
    models: (standings?.models ?? []).map((row) => ({ id: row.model_id, label: row.model })),
    pairs: (await latestWithPairs(db.read, project.id, campaignId, options))?.result.pairs ?? [],
  })
}

export default function HeadToHead() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say } = useSaying(standingsSayIn)
  return (
    <>
      <MeasuredHead {...page} title={say('whoBeatsWhom')}>
        {say('matrixIntro')}
      </MeasuredHead>
      <ViewChoicesForm {...page.view} hasRankings={page.campaign.kind === 'ranking'} />
      {page.pairs.length === 0 ? (
        <EmptyState title={say('noPairs')}>
          {say(page.campaign.kind === 'rubric' ? 'noPairsRubric' : 'noPairsHint')}
        </EmptyState>
      ) : (
        <>
          <section className="card">
            <WinMatrix
              models={page.models}
              pairs={page.pairs}
              address={`/p/${page.slug}/measure/${page.campaign.id}/comparisons`}
            />
          </section>
          <FileLinks
            address={`/p/${page.slug}/measure/${page.campaign.id}`}
            names={['head-to-head']}
          />
        </>
      )}
    </>
  )
}
