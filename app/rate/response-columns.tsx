import type { ReactNode } from 'react'
import { letterOf, useRoomWords } from './room-words.ts'

/** Responses in columns where they fit; one at a time, with a switch, where they do not. */
export function ResponseColumns({
  count,
  shown,
  ringed = shown,
  active = null,
  onShow,
  badge,
  render,
}: {
  count: number
  /** The response in focus. */
  shown: number
  /** The response that stands out; the one in focus where nothing else is said. */
  ringed?: number | null
  /** The response that the keys scroll, where they scroll one of them. */
  active?: number | null
  onShow: (place: number) => void
  badge?: (place: number) => ReactNode
  render: (place: number) => ReactNode
}) {
  const { say } = useRoomWords()
  const places = Array.from({ length: count }, (_, place) => place)
  if (count === 1) {
    return (
      <article
        aria-label={say('response')}
        className="w-full max-w-[1040px] min-w-0 rounded-xl border border-line bg-surface shadow-card"
      >
        <h3 className="border-b border-line px-5 py-3.5 leading-none">{say('response')}</h3>
        <div className="max-w-[84ch] px-5 pt-4 pb-5">{render(0)}</div>
      </article>
    )
  }
  return (
    <>
      <div
        role="tablist"
        aria-label={say('response')}
        className="sticky top-0 z-10 grid overflow-hidden rounded-lg border border-line-strong bg-surface min-[1000px]:hidden"
        style={{ gridTemplateColumns: `repeat(${Math.min(count, 5)}, minmax(0, 1fr))` }}
      >
        {places.map((place) => (
          <button
            key={place}
            type="button"
            role="tab"
            aria-selected={shown === place}
            aria-label={say('responseNamed', { letter: letterOf(place) })}
            onClick={() => onShow(place)}
            className={`flex min-h-11 items-center justify-center gap-1.5 p-2 font-semibold -outline-offset-2 ${shown === place ? 'bg-act-soft text-act' : 'text-ink-2'}`}
          >
            {count < 4 ? say('responseNamed', { letter: letterOf(place) }) : letterOf(place)}
            {badge?.(place)}
          </button>
        ))}
      </div>
      <div className={`grid grid-cols-[minmax(0,1fr)] items-start gap-4.5 ${columnsOf(count)}`}>
        {places.map((place) => (
          <article
            key={place}
            data-place={place}
            data-active={active === place ? '' : undefined}
            aria-label={say('responseNamed', { letter: letterOf(place) })}
            className={`min-w-0 rounded-xl border bg-surface shadow-card ${ringed === place ? 'border-act-line ring-3 ring-act-soft' : 'border-line'} ${active === place ? 'outline outline-ink-3' : ''} ${shown === place ? '' : 'max-[999px]:hidden'}`}
          >
            <h3 className="border-b border-line leading-none">
              <button
                type="button"
                aria-pressed={shown === place}
                className="flex w-full items-center gap-2 rounded-t-xl px-5 py-3.5 text-left -outline-offset-2"
                onClick={() => onShow(place)}
              >
                {say('responseNamed', { letter: letterOf(place) })}
                {badge?.(place)}
              </button>
            </h3>
            <div className="max-w-[80ch] px-5 pt-4 pb-5">{render(place)}</div>
          </article>
        ))}
      </div>
    </>
  )
}

/** As many columns as leave a readable line each. */
function columnsOf(count: number): string {
  if (count === 2 || count === 4) return 'min-[1000px]:grid-cols-[repeat(2,minmax(0,1fr))]'
  return 'min-[1000px]:grid-cols-[repeat(2,minmax(0,1fr))] min-[1280px]:grid-cols-[repeat(3,minmax(0,1fr))]'
}
