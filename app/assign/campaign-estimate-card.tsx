import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import {
  assumedCorrelation,
  type CampaignExtent,
  type CampaignPlan,
  extentSearch,
  planOf,
} from './campaign-estimate.ts'
import type { CampaignFields } from './campaign-fields.ts'
import { readPlan } from './campaign-form.ts'
import { campaignSayIn } from './campaign-words.ts'

const pauseMs = 300

/** What the campaign asks for and what it buys, anew with every change of the form. */
export function CampaignEstimate({ fields, href }: { fields: CampaignFields; href: string }) {
  const { say } = useSaying(campaignSayIn)
  const fetcher = useFetcher<{ extent: CampaignExtent | null }>()
  const load = useRef(fetcher.load)
  load.current = fetcher.load
  const address = `${href}?${extentSearch(fields)}`
  useEffect(() => {
    const timer = setTimeout(() => load.current(address), pauseMs)
    return () => clearTimeout(timer)
  }, [address])
  const planned = readPlan(fields)
  const extent = fetcher.data?.extent
  return (
    <section className="card grid gap-3" aria-labelledby="estimate">
      <h2 id="estimate">{say('takes')}</h2>
      {!planned || extent === null ? (
        <p className="text-sm text-ink-2">{say('estimateLater')}</p>
      ) : extent ? (
        <PlanWords
          extent={extent}
          plan={planOf(extent, { ...planned, criteria: fields.criteria })}
        />
      ) : (
        <p className="text-sm text-ink-2">{say('counting')}</p>
      )}
    </section>
  )
}

/** What says the figures of an estimate in a language. */
function estimateIn(language: Language) {
  const say = campaignSayIn(language)
  const { decimal } = figuresOf(language)
  return {
    hours: (value: number): string => {
      if (value < 1) return say('countMinutes', { count: Math.max(1, Math.round(value * 60)) })
      if (value < 10) return say('someHours', { hours: decimal(value, 1) })
      return say('countHours', { count: Math.round(value) })
    },
    range: (
      { least, most }: { least: number; most: number },
      words: (value: number) => string,
    ): string =>
      most > least ? say('range', { least: words(least), most: words(most) }) : words(least),
    points: (half: number): string =>
      say('halfPoints', { half: decimal(100 * half, half < 0.1 ? 1 : 0) }),
  }
}

function PlanWords({ extent, plan }: { extent: CampaignExtent; plan: CampaignPlan }) {
  const { say, figures, language } = useSaying(campaignSayIn)
  const { precision, scorePrecision } = plan
  const { hours, range, points } = estimateIn(language)
  if (plan.tasks === 0) {
    return (
      <p role="status" className="text-sm">
        {say(extent.prompts === 0 ? 'nothingMeets' : 'noResponses')}
      </p>
    )
  }
  return (
    <>
      <div role="status">
        <dl className="grid grid-cols-3 gap-3">
          <Figure
            title={say('figure.tasks')}
            value={`${extent.isSampled ? '≈ ' : ''}${figures.whole(plan.tasks)}`}
            below={say('onPrompts', { count: extent.prompts })}
          />
          <Figure
            title={say('figure.judgments')}
            value={range(plan.judgments, figures.whole)}
            below={plan.isBudgetReached ? say('byBudget') : ''}
          />
          <Figure
            title={say('figure.work')}
            value={range(plan.hours, hours)}
            below={say(plan.isTimeKnown ? 'secondsEach' : 'secondsAssumed', {
              seconds: Math.round(plan.secondsEach),
            })}
          />
        </dl>
      </div>
      <ul className="grid gap-1 text-sm text-ink-2">
        {precision?.ofPair ? (
          <li>
            {say('ofPair')} <strong>{points(precision.ofPair)}</strong> {say('ofWinRate')}
          </li>
        ) : null}
        {precision?.ofModel ? (
          <li>
            {say('ofModel')} <strong>{points(precision.ofModel)}</strong>
          </li>
        ) : null}
        {scorePrecision ? (
          <li>
            {say('ofScore')} <strong>± {figures.decimal(scorePrecision)}</strong> {say('forSpread')}
          </li>
        ) : null}
      </ul>
      <details className="text-sm text-ink-2">
        <summary>{say('reckoned')}</summary>
        <p className="mt-1.5">
          {[
            ...(extent.isSampled ? [say('reckonSampled')] : []),
            say('reckonPairs'),
            say(plan.isTimeKnown ? 'reckonTimes' : 'reckonAssumed'),
            say('reckonHalf', { correlation: figures.exact(assumedCorrelation) }),
          ].join(' ')}
        </p>
      </details>
    </>
  )
}

function Figure({ title, value, below }: { title: string; value: string; below: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-[13px] text-ink-2">{title}</dt>
      <dd className="font-serif text-xl leading-tight font-semibold">{value}</dd>
      <dd className="text-[13px] text-ink-2">{below}</dd>
    </div>
  )
}
