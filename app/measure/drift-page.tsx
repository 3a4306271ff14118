/** One model's versions: what changed in words, the chart, and the table that says the same. */
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { DriftSeries } from './drift.ts'
import { changeIn, figureIn, isShare, stepSentence } from './drift-finding.ts'
import { driftSayIn } from './drift-words.ts'
import { TermHead } from './glossary-word.tsx'
import { IntervalChart } from './interval-chart.tsx'
import { measuredSayIn } from './measured-words.ts'

export function DriftOfFamily({ series }: { series: DriftSeries }) {
  const { say, figures, language } = useSaying(driftSayIn)
  const { family, criterion, points, steps, changes } = series
  const overall = steps.filter(({ tag }) => tag === null)
  const alarmsByTag = steps.filter(({ tag, isAlarm }) => tag !== null && isAlarm)
  const figure = figureIn(series, language)
  return (
    <section className="card grid gap-4" aria-label={`${family}, ${criterion}`}>
      <h2>
        {family} <span className="font-normal text-ink-3">· {criterion}</span>
      </h2>
      <div className="grid gap-1.5">
        {[...overall, ...alarmsByTag].map((step) => (
          <p
            key={`${step.from} ${step.to} ${step.tag}`}
            className={step.isAlarm ? 'font-serif text-[16px] font-semibold' : 'text-ink-2'}
          >
            {step.isAlarm ? <span className="text-warn">{say('changed')} </span> : null}
            {stepSentence(series, step, language)}
          </p>
        ))}
        {changes.map((change) => (
          <p key={change.at} className="font-serif text-[16px]">
            {say('levelChange', {
              model: points[change.at]?.model ?? '',
              before: figure(change.before),
              after: figure(change.after),
            })}
          </p>
        ))}
      </div>
      <IntervalChart
        title={say('chart', { criterion, family })}
        points={points.map((point) => ({
          key: point.model_id,
          name: point.model,
          color: point.color,
          value: point.mean,
          low: point.low,
          high: point.high,
          rests: say('rests', { prompts: point.prompts }),
        }))}
        domain={spanOf(series)}
        unit={say('chartUnit', { criterion })}
        format={(value) => (isShare(series) ? figures.share(value, 0) : figures.decimal(value, 1))}
      />
      <Steps series={series} />
    </section>
  )
}

/** All shares, or from the lowest interval to the highest. */
function spanOf(series: DriftSeries): [number, number] {
  if (isShare(series)) return [0, 1]
  const ends = series.points.flatMap(({ mean, low, high }) => [low ?? mean, high ?? mean])
  return [Math.floor(Math.min(...ends)), Math.ceil(Math.max(...ends))]
}

function Steps({ series }: { series: DriftSeries }) {
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
