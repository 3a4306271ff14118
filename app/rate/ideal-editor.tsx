/** An ideal response: begun from one that is there, or from nothing. Only what was edited is an answer. */
import { useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { idealAnswer } from './answer-keys.ts'
import type { ShownAnswer } from './judgment.ts'
import { letterOf, useRoomWords } from './room-words.ts'
import { plainText, type ShownResponse } from './task-view.ts'

export function IdealEditor({
  criterion,
  given,
  responses,
  onGive,
}: {
  criterion: Criterion
  given: ShownAnswer | undefined
  responses: readonly ShownResponse[]
  onGive: (given: ShownAnswer | undefined) => void
}) {
  const { say } = useRoomWords()
  const [text, setText] = useState<string | undefined>(
    given?.kind === 'ideal' ? given.text : undefined,
  )
  const field = useRef<HTMLTextAreaElement>(null)
  const texts = responses.map(({ messages }) => plainText(messages))
  const same = text === undefined ? -1 : texts.findIndex((one) => one.trim() === text.trim())
  const change = (next: string | undefined) => {
    setText(next)
    onGive(next === undefined ? undefined : idealAnswer(criterion.id, next, texts))
  }
  const begin = (next: string) => {
    change(next)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.scrollIntoView({ block: 'nearest' })
    })
  }
  if (text === undefined) {
    return (
      <div className="flex flex-wrap gap-2">
        {texts.map((one, place) => (
          <button
            key={place}
            type="button"
            className="chip max-md:min-h-11"
            onClick={() => begin(one)}
          >
            {say('idealFrom', { letter: letterOf(place) })}
          </button>
        ))}
        <button type="button" className="chip max-md:min-h-11" onClick={() => begin('')}>
          {say('idealEmpty')}
        </button>
      </div>
    )
  }
  return (
    <div className="grid gap-1">
      <textarea
        ref={field}
        className="input min-h-28 resize-y"
        dir="auto"
        rows={6}
        aria-label={criterion.title}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <div className="flex flex-wrap items-center gap-2 text-[13px] text-ink-2">
        <span role="status" className="grow">
          {text.trim() === ''
            ? say('idealBlank')
            : same >= 0
              ? say('idealSame', { letter: letterOf(same) })
              : say('idealEdited')}
        </span>
        <button
          type="button"
          className="btn btn-quiet !min-h-9 max-md:!min-h-11"
          onClick={() => change(undefined)}
        >
          {say('idealDiscard')}
        </button>
      </div>
    </div>
  )
}
