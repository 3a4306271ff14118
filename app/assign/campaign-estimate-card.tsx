import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { counted } from '#app/base/text.ts'
import { whole } from '#app/ui/figures.ts'
import {
  assumedCorrelation,
  type CampaignExtent,
  type CampaignPlan,
  extentSearch,
  planOf,
} from './campaign-estimate.ts'
import type { CampaignFields } from './campaign-fields.ts'
import { readPlan } from './campaign-form.ts'

const pauseMs = 300

/** What the campaign asks for and what it buys, anew with every change of the form. */
export function CampaignEstimate({ fields, href }: { fields: CampaignFields; href: string }) {
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
      <h2 id="estimate">What it takes</h2>
      {!planned || extent === null ? (
        <p className="text-sm text-ink-2">
          The estimate comes as soon as all numbers and choices are in order.
        </p>
      ) : extent ? (
        <PlanWords
          extent={extent}
          plan={planOf(extent, { ...planned, criteria: fields.criteria })}
        />
      ) : (
        <p className="text-sm text-ink-2">Counting…</p>
      )}
    </section>
  )
}

const hours = (value: number): string => {
  if (value < 1) return counted(Math.max(1, Math.round(value * 60)), 'minute')
  if (value < 10) return `${value.toFixed(1)} hours`
  return counted(Math.round(value), 'hour')
}

const range = (
  { least, most }: { least: number; most: number },
  words: (value: number) => string,
) => (most > least ? `${words(least)} to ${words(most)}` : words(least))

const points = (half: number): string => `± ${(100 * half).toFixed(half < 0.1 ? 1 : 0)} points`

function PlanWords({ extent, plan }: { extent: CampaignExtent; plan: CampaignPlan }) {
  const { precision, scorePrecision } = plan
  if (plan.tasks === 0) {
    return (
      <p role="status" className="text-sm">
        Nothing meets:{' '}
        {extent.prompts === 0 ? 'no prompt fits' : 'no prompt has the responses for it'}.
      </p>
    )
  }
  return (
    <>
      <div role="status">
        <dl className="grid grid-cols-3 gap-3">
          <Figure
            title="tasks"
            value={`${extent.isSampled ? '≈ ' : ''}${whole(plan.tasks)}`}
            below={`on ${counted(extent.prompts, 'prompt')}`}
          />
          <Figure
            title="judgments"
            value={range(plan.judgments, whole)}
            below={plan.isBudgetReached ? 'bounded by the budget' : ''}
          />
          <Figure
            title="work"
            value={range(plan.hours, hours)}
            below={`${Math.round(plan.secondsEach)} s each${plan.isTimeKnown ? '' : ', assumed'}`}
          />
        </dl>
      </div>
      <ul className="grid gap-1 text-sm text-ink-2">
        {precision?.ofPair ? (
          <li>
            One model against another: <strong>{points(precision.ofPair)}</strong> of win rate
          </li>
        ) : null}
        {precision?.ofModel ? (
          <li>
            A model’s win rate: <strong>{points(precision.ofModel)}</strong>
          </li>
        ) : null}
        {scorePrecision ? (
          <li>
            A model’s mean score: <strong>± {scorePrecision.toFixed(2)}</strong> for scores that
            spread by 1
          </li>
        ) : null}
      </ul>
      <details className="text-sm text-ink-2">
        <summary>How this is reckoned</summary>
        <p className="mt-1.5">
          {extent.isSampled ? 'Tasks are counted on a sample of the prompts. ' : ''}
          Pairs of identical responses, which need no rater, are not taken off.{' '}
          {plan.isTimeKnown
            ? 'The time is the middle one of this project’s newest judgments of the kind, active seconds only. '
            : 'No earlier campaign of this kind has times; the seconds are assumed from the questions. '}
          The figures behind ± are half of a 95 % interval around one half, with verdicts on one
          prompt correlated by {assumedCorrelation}, which widens it.
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
