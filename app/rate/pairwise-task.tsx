import { sameVerdict, type Verdict, verdictLabel, verdictsOf } from './keymap.ts'
import { Messages } from './response-view.tsx'
import type { TaskView } from './task-view.ts'

const letters = ['A', 'B'] as const

/** Two responses side by side; one at a time, with a switch, where there is no room for both. */
export function PairOfResponses({
  task,
  verdict,
  isRaw,
  shown,
  onShow,
}: {
  task: TaskView
  verdict: Verdict | null
  isRaw: boolean
  shown: 0 | 1
  onShow: (side: 0 | 1) => void
}) {
  const isLean = (side: number) =>
    (verdict?.winner === 'first' && side === 0) || (verdict?.winner === 'second' && side === 1)
  return (
    <>
      <div
        role="tablist"
        aria-label="Response"
        className="sticky top-0 z-10 grid grid-cols-2 overflow-hidden rounded-lg border border-line-strong bg-surface min-[1000px]:hidden"
      >
        {letters.map((letter, side) => (
          <button
            key={letter}
            type="button"
            role="tab"
            aria-selected={shown === side}
            onClick={() => onShow(side as 0 | 1)}
            className={`p-2.5 text-center font-semibold ${shown === side ? 'bg-act-soft text-act' : 'text-ink-2'}`}
          >
            Response {letter}
          </button>
        ))}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4.5 min-[1000px]:grid-cols-[repeat(2,minmax(0,1fr))]">
        {letters.map((letter, side) => (
          <article
            key={letter}
            aria-label={`Response ${letter}`}
            className={`min-w-0 rounded-xl border bg-surface shadow-card ${isLean(side) ? 'border-act-line ring-3 ring-act-soft' : 'border-line'} ${shown === side ? '' : 'max-[999px]:hidden'}`}
          >
            <h3 className="border-b border-line px-5 py-3.5 leading-none">Response {letter}</h3>
            <div className="max-w-[80ch] px-5 pt-4 pb-5">
              <Messages messages={task.responses[side]?.messages ?? []} isRaw={isRaw} />
            </div>
          </article>
        ))}
      </div>
    </>
  )
}

/** The scale of a pairwise campaign, with its keys on it. */
export function VerdictScale({
  title,
  points,
  verdict,
  onChoose,
}: {
  title: string
  points: number
  verdict: Verdict | null
  onChoose: (verdict: Verdict) => void
}) {
  const all = verdictsOf(points)
  return (
    <div
      role="radiogroup"
      aria-label={title}
      className="grid w-full overflow-hidden rounded-[10px] border border-line-strong"
      style={{
        gridTemplateColumns: `repeat(${all.length}, minmax(0, 1fr))`,
        maxWidth: `${all.length * 188}px`,
      }}
    >
      {all.map((one, place) => {
        const isOn = sameVerdict(verdict, one)
        return (
          // biome-ignore lint/a11y/useSemanticElements: a radio that looks like a segment; the group carries the keys.
          <button
            key={verdictLabel(one, points)}
            type="button"
            role="radio"
            aria-checked={isOn}
            onClick={() => onChoose(one)}
            className={`grid content-center justify-items-center gap-1.5 border-line px-1.5 py-2.5 text-[14px] leading-tight font-medium not-first:border-l ${isOn ? 'bg-act font-semibold text-on-act' : 'text-ink-2 hover:bg-sunken'}`}
          >
            {verdictLabel(one, points)}
            <kbd
              className={`max-[999px]:hidden ${isOn ? '!border-current !bg-transparent !text-inherit opacity-80' : ''}`}
            >
              {place + 1}
            </kbd>
          </button>
        )
      })}
    </div>
  )
}
