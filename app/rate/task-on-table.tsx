/** The task a rater has before them, and the answer while it is made. One component a task: nothing carries over. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Criterion } from '#app/assign/campaign.ts'
import { type KeyMap, useHotkeys } from '#app/ui/hotkeys.ts'
import { useActiveTime } from './active-time.ts'
import { AnswerControls, focusQuestion, verdictOf } from './answer-controls.tsx'
import { emptyAnswer, toAnswers, type WorkingAnswer, withAnswered } from './answer-form.ts'
import { type Bindings, type Command, keyLabel, mostReasonKeys, reasonKey } from './keymap.ts'
import type { Answered, Queue } from './queue.ts'
import type { Ranks } from './ranking.ts'
import { roomFor } from './response-view.tsx'
import type { RoomCampaign } from './room-campaign.ts'
import { letterOf, type RoomSay, useRoomWords } from './room-words.ts'
import { TaskActions, toggledReason } from './task-actions.tsx'
import { type ReadingView, TaskReading } from './task-reading.tsx'
import { boundKeys, useAnswering } from './use-answering.ts'

export interface TaskOnTableProps {
  campaign: RoomCampaign
  criteria: Criterion[]
  current: NonNullable<Queue['current']>
  /** Whether it is on the table; the one to come is drawn out of sight beforehand. */
  isActive: boolean
  canUndo: boolean
  /** Whether the task before had the same prompt. */
  isSamePrompt: boolean
  /** What was made of it before, on this device or another. */
  draft: WorkingAnswer | undefined
  /** Grows when the draft was replaced from elsewhere. */
  edition: number
  bindings: Bindings
  view: ReadingView
  textSize: number
  onView: (change: Partial<ReadingView>) => void
  onDraft: (answer: WorkingAnswer) => void
  onSubmit: (answered: Answered, time: { activeMs: number; openedAt: number }) => void
  /** Asks for the reason; `activeMs` tells the time spent so far when the reason is given. */
  onSkip: (activeMs: () => number) => void
  onFlag: () => void
  onUndo: () => void
  onLeave: () => void
}

const scrollKeys: Record<string, number> = { pagedown: 0.85, ' ': 0.85, pageup: -0.85 }

export function TaskOnTable(props: TaskOnTableProps) {
  const { campaign, criteria, current, isActive, bindings, view, onView } = props
  const { task, baseRevision } = current
  const { say } = useRoomWords()
  const { answer, change, source } = useAnswer(props)
  const [hint, setHint] = useState('')
  const [openedAt, setOpenedAt] = useState(0)
  const seen = useRef(new Set([0]))
  const furthest = useRef(0)
  const isWarned = useRef(false)
  const commentField = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const questions = useRef<HTMLDivElement>(null)
  const activeTime = useActiveTime(isActive ? task.assignmentId : undefined, Date.now)
  const isRevision = baseRevision > 0
  const count = task.responses.length
  // One response leaves room for the questions beside it.
  const isBeside = campaign.kind === 'rubric'
  const onShow = useCallback((place: number) => void seen.current.add(place), [])
  const made = useAnswering({
    campaign,
    criteria,
    count,
    answer,
    onChange: change,
    source,
    bindings,
    page: scroller,
    onGiven: (from, to) => {
      setHint('')
      if (to === from) return void requestAnimationFrame(ringWhatIsChosen)
      // Who came to the questions with the keyboard goes along; a field would take the keys.
      const isInside = questions.current?.contains(document.activeElement)
      if (isInside) requestAnimationFrame(() => focusQuestion(questions.current, to, false))
    },
    onNothingToMark: () => setHint(say('markNothing')),
    onShow,
  })
  const { ranks, marking, toggleMarking } = made
  const stopMarking = useCallback(() => toggleMarking(false), [toggleMarking])

  useEffect(() => {
    if (isActive) setOpenedAt(Date.now())
  }, [isActive])

  /** Of an answer to what was not on the screen, in words. */
  const warningOfUnseen = (): string | undefined => {
    // Who changes a judgment has read what it is about.
    if (isRevision) return undefined
    const unread = firstUnread(seen.current, count)
    if (unread !== undefined) return say('unread', { letter: letterOf(unread) })
    return isMostlyUnseen(scroller.current, furthest.current) ? say('unreadMost') : undefined
  }
  const submit = () => {
    const { missing } = made
    if (missing) {
      setHint(missingWords(missing, say, { ranks, count }))
      // A question that is not shown on a narrow screen is drawn before it is looked for.
      flushSync(() => made.setFocused(missing.id))
      focusQuestion(questions.current, missing.id, true)
      return
    }
    const answers = toAnswers(answer, criteria, count)
    if (answers.length === 0) return setHint(say('nothingAnswered'))
    const warning = isWarned.current ? undefined : warningOfUnseen()
    if (warning !== undefined) {
      isWarned.current = true
      setHint(warning)
      return
    }
    const given = { answers, comment: answer.comment.trim(), reasons: [...answer.reasons] }
    props.onSubmit(given, { activeMs: activeTime(), openedAt })
  }
  const scroll = (share: number) =>
    scroller.current?.scrollBy({ top: share * scroller.current.clientHeight })
  const acts: Partial<Record<Command, () => void>> = {
    submit,
    skip: () => (isRevision ? props.onLeave() : props.onSkip(activeTime)),
    flag: props.onFlag,
    comment: () => commentField.current?.focus(),
    diff: () => onView({ isDiff: !view.isDiff }),
    raw: () => onView({ isRaw: !view.isRaw }),
    sync: () => onView({ isSynced: !view.isSynced }),
  }
  const scrolls = Object.entries(scrollKeys).map(([key, share]) => [key, () => scroll(share)])
  const keys: KeyMap = {
    ...made.keys,
    ...Object.fromEntries(scrolls),
    ...Object.fromEntries(
      campaign.reasons
        .slice(0, mostReasonKeys)
        .map((reason, place) => [
          reasonKey(place),
          () => change({ ...answer, reasons: toggledReason(answer.reasons, reason) }),
        ]),
    ),
    ...(isRevision ? { escape: props.onLeave } : {}),
    ...boundKeys(acts, bindings),
  }
  useHotkeys(keys, isActive)
  useFieldKeys(questions, commentField, submit, isActive)

  const winner = made.overall && verdictOf(answer.answers[made.overall.id])?.winner
  return (
    <div
      className={`absolute inset-0 grid grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] ${isBeside ? 'min-[75rem]:grid-cols-[minmax(0,1fr)_26rem] min-[75rem]:grid-rows-[minmax(0,1fr)]' : ''} ${isActive ? '' : 'invisible -z-10'}`}
      {...(isActive ? {} : { inert: '', 'aria-hidden': true })}
    >
      <div
        ref={scroller}
        role={isActive ? 'main' : undefined}
        className="overflow-auto -outline-offset-2"
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          furthest.current = Math.max(furthest.current, currentTarget.scrollTop)
        }}
      >
        <div
          className={`mx-auto grid w-full max-w-[1560px] grid-cols-[minmax(0,1fr)] content-start gap-4.5 px-4 pt-5 pb-7 md:px-6 ${roomFor(task)}`}
          style={{ ['--text-scale' as string]: props.textSize / 100 }}
        >
          {isRevision ? (
            <p className="rounded-lg bg-warn-soft px-4 py-2 text-sm">{say('revision')}</p>
          ) : null}
          <TaskReading
            kind={campaign.kind}
            task={task}
            criteria={criteria}
            view={view}
            rawKey={keyLabel(bindings.raw)}
            isSamePrompt={props.isSamePrompt}
            shown={made.shown}
            onShow={made.look}
            verdictSide={winner === 'first' ? 0 : winner === 'second' ? 1 : undefined}
            ranks={ranks}
            isMarking={marking.isOn}
            marks={made.marks}
            pending={marking.pending}
            onPending={made.takePending}
            onStopMarking={stopMarking}
          />
        </div>
      </div>
      <div className={`relative ${isBeside ? 'min-[75rem]:min-h-0' : ''}`}>
        <p
          role="alert"
          className={`absolute inset-x-0 bottom-full z-20 mx-auto mb-2 w-fit max-w-[calc(100vw-24px)] rounded-lg border border-warn/40 bg-warn-soft px-4 py-2 text-sm shadow-card ${isBeside ? 'min-[75rem]:inset-x-auto min-[75rem]:right-full min-[75rem]:bottom-0 min-[75rem]:mr-3 min-[75rem]:w-max min-[75rem]:max-w-96' : ''} ${hint ? '' : 'hidden'}`}
        >
          {hint}
        </p>
        <footer
          className={`grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line bg-surface pt-3 max-md:flex max-md:max-h-[40dvh] max-md:has-[[data-extras]]:max-h-[64dvh] max-md:scroll-pt-2 max-md:scroll-pb-16 max-md:flex-col max-md:gap-2 max-md:overflow-y-auto max-md:pt-2 md:pb-3 ${isBeside ? besideFooter : ''}`}
        >
          <div
            ref={questions}
            className={`grid max-h-[45dvh] grid-cols-[minmax(0,1fr)] overflow-y-auto px-3 max-md:max-h-none max-md:shrink-0 max-md:overflow-visible md:px-6 ${isBeside ? 'min-[75rem]:max-h-none min-[75rem]:content-start min-[75rem]:px-3' : ''}`}
          >
            <AnswerControls
              campaign={campaign}
              criteria={criteria}
              answer={answer}
              responses={task.responses}
              bindings={bindings}
              focused={made.focused}
              onFocus={made.setFocused}
              onAnswer={made.give}
              isOneByOne
              isBeside={isBeside}
              ranking={{
                ranks,
                place: made.shown,
                onPlace: made.show,
                onRanks: made.giveRanks,
              }}
              marking={{
                ...marking,
                pending: marking.pending,
                onToggle: toggleMarking,
                onLabel: made.mark,
                onGo: (one) => {
                  toggleMarking(true)
                  made.look(one.place)
                  requestAnimationFrame(() =>
                    scroller.current
                      ?.querySelector(`[data-place="${one.place}"] [data-start="${one.start}"]`)
                      ?.scrollIntoView({ block: 'center' }),
                  )
                },
              }}
            />
          </div>
          <div
            className={`grid grid-cols-[minmax(0,1fr)] max-md:contents md:px-6 ${isBeside ? 'min-[75rem]:px-4' : ''}`}
          >
            <TaskActions
              campaign={campaign}
              answer={answer}
              bindings={bindings}
              isRevision={isRevision}
              canUndo={props.canUndo}
              commentField={commentField}
              onChange={(next) => change({ ...answer, ...next })}
              onSkip={() => props.onSkip(activeTime)}
              onFlag={props.onFlag}
              onUndo={props.onUndo}
              onLeave={props.onLeave}
              onSubmit={submit}
            />
          </div>
        </footer>
      </div>
    </div>
  )
}

/** A ring around one option while another is chosen would look like the choice. */
function ringWhatIsChosen(): void {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement) || !activeElement.matches('[role="radio"]')) return
  const group = activeElement.closest('[role="radiogroup"]')
  const chosen = group?.querySelector<HTMLElement>('[aria-checked="true"]')
  if (chosen) chosen.focus()
  else activeElement.blur()
}

/** Of the footer's classes, those with which it is a column where the screen is wide. */
const besideFooter =
  'min-[75rem]:h-full min-[75rem]:grid-rows-[minmax(0,1fr)_auto] min-[75rem]:border-t-0 min-[75rem]:border-l'

/** Whether less than half of the one response of a task was ever on the screen. */
function isMostlyUnseen(page: HTMLElement | null, furthest: number): boolean {
  const articles = page?.querySelectorAll('article') ?? []
  const [only] = articles
  if (!page || !only || articles.length > 1) return false
  const { top, height } = only.getBoundingClientRect()
  const start = top - page.getBoundingClientRect().top + page.scrollTop
  return furthest + page.clientHeight - start < height / 2
}

const oneAtATime = '(max-width: 999px)'

/** Where responses are shown one at a time, the first one that was never on the screen. */
function firstUnread(seen: ReadonlySet<number>, count: number): number | undefined {
  if (!window.matchMedia(oneAtATime).matches) return undefined
  return Array.from({ length: count }, (_, place) => place).find((place) => !seen.has(place))
}

function missingWords(
  { title, definition }: Criterion,
  say: RoomSay,
  { ranks, count }: { ranks: Ranks; count: number },
): string {
  const ranked = Object.keys(ranks).length
  return definition.kind === 'ranking' && ranked > 0
    ? say('rankAll', { title, count: ranked, total: count })
    : say('noAnswerYet', { title })
}

/** The answer, begun from a draft or an earlier judgment, and begun anew where one comes from elsewhere. */
function useAnswer({ current, draft, isActive, edition, onDraft }: TaskOnTableProps) {
  const begun = (): WorkingAnswer =>
    draft ?? (current.answered ? withAnswered(current.answered) : emptyAnswer)
  const [answer, setAnswer] = useState(begun)
  // The task comes to the table, or its draft is replaced: both are told before anything is drawn.
  const wanted = isActive ? `on:${edition}` : 'waiting'
  const [source, setSource] = useState(wanted)
  if (source !== wanted) {
    setSource(wanted)
    setAnswer(begun())
  }
  const change = (next: WorkingAnswer) => {
    setAnswer(next)
    onDraft(next)
  }
  return { answer, change, source }
}

/** In a field, Escape gives the keys back to the room and Ctrl+Enter submits. */
function useFieldKeys(
  questions: React.RefObject<HTMLElement | null>,
  commentField: React.RefObject<HTMLElement | null>,
  submit: () => void,
  isActive: boolean,
): void {
  const latest = useRef(submit)
  latest.current = submit
  useEffect(() => {
    if (!isActive) return
    const press = (event: KeyboardEvent) => {
      const { target } = event
      if (!(target instanceof HTMLElement) || event.isComposing || event.repeat) return
      const isField = target === commentField.current || target.matches('textarea')
      if (!isField || !questions.current) return
      if (event.key === 'Escape') target.blur()
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [questions, commentField, isActive])
}
