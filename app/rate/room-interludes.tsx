/** What stands between tasks: an explanation, a batch summed up, a sitting's end, another tab. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { answersInWords } from './answer-words.ts'
import type { SittingResult } from './desk-message.ts'
import type { DeskStatus } from './desk-status.ts'
import { type SayDesk, useDeskWords } from './desk-words.ts'
import type { BatchFigures } from './pace.ts'
import type { Lesson } from './queue.ts'
import { useRoomWords } from './room-words.ts'

/** Goes on with Enter before anything below hears of it, and takes the focus while it is there. */
function useGoingOn(onGoOn: () => void) {
  const button = useRef<HTMLButtonElement>(null)
  const latest = useRef(onGoOn)
  latest.current = onGoOn
  useEffect(() => {
    button.current?.focus()
    const shownAt = performance.now()
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"]')) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab') return
      const isOnAnother =
        event.target instanceof HTMLElement &&
        event.target !== button.current &&
        event.target.matches('a, button, summary, input, textarea, select')
      if (isOnAnother) return
      if (event.key !== 'Enter') {
        if (event.key.length === 1) event.stopImmediatePropagation()
        return
      }
      event.preventDefault()
      event.stopImmediatePropagation()
      // The same press that brought this here, held a little long, does not put it away.
      if (!event.repeat && performance.now() - shownAt > 150) latest.current()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
  return button
}

function GoOn({ onGoOn }: { onGoOn: () => void }) {
  const say = useDeskWords()
  const button = useGoingOn(onGoOn)
  return (
    <button
      ref={button}
      type="button"
      className="btn btn-primary justify-self-start"
      onClick={onGoOn}
    >
      {say('goOn')} <kbd className="max-md:hidden">↵</kbd>
    </button>
  )
}

/** After a training task: whether it was right, what was expected, and why. The task stays in sight. */
export function FeedbackCard({
  lesson,
  criteria,
  trouble,
  onGoOn,
}: {
  lesson: Lesson
  criteria: Criterion[]
  trouble: DeskStatus['trouble']
  onGoOn: () => void
}) {
  const say = useDeskWords()
  const { say: sayRoom } = useRoomWords()
  const { feedback } = lesson
  const place =
    'fixed inset-x-0 bottom-0 z-20 max-h-[70vh] overflow-auto border-t border-line bg-surface px-4 py-5 shadow-card md:px-6'
  if (!feedback) {
    return (
      <div className={place} role="status">
        <p className="mx-auto max-w-[80ch] text-ink-2">
          {say(trouble === 'none' ? 'lessonWaiting' : 'lessonWaitingOffline')}
        </p>
      </div>
    )
  }
  return (
    <section className={place} aria-labelledby="lesson-title">
      <div className="mx-auto grid max-w-[80ch] gap-3" role="status">
        <h2 id="lesson-title">{say(feedback.isRight ? 'right' : 'wrong')}</h2>
        <dl className="grid gap-2">
          <div>
            <dt className="text-sm text-ink-2">{say('expected')}</dt>
            {answersInWords(feedback.expected, criteria, { say: sayRoom }).map(
              ({ title, words }) => (
                <dd key={title} dir="auto">
                  {criteria.length > 1 && title ? `${title} ` : ''}
                  <strong>{words}</strong>
                </dd>
              ),
            )}
          </div>
          {feedback.explanation ? (
            <div>
              <dt className="text-sm text-ink-2">{say('why')}</dt>
              <dd dir="auto" className="whitespace-pre-wrap">
                {feedback.explanation}
              </dd>
            </div>
          ) : null}
        </dl>
        <GoOn onGoOn={onGoOn} />
      </div>
    </section>
  )
}

/** After a batch: what was done, never against anybody else. */
export function BatchSummary({ batch, onGoOn }: { batch: BatchFigures; onGoOn: () => void }) {
  const say = useDeskWords()
  return (
    <Interlude title={say('batchTitle', { count: batch.judged })}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-ink-2">{say('batchActive')}</dt>
        <dd className="tabular-nums">{spoken(batch.activeMs, say)}</dd>
        <dt className="text-ink-2">{say('batchMedian')}</dt>
        <dd className="tabular-nums">{spoken(batch.medianMs, say)}</dd>
        <dt className="text-ink-2">{say('batchSkipped')}</dt>
        <dd className="tabular-nums">{batch.skipped}</dd>
      </dl>
      {batch.isPauseDue ? <p>{say('batchPause')}</p> : null}
      <GoOn onGoOn={onGoOn} />
    </Interlude>
  )
}

function spoken(ms: number, say: SayDesk): string {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 90) return say('seconds', { count: seconds })
  return say('minutes', { count: Math.round(seconds / 60) })
}

/** How a qualification sitting ended, and what follows. */
export function SittingNotice({ sitting, onGoOn }: { sitting: SittingResult; onGoOn: () => void }) {
  const say = useDeskWords()
  const { isPassed, isRepeated, right, total } = sitting
  return (
    <Interlude title={say(isPassed ? 'passedTitle' : 'failedTitle')}>
      <p>{say('sittingScore', { right, total })}</p>
      <p>{say(isPassed ? 'sittingPassed' : isRepeated ? 'sittingAgain' : 'sittingOver')}</p>
      <GoOn onGoOn={onGoOn} />
    </Interlude>
  )
}

/** The room is open elsewhere, and this page waits. */
export function ElsewhereNotice({ onTake }: { onTake: () => void }) {
  const say = useDeskWords()
  return (
    <Interlude title={say('elsewhereTitle')}>
      <p className="text-ink-2">{say('elsewhereDetail')}</p>
      <button type="button" className="btn btn-primary justify-self-start" onClick={onTake}>
        {say('continueHere')}
      </button>
    </Interlude>
  )
}

/** Stands where the task would, so that no time is measured and nothing is answered by mistake. */
function Interlude({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="overflow-auto">
      <div role="status" className="mx-auto grid max-w-[60ch] gap-4 px-6 py-24">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
