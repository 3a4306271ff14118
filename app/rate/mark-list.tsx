/** Marked stretches of the responses: the labels to give them, and the list of those there are. */
import type { Criterion } from '#app/assign/campaign.ts'
import { preview } from '#app/base/text.ts'
import type { ShownAnswer } from './judgment.ts'
import { type Bindings, keyLabel } from './keymap.ts'
import type { Mark, TextRange } from './marks.ts'
import { letterOf, useRoomWords } from './room-words.ts'
import { KeyOn } from './segments.tsx'
import { plainText, type ShownResponse } from './task-view.ts'

/** What is selected in a response and has no label yet. */
export interface PendingMark extends TextRange {
  place: number
}

export interface Marking {
  isOn: boolean
  pending: PendingMark | undefined
  onToggle: (isOn: boolean) => void
  onLabel: (criterionId: string, label: string) => void
  /** Shows a mark in its response. */
  onGo: (mark: Mark) => void
}

/** The colour of a label, by its place among the labels. */
export const markColour = (place: number): string => `var(--m${(Math.max(0, place) % 7) + 1})`

export function MarkList({
  criterion,
  labels,
  responses,
  bindings,
  marking,
  given,
  onGive,
}: {
  criterion: Criterion
  labels: readonly string[]
  responses: readonly ShownResponse[]
  bindings: Bindings
  marking: Marking
  given: ShownAnswer | undefined
  onGive: (given: ShownAnswer | undefined) => void
}) {
  const { say } = useRoomWords()
  const marks = given?.kind === 'spans' ? given.spans : []
  const quote = ({ place, start, end }: PendingMark) =>
    preview(plainText(responses[place]?.messages ?? []).slice(start, end), 60)
  const remove = (index: number) => {
    const spans = marks.filter((_, at) => at !== index)
    onGive(spans.length > 0 ? { kind: 'spans', criterionId: criterion.id, spans } : undefined)
  }
  const { pending } = marking
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          className="chip max-md:min-h-11"
          aria-pressed={marking.isOn}
          onClick={() => marking.onToggle(!marking.isOn)}
        >
          {say(marking.isOn ? 'markOff' : 'markOn')} <KeyOn>{keyLabel(bindings.mark)}</KeyOn>
        </button>
        {marking.isOn ? (
          <fieldset className="flex flex-wrap gap-1.5">
            <legend className="sr-only">{say('markLabels')}</legend>
            {labels.map((label, place) => (
              <button
                key={label}
                type="button"
                className="chip max-md:min-h-11"
                aria-disabled={pending === undefined}
                // The selection in the text must outlive the press.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => marking.onLabel(criterion.id, label)}
              >
                <Dot colour={markColour(place)} />
                <span dir="auto">{label}</span> <KeyOn isNumber>{String(place + 1)}</KeyOn>
              </button>
            ))}
          </fieldset>
        ) : null}
        <span role="status" className="min-w-0 text-[13px] text-ink-2 [overflow-wrap:anywhere]">
          {pending
            ? say('markSelected', { letter: letterOf(pending.place), text: quote(pending) })
            : marks.length > 0
              ? say('markCount', { count: marks.length })
              : say(marking.isOn ? 'markHow' : 'markedNone')}
        </span>
      </div>
      {marks.length > 0 ? (
        <ul aria-label={say('marked')} className="flex flex-wrap gap-1.5">
          {marks.map((mark, index) => {
            const values = { text: quote(mark), letter: letterOf(mark.place), label: mark.label }
            return (
              <li
                key={`${mark.place}:${mark.start}:${mark.end}:${mark.label}`}
                className="flex max-w-full min-w-0 items-stretch overflow-hidden rounded-lg border border-line-strong bg-surface text-[13px]"
              >
                <button
                  type="button"
                  className="flex min-h-9 min-w-0 items-center gap-2 px-2.5 -outline-offset-2 max-md:min-h-11"
                  aria-label={say('markGo', values)}
                  onClick={() => marking.onGo(mark)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Delete' && event.key !== 'Backspace') return
                    event.preventDefault()
                    remove(index)
                  }}
                >
                  <Dot colour={markColour(labels.indexOf(mark.label))} />
                  <span className="font-semibold">{letterOf(mark.place)}</span>
                  <span dir="auto" className="truncate">
                    {values.text}
                  </span>
                  <span dir="auto" className="shrink-0 text-ink-2">
                    {mark.label}
                  </span>
                </button>
                <button
                  type="button"
                  className="min-w-9 border-l border-line text-ink-2 -outline-offset-2 hover:bg-sunken max-md:min-w-11"
                  aria-label={say('markRemove', values)}
                  onClick={() => remove(index)}
                >
                  ×
                </button>
              </li>
            )
          })}
        </ul>
      ) : null}
    </div>
  )
}

const Dot = ({ colour }: { colour: string }) => (
  <span
    aria-hidden="true"
    className="inline-block size-2.5 shrink-0 rounded-full"
    style={{ background: colour }}
  />
)
