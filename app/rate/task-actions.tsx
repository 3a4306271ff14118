import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import type { WorkingAnswer } from './answer-form.ts'
import { type Bindings, keyLabel, reasonKey } from './keymap.ts'
import type { RoomCampaign } from './room-campaign.ts'
import { useRoomWords } from './room-words.ts'
import { KeyOn } from './segments.tsx'

export interface TaskActionsProps {
  campaign: Pick<RoomCampaign, 'comment' | 'reasons'>
  answer: WorkingAnswer
  bindings: Bindings
  isRevision: boolean
  canUndo: boolean
  commentField?: RefObject<HTMLInputElement>
  onChange: (next: Partial<WorkingAnswer>) => void
  onSkip: () => void
  onFlag: () => void
  onUndo: () => void
  /** Puts a judged task away as it was. */
  onLeave: () => void
  onSubmit: () => void
}

/** What every task has below its questions: reasons, a comment, and what to do with the task. */
export function TaskActions(props: TaskActionsProps) {
  const { campaign, answer, bindings, isRevision } = props
  const { say } = useRoomWords()
  const key = (command: keyof Bindings) => keyLabel(bindings[command])
  const hasExtras = campaign.comment || campaign.reasons.length > 0
  const isGiven = answer.reasons.length > 0 || answer.comment !== ''
  // A narrow screen keeps its room for what is read, and shows these when they are asked for.
  const [wish, setWish] = useState<boolean>()
  const isAsked = wish ?? isGiven
  const whenAsked = isAsked ? '' : 'max-md:hidden'
  return (
    <div
      className="flex w-full flex-wrap items-center gap-2.5 justify-self-center max-md:contents"
      {...(isAsked ? { 'data-extras': '' } : {})}
    >
      {campaign.reasons.length > 0 ? (
        <div
          className={`flex min-w-0 flex-wrap items-center gap-2 max-md:shrink-0 max-md:gap-x-1.5 max-md:gap-y-0.5 max-md:px-3 ${whenAsked}`}
        >
          <span className="text-[13px] text-ink-2 max-md:w-full">
            {say('reasons')} ({say('optional')})
          </span>
          <Reasons
            offered={campaign.reasons}
            chosen={answer.reasons}
            onChange={(reasons) => props.onChange({ reasons })}
          />
        </div>
      ) : null}
      {campaign.comment ? (
        <CommentField
          className={whenAsked}
          field={props.commentField}
          keys={key('comment')}
          value={answer.comment}
          onChange={(comment) => props.onChange({ comment })}
          onSubmit={props.onSubmit}
        />
      ) : (
        <span className="grow max-md:hidden" />
      )}
      <div className="flex items-center gap-1 bg-surface max-md:sticky max-md:flex-wrap md:ml-auto max-md:bottom-0 max-md:shrink-0 max-md:px-2 max-md:pt-1 max-md:pb-2">
        {isRevision ? (
          <button
            type="button"
            className={`${quiet} max-md:max-w-22 max-md:!leading-tight max-md:!whitespace-normal`}
            onClick={props.onLeave}
          >
            {say('leaveAsWas')} <KeyOn>Esc</KeyOn>
          </button>
        ) : (
          <button type="button" className={quiet} onClick={props.onSkip}>
            {say('skip')} <KeyOn>{key('skip')}</KeyOn>
          </button>
        )}
        <button type="button" className={quiet} onClick={props.onFlag}>
          {say('flag')} <KeyOn>{key('flag')}</KeyOn>
        </button>
        <button type="button" className={quiet} disabled={!props.canUndo} onClick={props.onUndo}>
          {say('undo')} <KeyOn>{key('undo')}</KeyOn>
        </button>
        {hasExtras ? (
          <button
            type="button"
            className={`${quiet} md:hidden ${isGiven ? '!text-act' : ''}`}
            aria-expanded={isAsked}
            aria-label={say('why')}
            onClick={() => setWish(!isAsked)}
          >
            {say('whyShort')}
          </button>
        ) : null}
        <button
          type="button"
          className="btn btn-primary max-md:!min-h-11 max-md:grow"
          onClick={props.onSubmit}
        >
          {say(isRevision ? 'submitChange' : 'submit')} <KeyOn>{key('submit')}</KeyOn>
        </button>
      </div>
    </div>
  )
}

const quiet = 'btn btn-quiet max-md:!min-h-11 max-md:!px-2'

function CommentField({
  className,
  field,
  keys,
  value,
  onChange,
  onSubmit,
}: {
  className: string
  field: RefObject<HTMLInputElement> | undefined
  keys: string
  value: string
  onChange: (comment: string) => void
  onSubmit: () => void
}) {
  const { say } = useRoomWords()
  const id = useId()
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.repeat) return
    if (event.shiftKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onSubmit()
  }
  return (
    <div
      className={`relative min-w-32 md:grow md:basis-40 max-md:mx-3 max-md:shrink-0 ${className}`}
    >
      <label htmlFor={id} className="sr-only">
        {say('comment')}
      </label>
      <input
        ref={field}
        id={id}
        className="input max-md:min-h-11"
        dir="auto"
        placeholder={say('commentHint')}
        value={value}
        onKeyDown={press}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {value === '' ? (
        <span className="pointer-events-none absolute inset-y-0 right-3 flex items-center">
          <KeyOn>{keys}</KeyOn>
        </span>
      ) : null}
    </div>
  )
}

/** Reasons with one taken in, or out where it was among them. */
export const toggledReason = (chosen: readonly string[], reason: string): string[] =>
  chosen.includes(reason) ? chosen.filter((one) => one !== reason) : [...chosen, reason]

function Reasons({
  offered,
  chosen,
  onChange,
}: {
  offered: readonly string[]
  chosen: readonly string[]
  onChange: (reasons: string[]) => void
}) {
  return offered.map((reason, place) => {
    const isOn = chosen.includes(reason)
    return (
      <button
        key={reason}
        type="button"
        dir="auto"
        className="chip shrink-0 max-md:min-h-11"
        aria-pressed={isOn}
        data-answers=""
        onClick={() => onChange(toggledReason(chosen, reason))}
      >
        {reason} <KeyOn>{keyLabel(reasonKey(place))}</KeyOn>
      </button>
    )
  })
}
