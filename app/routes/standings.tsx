import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, type ShouldRevalidateFunctionArgs, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import type { FigureFile } from '#app/measure/figure-files.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { findingOf, lengthSentence, sideSentence } from '#app/measure/finding.ts'
import { IntervalChart, type IntervalPoint } from '#app/measure/interval-chart.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { chosenIn } from '#app/measure/method.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import type { ModelStandings } from '#app/measure/standings.ts'
import { ScoresTable, StandingsTable } from '#app/measure/standings-table.tsx'
import { standingsSayIn } from '#app/measure/standings-words.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { StyleTable } from '#app/measure/style-table.tsx'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { ViewChoicesForm } from '#app/measure/view-choices-form.tsx'
import { viewOffers } from '#app/measure/view-offers.server.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { isSameButForTable } from '#app/ui/table-view.ts'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => standingsSayIn(language)('title'))

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
  const { tags } = await slowReads.promptFacets(project.id)
  const isPlain = chosenIn(options) === ''
  const offers = await viewOffers(db.read, { projectId: project.id, tags })
  const view = { choices, isPlain, offers }
  return spoken(args, { slug: project.slug, ...found, view })
}

/** Other columns of the same rows, and another order, need nothing new. */
export const shouldRevalidate = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean =>
  !isSameButForTable(currentUrl, nextUrl) && defaultShouldRevalidate

const winPoints = (standings: ModelStandings, rests: Rests): IntervalPoint[] =>
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
            rests: rests(row),
          },
        ],
  )

/** What says on how much a figure rests. */
type Rests = (row: { judgments: number; prompts: number }) => string

/** The shares that the chart spans: all intervals and one half, in steps of ten. */
function spanOf(points: readonly IntervalPoint[]): [number, number] {
  const lows = points.map((point) => point.low ?? point.value)
  const highs = points.map((point) => point.high ?? point.value)
  const low = Math.floor(Math.min(0.45, ...lows) * 10) / 10
  const high = Math.ceil(Math.max(0.55, ...highs) * 10) / 10
  return [Math.max(0, low), Math.min(1, high)]
}

export default function StandingsPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, figures, language } = useSaying(standingsSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const { standings, campaign } = page
  const isRubric = campaign.kind === 'rubric'
  const finding = standings && !isRubric ? findingOf(standings, language) : null
  const points = standings
    ? winPoints(standings, ({ judgments, prompts }) => shared('rests', { judgments, prompts }))
    : []
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
      <ViewChoicesForm {...page.view} hasRankings={page.campaign.kind === 'ranking'} />
      {standings === null || standings.method.judgments === 0 ? (
        <EmptyState
          title={
            standings === null
              ? shared('nothingYet')
              : say(page.view.isPlain ? 'none' : 'noneOfKind')
          }
          action={
            <Link to={`/p/${page.slug}/assign/${campaign.id}`} className="btn">
              {shared('campaign')}
            </Link>
          }
        >
          {say('noneHint')}
        </EmptyState>
      ) : (
        <>
          {standings.method.warnings
            .filter((warning) => stored(warning) !== finding?.second)
            .map((warning) => (
              <Notice key={warning} tone="warning">
                {stored(warning)}
              </Notice>
            ))}
          {standings.method.weights ? <AdaptiveOrder /> : null}
          {standings.length ? (
            <p className="max-w-[75ch]">{lengthSentence(standings.length, language)}</p>
          ) : null}
          {standings.styles ? <StyleTable styles={standings.styles} /> : null}
          {standings.sides ? (
            <p className="max-w-[75ch] text-sm text-ink-2">
              {sideSentence(standings.sides, language)}
            </p>
          ) : null}
          {standings.even_tie_rate === undefined ? null : (
            <p className="max-w-[75ch] text-sm text-ink-2">
              {say('evenTies', { share: figures.share(standings.even_tie_rate) })}
            </p>
          )}
          {standings.models.length > 0 ? (
            <>
              <StandingsTable rows={standings.models} />
              {points.length > 0 ? (
                <section className="card">
                  <IntervalChart
                    title={say('winChart')}
                    points={points}
                    domain={spanOf(points)}
                    unit={say('winUnit')}
                    format={(value) => figures.share(value, 0)}
                    reference={0.5}
                  />
                </section>
              ) : null}
            </>
          ) : null}
          {standings.scores.length > 0 ? <Scores standings={standings} /> : null}
          <FileLinks
            address={`/p/${page.slug}/measure/${campaign.id}`}
            names={filesOf(standings)}
          />
          <MethodList method={methodOf(standings)} />
        </>
      )}
    </>
  )
}

const filesOf = ({ scores, styles }: ModelStandings): FigureFile[] => {
  if (scores.length > 0) return ['scores']
  return styles ? ['standings', 'head-to-head', 'styles'] : ['standings', 'head-to-head']
}

/** Says that pairs did not meet equally often, and why the figures hold all the same. */
function AdaptiveOrder() {
  const { say } = useSaying(standingsSayIn)
  return (
    <details className="max-w-[75ch] text-sm text-ink-2">
      <summary>{say('adaptive')}</summary>
      <p className="mt-2">{say('adaptiveHint')}</p>
    </details>
  )
}

function Scores({ standings }: { standings: ModelStandings }) {
  const { say, figures } = useSaying(standingsSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const criteria = [...new Set(standings.scores.map((row) => row.criterion))]
  const all = standings.scores.flatMap((row) => [row.low ?? row.mean, row.high ?? row.mean])
  const domain: [number, number] = [Math.floor(Math.min(...all)), Math.ceil(Math.max(...all))]
  return (
    <>
      <ScoresTable rows={standings.scores} />
      {criteria.map((criterion) => (
        <section key={criterion} className="card">
          <IntervalChart
            title={say('scoreChart', { criterion })}
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
                rests: shared('rests', { judgments: row.judgments, prompts: row.prompts }),
              }))}
            domain={domain}
            unit={say('scoreUnit')}
            format={(value) => figures.decimal(value, 1)}
          />
        </section>
      ))}
    </>
  )
}

/** The warnings stand at the top of the page already. */
const methodOf = ({ method: { warnings: _, ...method } }: ModelStandings) => method
