import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { findingOf, lengthSentence } from '#app/measure/finding.ts'
import { IntervalChart, type IntervalPoint } from '#app/measure/interval-chart.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { chosenIn } from '#app/measure/method.ts'
import type { Standings } from '#app/measure/standings.ts'
import { ScoresTable, StandingsTable } from '#app/measure/standings-table.tsx'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { ViewChoicesForm } from '#app/measure/view-choices-form.tsx'
import { decimal, percent, whole } from '#app/ui/figures.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Standings')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now, slowReads } = args.context
  const campaignId = args.params.campaign ?? ''
  const choices = choicesIn(new URL(args.request.url).searchParams)
  const options = optionsOf(choices)
  const scope = { projectId: project.id, campaignId }
  const found = await measuredCampaign(db, { ...scope, options, now: now() })
  if (!found) throw notFound('campaign')
  const { tags } = await slowReads.promptFacets(project.id)
  const isPlain = chosenIn(options) === ''
  const view = { choices, isPlain, tags: tags.slice(0, mostTags).map(({ tag }) => tag) }
  return { slug: project.slug, ...found, view }
}

const mostTags = 200

const winPoints = (standings: Standings): IntervalPoint[] =>
  standings.models.flatMap((row) =>
    row.win_rate === null
      ? []
      : [
          {
            key: row.model_id,
            name: row.model,
            color: row.color,
            value: row.win_rate,
            low: row.win_rate_low,
            high: row.win_rate_high,
            rests: `${whole(row.judgments)} judgments on ${whole(row.prompts)} prompts`,
          },
        ],
  )

/** The shares that the chart spans: all intervals and one half, in steps of ten. */
function spanOf(points: readonly IntervalPoint[]): [number, number] {
  const lows = points.map((point) => point.low ?? point.value)
  const highs = points.map((point) => point.high ?? point.value)
  const low = Math.floor(Math.min(0.45, ...lows) * 10) / 10
  const high = Math.ceil(Math.max(0.55, ...highs) * 10) / 10
  return [Math.max(0, low), Math.min(1, high)]
}

export default function StandingsPage() {
  const page = useLoaderData<typeof loader>()
  const { standings, campaign } = page
  const isRubric = campaign.kind === 'rubric'
  const finding = standings && !isRubric ? findingOf(standings) : null
  const points = standings ? winPoints(standings) : []
  return (
    <>
      <MeasuredHead
        {...page}
        title={
          finding ? (
            <>
              <span className="marked">{finding.headline}</span>{' '}
              {finding.second ? <span>{finding.second}</span> : null}
            </>
          ) : (
            campaign.name
          )
        }
      >
        {finding?.detail}
      </MeasuredHead>
      <ViewChoicesForm {...page.view} />
      {standings === null || standings.method.judgments === 0 ? (
        <EmptyState
          title={
            standings === null
              ? 'Measuring…'
              : page.view.isPlain
                ? 'No judgments yet'
                : 'No judgments of this kind'
          }
          action={
            <Link to={`/p/${page.slug}/assign/${campaign.id}`} className="btn">
              The campaign
            </Link>
          }
        >
          Standings show up here as soon as raters have judged.
        </EmptyState>
      ) : (
        <>
          {standings.method.warnings.map((warning) => (
            <Notice key={warning} tone="warning">
              {warning}
            </Notice>
          ))}
          {standings.method.weights ? <AdaptiveOrder /> : null}
          {standings.length ? (
            <p className="max-w-[75ch]">{lengthSentence(standings.length)}</p>
          ) : null}
          {standings.models.length > 0 ? (
            <>
              <section className="card !p-2.5">
                <StandingsTable rows={standings.models} />
              </section>
              <section className="card">
                <IntervalChart
                  title="Win rate of each model"
                  points={points}
                  domain={spanOf(points)}
                  unit="win rate, 95 % intervals by prompt"
                  format={(value) => percent(value, 0)}
                  reference={0.5}
                />
              </section>
            </>
          ) : null}
          {standings.scores.length > 0 ? <Scores standings={standings} /> : null}
          <FileLinks
            address={`/p/${page.slug}/measure/${campaign.id}`}
            names={standings.scores.length > 0 ? ['scores'] : ['standings', 'head-to-head']}
          />
          <Method standings={standings} />
        </>
      )}
    </>
  )
}

/** Says that pairs did not meet equally often, and why the figures hold all the same. */
const AdaptiveOrder = () => (
  <details className="max-w-[75ch] text-sm text-ink-2">
    <summary>
      The order of work was adaptive: pairs whose order was still open met more often. Win rates are
      weighted for that.
    </summary>
    <p className="mt-2">
      Each task counts by the inverse of how probable it was to be chosen, so that a model’s win
      rate is the one it would have if every task had been judged, and not lower because it met its
      equals more often. “Effective tasks” says how many tasks of equal weight would tell as much.
      Ratings and ranks are not weighted: Bradley–Terry allows for who met whom.
    </p>
  </details>
)

function Scores({ standings }: { standings: Standings }) {
  const criteria = [...new Set(standings.scores.map((row) => row.criterion))]
  const all = standings.scores.flatMap((row) => [row.low ?? row.mean, row.high ?? row.mean])
  const domain: [number, number] = [Math.floor(Math.min(...all)), Math.ceil(Math.max(...all))]
  return (
    <>
      <section className="card !p-2.5">
        <ScoresTable rows={standings.scores} />
      </section>
      {criteria.map((criterion) => (
        <section key={criterion} className="card">
          <IntervalChart
            title={`Mean score for ${criterion}`}
            points={standings.scores
              .filter((row) => row.criterion === criterion)
              .sort((one, other) => other.mean - one.mean)
              .map((row) => ({
                key: row.model_id,
                name: row.model,
                color: row.color,
                value: row.mean,
                low: row.low,
                high: row.high,
                rests: `${whole(row.judgments)} judgments on ${whole(row.prompts)} prompts`,
              }))}
            domain={domain}
            unit="mean score, 95 % intervals by prompt"
            format={(value) => decimal(value, 1)}
          />
        </section>
      ))}
    </>
  )
}

function Method({ standings: { method } }: { standings: Standings }) {
  return (
    <details className="text-sm text-ink-2">
      <summary>How these figures are made</summary>
      <dl className="mt-3 grid gap-x-5 gap-y-1.5 sm:grid-cols-[auto_1fr]">
        {Object.entries(method)
          .filter(([name]) => name !== 'warnings')
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name.replaceAll('_', ' ')}</dt>
              <dd>{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
            </div>
          ))}
      </dl>
    </details>
  )
}
