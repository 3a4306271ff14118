/** A ranking by number keys, by buttons and by drag; what nobody ranked is no answer. */
import { type PointerEvent, useRef, useState } from 'react'
import type { DefinitionOf } from '#app/assign/campaign.ts'
import type { Bindings } from './keymap.ts'
import {
  insertedAt,
  moved,
  type Ranks,
  tiedWith,
  tiedWithAbove,
  toLevels,
  unranked,
  withRank,
} from './ranking.ts'
import { letterOf, useRoomWords } from './room-words.ts'
import { KeyOn } from './segments.tsx'

export interface RankingInHand {
  ranks: Ranks
  /** The response in focus, by its place on the page. */
  place: number
  onPlace: (place: number) => void
  onRanks: (ranks: Ranks) => void
}

export interface RankingControlProps extends RankingInHand {
  definition: DefinitionOf<'ranking'>
  bindings: Bindings
  count: number
}

export function RankingControl(props: RankingControlProps) {
  const { ranks, count, definition, place, onPlace } = props
  const { say } = useRoomWords()
  const levels = toLevels(ranks)
  const left = Array.from({ length: count }, (_, at) => at).filter((at) => ranks[at] === undefined)
  const { drag, dragProps, area } = useDrag(props)
  const chip = (at: number) => {
    const rank = ranks[at]
    const isDragged = drag?.place === at
    const isTied = rank !== undefined && (levels.find((tied) => tied.includes(at))?.length ?? 0) > 1
    const words =
      rank === undefined
        ? say('ranksNot', { letter: letterOf(at) })
        : say(isTied ? 'ranksTied' : 'ranksAs', { letter: letterOf(at), rank })
    return (
      <button
        key={at}
        type="button"
        data-chip={at}
        aria-pressed={at === place}
        aria-label={words}
        onClick={() => onPlace(at)}
        style={isDragged ? { transform: `translate(${drag.x}px, ${drag.y}px)` } : undefined}
        className={`grid h-10 min-w-10 cursor-grab touch-none place-content-center rounded-lg border-2 bg-surface px-3 font-semibold select-none max-md:h-11 max-md:min-w-11 ${at === place ? 'border-act text-act' : 'border-line-strong text-ink-2'} ${isDragged ? 'relative z-20 cursor-grabbing shadow-card' : ''}`}
        {...dragProps(at)}
      >
        {letterOf(at)}
      </button>
    )
  }
  const isOnto = (level: number) => drag?.target?.kind === 'onto' && drag.target.level === level
  const bar = (level: number) => (
    <span
      aria-hidden="true"
      className={`w-1 self-stretch rounded-full ${drag?.target?.kind === 'before' && drag.target.level === level ? 'bg-act' : 'bg-transparent'}`}
    />
  )
  // On a phone the responses need the room that an empty place would take.
  const unlessEmpty = (isEmpty: boolean) => (isEmpty ? 'max-md:hidden' : '')
  return (
    <div className="grid gap-2">
      <div ref={area} className="flex flex-wrap items-stretch gap-x-4 gap-y-2">
        <ol
          aria-label={say('ranked')}
          data-zone="ranked"
          className={`flex min-h-14 min-w-40 grow flex-wrap items-center gap-1 rounded-lg border border-line-strong bg-surface p-1.5 ${unlessEmpty(levels.length === 0)}`}
        >
          {levels.map((tied, level) => (
            <li key={tied.join()} data-level={level} className="flex items-center gap-1">
              {bar(level)}
              <span
                className={`flex items-center gap-1 rounded-lg ${isOnto(level) ? 'bg-act-soft ring-2 ring-act' : ''}`}
              >
                <span className="min-w-5 text-center text-sm text-ink-2" aria-hidden="true">
                  {ranks[tied[0] ?? 0]}.
                </span>
                {tied.map((at, order) => (
                  <span key={at} className="flex items-center gap-1">
                    {order > 0 ? <span aria-hidden="true">=</span> : null}
                    {chip(at)}
                  </span>
                ))}
              </span>
              {level === levels.length - 1 ? bar(levels.length) : null}
            </li>
          ))}
          {levels.length === 0 ? (
            <li className="px-2 text-sm text-ink-2">{say('rankHow')}</li>
          ) : null}
        </ol>
        <fieldset
          data-zone="unranked"
          className={`flex min-h-14 flex-wrap items-center gap-1.5 rounded-lg border border-dashed p-1.5 ${drag?.target?.kind === 'out' ? 'border-act' : 'border-line-strong'} ${left.length === 0 ? 'min-w-14' : ''} ${unlessEmpty(left.length === 0)}`}
        >
          <legend className="sr-only">{say('unranked')}</legend>
          {left.map(chip)}
        </fieldset>
      </div>
      <RankButtons {...props} levels={levels} />
      <p role="status" className="text-[13px] leading-5 text-ink-2">
        {statusOf(say, { ranked: count - left.length, total: count, partial: definition.partial })}
      </p>
    </div>
  )
}

function statusOf(
  say: ReturnType<typeof useRoomWords>['say'],
  { ranked, total, partial }: { ranked: number; total: number; partial: boolean },
): string {
  if (ranked === 0) return say('rankUntouched')
  if (ranked === total) return say('rankDone')
  return say(partial ? 'rankSomePartial' : 'rankSome', { count: ranked, total })
}

/** The rank of the response in focus, as buttons: everything that keys and drag can do. */
function RankButtons(props: RankingControlProps & { levels: number[][] }) {
  const { ranks, place, count, definition, levels, onRanks } = props
  const { say } = useRoomWords()
  const letter = letterOf(place)
  const own = ranks[place]
  const button =
    'grid h-9 min-w-9 place-content-center rounded-lg border border-line-strong bg-surface px-2 text-sm font-medium disabled:opacity-50 max-md:h-11 max-md:min-w-11'
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="float-left mr-2 py-1.5 text-sm font-semibold">
        {say('rankIt', { letter })}
      </legend>
      {Array.from({ length: count }, (_, at) => at + 1).map((rank) => (
        <button
          key={rank}
          type="button"
          aria-pressed={own === rank}
          aria-label={say('rankNumber', { rank })}
          className={`${button} ${own === rank ? '!border-act !bg-act !text-on-act' : ''}`}
          onClick={() => onRanks(withRank(ranks, place, rank, definition.ties))}
        >
          {rank}
        </button>
      ))}
      {levels.length > 0 ? <RankMoves {...props} className={button} /> : null}
    </fieldset>
  )
}

/** What can be done with ranks once there are some. */
function RankMoves({
  ranks,
  place,
  definition,
  levels,
  className: button,
  onRanks,
}: RankingControlProps & { levels: number[][]; className: string }) {
  const { say } = useRoomWords()
  const own = ranks[place]
  return (
    <>
      <button
        type="button"
        className={button}
        disabled={own === undefined}
        onClick={() => onRanks(moved(ranks, place, -1))}
      >
        <span>
          {say('moveUp')} <KeyOn>↑</KeyOn>
        </span>
      </button>
      <button
        type="button"
        className={button}
        disabled={own === undefined}
        onClick={() => onRanks(moved(ranks, place, 1))}
      >
        <span>
          {say('moveDown')} <KeyOn>↓</KeyOn>
        </span>
      </button>
      {definition.ties ? (
        <button
          type="button"
          className={button}
          disabled={levels[0]?.includes(place)}
          onClick={() => onRanks(tiedWithAbove(ranks, place))}
        >
          <span>
            {say('tieAbove')} <KeyOn>=</KeyOn>
          </span>
        </button>
      ) : null}
      <button
        type="button"
        className={button}
        disabled={own === undefined}
        onClick={() => onRanks(unranked(ranks, place))}
      >
        {say('unrank')}
      </button>
    </>
  )
}

type Target = { kind: 'before'; level: number } | { kind: 'onto'; level: number } | { kind: 'out' }

interface Drag {
  place: number
  startX: number
  startY: number
  x: number
  y: number
  target: Target | undefined
}

/** Pixels that a pointer moves before a press becomes a drag. */
const slack = 6

/** Dragging letters between ranks, with a mouse, a pen or a finger. */
function useDrag({ ranks, definition, onRanks, onPlace }: RankingControlProps) {
  const area = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const dragProps = (place: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const { clientX, clientY } = event
      setDrag({ place, startX: clientX, startY: clientY, x: 0, y: 0, target: undefined })
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag?.place !== place) return
      const x = event.clientX - drag.startX
      const y = event.clientY - drag.startY
      const isMoved = drag.target !== undefined || Math.hypot(x, y) > slack
      const target = isMoved
        ? targetAt(area.current, event.clientX, event.clientY, place, definition.ties)
        : undefined
      setDrag({ ...drag, x, y, target })
    },
    onPointerUp: () => {
      if (drag?.place === place && drag.target) {
        onPlace(place)
        onRanks(dropped(ranks, place, drag.target))
      }
      setDrag(undefined)
    },
    onPointerCancel: () => setDrag(undefined),
  })
  return { area, drag, dragProps }
}

function dropped(ranks: Ranks, place: number, target: Target): Ranks {
  if (target.kind === 'out') return unranked(ranks, place)
  const levels = toLevels(ranks)
  if (target.kind === 'onto') {
    const other = levels[target.level]?.find((at) => at !== place)
    return other === undefined ? ranks : tiedWith(ranks, place, other)
  }
  const isAloneBefore = levels.slice(0, target.level).some((tied) => tied.join() === String(place))
  return insertedAt(ranks, place, target.level - (isAloneBefore ? 1 : 0))
}

/** Where a letter would fall: before a rank, onto one as a tie, or out of the ranking. */
function targetAt(
  area: HTMLElement | null,
  x: number,
  y: number,
  place: number,
  ties: boolean,
): Target | undefined {
  const zone = area?.querySelector<HTMLElement>('[data-zone="unranked"]')?.getBoundingClientRect()
  if (zone && x >= zone.left && x <= zone.right && y >= zone.top && y <= zone.bottom) {
    return { kind: 'out' }
  }
  const levels = [...(area?.querySelectorAll<HTMLElement>('[data-level]') ?? [])]
  for (const level of levels) {
    const own = level.querySelector(`[data-chip="${place}"]`)
    const box = level.getBoundingClientRect()
    if (y > box.bottom + 8 || x > box.right) continue
    const at = Number(level.dataset.level)
    const share = (x - box.left) / box.width
    const isAlone = own !== null && level.querySelectorAll('[data-chip]').length === 1
    if (ties && !isAlone && share > 0.25 && share < 0.75) return { kind: 'onto', level: at }
    return { kind: 'before', level: share < 0.5 ? at : at + 1 }
  }
  return { kind: 'before', level: levels.length }
}
