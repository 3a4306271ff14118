/** The desk as the room uses it: what to show, and what a rater's acts set in motion. */
import { type Dispatch, useEffect, useMemo, useRef, useState } from 'react'
import type { WorkingAnswer } from './answer-form.ts'
import { type Desk, openDesk } from './desk.client.ts'
import { type DeskStatus, freshStatus } from './desk-status.ts'
import type { Submission } from './judgment.ts'
import { afterJudgment, afterPause, afterSkip, charactersOf, freshPace } from './pace.ts'
import { idsInHand, type Queue, type QueueEvent } from './queue.ts'

interface DeskOptions {
  url: string
  /** The person's id: what waits on this device is told apart by it. */
  owner: string
  batchSize: number
  queue: Queue
  dispatch: Dispatch<QueueEvent>
}

export type DeskLine = ReturnType<typeof useDesk>

export function useDesk({ url, owner, batchSize, queue, dispatch }: DeskOptions) {
  const [status, setStatus] = useState<DeskStatus>(freshStatus)
  const [pace, setPace] = useState(freshPace)
  const desk = useRef<Desk | null>(null)
  const latest = useRef(queue)
  latest.current = queue

  useEffect(() => {
    const opened = openDesk({
      url,
      owner,
      queue: () => latest.current,
      dispatch,
      tell: setStatus,
      onPause: () => setPace(afterPause),
    })
    desk.current = opened
    return () => {
      opened.close()
      desk.current = null
    }
  }, [url, owner, dispatch])

  const { unsent } = status
  useEffect(() => {
    if (unsent === 0) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsent])

  const { current } = queue
  // biome-ignore lint/correctness/useExhaustiveDependencies: an edition is a new draft of the same task.
  const draft = useMemo(
    () => (current ? desk.current?.drafts.find(current.task, current.baseRevision) : undefined),
    [current, status.edition],
  )

  return {
    status,
    pace,
    /** What the rater had made of the task on the table, on this device or another. */
    draft,
    retry: () => desk.current?.retry(),
    submit: (submission: Submission) => {
      const { assignmentId, baseRevision, activeMs, answers, comment, reasons } = submission
      const { current: open } = latest.current
      if (open?.task.assignmentId !== assignmentId || open.baseRevision !== baseRevision) return
      const have = idsInHand(latest.current)
      const key = `${assignmentId}:${baseRevision}`
      const body = { intent: 'submit', submission, have }
      if (!desk.current?.post({ key, assignmentId, endsTask: true, body })) return
      dispatch({
        kind: 'answered',
        assignmentId,
        baseRevision,
        answered: { answers, comment, reasons },
      })
      if (baseRevision > 0 || activeMs === null) return
      const entry = { characters: charactersOf(open.task), activeMs }
      setPace((now) => afterJudgment(now, { entry, now: performance.now(), batchSize }))
    },
    skip: (skipped: { assignmentId: string; reason: string; activeMs: number }) => {
      const { assignmentId } = skipped
      const have = idsInHand(latest.current)
      const body = { intent: 'skip', ...skipped, have }
      if (!desk.current?.post({ key: `${assignmentId}:skip`, assignmentId, endsTask: true, body }))
        return
      dispatch({ kind: 'skipped', assignmentId })
      setPace(afterSkip)
    },
    /** Tells a lead of something about a task; it stays to be judged. */
    flag: (assignmentId: string, reason: string) =>
      desk.current?.post({
        key: `${assignmentId}:flag`,
        assignmentId,
        endsTask: false,
        body: { intent: 'flag', assignmentId, reason },
      }) ?? false,
    keepDraft: (assignmentId: string, baseRevision: number, answer: WorkingAnswer) =>
      desk.current?.drafts.change(assignmentId, baseRevision, answer),
    takeRoom: () => desk.current?.takeRoom(),
    takeOther: (assignmentId: string) => void desk.current?.takeOther(assignmentId),
    keepMine: (assignmentId: string) => desk.current?.keepMine(assignmentId),
    resend: (id: string) => desk.current?.resend(id),
    discard: (id: string) => desk.current?.discard(id),
    dismissNote: () => setStatus((now) => ({ ...now, note: '' })),
    dismissPaceNote: () => setPace((now) => ({ ...now, isNoted: false })),
    endBatch: () => setPace((now) => ({ ...now, batch: null })),
  }
}
