/** One model's versions: what changed in words, the chart, and the table that says the same. */
import { useCallback, useMemo } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { dayOf, type Language, locales } from '#app/ui/languages.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { changeIn, figureIn, isShare, stepSentence } from './drift-finding.ts'
import type { DriftPeriod, DriftPeriods, PeriodUnit } from './drift-periods.ts'
import type { ShownSeries } from './drift-shown.ts'
import { driftSayIn } from './drift-words.ts'
import { TermHead } from './glossary-word.tsx'
import { IntervalChart, type IntervalPoint } from './interval-chart.tsx'
import { LevelChart } from './level-chart.tsx'
import { measuredSayIn } from './measured-words.ts'

/** With more points than these a line says more than rows. */
const mostRows = 24

export function DriftOfFamily({ series }: { series: ShownSeries }) {
  const { say, figures, language } = useSaying(driftSayIn)
  const { family, criterion, steps, changes, all } = series
  const overall = steps.filter(({ tag }) => tag === null)
  const alarmsByTag = steps.filter(({ tag, isAlarm }) => tag !== null && isAlarm)
  const figure = figureIn(series, language)
  return (
    <section className="card grid gap-4" aria-label={`${family}, ${criterion}`}>
      <h2>
        {family} <span className="font-normal text-ink-3">· {criterion}</span>
      </h2>
      <div className="grid gap-1.5">
        {all.steps > steps.length ? (
          <p className="max-w-[75ch] text-ink-2">
            {say('someSteps', { count: all.steps, alarms: figures.whole(all.alarms) })}
          </p>
        ) : null}
        {[...overall, ...alarmsByTag].map((step) => (
          <p
            key={`${step.from} ${step.to} ${step.tag}`}
            className={step.isAlarm ? 'font-serif text-[16px] font-semibold' : 'text-ink-2'}
          >
            {step.isAlarm ? <span className="text-warn">{say('changed')} </span> : null}
            {stepSentence(series, step, language)}
          </p>
        ))}
        {all.changes > changes.length ? (
          <p className="text-ink-2">
            {say('someChanges', {
              shown: figures.whole(changes.length),
              changes: figures.whole(all.changes),
            })}
          </p>
        ) : null}
        {changes.map((change) => (
          <p key={change.at} className="font-serif text-[16px]">
            {say('levelChange', {
              model: change.model,
              before: figure(change.before),
              after: figure(change.after),
            })}
          </p>
        ))}
      </div>
      {series.periods ? (
        <OfPeriods series={series} periods={series.periods} />
      ) : (
        <OfVersions series={series} />
      )}
      {steps.length > 0 ? <Steps series={series} /> : null}
    </section>
  )
}

/** Every version by itself: in a row each, or as a line where they are many. */
function OfVersions({ series }: { series: ShownSeries }) {
  const { say } = useSaying(driftSayIn)
  const { family, criterion, points, changes } = series
  const drawn = useMemo(
    () =>
      points.map((point) => ({
        key: point.model_id,
        name: point.model,
        color: point.color,
        value: point.mean,
        low: point.low,
        high: point.high,
        rests: say('rests', { prompts: point.prompts }),
      })),
    [points, say],
  )
  const chart = { ...useChart(series, drawn), title: say('chart', { criterion, family }) }
  if (points.length <= mostRows) return <IntervalChart {...chart} points={drawn} />
  return (
    <LevelChart
      {...chart}
      points={drawn}
      changes={changes.map(({ at }) => at)}
      walk={say('version')}
    />
  )
}

/** Versions taken together by periods, as a line and as the table that says the same. */
function OfPeriods({
  series,
  periods: { unit, points },
}: {
  series: ShownSeries
  periods: DriftPeriods
}) {
  const { say, figures, language } = useSaying(driftSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { family, criterion, all } = series
  const figure = figureIn(series, language)
  const drawn = useMemo(
    () =>
      points.map((point) => ({
        key: point.from,
        name: periodName(unit, point, language),
        color: 0,
        value: point.mean,
        low: point.low,
        high: point.high,
        rests: say('restsOnVersions', {
          count: point.versions,
          scores: point.scores,
          prompts: point.prompts,
        }),
      })),
    [points, unit, language, say],
  )
  const chart = useChart(series, drawn)
  const period = say(`period.${unit}`)
  const changes = [...new Set(series.changes.map(({ at }) => periodAt(points, at)))]
  const title = say('chartBy', { criterion, family, period })
  return (
    <>
      <p className="max-w-[75ch] text-sm text-ink-2">
        {say('takenTogether', { versions: figures.whole(all.versions), period })}
      </p>
      <LevelChart {...chart} {...{ title, changes }} points={drawn} walk={say('period')} />
      <details className="text-sm">
        <summary className="text-ink-2">{say('asTable')}</summary>
        <WideBox label={title} isTall>
          <table className="data-table">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{say('period')}</th>
                <th scope="col" className="num">
                  {say('mean')}
                </th>
                <th scope="col" className="num">
                  {shared('interval')}
                </th>
                <th scope="col" className="num">
                  {say('versions')}
                </th>
                <th scope="col" className="num">
                  {say('scores')}
                </th>
                <th scope="col" className="num">
                  {shared('prompts')}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map((point, at) => (
                <tr key={point.from}>
                  <td className="whitespace-nowrap">{drawn[at]?.name}</td>
                  <td className="num">{figure(point.mean)}</td>
                  <td className="num whitespace-nowrap">
                    {point.low === null || point.high === null
                      ? '–'
                      : shared('fromTo', { low: figure(point.low), high: figure(point.high) })}
                  </td>
                  <td className="num">{figures.whole(point.versions)}</td>
                  <td className="num">{figures.whole(point.scores)}</td>
                  <td className="num">{figures.whole(point.prompts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </details>
    </>
  )
}

/** What both kinds of chart take, kept between renders. */
function useChart(series: ShownSeries, points: readonly IntervalPoint[]) {
  const { say, figures } = useSaying(driftSayIn)
  const { criterion, isShare } = series
  const domain = useMemo(() => spanOf(isShare, points), [isShare, points])
  const format = useCallback(
    (value: number) => (isShare ? figures.share(value, 0) : figures.decimal(value, 1)),
    [isShare, figures],
  )
  return { domain, format, unit: say('chartUnit', { criterion }) }
}

/** All shares, or from the lowest interval to the highest. */
function spanOf(isShare: boolean, points: readonly IntervalPoint[]): [number, number] {
  if (isShare) return [0, 1]
  const ends = points.flatMap(({ value, low, high }) => [low ?? value, high ?? value])
  return [Math.floor(Math.min(...ends)), Math.ceil(Math.max(...ends))]
}

/** The period that a version is in, by its place among all. */
function periodAt(points: readonly DriftPeriod[], version: number): number {
  let before = 0
  for (const [at, { versions }] of points.entries()) {
    before += versions
    if (version < before) return at
  }
  return points.length - 1
}

function periodName(unit: PeriodUnit, { start, from, to }: DriftPeriod, language: Language) {
  const say = driftSayIn(language)
  if (start === null || unit === 'versions') return say('versionsOf', { from, to })
  const time = Date.parse(start)
  const year = start.slice(0, 4)
  if (unit === 'year') return year
  if (unit === 'week') return say('weekOf', { day: dayOf(time, language) })
  if (unit === 'quarter') {
    return say('quarterOf', { quarter: Math.ceil((new Date(time).getUTCMonth() + 1) / 3), year })
  }
  return new Intl.DateTimeFormat(locales[language], {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(time)
}

function Steps({ series }: { series: ShownSeries }) {
  const { say, figures, language } = useSaying(driftSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const figure = figureIn(series, language)
  const change = changeIn(series, language)
  return (
    <WideBox label={say('steps', { family: series.family })}>
      <table className="data-table">
        <caption className="sr-only">{say('stepsCaption')}</caption>
        <thead>
          <tr>
            <TermHead term="step" isText>
              {say('fromTo')}
            </TermHead>
            <TermHead term="step_prompts" isText>
              {shared('prompts')}
            </TermHead>
            <TermHead term="before">{say('before')}</TermHead>
            <TermHead term="after">{say('after')}</TermHead>
            <TermHead term="difference">
              {say(isShare(series) ? 'differenceInPoints' : 'difference')}
            </TermHead>
            <TermHead term="difference_interval">{shared('interval')}</TermHead>
            <TermHead term="adjusted_p">p</TermHead>
            <TermHead term="step_n">n</TermHead>
          </tr>
        </thead>
        <tbody>
          {series.steps.map((step) => (
            <tr key={`${step.from} ${step.to} ${step.tag}`}>
              <td>
                {step.from} → {step.to}
              </td>
              <td>{step.tag ?? say('all')}</td>
              <td className="num">{figure(step.first)}</td>
              <td className="num">{figure(step.second)}</td>
              <td className={`num ${step.isAlarm ? 'font-semibold' : ''}`}>
                {change(step.difference)}
              </td>
              <td className="num whitespace-nowrap">
                {step.low === null || step.high === null
                  ? '–'
                  : shared('fromTo', { low: change(step.low), high: change(step.high) })}
              </td>
              <td className="num whitespace-nowrap">{figures.probability(step.adjusted_p)}</td>
              <td className="num">{figures.whole(step.prompts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}
