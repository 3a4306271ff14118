import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import { basisOf, planOf, scorePlans } from '#app/measure/plan.ts'
import { PlanChart } from '#app/measure/plan-chart.tsx'
import { planChoicesIn } from '#app/measure/plan-choices.ts'
import { PlanForm, PlanWords, ScorePlans } from '#app/measure/plan-page.tsx'
import { planSayIn } from '#app/measure/plan-words.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => planSayIn(language)('title'))

/** Half the interval of a mean that is asked for where the address says nothing. */
const usualOfScale = 0.2

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const scope = { projectId: project.id, campaignId }
  const found = await measuredCampaign(db, { ...scope, now: now() })
  const campaign = await findCampaign(db.read, project.id, campaignId)
  if (!found || !campaign) throw notFound('campaign')
  const { agreement, freshness } = found
  const standings = (await latestWithPairs(db.read, project.id, campaignId))?.result ?? null
  const address = new URL(args.request.url).searchParams
  const isRubric = campaign.kind === 'rubric'
  if (isRubric && !address.has('half_width')) address.set('half_width', String(usualOfScale))
  const choices = planChoicesIn(address)
  const basis = basisOf(standings, choices.figure, campaign.overlap)
  return spoken(args, {
    slug: project.slug,
    campaign: found.campaign,
    freshness,
    choices,
    plan: isRubric ? null : planOf(basis, choices),
    scores: isRubric ? scorePlans(standings?.scores ?? [], choices.half_width) : [],
    alpha: agreement?.criteria[0] ?? null,
  })
}

export default function PlanPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, figures } = useSaying(planSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { plan, choices, scores, alpha } = page
  return (
    <>
      <MeasuredHead {...page} title={say('question')}>
        {say('intro')}
      </MeasuredHead>
      {plan ? (
        <>
          <PlanForm choices={choices} basis={plan.basis} />
          <PlanWords plan={plan} choices={choices} />
          <section className="card">
            <PlanChart plan={plan} />
          </section>
        </>
      ) : null}
      {plan === null && scores.length === 0 ? (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say('nothingHint')}
        </EmptyState>
      ) : null}
      {scores.length > 0 ? <ScorePlans plans={scores} choices={choices} /> : null}
      {alpha && alpha.alpha !== null ? (
        <p className="text-sm text-ink-2">
          {say('alpha', { alpha: figures.decimal(alpha.alpha), criterion: alpha.criterion })}
        </p>
      ) : null}
      {plan ? <p className="max-w-[75ch] text-sm text-ink-3">{say('method')}</p> : null}
    </>
  )
}
