/** The task a rater has before them, and the answer while it is made. One component a task: nothing carries over. */
import { useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { useActiveTime } from './active-time.ts'
import {
  emptyAnswer,
  isComplete,
  toAnswers,
  type WorkingAnswer,
  withAnswered,
} from './answer-form.ts'
import { leaned, type Offered, type Verdict, verdictForKey } from './keymap.ts'
import { PairOfResponses, VerdictScale } from './pairwise-task.tsx'
import type { Answered, Queue } from './queue.ts'
import { Messages, PromptView } from './response-view.tsx'
import { RubricScales } from './rubric-task.tsx'
import { SkipDialog } from './skip-dialog.tsx'

export interface RoomCampaign {
  id: string
  name: string
  kind: 'pairwise' | 'rubric' | 'ranking'
  bothBad: boolean
  cantJudge: boolean
  comment: boolean
  reasons: string[]
  isSimulated: boolean
}

/** What a campaign's preference question offers. */
export function offeredBy(campaign: RoomCampaign, criteria: readonly Criterion[]): Offered {
  const preference = criteria.find((criterion) => criterion.definition.kind === 'preference')
  const points = preference?.definition.kind === 'preference' ? preference.definition.points : 5
  return { points, bothBad: campaign.bothBad, cantJudge: campaign.cantJudge }
}

export interface TaskOnTableProps {
  campaign: RoomCampaign
  criteria: Criterion[]
  current: NonNullable<Queue['current']>
  canUndo: boolean
  isSkipping: boolean
  draft: WorkingAnswer | undefined
  onDraft: (answer: WorkingAnswer) => void
  onSubmit: (answered: Answered, time: { activeMs: number; openedAt: number }) => void
  onAskSkip: () => void
  onSkip: (reason: string, activeMs: number) => void
  onKeepTask: () => void
  onUndo: () => void
}

const numberKeys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'b', 'x']

export function TaskOnTable(props: TaskOnTableProps) {
  const { campaign, criteria, current } = props
  const { task, baseRevision, answered } = current
  const [answer, setAnswer] = useState<WorkingAnswer>(
    () => props.draft ?? (answered ? withAnswered(answered) : emptyAnswer),
  )
  const [isRaw, setIsRaw] = useState(false)
  const [side, setSide] = useState<0 | 1>(0)
  const [focused, setFocused] = useState(0)
  const [hint, setHint] = useState('')
  const [openedAt] = useState(() => Date.now())
  const commentField = useRef<HTMLInputElement>(null)
  const activeTime = useActiveTime(task.assignmentId, Date.now)
  const offered = offeredBy(campaign, criteria)
  const isPairwise = campaign.kind === 'pairwise'
  const isRevision = baseRevision > 0

  const change = (next: Partial<WorkingAnswer>) => {
    const after = { ...answer, ...next }
    setHint('')
    setAnswer(after)
    props.onDraft(after)
  }
  const submit = () => {
    if (!isComplete(answer, criteria)) {
      setHint(isPairwise ? 'Choose a verdict first.' : 'Every criterion needs a score.')
      return
    }
    const given = {
      answers: toAnswers(answer, criteria),
      comment: answer.comment.trim(),
      reasons: [...answer.reasons],
    }
    props.onSubmit(given, { activeMs: activeTime(), openedAt })
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
    isPairwise && change({ verdict: leaned(answer.verdict, step, offered.points) })
  const move = (step: -1 | 1) =>
    setFocused((at) => Math.min(criteria.length - 1, Math.max(0, at + step)))

  useHotkeys({
    ...Object.fromEntries(numberKeys.map((key) => [key, () => numberKey(key)])),
    arrowleft: () => lean(-1),
    arrowright: () => lean(1),
    ...(isPairwise ? {} : { arrowup: () => move(-1), arrowdown: () => move(1) }),
    enter: submit,
    s: () => !isRevision && props.onAskSkip(),
    r: () => setIsRaw((raw) => !raw),
    c: () => commentField.current?.focus(),
    '[': () => setSide(0),
    ']': () => setSide(1),
  })

  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <main className="overflow-auto" tabIndex={0}>
        <div className="mx-auto grid w-full max-w-[1560px] grid-cols-[minmax(0,1fr)] content-start gap-4.5 px-4 pt-5 pb-7 md:px-6">
          {isRevision ? (
            <p className="rounded-lg bg-warn-soft px-4 py-2 text-sm">
              You judged this before. Submitting replaces that judgment; the earlier one is kept in
              the history.
            </p>
          ) : null}
          <PromptView messages={task.prompt} isRaw={isRaw} />
          {isPairwise ? (
            <PairOfResponses
              task={task}
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
                <Messages messages={task.responses[0]?.messages ?? []} isRaw={isRaw} />
              </div>
            </article>
          )}
        </div>
      </main>
      <footer className="grid justify-items-center gap-3 border-t border-line bg-surface px-3 py-3 md:px-6">
        {isPairwise ? (
          <VerdictScale
            title="Which response is better?"
            points={offered.points}
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
          <Reasons
            offered={campaign.reasons}
            chosen={answer.reasons}
            onChange={(reasons) => change({ reasons })}
          />
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
            onClick={props.onAskSkip}
          >
            Skip <kbd className="max-md:hidden">S</kbd>
          </button>
          <button
            type="button"
            className="btn btn-quiet"
            disabled={!props.canUndo}
            onClick={props.onUndo}
          >
            Undo <kbd className="max-md:hidden">U</kbd>
          </button>
          <button type="button" className="btn btn-primary max-md:w-full" onClick={submit}>
            Submit <kbd className="max-md:hidden">↵</kbd>
          </button>
        </div>
      </footer>
      <SkipDialog
        open={props.isSkipping}
        onClose={props.onKeepTask}
        onSkip={(reason) => props.onSkip(reason, activeTime())}
      />
    </div>
  )
}

/** The verdicts that stand apart from the scale. */
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

function Reasons({
  offered,
  chosen,
  onChange,
}: {
  offered: readonly string[]
  chosen: readonly string[]
  onChange: (reasons: string[]) => void
}) {
  return offered.map((reason) => {
    const isOn = chosen.includes(reason)
    return (
      <button
        key={reason}
        type="button"
        className="chip"
        aria-pressed={isOn}
        onClick={() =>
          onChange(isOn ? chosen.filter((one) => one !== reason) : [...chosen, reason])
        }
      >
        {reason}
      </button>
    )
  })
}
