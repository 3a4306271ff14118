/** The responses as the plain text in which stretches are marked, by mouse, finger or keyboard. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { markColour, type PendingMark } from './mark-list.tsx'
import {
  cursorRange,
  lineStep,
  type Mark,
  movedCursor,
  stretchesOf,
  type TextRange,
  trimmedRange,
  type WordCursor,
  wordsOf,
} from './marks.ts'
import { ResponseColumns } from './response-columns.tsx'
import { letterOf, useRoomWords } from './room-words.ts'
import { plainText, type ShownResponse } from './task-view.ts'

export interface MarkedResponsesProps {
  responses: readonly ShownResponse[]
  criteria: readonly Criterion[]
  marks: readonly Mark[]
  pending: PendingMark | undefined
  shown: number
  onShow: (place: number) => void
  onPending: (pending: PendingMark | undefined) => void
  onLeave: () => void
}

export function MarkedResponses(props: MarkedResponsesProps) {
  const { responses, criteria, shown, onShow } = props
  const labels = criteria.flatMap(({ definition }) =>
    definition.kind === 'spans' ? definition.labels : [],
  )
  return (
    <ResponseColumns
      count={responses.length}
      shown={shown}
      onShow={onShow}
      render={(place) => (
        <MarkableText
          text={plainText(responses[place]?.messages ?? [])}
          letter={letterOf(place)}
          isShown={place === shown}
          labels={labels}
          marks={props.marks.filter((mark) => mark.place === place)}
          pending={props.pending?.place === place ? props.pending : undefined}
          onFocus={() => onShow(place)}
          onPending={(range) => props.onPending(range && { place, ...range })}
          onLeave={props.onLeave}
        />
      )}
    />
  )
}

function MarkableText({
  text,
  letter,
  isShown,
  labels,
  marks,
  pending,
  onFocus,
  onPending,
  onLeave,
}: {
  text: string
  letter: string
  isShown: boolean
  labels: readonly string[]
  marks: readonly Mark[]
  pending: TextRange | undefined
  onFocus: () => void
  onPending: (range: TextRange | undefined) => void
  onLeave: () => void
}) {
  const { say } = useRoomWords()
  const box = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState<WordCursor>()
  const words = useMemo(() => wordsOf(text), [text])
  const byKeys = cursor && cursorRange(cursor, words)
  useEffect(() => {
    if (isShown) box.current?.focus({ preventScroll: true })
  }, [isShown])
  useSelectionIn(box, (range) => {
    const trimmed = range && trimmedRange(text, range)
    setCursor(undefined)
    onPending(trimmed)
  })
  const move = (next: WordCursor) => {
    window.getSelection()?.removeAllRanges()
    setCursor(next)
    onPending(cursorRange(next, words))
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') {
      event.preventDefault()
      if (!pending) return onLeave()
      setCursor(undefined)
      window.getSelection()?.removeAllRanges()
      return onPending(undefined)
    }
    const at = cursor?.at ?? -1
    const step = stepOf(event.key, text, words, at)
    if (step === undefined || words.length === 0) return
    event.preventDefault()
    const start = cursor ?? { at: -1, from: 0 }
    move(movedCursor(start, step, event.shiftKey && cursor !== undefined, words.length))
  }
  // What the pointer selected is drawn by the browser; drawing it again would disturb the selection.
  const drawn = byKeys ? [...marks, byKeys] : marks
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a text in which words are chosen, not changed. */}
      <div
        ref={box}
        role="textbox"
        aria-readonly="true"
        aria-multiline="true"
        aria-label={say('markText', { letter })}
        tabIndex={0}
        dir="auto"
        className="prose cursor-text rounded-md whitespace-pre-wrap outline-offset-8"
        onFocus={onFocus}
        onKeyDown={press}
      >
        {stretchesOf(text.length, drawn).map(({ start, end, marks: covering }) => {
          const piece = text.slice(start, end)
          if (covering.length === 0) return <span key={start}>{piece}</span>
          const own = covering.flatMap((index) => marks[index] ?? [])
          const isCursor = covering.includes(marks.length)
          return (
            <mark
              key={start}
              data-start={start}
              title={own.map((mark) => mark.label).join(', ')}
              className={`rounded-[2px] text-inherit ${isCursor ? 'outline-2 outline-act' : ''}`}
              style={drawnAs(own.map((mark) => markColour(labels.indexOf(mark.label))))}
            >
              {piece}
            </mark>
          )
        })}
      </div>
      <p className="sr-only" role="status">
        {byKeys ? say('markWord', { text: text.slice(byKeys.start, byKeys.end) }) : ''}
      </p>
    </>
  )
}

function stepOf(
  key: string,
  text: string,
  words: readonly TextRange[],
  at: number,
): number | undefined {
  if (key === 'ArrowRight') return 1
  if (key === 'ArrowLeft') return -1
  if (key === 'ArrowDown') return at < 0 ? 1 : lineStep(text, words, at, 1)
  if (key === 'ArrowUp') return at < 0 ? 1 : lineStep(text, words, at, -1)
  if (key === 'Home') return -words.length
  if (key === 'End') return words.length
  return undefined
}

/** One tint for a mark, and a line below for each that covers the stretch. */
function drawnAs(colours: readonly string[]): React.CSSProperties {
  const [first] = colours
  if (!first) return { background: 'var(--act-soft)' }
  return {
    background: `color-mix(in oklab, ${first} 20%, transparent)`,
    boxShadow: colours.map((colour, at) => `0 ${2 * (at + 1)}px 0 ${colour}`).join(', '),
    paddingBottom: `${2 * (colours.length - 1)}px`,
  }
}

/** Tells what is selected inside an element, in code units of its text; nothing for a mere click. */
function useSelectionIn(
  box: React.RefObject<HTMLElement | null>,
  onSelect: (range: TextRange | undefined) => void,
): void {
  const latest = useRef(onSelect)
  latest.current = onSelect
  useEffect(() => {
    const look = () => {
      const selection = window.getSelection()
      const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined
      if (!range || !box.current?.contains(range.startContainer)) return
      latest.current(range.collapsed ? undefined : offsetsIn(box.current, range))
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [box])
}

/** A selection that reaches beyond the text, as three clicks on its last line do, ends with the text. */
function offsetsIn(box: HTMLElement, range: Range): TextRange {
  const inside = document.createRange()
  inside.selectNodeContents(box)
  const before = inside.cloneRange()
  before.setEnd(range.startContainer, range.startOffset)
  inside.setStart(range.startContainer, range.startOffset)
  if (box.contains(range.endContainer)) inside.setEnd(range.endContainer, range.endOffset)
  const start = before.toString().length
  return { start, end: start + inside.toString().length }
}
