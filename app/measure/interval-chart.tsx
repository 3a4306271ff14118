import { useRef } from 'react'
import {
  CartesianGrid,
  ErrorBar,
  ReferenceLine,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useSaying } from '#app/ui/language.tsx'
import { colorOf } from '#app/ui/swatch.tsx'
import { useWidth } from '#app/ui/use-width.ts'
import { axisSteps } from './axis-steps.ts'
import { type MeasuredSay, measuredSayIn } from './measured-words.ts'
import { PictureButtons } from './picture-buttons.tsx'

export interface IntervalPoint {
  key: string
  name: string
  color: number
  value: number
  low: number | null
  high: number | null
  /** What the figure rests on, for the tooltip. */
  rests: string
}

interface Drawn extends IntervalPoint {
  place: number
  reach: [number, number]
}

const rowHeight = 34
const axisHeight = 52

/**
 * Points with their intervals, one row each: the same figures as the table beside it. Drawn at a fixed
 * size on the server and at the container's width in the browser.
 */
export function IntervalChart({
  title,
  points,
  domain,
  unit,
  format,
  reference,
}: {
  title: string
  points: readonly IntervalPoint[]
  domain: readonly [number, number]
  unit: string
  format: (value: number) => string
  reference?: number
}) {
  const { say } = useSaying(measuredSayIn)
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box, 820)
  const isNarrow = width < 500
  const nameWidth = Math.min(280, width * (isNarrow ? 0.42 : 0.34))
  // On a narrow screen a name may take two lines.
  const longest = Math.floor(nameWidth / (isNarrow ? 4 : 7.2))
  const drawn: Drawn[] = points.map((point, at) => ({
    ...point,
    place: points.length - at,
    reach: [point.value - (point.low ?? point.value), (point.high ?? point.value) - point.value],
  }))
  const nameAt = (place: number) => {
    const name = points[points.length - place]?.name ?? ''
    return name.length > longest ? `${name.slice(0, longest - 1)}…` : name
  }
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 font-serif text-[17px] font-semibold">
        <span className="grow">{title}</span>
        <PictureButtons box={box} title={title} />
      </figcaption>
      <div
        ref={box}
        className="min-w-0 overflow-hidden"
        role="img"
        aria-label={described(title, points, { format, say })}
      >
        <ScatterChart
          width={width}
          height={points.length * rowHeight + axisHeight}
          margin={{ top: 4, right: 18, bottom: 18, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid horizontal={false} stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="value"
            domain={[...domain]}
            ticks={axisSteps(...domain)}
            tickFormatter={format}
            tick={{ fill: 'var(--ink-3)', fontSize: 12 }}
            stroke="var(--line-strong)"
            {...(isNarrow
              ? {}
              : {
                  label: {
                    value: unit,
                    position: 'insideBottom',
                    offset: -12,
                    fill: 'var(--ink-3)',
                    fontSize: 12,
                  },
                })}
          />
          <YAxis
            type="number"
            dataKey="place"
            domain={[0.5, points.length + 0.5]}
            ticks={drawn.map((point) => point.place)}
            tickFormatter={nameAt}
            interval={0}
            width={nameWidth}
            tick={{ fill: 'var(--ink)', fontSize: 13 }}
            axisLine={false}
            tickLine={false}
          />
          {reference === undefined ? null : (
            <ReferenceLine x={reference} stroke="var(--line-strong)" strokeDasharray="3 4" />
          )}
          <Tooltip
            cursor={false}
            isAnimationActive={false}
            content={({ payload }) => {
              const point = payload?.[0]?.payload as Drawn | undefined
              if (!point) return null
              return (
                <div className="rounded-lg border border-line bg-surface px-3 py-2 text-sm shadow-card">
                  <strong>{point.name}</strong>
                  <div>{withInterval(point, { format, say })}</div>
                  <div className="text-ink-3">{point.rests}</div>
                </div>
              )
            }}
          />
          {drawn.map((point) => (
            <Scatter
              key={point.key}
              data={[point]}
              fill={colorOf(point.color)}
              isAnimationActive={false}
              name={point.name}
            >
              <ErrorBar
                dataKey="reach"
                direction="x"
                width={0}
                strokeWidth={7}
                stroke={`color-mix(in oklab, ${colorOf(point.color)} 40%, transparent)`}
              />
            </Scatter>
          ))}
        </ScatterChart>
        {isNarrow ? (
          <p aria-hidden="true" className="text-center text-[12px] text-ink-3">
            {unit}
          </p>
        ) : null}
      </div>
    </figure>
  )
}

export interface Saying {
  format: (value: number) => string
  say: MeasuredSay
}

/** The figure, with its interval where it has one. */
export const withInterval = (
  { value, low, high }: IntervalPoint,
  { format, say }: Saying,
): string =>
  low === null || high === null
    ? format(value)
    : say('withInterval', { value: format(value), low: format(low), high: format(high) })

const described = (title: string, points: readonly IntervalPoint[], saying: Saying) =>
  `${title}. ${points.map((point) => `${point.name}: ${withInterval(point, saying)}`).join('; ')}.`
