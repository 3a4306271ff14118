/** The room's line to the server: gets tasks, sends answers, keeps holds and drafts, without React. */
import { withAnswered } from './answer-form.ts'
import { openLine } from './desk-line.client.ts'
import type { DeskMessage, DeskReply } from './desk-message.ts'
import { type DeskStatus, withChanges } from './desk-status.ts'
import { type Drafts, openDrafts } from './drafts.client.ts'
import { takeFirstClaim } from './first-claim.tsx'
import { openHolds } from './holds.client.ts'
import type { Submission } from './judgment.ts'
import { type Delivery, type Letter, type Outbox, openOutbox } from './outbox.client.ts'
import { watchPresence } from './presence.client.ts'
import { idsInHand, type Queue, type QueueEvent } from './queue.ts'
import { openRoomTabs } from './tabs.client.ts'

export interface DeskOptions {
  url: string
  owner: string
  queue: () => Queue
  dispatch: (event: QueueEvent) => void
  tell: (change: (now: DeskStatus) => DeskStatus) => void
  /** The rater is back after some minutes. */
  onPause: () => void
}

export interface Desk {
  drafts: Drafts
  post: (letter: { key: string; assignmentId: string; endsTask: boolean; body: object }) => boolean
  retry: () => void
  takeRoom: () => void
  takeOther: (assignmentId: string) => Promise<void>
  keepMine: (assignmentId: string) => void
  resend: (id: string) => void
  discard: (id: string) => void
  /** Unloads nothing of the rater's: gives back what was not begun, when the page is left. */
  close: () => void
}

const aliveMs = 60_000
const activeWithinMs = 10 * 60_000
const hiddenMs = 60_000
const awayMs = 5 * 60_000
const askAgainMs = 15_000
const keysRemembered = 200

export function openDesk(options: DeskOptions): Desk {
  const { url, owner, queue, dispatch } = options
  const sentKeys: string[] = []
  const waitingLetters: (() => Promise<void>)[] = []
  const holds = openHolds()
  let outbox: Outbox | undefined
  let isClosed = false
  let isVacant = false
  let trouble: DeskStatus['trouble'] = 'none'

  const change = (changed: Partial<DeskStatus>) => {
    trouble = changed.trouble ?? trouble
    if (!isClosed) options.tell((now) => withChanges(now, changed))
  }

  const forgetKey = (key: string) => {
    const at = sentKeys.indexOf(key)
    if (at >= 0) sentKeys.splice(at, 1)
  }

  const ask = openLine({
    url,
    owner,
    onTrouble: (reason) => change({ trouble: reason }),
    onReply: (reply, serverTime) => {
      if (isClosed) return
      if (outbox === undefined || outbox.pendingAt(url).length === 0) change({ trouble: 'none' })
      holds.heard(reply.tasks, serverTime)
      if (!reply.withdrawn) return
      dispatch({ kind: 'withdrawn', assignmentIds: reply.withdrawn, begunId: begunId() })
    },
  })

  const tabs = openRoomTabs(`${owner}:${url}`, {
    onTaken: () => {
      isVacant = false
      drafts.flush()
      change({ isElsewhere: true })
    },
    onLeft: () => {
      isVacant = true
      if (!document.hidden) takeRoom()
    },
  })
  const isWorking = () => tabs.isActive() && !isClosed
  const begunId = () => {
    const { current } = queue()
    return current && drafts.has(current.task.assignmentId) ? current.task.assignmentId : null
  }

  const drafts = openDrafts({
    send: async ({ assignmentId, version, baseRevision, answer }) => {
      const message = {
        intent: 'draft',
        assignmentId,
        version,
        baseRevision,
        content: answer,
      } as const
      const reply = await ask(message, { isQuiet: true })
      if (reply) holds.extend()
      return reply
    },
    onNewerElsewhere: (assignmentId) => change({ disputedId: assignmentId }),
  })

  const claim = async (asked?: Promise<Response>) => {
    if (!isWorking()) return
    const reply = await ask({ intent: 'claim', have: idsInHand(queue()) }, { asked })
    if (reply && isWorking()) receive(reply)
  }
  /** Asks for all that is in hand, and lets go of what no longer is. */
  const claimWhole = async () => {
    if (!isWorking()) return
    const reply = await ask({ intent: 'claim', have: [] })
    if (!reply || !isWorking()) return
    const { tasks, state } = reply
    dispatch({ kind: 'received', tasks, state, isWhole: true, begunId: begunId() })
    tellQueue(reply)
  }
  const receive = (reply: DeskReply) => {
    dispatch({ kind: 'received', tasks: reply.tasks, state: reply.state })
    tellQueue(reply)
  }
  const tellQueue = ({ saved, feedback, sitting, onboarding }: DeskReply) => {
    if (!saved && !feedback && !sitting && !onboarding) return
    dispatch({
      kind: 'told',
      ...(saved ? { assignmentId: saved.assignmentId } : {}),
      ...(saved?.ok ? { revision: saved.revision } : {}),
      ...(feedback ? { feedback } : {}),
      ...(sitting ? { sitting } : {}),
      ...(onboarding ? { onboarding } : {}),
    })
    if (saved?.ok && saved.note) change({ note: saved.note })
  }
  const alive = async () => {
    const reply = await ask({ intent: 'alive' })
    if (reply) holds.extend()
  }
  const hasTasks = () => idsInHand(queue()).length > 0
  const comeBack = async () => {
    await outbox?.flush()
    if (hasTasks()) await alive()
    await claimWhole()
  }

  const onDelivery = (delivery: Delivery) => {
    if (delivery.kind === 'waiting') return change({ trouble: delivery.reason })
    change({ trouble: 'none' })
    const { letter, reply } = delivery
    const isOfThisRoom = letter.url === url
    if (delivery.kind === 'answered' && isOfThisRoom)
      holds.heard(delivery.reply.tasks, delivery.serverTime)
    if (!isOfThisRoom) return
    if (delivery.kind === 'refused') takeBack(letter, reply)
    if (!isWorking()) return
    if (reply && delivery.isOfThisPage) receive(reply)
    else if (!reply) void claim()
  }

  /** A refused answer that can be mended comes back with its words; any other stays among the kept. */
  const takeBack = ({ id, key, assignmentId, body }: Letter, reply: DeskReply | undefined) => {
    const baseRevision = Number(key.split(':')[1])
    if (Number.isNaN(baseRevision)) return
    const comesBack = reply?.saved?.ok === false && reply.saved.reason === 'invalid'
    dispatch({ kind: 'refused', assignmentId, baseRevision, comesBack })
    const submission = submissionIn(body)
    if (!comesBack || !submission) return
    forgetKey(key)
    drafts.change(assignmentId, baseRevision, withAnswered(submission))
    change({ note: reply?.saved?.ok === false ? reply.saved.message : '' })
    outbox?.discard(id)
  }

  const takeRoom = () => {
    if (isClosed) return
    tabs.take()
    change({ isElsewhere: false, disputedId: null })
    dispatch({ kind: 'cleared' })
    void claimWhole()
  }

  const start = async () => {
    const opened = await openOutbox({
      owner,
      onDelivery,
      onChange: ({ unsent, kept, isDurable }) => change({ unsent, kept, isDurable }),
    })
    if (isClosed) return opened.close()
    outbox = opened
    // What an earlier visit left unsent goes first: a task it answers must not come to the table again.
    const pending = opened.pendingAt(url)
    if (pending.length > 0) dispatch({ kind: 'ended', assignmentIds: pending })
    for (const send of waitingLetters.splice(0)) void send()
    const delivered = opened.flush()
    // The page's own question was asked before these were sent, so its answer may name them again.
    const first = takeFirstClaim(url)
    if (pending.length === 0) return claim(first)
    await delivered
    await claim()
  }

  const presence = watchPresence({
    idleMs: awayMs,
    hiddenMs,
    onBack: (goneMs) => {
      if (goneMs >= awayMs) options.onPause()
      if (isWorking()) void comeBack()
    },
    onSight: () => {
      if (isVacant && !tabs.isActive()) takeRoom()
      else if (trouble !== 'none' && isWorking()) void comeBack()
    },
  })
  const heart = setInterval(() => {
    if (isWorking() && hasTasks() && presence.isThere(activeWithinMs)) void alive()
  }, aliveMs)
  const watch = setInterval(() => {
    const { current, state } = queue()
    if (!isWorking()) return
    if (current && holds.isOver(current.task.assignmentId)) {
      dispatch({ kind: 'lapsed', assignmentId: current.task.assignmentId })
    }
    if (!document.hidden && current === null && state !== 'closed') void claim()
  }, askAgainMs)

  const release = () => {
    if (!isWorking()) return
    const begun = begunId()
    const assignmentIds = idsInHand(queue()).filter((id) => id !== begun)
    if (assignmentIds.length === 0) return
    const message = { intent: 'release', assignmentIds } satisfies DeskMessage
    navigator.sendBeacon(url, new Blob([JSON.stringify(message)], { type: 'application/json' }))
  }
  const onHide = () => {
    drafts.flush()
    release()
  }
  const onShow = (event: PageTransitionEvent) => {
    if (!event.persisted) return
    if (tabs.isActive()) takeRoom()
  }
  const onVisibility = () => {
    if (document.hidden) drafts.flush()
  }
  const onOnline = () => void comeBack()
  window.addEventListener('pagehide', onHide)
  window.addEventListener('pageshow', onShow)
  window.addEventListener('online', onOnline)
  document.addEventListener('visibilitychange', onVisibility)
  void start()

  return {
    drafts,
    post: (letter) => {
      if (sentKeys.includes(letter.key)) return false
      sentKeys.push(letter.key)
      if (sentKeys.length > keysRemembered) sentKeys.shift()
      if (letter.endsTask) {
        drafts.forget(letter.assignmentId)
        change({ note: '', disputedId: null })
      }
      const send = async () => {
        await outbox?.put({ ...letter, url })
        if (letter.endsTask) drafts.erase(letter.assignmentId)
      }
      if (outbox) void send()
      else waitingLetters.push(send)
      return true
    },
    retry: () => void comeBack(),
    takeRoom,
    takeOther: async (assignmentId) => {
      const have = idsInHand(queue()).filter((id) => id !== assignmentId)
      const reply = await ask({ intent: 'claim', have })
      const other = reply?.tasks.find((task) => task.assignmentId === assignmentId)
      if (!drafts.takeOther(assignmentId, other?.draft)) return
      options.tell((now) => ({ ...now, disputedId: null, edition: now.edition + 1 }))
    },
    keepMine: (assignmentId) => {
      drafts.keepMine(assignmentId)
      change({ disputedId: null })
    },
    resend: (id) => outbox?.resend(id),
    discard: (id) => outbox?.discard(id),
    close: () => {
      onHide()
      isClosed = true
      clearInterval(heart)
      clearInterval(watch)
      presence.close()
      drafts.close()
      tabs.close()
      outbox?.close()
      window.removeEventListener('pagehide', onHide)
      window.removeEventListener('pageshow', onShow)
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}

/** The answer in a letter, or undefined where it holds none. */
export function submissionIn(body: unknown): Submission | undefined {
  if (typeof body !== 'object' || body === null || !('submission' in body)) return undefined
  return body.submission as Submission
}
