/** One model's versions: what changed in words, the chart, and the table that says the same. */
import { decimal, percent, whole } from '#app/ui/figures.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { DriftSeries, DriftStep } from './drift.ts'
import { changeIn, figureIn, isShare, stepSentence } from './drift-finding.ts'
import { IntervalChart } from './interval-chart.tsx'

export function DriftOfFamily({ series }: { series: DriftSeries }) {
  const { family, criterion, points, steps, changes } = series
  const overall = steps.filter(({ tag }) => tag === null)
  const alarmsByTag = steps.filter(({ tag, isAlarm }) => tag !== null && isAlarm)
  const figure = figureIn(series)
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
            {step.isAlarm ? <span className="text-warn">Changed: </span> : null}
            {stepSentence(series, step)}
          </p>
        ))}
        {changes.map((change) => (
          <p key={change.at} className="font-serif text-[16px]">
            The level changes at {points[change.at]?.model}: from {figure(change.before)} to{' '}
            {figure(change.after)}.
          </p>
        ))}
      </div>
      <IntervalChart
        title={`Mean ${criterion} of each version of ${family}`}
        points={points.map((point) => ({
          key: point.model_id,
          name: point.model,
          color: point.color,
          value: point.mean,
          low: point.low,
          high: point.high,
          rests: `${whole(point.prompts)} prompts`,
        }))}
        domain={spanOf(series)}
        unit={`mean ${criterion}, 95 % intervals by prompt`}
        format={isShare(series) ? (value) => percent(value, 0) : (value) => decimal(value, 1)}
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
  const figure = figureIn(series)
  return (
    <WideBox label={`Steps of ${series.family}`}>
      <table className="data-table">
        <caption className="sr-only">
          Each version against the one before, over all prompts and by tag
        </caption>
        <thead>
          <tr>
            <th scope="col">From → to</th>
            <th scope="col">Prompts</th>
            <th scope="col" className="num">
              Before
            </th>
            <th scope="col" className="num">
              After
            </th>
            <th scope="col" className="num">
              {isShare(series) ? 'Difference (points)' : 'Difference'}
            </th>
            <th scope="col" className="num">
              95 % interval
            </th>
            <th scope="col" className="num" title="Adjusted by Holm over every row of this page">
              p
            </th>
            <th scope="col" className="num">
              n
            </th>
          </tr>
        </thead>
        <tbody>
          {series.steps.map((step) => (
            <tr key={`${step.from} ${step.to} ${step.tag}`}>
              <td>
                {step.from} → {step.to}
              </td>
              <td>{step.tag ?? 'all'}</td>
              <td className="num">{figure(step.first)}</td>
              <td className="num">{figure(step.second)}</td>
              <td className={`num ${step.isAlarm ? 'font-semibold' : ''}`}>
                {changeIn(series)(step.difference)}
              </td>
              <td className="num whitespace-nowrap">{ends(series, step)}</td>
              <td className="num whitespace-nowrap">{probability(step.adjusted_p)}</td>
              <td className="num">{whole(step.prompts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}

function ends(series: DriftSeries, { low, high }: DriftStep): string {
  const change = changeIn(series)
  return low === null || high === null ? '–' : `${change(low)} to ${change(high)}`
}

const probability = (p: number | null): string =>
  p === null ? '–' : p < 0.001 ? '< 0.001' : decimal(p, 3)
