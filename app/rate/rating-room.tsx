/** The room where a rater works: one task on the table, the next at hand, nothing lost. */
import { lazy, Suspense, startTransition, useEffect, useReducer, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { Speaking } from '#app/ui/language.tsx'
import { type Language, locales } from '#app/ui/languages.ts'
import { prepareControls } from './answer-controls.tsx'
import { FirstClaim } from './first-claim.tsx'
import { GuidelinesFirst } from './guidelines-first.tsx'
import { besideLetters, boundWith, keyLabel } from './keymap.ts'
import { emptyQueue, type JudgedTask, type Queue, reduceQueue } from './queue.ts'
import { offeredBy, type RoomCampaign } from './room-campaign.ts'
import { RoomEmpty } from './room-empty.tsx'
import { RoomHeader } from './room-header.tsx'
import { BatchSummary, ElsewhereNotice, FeedbackCard, SittingNotice } from './room-interludes.tsx'
import { OnboardingProgress, RoomNotices, SendState } from './room-notices.tsx'
import type { RoomPreferences } from './room-preferences.ts'
import type { Sheet } from './room-sheets.tsx'
import { useRoomWords } from './room-words.ts'
import { TaskOnTable } from './task-on-table.tsx'
import type { ReadingView } from './task-reading.tsx'
import type { TaskView } from './task-view.ts'
import { useDesk } from './use-desk.ts'
import { usePersonal } from './use-personal.ts'

const RoomSheets = lazy(() =>
  import('./room-sheets.tsx').then(({ RoomSheets }) => ({ default: RoomSheets })),
)

export interface RatingRoomProps {
  slug: string
  campaign: RoomCampaign
  criteria: Criterion[]
  guidelines: { version: number; text: string }
  /** The version of the guidelines that this person has read; 0 for none. */
  guidelinesRead: number
  preferences: RoomPreferences
  language: Language
  judged: JudgedTask[]
  judgedCount: number
  left: number
  isLeftCapped: boolean
  /** Messages to this person that were not read yet. */
  unread: number
  owner: string
}

/** Where answers are sent. */
const answersOf = ({ slug, campaign }: Pick<RatingRoomProps, 'slug' | 'campaign'>): string =>
  `/p/${slug}/rate/${campaign.id}/answers`

/** The room in the language of the person, who may change it here. */
export function RatingRoom(props: RatingRoomProps) {
  const personal = usePersonal(props)
  const language = personal.preferences.language ?? props.language
  useEffect(() => {
    document.documentElement.lang = locales[language]
  }, [language])
  return (
    <Speaking language={language}>
      {personal.mustRead ? (
        <GuidelinesFirst
          name={props.campaign.name}
          slug={props.slug}
          text={props.guidelines.text}
          reopenKey={keyLabel(boundWith(personal.preferences.keys).guidelines)}
          onStart={personal.onRead}
        />
      ) : (
        <>
          <FirstClaim url={answersOf(props)} owner={props.owner} />
          <Room {...props} personal={personal} />
        </>
      )}
    </Speaking>
  )
}

/** A task anew for each revision of its judgment. */
const keyOf = ({ task, baseRevision }: NonNullable<Queue['current']>): string =>
  `${task.assignmentId}:${baseRevision}`

function Room(props: RatingRoomProps & { personal: ReturnType<typeof usePersonal> }) {
  const { campaign, criteria, personal } = props
  const { preferences } = personal
  const { say } = useRoomWords()
  const [queue, dispatch] = useReducer(reduceQueue, emptyQueue(props.judged, props.judgedCount))
  const [sheet, setSheet] = useState<Sheet>()
  const [said, setSaid] = useState('')
  const [view, setView] = useState<ReadingView>({
    isRaw: false,
    isDiff: false,
    isSynced: preferences.isSynced,
  })
  const spentOnSkipped = useRef<() => number>(() => 0)
  const desk = useDesk({
    url: answersOf(props),
    owner: props.owner,
    batchSize: campaign.batchSize,
    queue,
    dispatch,
  })
  const { current } = queue
  const asks = new Set(criteria.map(({ definition }) => definition.kind))
  const letters = asks.has('ranking') ? (current?.task.responses.length ?? 0) : 0
  const bindings = besideLetters(boundWith(preferences.keys), letters)
  const close = () => setSheet(undefined)
  const open = (next: Sheet) => {
    setSheet(next)
    if (next === 'guidelines') personal.onRead()
  }
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), saidForMs)
    return () => clearTimeout(timer)
  }, [said])
  // What was said of one task would be read as said of the next.
  const currentId = current?.task.assignmentId
  const [saidOf, setSaidOf] = useState(currentId)
  const [begun, setBegun] = useState('')
  if (saidOf !== currentId) {
    setSaidOf(currentId)
    setSaid('')
  }
  const undo = () => dispatch({ kind: 'undone' })
  useHotkeys({
    [bindings.guidelines]: () => open('guidelines'),
    [bindings.keys]: () => open('keys'),
    [bindings.settings]: () => open('settings'),
    [bindings.undo]: undo,
  })
  // What opens later is fetched while the rater reads, so that it opens without a network too.
  useEffect(() => {
    prepareControls(criteria.map(({ definition }) => definition.kind))
    const timer = setTimeout(() => void import('./room-sheets.tsx'), 1_500)
    return () => clearTimeout(timer)
  }, [criteria])

  const onTable = useTables(queue)
  const isHeldUp =
    desk.status.isElsewhere || (!queue.lesson && (queue.sitting || desk.pace.batch)) || false
  const left = Math.max(0, props.left - (queue.judgedCount - props.judgedCount))
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <RoomHeader
        slug={props.slug}
        name={campaign.name}
        bindings={bindings}
        view={view}
        hasPair={campaign.kind === 'pairwise'}
        isGuidelinesNew={personal.isNewer}
        unread={props.unread}
        onView={(change) => setView({ ...view, ...change })}
        onOpen={open}
        progress={
          queue.onboarding ? (
            <OnboardingProgress onboarding={queue.onboarding} />
          ) : (
            <Progress judged={queue.judgedCount} left={left} isCapped={props.isLeftCapped} />
          )
        }
        sendState={
          <SendState
            status={desk.status}
            isBegun={current !== null && (desk.draft !== undefined || begun === keyOf(current))}
            onRetry={desk.retry}
          />
        }
      />
      <div className="relative grid min-h-0 grid-cols-[minmax(0,1fr)] overflow-hidden">
        {desk.status.isElsewhere ? (
          <ElsewhereNotice onTake={desk.takeRoom} />
        ) : queue.sitting && !queue.lesson ? (
          <SittingNotice sitting={queue.sitting} onGoOn={() => dispatch({ kind: 'sittingSeen' })} />
        ) : desk.pace.batch && !queue.lesson ? (
          <BatchSummary batch={desk.pace.batch} onGoOn={desk.endBatch} />
        ) : null}
        {current === null && !isHeldUp ? (
          <RoomEmpty state={queue.state} slug={props.slug} unsent={desk.status.unsent} />
        ) : null}
        {onTable.map((one) => {
          const { task, baseRevision } = one
          const { assignmentId } = task
          const isCurrent = one.isCurrent && !isHeldUp
          return (
            <TaskOnTable
              key={keyOf(one)}
              campaign={campaign}
              criteria={criteria}
              current={one}
              isActive={isCurrent}
              canUndo={queue.judged.length > 0}
              isSamePrompt={one.isSamePrompt && baseRevision === 0}
              draft={one.isCurrent ? desk.draft : undefined}
              edition={desk.status.edition}
              bindings={bindings}
              view={view}
              textSize={preferences.textSize}
              onView={(change) => setView({ ...view, ...change })}
              onDraft={(answer) => {
                setBegun(keyOf(one))
                desk.keepDraft(assignmentId, baseRevision, answer)
              }}
              onSubmit={(answered, time) =>
                desk.submit({ assignmentId, baseRevision, ...answered, ...time })
              }
              onSkip={(activeMs) => {
                spentOnSkipped.current = activeMs
                open('skip')
              }}
              onFlag={() => open('flag')}
              onUndo={undo}
              onLeave={() => dispatch({ kind: 'left' })}
            />
          )
        })}
      </div>
      {queue.lesson ? (
        <FeedbackCard
          lesson={queue.lesson}
          criteria={criteria}
          trouble={desk.status.trouble}
          onGoOn={() => dispatch({ kind: 'understood' })}
        />
      ) : null}
      <RoomNotices desk={desk} queue={queue} criteria={criteria} />
      <p
        role="status"
        className={
          said
            ? 'fixed top-16 left-1/2 z-30 w-max max-w-[calc(100vw-32px)] -translate-x-1/2 rounded-lg border border-line bg-surface px-4 py-2.5 text-sm shadow-card'
            : 'sr-only'
        }
      >
        {said}
      </p>
      <Suspense fallback={null}>
        {sheet ? (
          <RoomSheets
            sheet={sheet}
            guidelines={props.guidelines.text}
            version={props.guidelines.version}
            keyContext={{
              kind: campaign.kind,
              asks,
              offered: offeredBy(campaign, criteria),
              questions: criteria.length,
              hasComment: campaign.comment,
              reasons: campaign.reasons.length,
            }}
            bindings={bindings}
            preferences={preferences}
            saved={personal.saved}
            onPreferences={(next) => {
              personal.onPreferences(next)
              if (next.isSynced !== preferences.isSynced) {
                setView({ ...view, isSynced: next.isSynced })
              }
            }}
            onClose={close}
            onOpen={open}
            onSkip={(reason) => {
              close()
              if (!current) return
              const { assignmentId } = current.task
              desk.skip({ assignmentId, reason, activeMs: spentOnSkipped.current() })
            }}
            onFlag={(reason) => {
              close()
              if (current && desk.flag(current.task.assignmentId, reason)) setSaid(say('flagged'))
            }}
          />
        ) : null}
      </Suspense>
    </div>
  )
}

type OnTable = NonNullable<Queue['current']> & { isCurrent: boolean; isSamePrompt: boolean }

const saidForMs = 6_000

/** How long after a task was painted the next one is drawn: the reader has begun to read. */
const drawAheadMs = 120

/**
 * The task on the table, and the next one, which is drawn out of sight when there is time, so that it is
 * there at once when its turn comes.
 */
function useTables({ current, waiting }: Queue): OnTable[] {
  const [upcoming] = waiting
  const [ahead, setAhead] = useState<typeof upcoming>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setAhead(upcoming)), drawAheadMs)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [upcoming])
  const before = usePromptBefore(current?.task)
  if (!current) return []
  const prompt = JSON.stringify(current.task.prompt)
  const isReady = ahead !== undefined && waiting.includes(ahead)
  const next = isReady && ahead.assignmentId !== current.task.assignmentId ? ahead : undefined
  return [
    { ...current, isCurrent: true, isSamePrompt: prompt === before },
    ...(next
      ? [
          {
            task: next,
            baseRevision: 0,
            answered: null,
            isCurrent: false,
            isSamePrompt: JSON.stringify(next.prompt) === prompt,
          },
        ]
      : []),
  ]
}

/** The prompt of the task that was on the table before this one; undefined for the first. */
function usePromptBefore(task: TaskView | undefined): string | undefined {
  const [seen, setSeen] = useState<{ id: string; prompt?: string; before?: string | undefined }>({
    id: '',
  })
  if (!task || seen.id === task.assignmentId) return seen.before
  const next = { id: task.assignmentId, prompt: JSON.stringify(task.prompt), before: seen.prompt }
  setSeen(next)
  return next.before
}

function Progress({ judged, left, isCapped }: { judged: number; left: number; isCapped: boolean }) {
  const { say } = useRoomWords()
  const total = judged + left
  return (
    <span className="flex items-center gap-3 text-sm whitespace-nowrap text-ink-2">
      <span>{say(isCapped ? 'progressCapped' : 'progress', { done: judged, total, left })}</span>
      <span
        className="h-1 w-32 overflow-hidden rounded-sm bg-line max-lg:hidden"
        aria-hidden="true"
      >
        <span
          className="block h-full bg-ink-3"
          style={{ width: `${total === 0 ? 0 : (100 * judged) / total}%` }}
        />
      </span>
    </span>
  )
}
