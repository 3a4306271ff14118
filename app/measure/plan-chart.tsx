import { useRef } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import { useSaying } from '#app/ui/language.tsx'
import { useWidth } from '#app/ui/use-width.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { PictureButtons } from './picture-buttons.tsx'
import type { Plan } from './plan.ts'
import { planSayIn } from './plan-words.ts'

const height = 240

/** Half the interval that numbers of judgments buy, as a line and as a table that says the same. */
export function PlanChart({ plan }: { plan: Plan }) {
  const { say, figures } = useSaying(planSayIn)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 820)
  const { curve, needed, basis } = plan
  const drawn = curve.map((point) => ({ ...point, points: 100 * point.halfWidth }))
  const [first, last] = [drawn[0], drawn.at(-1)]
  const asPoints = (points: number) => figures.decimal(points, 1)
  const marks = [
    ...(needed === null ? [] : [{ at: needed, words: say('planned') }]),
    ...(basis.judgments > 0 ? [{ at: basis.judgments, words: say('now') }] : []),
  ]
  if (!first || !last) return null
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 font-serif text-[17px] font-semibold">
        <span className="grow">{say('chart')}</span>
        <PictureButtons box={box} title={say('chart')} />
      </figcaption>
      <div
        ref={box}
        className="min-w-0 overflow-hidden"
        role="img"
        aria-label={`${say('chart')}. ${say('chartWords', {
          first: first.judgments,
          firstWidth: asPoints(first.points),
          last: last.judgments,
          lastWidth: asPoints(last.points),
        })}`}
      >
        <LineChart
          width={width}
          height={height}
          data={drawn}
          margin={{ top: 22, right: 24, bottom: 18, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="judgments"
            domain={[0, 'dataMax']}
            tickFormatter={figures.whole}
            tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
            stroke="var(--line-strong)"
            label={{
              value: say('chartUnit'),
              position: 'insideBottom',
              offset: -12,
              fill: 'var(--ink-3)',
              fontSize: 12,
            }}
          />
          <YAxis
            type="number"
            domain={[0, 'auto']}
            tickFormatter={(points: number) => figures.decimal(points, 0)}
            tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
            stroke="var(--line-strong)"
            width={44}
            label={{
              value: `± ${say('chartSide')}`,
              position: 'top',
              offset: 8,
              fill: 'var(--ink-3)',
              fontSize: 12,
            }}
          />
          {marks.map(({ at, words }) => (
            <ReferenceLine
              key={words}
              x={at}
              stroke="var(--line-strong)"
              strokeDasharray="3 4"
              label={{ value: words, position: 'top', fill: 'var(--ink-2)', fontSize: 12 }}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as (typeof drawn)[number] | undefined
              if (!point) return null
              return (
                <div className="rounded-lg border border-line bg-surface px-3 py-2 text-sm shadow-card">
                  <strong>{say('points', { width: asPoints(point.points) })}</strong>
                  <div className="text-ink-3">
                    {figures.whole(point.judgments)} {say('chartUnit')}
                  </div>
                </div>
              )
            }}
          />
          <Line
            dataKey="points"
            type="monotone"
            stroke="var(--m1)"
            strokeWidth={2.5}
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      </div>
      <details className="text-sm">
        <summary className="text-ink-2">{say('asTable')}</summary>
        <WideBox label={say('table')}>
          <table className="data-table">
            <caption className="sr-only">{say('table')}</caption>
            <thead>
              <tr>
                {(['judgments', 'prompts', 'halfWidth'] as const).map((name) => (
                  <th key={name} scope="col" className="num">
                    {say(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {drawn.map(({ judgments, prompts, points }) => (
                <tr key={judgments}>
                  <td className="num">{figures.whole(judgments)}</td>
                  <td className="num">{figures.whole(prompts)}</td>
                  <td className="num">{say('points', { width: asPoints(points) })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </details>
    </figure>
  )
}
