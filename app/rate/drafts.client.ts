/**
 * Answers while they are made: on this device at once, on the server a second later. A version on each
 * says which is newer, so that two pages never overwrite each other unseen.
 */
import type { WorkingAnswer } from './answer-form.ts'
import type { DeskReply } from './desk-message.ts'
import { type Draft, newerDraft, nextVersion, pageNumbers, readDraft } from './draft.ts'
import type { TaskView } from './task-view.ts'

export interface Drafts {
  /** The newest draft of a task made from this revision: of this device or of the server. */
  find: (task: TaskView, baseRevision: number) => WorkingAnswer | undefined
  change: (assignmentId: string, baseRevision: number, answer: WorkingAnswer) => void
  has: (assignmentId: string) => boolean
  /** Writes to the device what was not written yet, and sends it. */
  flush: () => void
  /** The task was answered or passed over: its draft is sent no more. */
  forget: (assignmentId: string) => void
  /** What came of it lies on the device: its draft must not come back. */
  erase: (assignmentId: string) => void
  /** Lets this page's words stand over a newer version from elsewhere. */
  keepMine: (assignmentId: string) => void
  /** Puts a version from elsewhere in the place of this page's. */
  takeOther: (assignmentId: string, kept: unknown) => boolean
  close: () => void
}

interface DraftsOptions {
  /** Undefined when the server could not be reached. */
  send: (draft: Draft & { assignmentId: string }) => Promise<DeskReply | undefined>
  onNewerElsewhere: (assignmentId: string) => void
}

const storedPrefix = 'rubrica-draft:'
const onDeviceAfterMs = 200
const onServerAfterMs = 1_000
const againAfterMs = 10_000
const keptAtMost = 60
const mostCharactersSent = 300_000

export function openDrafts({ send, onNewerElsewhere }: DraftsOptions): Drafts {
  const page = (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % pageNumbers
  const onTable = new Map<string, Draft>()
  const unwritten = new Set<string>()
  const unsent = new Set<string>()
  const disputed = new Set<string>()
  let deviceTimer: ReturnType<typeof setTimeout> | undefined
  let serverTimer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let isClosed = false
  forgetOldest()

  const write = () => {
    clearTimeout(deviceTimer)
    deviceTimer = undefined
    for (const id of unwritten) {
      const draft = onTable.get(id)
      if (draft) store(id, draft)
    }
    unwritten.clear()
  }
  const sendLater = (pause: number) => {
    if (!isClosed) serverTimer ??= setTimeout(() => void deliver(), pause)
  }
  const deliver = async () => {
    clearTimeout(serverTimer)
    serverTimer = undefined
    if (isSending) return
    const id = [...unsent].find((one) => !disputed.has(one))
    const draft = id === undefined ? undefined : onTable.get(id)
    if (id === undefined || !draft) return
    unsent.delete(id)
    if (lengthOf(draft) > mostCharactersSent) return
    isSending = true
    const reply = await send({ ...draft, assignmentId: id })
    isSending = false
    if (!onTable.has(id)) return void (unsent.size > 0 && sendLater(0))
    if (!reply) {
      unsent.add(id)
      return sendLater(againAfterMs)
    }
    if ((reply.draftVersion ?? 0) > draft.version) {
      disputed.add(id)
      onTable.set(id, { ...(onTable.get(id) ?? draft), version: reply.draftVersion ?? 0 })
      onNewerElsewhere(id)
    }
    if (unsent.size > 0) sendLater(onServerAfterMs)
  }
  const put = (id: string, draft: Draft) => {
    onTable.set(id, draft)
    unwritten.add(id)
    unsent.add(id)
  }

  return {
    find: (task, baseRevision) => {
      const id = task.assignmentId
      const known = onTable.get(id)
      const draft = newerDraft([known, stored(id), readDraft(task.draft)], baseRevision)
      if (draft && draft !== known) {
        onTable.set(id, draft)
        disputed.delete(id)
      }
      return draft?.answer
    },
    change: (id, baseRevision, answer) => {
      const version = nextVersion(onTable.get(id)?.version ?? 0, page)
      put(id, { version, baseRevision, answer })
      deviceTimer ??= setTimeout(write, onDeviceAfterMs)
      sendLater(onServerAfterMs)
    },
    has: (id) => onTable.has(id),
    flush: () => {
      write()
      void deliver()
    },
    forget: (id) => {
      for (const set of [unwritten, unsent, disputed]) set.delete(id)
      onTable.delete(id)
    },
    erase: (id) => {
      if (!onTable.has(id)) remove(id)
    },
    keepMine: (id) => {
      disputed.delete(id)
      const mine = onTable.get(id)
      if (!mine) return
      put(id, { ...mine, version: nextVersion(mine.version, page) })
      write()
      sendLater(0)
    },
    takeOther: (id, kept) => {
      const other = readDraft(kept)
      if (!other) return false
      disputed.delete(id)
      unsent.delete(id)
      onTable.set(id, other)
      store(id, other)
      return true
    },
    close: () => {
      write()
      isClosed = true
      clearTimeout(serverTimer)
    },
  }
}

const lengthOf = (draft: Draft): number => JSON.stringify(draft.answer).length

function store(assignmentId: string, draft: Draft): void {
  try {
    const kept = JSON.stringify({ ...draft, keptAt: Date.now() })
    localStorage.setItem(storedPrefix + assignmentId, kept)
  } catch {
    // A full or forbidden store costs the device's copy; the server's is made all the same.
  }
}

function stored(assignmentId: string): Draft | undefined {
  try {
    const text = localStorage.getItem(storedPrefix + assignmentId)
    return text === null ? undefined : readDraft(JSON.parse(text))
  } catch {
    return undefined
  }
}

function remove(assignmentId: string): void {
  try {
    localStorage.removeItem(storedPrefix + assignmentId)
  } catch {
    // As above: a draft that stays is older than the judgment and never comes back.
  }
}

/** Keeps a device from filling up with drafts of tasks that somebody else ended. */
function forgetOldest(): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(storedPrefix))
    if (keys.length <= keptAtMost) return
    const ages = keys.map((key) => ({ key, keptAt: ageOf(localStorage.getItem(key)) }))
    ages.sort((one, other) => other.keptAt - one.keptAt)
    for (const { key } of ages.slice(keptAtMost)) localStorage.removeItem(key)
  } catch {
    // A forbidden store has nothing to forget.
  }
}

function ageOf(text: string | null): number {
  try {
    return Number(JSON.parse(text ?? '{}').keptAt) || 0
  } catch {
    return 0
  }
}
