/** A task that a lead answers: read like a rater, with room beside it, and never without saying why. */
import { type ReactNode, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { type KeyMap, useHotkeys } from '#app/ui/hotkeys.ts'
import { useSaying } from '#app/ui/language.tsx'
import { useActiveTime } from './active-time.ts'
import { AnswerControls, verdictOf } from './answer-controls.tsx'
import { toAnswers, type WorkingAnswer } from './answer-form.ts'
import type { ShownAnswer } from './judgment.ts'
import { type Bindings, keyLabel } from './keymap.ts'
import { leadSayIn } from './lead-words.ts'
import { roomFor } from './response-view.tsx'
import type { RoomCampaign } from './room-campaign.ts'
import { type ReadingView, TaskReading } from './task-reading.tsx'
import type { ShownDocument, ShownMessage, ShownResponse } from './task-view.ts'
import { useAnswering } from './use-answering.ts'

export interface DecisionGivenHere {
  answers: ShownAnswer[]
  /** Why, in words. */
  text: string
  reasons: string[]
  activeMs: number
}

export interface DecisionDeskProps {
  taskId: string
  campaign: RoomCampaign
  criteria: readonly Criterion[]
  task: { prompt: ShownMessage[]; responses: ShownResponse[]; context?: ShownDocument[] }
  begun: WorkingAnswer
  bindings: Bindings
  /** Beside the responses. */
  aside?: ReactNode
  /** What the words are, and whether there must be any. */
  wordsLabel: string
  wordsHint: string
  isWordsRequired: boolean
  /** Whether every required question needs an answer; one answer is enough where not. */
  isComplete: boolean
  /** Absent where there is nothing to decide. */
  onDecide?: ((given: DecisionGivenHere) => void) | undefined
  decideLabel: string
  isSending: boolean
  /** What was wrong with what was sent. */
  problem: string | undefined
  /** Beside the button that decides. */
  actions?: ReactNode
  /** What stands between the reading and the questions, such as why nothing can be decided. */
  notice?: ReactNode
  keys?: KeyMap
  onChange?: () => void
}

const plainView: ReadingView = { isRaw: false, isDiff: false, isSynced: false }

export function DecisionDesk(props: DecisionDeskProps) {
  const { say } = useSaying(leadSayIn)
  const { campaign, criteria, task, bindings, onDecide } = props
  const page = useRef<HTMLDivElement>(null)
  const wordsField = useRef<HTMLTextAreaElement>(null)
  const [view, setView] = useState(plainView)
  const [hint, setHint] = useState('')
  const count = task.responses.length
  const [answer, setAnswer] = useState(props.begun)
  const made = useAnswering({
    campaign,
    criteria,
    count,
    answer,
    onChange: setAnswer,
    bindings,
    page,
  })
  const activeTime = useActiveTime(props.taskId, Date.now)

  const decide = () => {
    if (!onDecide || props.isSending) return
    const answers = toAnswers(answer, criteria, count)
    if (props.isComplete && made.missing) {
      made.setFocused(made.missing.id)
      return setHint(say('noAnswerYet', { title: made.missing.title }))
    }
    if (answers.length === 0) return setHint(say('answerOne'))
    const text = answer.comment.trim()
    if (props.isWordsRequired && text === '') {
      wordsField.current?.focus()
      return setHint(say('sayWhy'))
    }
    setHint('')
    onDecide({ answers, text, reasons: [...answer.reasons], activeMs: activeTime() })
  }
  const toggle = (key: keyof ReadingView) => () => setView({ ...view, [key]: !view[key] })
  useHotkeys({
    ...(onDecide ? made.keys : {}),
    ...(onDecide
      ? { [bindings.submit]: decide, [bindings.comment]: () => wordsField.current?.focus() }
      : {}),
    [bindings.raw]: toggle('isRaw'),
    [bindings.diff]: toggle('isDiff'),
    [bindings.sync]: toggle('isSynced'),
    ...props.keys,
  })
  const winner = made.overall && verdictOf(answer.answers[made.overall.id])?.winner
  return (
    <div ref={page} className="grid min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-[1fr_auto]">
      <div
        className={`grid min-w-0 content-start items-start gap-5 px-4 pt-5 pb-7 md:px-6 ${props.aside ? 'min-[1280px]:grid-cols-[minmax(0,1fr)_340px]' : ''}`}
      >
        <div
          className={`grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-4.5 ${roomFor(task)}`}
        >
          <TaskReading
            kind={campaign.kind}
            task={{ ...task, assignmentId: props.taskId, heldUntil: 0, phase: 'working' }}
            criteria={criteria}
            view={view}
            shown={made.shown}
            onShow={made.show}
            verdictSide={winner === 'first' ? 0 : winner === 'second' ? 1 : undefined}
            ranks={made.ranks}
            isMarking={made.marking.isOn}
            marks={made.marks}
            pending={made.marking.pending}
            onPending={made.takePending}
            onStopMarking={() => made.toggleMarking(false)}
          />
        </div>
        {props.aside}
      </div>
      <footer className="grid gap-3 border-t border-line bg-surface px-4 py-3 md:sticky md:bottom-0 md:z-20 md:px-6">
        {props.notice}
        {onDecide ? (
          <>
            <p role="alert" className="text-sm text-danger empty:hidden">
              {hint || props.problem}
            </p>
            <div className="grid max-h-[40dvh] overflow-y-auto max-md:max-h-none">
              <AnswerControls
                campaign={campaign}
                criteria={criteria}
                answer={answer}
                responses={task.responses}
                bindings={bindings}
                focused={made.focused}
                onFocus={made.setFocused}
                onAnswer={made.give}
                ranking={{
                  ranks: made.ranks,
                  place: made.shown,
                  onPlace: made.show,
                  onRanks: made.giveRanks,
                }}
                marking={{
                  isOn: made.marking.isOn,
                  pending: made.marking.pending,
                  onToggle: made.toggleMarking,
                  onLabel: made.mark,
                  onGo: ({ place }) => {
                    made.toggleMarking(true)
                    made.show(place)
                  },
                }}
              />
            </div>
            <div className="flex flex-wrap items-center gap-2.5">
              <label className="grid min-w-0 grow basis-72 gap-1">
                <span className="sr-only">{props.wordsLabel}</span>
                <textarea
                  ref={wordsField}
                  dir="auto"
                  rows={1}
                  className="input field-sizing-content max-h-32 min-h-11"
                  placeholder={props.wordsHint}
                  value={answer.comment}
                  onChange={(event) => {
                    setHint('')
                    setAnswer({ ...answer, comment: event.currentTarget.value })
                  }}
                  onKeyDown={(event) => {
                    if (event.key === 'Escape') event.currentTarget.blur()
                    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) {
                      return
                    }
                    event.preventDefault()
                    decide()
                  }}
                />
              </label>
              <div className="flex flex-wrap items-center gap-2 max-md:w-full">
                {props.actions}
                <button
                  type="button"
                  className="btn btn-primary max-md:min-h-11 max-md:grow"
                  disabled={props.isSending}
                  onClick={decide}
                >
                  {props.decideLabel}{' '}
                  <kbd className="max-md:hidden">{keyLabel(props.bindings.submit)}</kbd>
                </button>
              </div>
            </div>
          </>
        ) : (
          <div className="flex flex-wrap items-center gap-2">{props.actions}</div>
        )}
      </footer>
    </div>
  )
}
