/** The room's line to the server: gets tasks, sends answers through the outbox, keeps drafts. */
import { type Dispatch, useCallback, useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { type WorkingAnswer, workingAnswerSchema } from './answer-form.ts'
import type { Submission } from './judgment.ts'
import type { Delivery, Outbox } from './outbox.client.ts'
import type { Queue, QueueEvent } from './queue.ts'
import type { TaskView } from './task-view.ts'

/** Whether everything a rater sent has arrived. */
export interface SendStatus {
  unsent: number
  trouble: 'none' | 'offline' | 'signed-out' | 'server'
  /** Why the server did not take an answer, in its words. */
  refusal: string
}

const replySchema = z.object({
  saved: z.object({ ok: z.boolean(), message: z.string().optional() }).optional(),
  state: z.enum(['loading', 'working', 'empty', 'paused', 'closed']),
  tasks: z.array(z.custom<TaskView>()),
})

const aliveMs = 60_000
const askAgainMs = 15_000
const draftSchema = z.object({ base: z.number(), answer: workingAnswerSchema })
const draftKey = (assignmentId: string) => `rubrica-draft:${assignmentId}`

interface DeskOptions {
  url: string
  owner: string
  queue: Queue
  dispatch: Dispatch<QueueEvent>
}

export function useDesk({ url, owner, queue, dispatch }: DeskOptions) {
  const [status, setStatus] = useState<SendStatus>({ unsent: 0, trouble: 'none', refusal: '' })
  const outbox = useRef<Outbox | null>(null)
  const waitingLetters = useRef<(() => void)[]>([])
  const latest = useRef(queue)
  latest.current = queue

  const receive = useCallback(
    (reply: unknown, isOfThisVisit = true) => {
      const parsed = replySchema.safeParse(reply)
      if (!parsed.success) return
      const { tasks, state } = parsed.data
      if (isOfThisVisit) dispatch({ kind: 'received', tasks, state })
      const { saved } = parsed.data
      if (saved?.ok === false) setStatus((now) => ({ ...now, refusal: saved.message ?? '' }))
    },
    [dispatch],
  )

  const ask = useCallback(
    async (body: unknown) => {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        })
        if (response.status === 401) setStatus((now) => ({ ...now, trouble: 'signed-out' }))
        if (response.ok) receive(await response.json())
      } catch {
        setStatus((now) => ({ ...now, trouble: navigator.onLine ? 'server' : 'offline' }))
      }
    },
    [url, receive],
  )
  const claim = useCallback(() => ask({ intent: 'claim', have: idsInHand(latest.current) }), [ask])

  useEffect(() => {
    let isGone = false
    // What an earlier visit left unsent goes first: a task it answers must not come to the table again.
    let hasClaimed = false
    const onDelivery = (delivery: Delivery) => {
      if (delivery.kind === 'waiting') {
        setStatus((now) => ({ ...now, trouble: delivery.reason }))
        return
      }
      setStatus((now) => ({ ...now, trouble: 'none' }))
      receive(delivery.reply, hasClaimed)
    }
    const onCount = (unsent: number) => {
      setStatus((now) => ({ ...now, unsent }))
      if (unsent > 0 || hasClaimed) return
      hasClaimed = true
      void claim()
    }
    void import('./outbox.client.ts').then(async ({ openOutbox }) => {
      const opened = await openOutbox({ owner, onDelivery, onCount })
      if (isGone) return opened.close()
      outbox.current = opened
      for (const send of waitingLetters.current.splice(0)) send()
    })
    return () => {
      isGone = true
      outbox.current?.close()
    }
  }, [owner, receive, claim])

  // While the page is in use its tasks stay in hand; with none in hand it asks again now and then.
  useEffect(() => {
    const alive = setInterval(() => {
      if (!document.hidden && latest.current.current) void ask({ intent: 'alive' })
    }, aliveMs)
    const again = setInterval(() => {
      const { current, state } = latest.current
      const isSettled = outbox.current?.count() === 0
      if (!document.hidden && current === null && isSettled && state !== 'closed') void claim()
    }, askAgainMs)
    return () => {
      clearInterval(alive)
      clearInterval(again)
    }
  }, [ask, claim])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (outbox.current && outbox.current.count() > 0) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])

  const post = (key: string, body: object) => {
    setStatus((now) => ({ ...now, refusal: '' }))
    const letter = { key, owner, url, body, writtenAt: Date.now() }
    const send = () => void outbox.current?.put(letter)
    if (outbox.current) send()
    else waitingLetters.current.push(send)
  }

  return {
    status,
    retry: () => {
      outbox.current?.flush()
      if (outbox.current?.count() === 0) void claim()
    },
    submit: (submission: Submission) => {
      forgetDraft(submission.assignmentId)
      const have = idsInHand(latest.current)
      const key = `${submission.assignmentId}:${submission.baseRevision}`
      post(key, { intent: 'submit', submission, have })
    },
    skip: (skipped: { assignmentId: string; reason: string; activeMs: number }) => {
      forgetDraft(skipped.assignmentId)
      const have = idsInHand(latest.current)
      post(`${skipped.assignmentId}:skip`, { intent: 'skip', ...skipped, have })
    },
    keepDraft,
    restoreDraft,
  }
}

const idsInHand = (queue: Queue): string[] => [
  ...(queue.current ? [queue.current.task.assignmentId] : []),
  ...queue.waiting.map((task) => task.assignmentId),
]

function keepDraft(assignmentId: string, base: number, answer: WorkingAnswer): void {
  try {
    localStorage.setItem(draftKey(assignmentId), JSON.stringify({ base, answer }))
  } catch {
    // A full or forbidden store costs the draft, never the work on the page.
  }
}

/** A draft made from this very revision; an older one never comes back over a newer answer. */
function restoreDraft(assignmentId: string, base: number): WorkingAnswer | undefined {
  try {
    const text = localStorage.getItem(draftKey(assignmentId))
    const draft = text === null ? undefined : draftSchema.safeParse(JSON.parse(text))
    return draft?.success && draft.data.base === base ? draft.data.answer : undefined
  } catch {
    return undefined
  }
}

function forgetDraft(assignmentId: string): void {
  try {
    localStorage.removeItem(draftKey(assignmentId))
  } catch {
    // As above: nothing is lost by a draft that stays.
  }
}
