/** The room where a rater works: one task on the table, the next at hand, nothing lost. */
import { Link } from '@remix-run/react'
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { Dialog } from '#app/ui/dialog.tsx'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { Wordmark } from '#app/ui/page.tsx'
import { useActiveTime } from './active-time.ts'
import {
  emptyAnswer,
  isComplete,
  toAnswers,
  type WorkingAnswer,
  withAnswered,
} from './answer-form.ts'
import { keySheet, leaned, type Offered, type Verdict, verdictForKey } from './keymap.ts'
import { PairOfResponses, VerdictScale } from './pairwise-task.tsx'
import { emptyQueue, type JudgedTask, type RoomState, reduceQueue } from './queue.ts'
import { Messages, PromptView } from './response-view.tsx'
import { RubricScales } from './rubric-task.tsx'
import { useDesk } from './use-desk.ts'

export interface RatingRoomProps {
  slug: string
  campaign: {
    id: string
    name: string
    kind: 'pairwise' | 'rubric' | 'ranking'
    bothBad: boolean
    cantJudge: boolean
    comment: boolean
    reasons: string[]
    isSimulated: boolean
  }
  criteria: Criterion[]
  guidelines: string
  judged: JudgedTask[]
  judgedCount: number
  left: number
  isLeftCapped: boolean
  owner: string
}

type Sheet = 'none' | 'guidelines' | 'keys' | 'skip'

export function RatingRoom(props: RatingRoomProps) {
  const { campaign, criteria } = props
  const [queue, dispatch] = useReducer(reduceQueue, emptyQueue(props.judged, props.judgedCount))
  const [sheet, setSheet] = useState<Sheet>('none')
  const [isRaw, setIsRaw] = useState(false)
  const [side, setSide] = useState<0 | 1>(0)
  const [answer, setAnswer] = useState<WorkingAnswer>(emptyAnswer)
  const [focused, setFocused] = useState(0)
  const [hint, setHint] = useState('')
  const commentField = useRef<HTMLInputElement>(null)
  const reading = useRef<HTMLElement>(null)
  const { current } = queue
  const assignmentId = current?.task.assignmentId
  const base = current?.baseRevision ?? 0
  const activeTime = useActiveTime(assignmentId, Date.now)
  const openedAt = useRef(0)
  const desk = useDesk({
    url: `/p/${props.slug}/rate/${campaign.id}/answers`,
    owner: `${props.owner}:${campaign.id}`,
    queue,
    dispatch,
  })
  const { restoreDraft, keepDraft } = desk

  // A task comes to the table: with its draft, or the answer it was given before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the table changes with the task and its revision alone.
  useEffect(() => {
    if (!current) return
    openedAt.current = Date.now()
    setSide(0)
    setFocused(0)
    setHint('')
    setAnswer(
      restoreDraft(current.task.assignmentId, base) ??
        (current.answered ? withAnswered(current.answered) : emptyAnswer),
    )
    reading.current?.scrollTo({ top: 0 })
  }, [assignmentId, base])

  const change = useCallback(
    (next: Partial<WorkingAnswer>) => {
      setHint('')
      setAnswer((before) => {
        const after = { ...before, ...next }
        if (assignmentId !== undefined) keepDraft(assignmentId, base, after)
        return after
      })
    },
    [assignmentId, base, keepDraft],
  )

  const preference = criteria.find((criterion) => criterion.definition.kind === 'preference')
  const points = preference?.definition.kind === 'preference' ? preference.definition.points : 5
  const offered: Offered = { points, bothBad: campaign.bothBad, cantJudge: campaign.cantJudge }
  const isPairwise = campaign.kind === 'pairwise'

  const submit = () => {
    if (!current) return
    if (!isComplete(answer, criteria)) {
      setHint(isPairwise ? 'Choose a verdict first.' : 'Every criterion needs a score.')
      return
    }
    const answers = toAnswers(answer, criteria)
    const answered = { answers, comment: answer.comment.trim(), reasons: [...answer.reasons] }
    desk.submit({
      assignmentId: current.task.assignmentId,
      baseRevision: current.baseRevision,
      ...answered,
      activeMs: activeTime(),
      openedAt: openedAt.current,
    })
    dispatch({ kind: 'answered', answered })
  }
  const skip = (reason: string) => {
    if (!current) return
    desk.skip({ assignmentId: current.task.assignmentId, reason, activeMs: activeTime() })
    dispatch({ kind: 'skipped' })
    setSheet('none')
  }
  const score = (criterionId: string, value: number) => {
    change({ scores: { ...answer.scores, [criterionId]: value } })
    const place = criteria.findIndex((criterion) => criterion.id === criterionId)
    setFocused(Math.min(place + 1, criteria.length - 1))
  }
  const numberKey = (key: string) => {
    if (isPairwise) {
      const verdict = verdictForKey(key, offered)
      if (verdict) change({ verdict })
      return
    }
    const criterion = criteria[focused]
    if (criterion?.definition.kind !== 'scale') return
    const point = criterion.definition.points[Number(key) - 1]
    if (point) score(criterion.id, point.value)
  }
  const lean = (step: -1 | 1) =>
    isPairwise && change({ verdict: leaned(answer.verdict, step, points) })
  const move = (step: -1 | 1) =>
    setFocused((at) => Math.min(criteria.length - 1, Math.max(0, at + step)))

  const isRevision = base > 0
  useHotkeys({
    ...Object.fromEntries(
      ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'b', 'x'].map((key) => [
        key,
        () => current && numberKey(key),
      ]),
    ),
    arrowleft: () => current && lean(-1),
    arrowright: () => current && lean(1),
    ...(isPairwise ? {} : { arrowup: () => move(-1), arrowdown: () => move(1) }),
    enter: submit,
    s: () => current && !isRevision && setSheet('skip'),
    u: () => dispatch({ kind: 'undone' }),
    g: () => setSheet('guidelines'),
    '?': () => setSheet('keys'),
    r: () => setIsRaw((raw) => !raw),
    c: () => commentField.current?.focus(),
    '[': () => setSide(0),
    ']': () => setSide(1),
  })

  const left = Math.max(0, props.left - (queue.judgedCount - props.judgedCount))
  return (
    <div className="grid h-dvh grid-rows-[auto_minmax(0,1fr)_auto]">
      <header className="flex items-center gap-4 border-b border-line bg-surface px-4 py-2.5 md:px-6">
        <Link to={`/p/${props.slug}/rate`} aria-label="My work" reloadDocument={false}>
          <Wordmark />
        </Link>
        <strong className="truncate border-l border-line pl-4 max-md:hidden">
          {campaign.name}
        </strong>
        <span className="grow" />
        <Progress judged={queue.judgedCount} left={left} isCapped={props.isLeftCapped} />
        <SendState {...desk.status} onRetry={desk.retry} />
        <button
          type="button"
          className="btn btn-quiet max-md:hidden"
          onClick={() => setSheet('guidelines')}
        >
          Guidelines <kbd>G</kbd>
        </button>
        <button
          type="button"
          className="btn btn-quiet max-md:hidden"
          onClick={() => setSheet('keys')}
        >
          Keys <kbd>?</kbd>
        </button>
      </header>
      <main ref={reading} className="overflow-auto">
        {current ? (
          <div
            key={assignmentId}
            className="mx-auto grid w-full max-w-[1560px] grid-cols-[minmax(0,1fr)] content-start gap-4.5 px-4 pt-5 pb-7 md:px-6"
          >
            {isRevision ? (
              <p className="rounded-lg bg-warn-soft px-4 py-2 text-sm">
                You judged this before. Submitting replaces that judgment; the earlier one is kept
                in the history.
              </p>
            ) : null}
            <PromptView messages={current.task.prompt} isRaw={isRaw} />
            {isPairwise ? (
              <PairOfResponses
                task={current.task}
                verdict={answer.verdict}
                isRaw={isRaw}
                shown={side}
                onShow={setSide}
              />
            ) : (
              <article
                aria-label="Response"
                className="min-w-0 rounded-xl border border-line bg-surface shadow-card"
              >
                <h3 className="border-b border-line px-5 py-3.5 leading-none">Response</h3>
                <div className="max-w-[84ch] px-5 pt-4 pb-5">
                  <Messages messages={current.task.responses[0]?.messages ?? []} isRaw={isRaw} />
                </div>
              </article>
            )}
          </div>
        ) : (
          <Nothing state={queue.state} slug={props.slug} unsent={desk.status.unsent} />
        )}
      </main>
      {current ? (
        <footer className="grid justify-items-center gap-3 border-t border-line bg-surface px-3 py-3 md:px-6">
          {isPairwise ? (
            <VerdictScale
              title={preference?.title ?? 'Which response is better?'}
              points={points}
              verdict={answer.verdict}
              onChoose={(verdict) => change({ verdict })}
            />
          ) : (
            <RubricScales
              criteria={criteria}
              scores={answer.scores}
              focused={focused}
              onFocus={setFocused}
              onScore={score}
            />
          )}
          <div className="flex w-full flex-wrap items-center justify-center gap-2.5">
            {isPairwise ? (
              <Apart offered={offered} verdict={answer.verdict} onChoose={change} />
            ) : null}
            {campaign.reasons.map((reason) => (
              <button
                key={reason}
                type="button"
                className="chip"
                aria-pressed={answer.reasons.includes(reason)}
                onClick={() =>
                  change({
                    reasons: answer.reasons.includes(reason)
                      ? answer.reasons.filter((one) => one !== reason)
                      : [...answer.reasons, reason],
                  })
                }
              >
                {reason}
              </button>
            ))}
            {campaign.comment ? (
              <input
                ref={commentField}
                className="input !w-[380px] max-w-full max-md:hidden"
                placeholder="Why? (optional)  C"
                aria-label="Comment"
                value={answer.comment}
                onChange={(event) => change({ comment: event.currentTarget.value })}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') event.currentTarget.blur()
                  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
                  event.preventDefault()
                  event.currentTarget.blur()
                  submit()
                }}
              />
            ) : null}
            <span role="status" className="text-sm text-danger empty:hidden">
              {hint}
            </span>
            <button
              type="button"
              className="btn btn-quiet"
              disabled={isRevision}
              onClick={() => setSheet('skip')}
            >
              Skip <kbd className="max-md:hidden">S</kbd>
            </button>
            <button
              type="button"
              className="btn btn-quiet"
              disabled={queue.judged.length === 0}
              onClick={() => dispatch({ kind: 'undone' })}
            >
              Undo <kbd className="max-md:hidden">U</kbd>
            </button>
            <button type="button" className="btn btn-primary max-md:w-full" onClick={submit}>
              Submit <kbd className="max-md:hidden">↵</kbd>
            </button>
          </div>
        </footer>
      ) : null}
      <Dialog
        open={sheet === 'guidelines'}
        onClose={() => setSheet('none')}
        title="Guidelines"
        side="right"
      >
        {props.guidelines ? (
          <Markdown text={props.guidelines} />
        ) : (
          <p className="text-ink-2">This campaign has no guidelines.</p>
        )}
      </Dialog>
      <Dialog open={sheet === 'keys'} onClose={() => setSheet('none')} title="Keys">
        <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
          {keySheet(isPairwise ? 'pairwise' : 'rubric', offered).map(([key, does]) => (
            <div key={key} className="contents">
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
      <SkipDialog open={sheet === 'skip'} onClose={() => setSheet('none')} onSkip={skip} />
    </div>
  )
}

function Progress({ judged, left, isCapped }: { judged: number; left: number; isCapped: boolean }) {
  const total = judged + left
  return (
    <span className="flex items-center gap-3 text-sm text-ink-2">
      <span>
        {judged} of {isCapped ? 'about ' : ''}
        {total}
        {isCapped ? '+' : ''}
      </span>
      <span
        className="h-1 w-40 overflow-hidden rounded-sm bg-line max-md:hidden"
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

export interface SendStatus {
  unsent: number
  trouble: 'none' | 'offline' | 'signed-out' | 'server'
  refusal: string
}

/** Whether everything is saved, calmly. */
function SendState({ unsent, trouble, refusal, onRetry }: SendStatus & { onRetry: () => void }) {
  const isFine = trouble === 'none'
  const words =
    trouble === 'offline'
      ? `Offline: ${unsent} kept here`
      : trouble === 'signed-out'
        ? `Signed out: ${unsent} kept here`
        : trouble === 'server'
          ? `Not reachable: ${unsent} kept here`
          : unsent > 0
            ? 'Saving…'
            : 'Saved'
  return (
    <span className="flex items-center gap-2 text-sm text-ink-2" role="status">
      <span
        aria-hidden="true"
        className={`inline-block size-[7px] rounded-full ${isFine ? (unsent > 0 ? 'bg-ink-3' : 'bg-good') : 'bg-warn'}`}
      />
      {refusal ? <span className="max-w-[40ch] text-danger">{refusal}</span> : words}
      {trouble === 'signed-out' ? (
        <a className="link" href="/sign-in" target="_blank" rel="noreferrer">
          Sign in
        </a>
      ) : null}
      {isFine ? null : (
        <button type="button" className="link" onClick={onRetry}>
          Try now
        </button>
      )}
    </span>
  )
}

function Apart({
  offered,
  verdict,
  onChoose,
}: {
  offered: Offered
  verdict: Verdict | null
  onChoose: (next: { verdict: Verdict }) => void
}) {
  const choices = [
    ...(offered.bothBad ? [{ winner: 'both_bad', label: 'Both bad', key: 'B' } as const] : []),
    ...(offered.cantJudge
      ? [{ winner: 'cant_judge', label: 'Can’t judge', key: 'X' } as const]
      : []),
  ]
  return choices.map(({ winner, label, key }) => (
    <button
      key={winner}
      type="button"
      className="chip"
      aria-pressed={verdict?.winner === winner}
      onClick={() => onChoose({ verdict: { winner } })}
    >
      {label} <kbd className="max-md:hidden">{key}</kbd>
    </button>
  ))
}

const nothingWords: Record<Exclude<RoomState, 'working'>, { title: string; detail: string }> = {
  loading: { title: 'Getting your tasks…', detail: '' },
  empty: {
    title: 'Nothing is left for you here',
    detail:
      'You have judged or passed every task of this campaign that still needs somebody. Tasks that others give back will show up here.',
  },
  paused: {
    title: 'The campaign is paused',
    detail: 'Everything you sent is saved. Come back later.',
  },
  closed: { title: 'The campaign is closed', detail: 'Thank you. Everything you sent is saved.' },
}

function Nothing({ state, slug, unsent }: { state: RoomState; slug: string; unsent: number }) {
  const { title, detail } = nothingWords[state === 'working' ? 'loading' : state]
  return (
    <div className="mx-auto grid max-w-[60ch] gap-3 px-6 py-24">
      <h1>{title}</h1>
      <p className="text-ink-2">{detail}</p>
      {unsent > 0 ? <p>Keep this page open: {unsent} judgments are still being sent.</p> : null}
      {state === 'loading' || state === 'working' ? null : (
        <Link to={`/p/${slug}/rate`} className="btn justify-self-start">
          My work
        </Link>
      )}
    </div>
  )
}

const skipReasons = [
  'I lack the knowledge for this',
  'The prompt does not make sense',
  'Offensive or disturbing',
  'Something does not display',
]

function SkipDialog({
  open,
  onClose,
  onSkip,
}: {
  open: boolean
  onClose: () => void
  onSkip: (reason: string) => void
}) {
  const [other, setOther] = useState('')
  const keys = useMemo(
    () => skipReasons.map((reason, place) => [String(place + 1), reason] as const),
    [],
  )
  useEffect(() => {
    if (!open) return
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return
      const reason = keys.find(([key]) => key === event.key)?.[1]
      if (reason) onSkip(reason)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [open, keys, onSkip])
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Skip this task"
      description="Somebody else will get it. Say why:"
    >
      <div className="grid gap-2">
        {keys.map(([key, reason]) => (
          <button
            key={key}
            type="button"
            className="btn !justify-start"
            onClick={() => onSkip(reason)}
          >
            <kbd>{key}</kbd> {reason}
          </button>
        ))}
        <form
          className="mt-2 flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (other.trim() !== '') onSkip(other.trim())
          }}
        >
          <input
            className="input"
            placeholder="Another reason"
            aria-label="Another reason"
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
          />
          <button type="submit" className="btn">
            Skip
          </button>
        </form>
      </div>
    </Dialog>
  )
}
