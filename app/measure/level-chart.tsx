/** A figure over time as one line in its band of intervals: a few marks, however many points there are. */
import { memo, useId, useMemo, useRef, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { colorOf } from '#app/ui/swatch.tsx'
import { useWidth } from '#app/ui/use-width.ts'
import { axisSteps } from './axis-steps.ts'
import { type IntervalPoint, withInterval } from './interval-chart.tsx'
import { measuredSayIn } from './measured-words.ts'
import { PictureButtons } from './picture-buttons.tsx'

interface Given {
  title: string
  /** In the order of time. */
  points: readonly IntervalPoint[]
  domain: readonly [number, number]
  unit: string
  format: (value: number) => string
  /** Places in `points` at which the level changes. */
  changes: readonly number[]
  /** What one point stands for, as the name of the control that walks over them. */
  walk: string
}

const height = 220
const margin = { top: 10, right: 12, bottom: 26, left: 52 }
const leastLabel = 120

interface Place {
  x: (at: number) => number
  y: (value: number) => number
}

/**
 * The pointer or the arrow keys of the control below walk from point to point, and a line in words says
 * what is there. Only that line and one mark change, so that walking costs the same for any number.
 */
export function LevelChart({ title, points, domain, unit, format, changes, walk }: Given) {
  const { say } = useSaying(measuredSayIn)
  const box = useRef<HTMLDivElement>(null)
  const readout = useId()
  const width = useWidth(box, 820)
  const [chosen, setChosen] = useState(points.length - 1)
  const place = useMemo(() => placing(points.length, domain, width), [points.length, domain, width])
  const [first, last, here] = [points[0], points.at(-1), points[chosen]]
  if (!first || !last || !here) return null
  const words = (point: IntervalPoint) =>
    `${point.name}: ${withInterval(point, { format, say })} · ${point.rests}`
  const walkTo = (event: React.PointerEvent<SVGSVGElement>) => {
    const from = event.currentTarget.getBoundingClientRect().left + margin.left
    const share = (event.clientX - from) / (width - margin.left - margin.right)
    const at = Math.round(share * (points.length - 1))
    setChosen(Math.max(0, Math.min(points.length - 1, at)))
  }
  return (
    <figure className="grid gap-2">
      <figcaption className="flex flex-wrap items-baseline gap-x-4 font-serif text-[17px] font-semibold">
        <span className="grow">{title}</span>
        <PictureButtons box={box} title={title} />
      </figcaption>
      <div ref={box} className="min-w-0 overflow-hidden">
        <svg
          data-chart
          role="img"
          aria-label={`${title}. ${words(first)}; ${words(last)}.`}
          width={width}
          height={height}
          className="block touch-pan-y"
          onPointerMove={walkTo}
          onPointerDown={walkTo}
        >
          <Axes {...{ points, domain, format, width, place }} />
          <Marks {...{ points, changes, place }} />
          <circle
            cx={place.x(chosen)}
            cy={place.y(here.value)}
            r={5}
            fill="var(--surface)"
            stroke={colorOf(first.color)}
            strokeWidth={2.5}
          />
        </svg>
      </div>
      <p className="text-[12px] text-ink-3">{unit}</p>
      <input
        type="range"
        className="w-full accent-(--ink-3)"
        min={0}
        max={points.length - 1}
        value={chosen}
        aria-label={`${walk}: ${title}`}
        aria-valuetext={words(here)}
        aria-describedby={readout}
        onChange={(event) => setChosen(event.currentTarget.valueAsNumber)}
      />
      <p id={readout} className="min-h-[2lh] text-sm text-ink-2 tabular-nums sm:min-h-[1lh]">
        {words(here)}
      </p>
    </figure>
  )
}

function placing(size: number, [low, high]: Given['domain'], width: number): Place {
  const wide = width - margin.left - margin.right
  const tall = height - margin.top - margin.bottom
  return {
    x: (at) => margin.left + (size < 2 ? wide / 2 : (at / (size - 1)) * wide),
    y: (value) => margin.top + tall - ((value - low) / (high - low || 1)) * tall,
  }
}

const Axes = memo(function Axes({
  points,
  domain,
  format,
  width,
  place,
}: Pick<Given, 'points' | 'domain' | 'format'> & { width: number; place: Place }) {
  const labels = Math.max(2, Math.floor((width - margin.left) / leastLabel))
  const named = Array.from({ length: Math.min(labels, points.length) }, (_, at, all = labels) =>
    Math.round((at / (Math.min(all, points.length) - 1)) * (points.length - 1)),
  )
  return (
    <g fontSize={12} fill="var(--ink-3)">
      {axisSteps(...domain).map((value) => (
        <g key={value}>
          <line
            x1={margin.left}
            x2={width - margin.right}
            y1={place.y(value)}
            y2={place.y(value)}
            stroke="var(--line)"
          />
          <text x={margin.left - 8} y={place.y(value) + 4} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {named.map((at, order) => (
        <text
          key={at}
          x={place.x(at)}
          y={height - 8}
          textAnchor={order === 0 ? 'start' : order === named.length - 1 ? 'end' : 'middle'}
        >
          {points[at]?.name}
        </text>
      ))}
    </g>
  )
})

const Marks = memo(function Marks({
  points,
  changes,
  place,
}: Pick<Given, 'points' | 'changes'> & { place: Place }) {
  const color = colorOf(points[0]?.color ?? 0)
  const corner = (value: number, at: number) => `${tenth(place.x(at))},${tenth(place.y(value))}`
  const upper = points.map(({ value, high }, at) => corner(high ?? value, at))
  const lower = points.map(({ value, low }, at) => corner(low ?? value, at))
  return (
    <>
      <polygon
        points={[...upper, ...lower.reverse()].join(' ')}
        fill={`color-mix(in oklab, ${color} 25%, transparent)`}
      />
      {changes.map((at) => (
        <line
          key={at}
          x1={place.x(at)}
          x2={place.x(at)}
          y1={margin.top}
          y2={height - margin.bottom}
          stroke="var(--line-strong)"
          strokeDasharray="3 4"
        />
      ))}
      <polyline
        points={points.map(({ value }, at) => corner(value, at)).join(' ')}
        fill="none"
        stroke={color}
        strokeWidth={2}
        strokeLinejoin="round"
      />
    </>
  )
})

/** Tenths of a pixel are all that can be seen. */
const tenth = (pixels: number): number => Math.round(pixels * 10) / 10
