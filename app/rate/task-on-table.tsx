/** The task a rater has before them, and the answer while it is made. One component a task: nothing carries over. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { type KeyMap, useHotkeys } from '#app/ui/hotkeys.ts'
import { useActiveTime } from './active-time.ts'
import { AnswerControls, focusQuestion, verdictOf } from './answer-controls.tsx'
import {
  answering,
  emptyAnswer,
  toAnswers,
  unanswered,
  type WorkingAnswer,
  withAnswered,
} from './answer-form.ts'
import { answerForNumber, nextQuestion, steppedScore, verdictAnswer } from './answer-keys.ts'
import type { ShownAnswer } from './judgment.ts'
import {
  type Bindings,
  type Command,
  keyLabel,
  leaned,
  type Verdict,
  verdictForCommand,
} from './keymap.ts'
import type { PendingMark } from './mark-list.tsx'
import { type Mark, withMark } from './marks.ts'
import type { Answered, Queue } from './queue.ts'
import { fromLevels, moved, type Ranks, tiedWithAbove, toLevels, withRank } from './ranking.ts'
import { offeredFor, type RoomCampaign } from './room-campaign.ts'
import { letterOf, type RoomSay, useRoomWords } from './room-words.ts'
import { TaskActions } from './task-actions.tsx'
import { type ReadingView, TaskReading } from './task-reading.tsx'

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
  const table = useAnswer(props)
  const { answer, change } = table
  const [focused, setFocused] = useState(criteria[0]?.id ?? '')
  const [shown, setShown] = useState(0)
  const [marking, setMarking] = useState<{ isOn: boolean; pending?: PendingMark }>({ isOn: false })
  const [hint, setHint] = useState('')
  const [openedAt, setOpenedAt] = useState(0)
  const seen = useRef(new Set([0]))
  const isWarned = useRef(false)
  const look = useCallback((place: number) => {
    seen.current.add(place)
    setShown(place)
  }, [])
  const commentField = useRef<HTMLInputElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const questions = useRef<HTMLDivElement>(null)
  const activeTime = useActiveTime(isActive ? task.assignmentId : undefined, Date.now)
  const isRevision = baseRevision > 0
  const count = task.responses.length
  const ranking = criteria.find(({ definition }) => definition.kind === 'ranking')
  const spans = criteria.find(({ definition }) => definition.kind === 'spans')
  const question = criteria.find(({ id }) => id === focused)
  const [ranks, setRanks] = useState<Ranks>(() => ranksIn(answer, ranking))

  useEffect(() => {
    if (isActive) setOpenedAt(Date.now())
  }, [isActive])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another answer from elsewhere sets the ranks anew.
  useEffect(() => setRanks(ranksIn(answer, ranking)), [table.source])

  const give = (criterionId: string, given: ShownAnswer | undefined, movesOn = false) => {
    const next = answering(answer, criterionId, given)
    setHint('')
    change(next)
    const to = movesOn && given ? nextQuestion(next, criteria, criterionId, count) : criterionId
    if (to === criterionId) return void requestAnimationFrame(ringWhatIsChosen)
    setFocused(to)
    // Who came to the questions with the keyboard goes along; a field would take the keys.
    const isInside = questions.current?.contains(document.activeElement)
    if (isInside) requestAnimationFrame(() => focusQuestion(questions.current, to, false))
  }
  const giveRanks = (next: Ranks) => {
    setRanks(next)
    if (!ranking) return
    const levels = toLevels(next)
    const given: ShownAnswer = { kind: 'ranking', criterionId: ranking.id, ranking: levels }
    const isWhole = (one: Ranks) => Object.keys(one).length === count
    give(ranking.id, levels.length > 0 ? given : undefined, isWhole(next) && !isWhole(ranks))
  }
  const mark = (criterionId: string, label: string) => {
    const { pending } = marking
    if (!pending) return setHint(say('markNothing'))
    const before = answer.answers[criterionId]
    const marks = before?.kind === 'spans' ? before.spans : []
    give(criterionId, {
      kind: 'spans',
      criterionId,
      spans: withMark(marks, { ...pending, label }),
    })
    window.getSelection()?.removeAllRanges()
    setMarking({ isOn: true })
  }
  const submit = () => {
    const unread = firstUnread(seen.current, count)
    if (unread !== undefined && !isWarned.current) {
      isWarned.current = true
      setHint(say('unread', { letter: letterOf(unread) }))
      return
    }
    const [missing] = unanswered(answer, criteria, count)
    if (missing) {
      setHint(missingWords(missing, say, { ranks, count }))
      setFocused(missing.id)
      focusQuestion(questions.current, missing.id, true)
      return
    }
    const answers = toAnswers(answer, criteria, count)
    if (answers.length === 0) return setHint(say('nothingAnswered'))
    const given = { answers, comment: answer.comment.trim(), reasons: [...answer.reasons] }
    props.onSubmit(given, { activeMs: activeTime(), openedAt })
  }
  const choose = (verdict: Verdict | undefined) => {
    const asked = question?.definition.kind === 'preference' ? question : overallOf(criteria)
    if (asked && verdict) give(asked.id, verdictAnswer(asked.id, verdict), true)
  }
  const number = (key: number) => {
    if (marking.isOn && spans?.definition.kind === 'spans') {
      const label = spans.definition.labels[key - 1]
      if (label !== undefined && marking.pending) return mark(spans.id, label)
    }
    if (!question) return
    if (question.definition.kind === 'ranking') {
      if (key <= count) giveRanks(withRank(ranks, shown, key, question.definition.ties))
      return
    }
    if (question.definition.kind === 'spans') return setHint(say('markNothing'))
    const next = answerForNumber(question, answer.answers[question.id], key)
    if (next) give(question.id, next.given, next.movesOn)
  }
  const show = (place: number) => {
    look(place)
    const within = scroller.current?.querySelector(`[data-place="${place}"]`)
    within?.scrollIntoView({ block: 'nearest' })
  }
  const step = (by: -1 | 1) => show((shown + by + count) % count)
  const chooseToRank = (place: number) => {
    show(place)
    if (ranking) setFocused(ranking.id)
  }
  const lean = (by: -1 | 1) => {
    const asked = question ?? overallOf(criteria)
    if (asked?.definition.kind === 'ranking') return step(by)
    if (asked?.definition.kind === 'scale') {
      return give(asked.id, steppedScore(asked, answer.answers[asked.id], by))
    }
    const scale = asked?.definition.kind === 'preference' ? asked : overallOf(criteria)
    if (scale?.definition.kind !== 'preference') return
    const verdict = leaned(verdictOf(answer.answers[scale.id]), by, scale.definition.points)
    give(scale.id, verdictAnswer(scale.id, verdict))
  }
  const upOrDown = (by: -1 | 1) => {
    if (question?.definition.kind === 'ranking' && Object.keys(ranks).length > 0) {
      return giveRanks(moved(ranks, shown, by))
    }
    const at = criteria.findIndex(({ id }) => id === focused) + by
    setFocused(criteria[Math.max(0, Math.min(criteria.length - 1, at))]?.id ?? focused)
  }
  const spansId = spans?.id
  const toggleMarking = useCallback(
    (isOn: boolean) => {
      if (spansId === undefined) return
      setMarking({ isOn })
      if (isOn) setFocused(spansId)
    },
    [spansId],
  )
  const stopMarking = useCallback(() => toggleMarking(false), [toggleMarking])
  const takePending = useCallback(
    (pending: PendingMark | undefined) =>
      setMarking({ isOn: true, ...(pending ? { pending } : {}) }),
    [],
  )
  const scroll = (share: number) =>
    scroller.current?.scrollBy({ top: share * scroller.current.clientHeight })

  const apart = (command: Command) => () =>
    choose(verdictForCommand(command, offeredFor(campaign, question ?? overallOf(criteria))))
  const act: Partial<Record<Command, () => void>> = {
    submit,
    skip: () => (isRevision ? props.onLeave() : props.onSkip(activeTime)),
    flag: props.onFlag,
    comment: () => commentField.current?.focus(),
    leanLeft: () => lean(-1),
    leanRight: () => lean(1),
    tie: apart('tie'),
    bothBad: apart('bothBad'),
    cantJudge: apart('cantJudge'),
    previous: () => step(-1),
    next: () => step(1),
    diff: () => onView({ isDiff: !view.isDiff }),
    raw: () => onView({ isRaw: !view.isRaw }),
    sync: () => onView({ isSynced: !view.isSynced }),
    mark: () => toggleMarking(!marking.isOn),
  }
  const letters = ranking ? Math.min(count, 10) : 0
  const keys: KeyMap = {
    ...Object.fromEntries(
      Array.from({ length: letters }, (_, at) => [
        String.fromCharCode(97 + at),
        () => chooseToRank(at),
      ]),
    ),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => number(at + 1)]),
    ),
    ...(criteria.length > 1 || ranking
      ? { arrowup: () => upOrDown(-1), arrowdown: () => upOrDown(1) }
      : {}),
    ...(ranking?.definition.kind === 'ranking' && ranking.definition.ties
      ? { '=': () => giveRanks(tiedWithAbove(ranks, shown)) }
      : {}),
    ...Object.fromEntries(
      Object.entries(scrollKeys).map(([key, share]) => [key, () => scroll(share)]),
    ),
    ...Object.fromEntries(
      Object.entries(act).flatMap(([command, does]) => {
        const key = bindings[command as Command]
        return key === '' ? [] : [[key, does]]
      }),
    ),
  }
  useHotkeys(keys, isActive)
  useFieldKeys(questions, commentField, submit, isActive)

  const overall = overallOf(criteria)
  const winner = overall && verdictOf(answer.answers[overall.id])?.winner
  const marksGiven = spans && answer.answers[spans.id]
  return (
    <div
      className={`absolute inset-0 grid grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto] ${isActive ? '' : 'invisible -z-10'}`}
      {...(isActive ? {} : { inert: '', 'aria-hidden': true })}
    >
      <div
        ref={scroller}
        role={isActive ? 'main' : undefined}
        className="overflow-auto -outline-offset-2"
        tabIndex={0}
      >
        <div
          className="mx-auto grid w-full max-w-[1560px] grid-cols-[minmax(0,1fr)] content-start gap-4.5 px-4 pt-5 pb-7 md:px-6"
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
            shown={shown}
            onShow={look}
            verdictSide={winner === 'first' ? 0 : winner === 'second' ? 1 : undefined}
            ranks={ranks}
            isMarking={marking.isOn}
            marks={marksGiven?.kind === 'spans' ? marksGiven.spans : noMarks}
            pending={marking.pending}
            onPending={takePending}
            onStopMarking={stopMarking}
          />
        </div>
      </div>
      <div className="relative">
        <p
          role="alert"
          className={`absolute inset-x-0 bottom-full z-20 mx-auto mb-2 w-fit max-w-[calc(100vw-24px)] rounded-lg border border-warn/40 bg-warn-soft px-4 py-2 text-sm shadow-card ${hint ? '' : 'hidden'}`}
        >
          {hint}
        </p>
        <footer className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line bg-surface pt-3 max-md:flex max-md:max-h-[45dvh] max-md:flex-col max-md:gap-2 max-md:overflow-y-auto max-md:pt-2 md:pb-3">
          <div
            ref={questions}
            className="grid max-h-[45dvh] grid-cols-[minmax(0,1fr)] overflow-y-auto px-3 max-md:max-h-none max-md:shrink-0 max-md:overflow-visible md:px-6"
          >
            <AnswerControls
              campaign={campaign}
              criteria={criteria}
              answer={answer}
              responses={task.responses}
              bindings={bindings}
              focused={focused}
              onFocus={setFocused}
              onAnswer={give}
              ranking={{ ranks, place: shown, onPlace: show, onRanks: giveRanks }}
              marking={{
                ...marking,
                pending: marking.pending,
                onToggle: toggleMarking,
                onLabel: mark,
                onGo: (one) => {
                  toggleMarking(true)
                  look(one.place)
                  requestAnimationFrame(() =>
                    scroller.current
                      ?.querySelector(`[data-place="${one.place}"] [data-start="${one.start}"]`)
                      ?.scrollIntoView({ block: 'center' }),
                  )
                },
              }}
            />
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] max-md:contents md:px-6">
            <TaskActions
              campaign={campaign}
              criteria={criteria}
              answer={answer}
              bindings={bindings}
              isRevision={isRevision}
              canUndo={props.canUndo}
              commentField={commentField}
              onChange={(next) => change({ ...answer, ...next })}
              onVerdict={choose}
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

const noMarks: readonly Mark[] = []

/** A ring around one option while another is chosen would look like the choice. */
function ringWhatIsChosen(): void {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement) || !activeElement.matches('[role="radio"]')) return
  const group = activeElement.closest('[role="radiogroup"]')
  const chosen = group?.querySelector<HTMLElement>('[aria-checked="true"]')
  if (chosen) chosen.focus()
  else activeElement.blur()
}

const oneAtATime = '(max-width: 999px)'

/** Where responses are shown one at a time, the first one that was never on the screen. */
function firstUnread(seen: ReadonlySet<number>, count: number): number | undefined {
  if (!window.matchMedia(oneAtATime).matches) return undefined
  return Array.from({ length: count }, (_, place) => place).find((place) => !seen.has(place))
}

const overallOf = (criteria: readonly Criterion[]): Criterion | undefined =>
  criteria.find(({ definition }) => definition.kind === 'preference')

const ranksIn = (answer: WorkingAnswer, ranking: Criterion | undefined): Ranks => {
  const given = ranking && answer.answers[ranking.id]
  return given?.kind === 'ranking' ? fromLevels(given.ranking) : {}
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
