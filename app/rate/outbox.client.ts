/**
 * What a rater has answered and the server has not acknowledged yet, kept on the device. Every letter
 * carries its key (assignment and base revision), so sending one twice does no harm.
 */
import type { DeskReply, Saved } from './desk-message.ts'
import { readReply } from './desk-reply.ts'
import { type LetterStore, openLetterStore } from './letter-store.client.ts'

export interface Letter {
  id: string
  /** Assignment, base revision and intent. */
  key: string
  assignmentId: string
  /** Whether the task is done with it; a flag leaves it to be judged. */
  endsTask: boolean
  /** Whose it is: letters of somebody else on this device are left alone. */
  owner: string
  url: string
  body: unknown
  /** Letters go in this order. */
  order: number
  /** Why the server will not take it, in its words where it has any; then it is kept and goes nowhere. */
  refusal?: string
}

export type NewLetter = Pick<Letter, 'key' | 'assignmentId' | 'endsTask' | 'url' | 'body'>
export type Trouble = 'offline' | 'signed-out' | 'server'

/** How a letter ended: taken, or refused for good. */
export type Ending =
  | { kind: 'answered'; letter: Letter; reply: DeskReply; serverTime: number | undefined }
  | { kind: 'refused'; letter: Letter; reply?: DeskReply }

export type Delivery = (Ending & { isOfThisPage: boolean }) | { kind: 'waiting'; reason: Trouble }

export interface OutboxView {
  /** Letters on their way. */
  unsent: number
  /** Letters that were refused, the oldest first. */
  kept: Letter[]
  /** Whether what waits would survive the closing of the page. */
  isDurable: boolean
}

export interface Outbox {
  /** Takes a letter to be delivered, and is done when it lies on the device. */
  put: (letter: NewLetter) => Promise<void>
  /** Tries to deliver now, and is done when it arrived or something stood in the way. */
  flush: () => Promise<void>
  /** Assignments ended by a letter that is on its way to this address. */
  pendingAt: (url: string) => string[]
  /** Puts a refused letter on its way again. */
  resend: (id: string) => void
  discard: (id: string) => void
  close: () => void
}

interface OutboxOptions {
  owner: string
  onDelivery: (delivery: Delivery) => void
  onChange: (view: OutboxView) => void
}

const firstPauseMs = 1_000
const longestPauseMs = 30_000
const timeoutMs = 45_000
const keptAtMost = 50
/** A page that closes may leave so many characters on their way. */
const keepaliveCharacters = 15_000

/** Opens the outbox of one rater, with what an earlier visit left behind in it. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { owner } = options
  const store = await openLetterStore()
  const lane = `rubrica-outbox:${owner}`
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(lane) : undefined
  const written = new Set<string>()
  let letters: Letter[] = []
  let round: Promise<void> | undefined
  let isAskedAgain = false
  let isClosed = false
  let pauseMs = firstPauseMs
  let timer: ReturnType<typeof setTimeout> | undefined

  const waiting = () => letters.filter((letter) => letter.refusal === undefined)
  const tell = () => {
    if (isClosed) return
    const kept = letters.filter((letter) => letter.refusal !== undefined)
    options.onChange({ unsent: waiting().length, kept, isDurable: store.isDurable() })
  }
  const refresh = async () => {
    const found = await store.all()
    const mine = found.filter((letter) => letter.owner === owner)
    letters = mine.sort((one, other) => one.order - other.order)
    await forgetOldest(store, letters)
    tell()
  }
  /** A letter reached its end, by this page or by another. */
  const settle = (ending: Ending) => {
    const isOfThisPage = written.delete(ending.letter.id)
    if (!isClosed) options.onDelivery({ ...ending, isOfThisPage })
  }

  const deliverAll = async () => {
    const passedOver = new Set<string>()
    let outages = 0
    for (;;) {
      await refresh()
      const letter = waiting().find(({ assignmentId }) => !passedOver.has(assignmentId))
      if (!letter || isClosed) return
      const outcome = await post(letter)
      if (outcome.kind === 'waiting') {
        outages += 1
        options.onDelivery({ kind: 'waiting', reason: outcome.reason })
        comeBack(outcome.retryAfterMs)
        // One letter that the server chokes on holds up none of another task.
        if (!outcome.isOfThisLetter || outages > 1) return
        passedOver.add(letter.assignmentId)
        continue
      }
      pauseMs = firstPauseMs
      if (outcome.kind === 'refused') await store.put(outcome.letter)
      else await store.remove(letter.id)
      await refresh()
      settle(outcome)
      channel?.postMessage(outcome)
    }
  }
  const comeBack = (retryAfterMs: number | undefined) => {
    clearTimeout(timer)
    const pause = Math.max(pauseMs * (0.5 + Math.random() / 2), retryAfterMs ?? 0)
    timer = setTimeout(() => void deliver(), pause)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
  const deliver = (): Promise<void> => {
    if (isClosed) return Promise.resolve()
    isAskedAgain = round !== undefined
    round ??= alone(lane, deliverAll)
      .catch(() => comeBack(undefined))
      .finally(() => {
        round = undefined
        if (isAskedAgain) void deliver()
      })
    return round
  }
  const retryNow = () => {
    pauseMs = firstPauseMs
    clearTimeout(timer)
    return deliver()
  }
  const onOnline = () => void retryNow()

  channel?.addEventListener('message', ({ data }: MessageEvent<Ending>) => {
    if (written.has(data.letter.id)) settle(data)
    void refresh()
  })
  window.addEventListener('online', onOnline)
  await refresh()
  return {
    put: async (given) => {
      const order = Math.max(Date.now(), (letters.at(-1)?.order ?? 0) + 1)
      const letter = { ...given, id: randomId(), owner, order }
      written.add(letter.id)
      letters = [...letters, letter]
      tell()
      await store.put(letter)
      void retryNow()
    },
    flush: retryNow,
    pendingAt: (url) =>
      waiting()
        .filter((letter) => letter.url === url && letter.endsTask)
        .map((letter) => letter.assignmentId),
    resend: (id) => {
      const letter = letters.find((one) => one.id === id)
      if (!letter) return
      const { refusal: _refusal, ...again } = letter
      written.add(id)
      void store.put(again).then(retryNow)
    },
    discard: (id) => void store.remove(id).then(refresh),
    close: () => {
      isClosed = true
      clearTimeout(timer)
      channel?.close()
      window.removeEventListener('online', onOnline)
    },
  }
}

/** Of all open pages of this rater one delivers at a time, where the browser can tell them apart. */
async function alone(lane: string, deliver: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return deliver()
  await navigator.locks.request(lane, deliver)
}

async function forgetOldest(store: LetterStore, letters: readonly Letter[]): Promise<void> {
  const kept = letters.filter((letter) => letter.refusal !== undefined)
  for (const letter of kept.slice(0, -keptAtMost)) await store.remove(letter.id)
}

/** Not `randomUUID`: that one is missing where a site is served without TLS. */
const randomId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')

type Outcome =
  | Ending
  | { kind: 'waiting'; reason: Trouble; isOfThisLetter: boolean; retryAfterMs?: number }

async function post(letter: Letter): Promise<Outcome> {
  const away = (reason: Trouble, retryAfterMs?: number): Outcome => ({
    kind: 'waiting',
    reason,
    isOfThisLetter: false,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
  try {
    const response = await send(letter)
    const { status } = response
    if (response.type === 'opaqueredirect' || status === 401) return away('signed-out')
    if (status === 500) return { kind: 'waiting', reason: 'server', isOfThisLetter: true }
    if (status > 500 || status === 408 || status === 425 || status === 429) {
      return away('server', 1_000 * Math.min(120, Number(response.headers.get('Retry-After')) || 0))
    }
    if (!response.ok) return { kind: 'refused', letter: await refused(letter, response) }
    const reply = readReply(await response.json())
    // A page of somebody else's, such as a network's own sign-in: not our server.
    if (!reply) return away('server')
    return outcomeOf(letter, reply, timeOf(response))
  } catch {
    return away(navigator.onLine ? 'server' : 'offline')
  }
}

function outcomeOf(letter: Letter, reply: DeskReply, serverTime: number | undefined): Outcome {
  const saved: Saved | undefined = reply.saved
  if (saved?.ok === false) {
    return { kind: 'refused', letter: { ...letter, refusal: saved.message }, reply }
  }
  return { kind: 'answered', letter, reply, serverTime }
}

function send(letter: Letter): Promise<Response> {
  const body = JSON.stringify(letter.body)
  return fetch(letter.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Rubrica-Person': letter.owner },
    body,
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'manual',
    keepalive: body.length < keepaliveCharacters,
  })
}

async function refused(letter: Letter, response: Response): Promise<Letter> {
  const problem: unknown = await response.json().catch(() => undefined)
  const detail =
    typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : ''
  return { ...letter, refusal: typeof detail === 'string' ? detail : '' }
}

/** When the server answered by its own clock, in milliseconds; the device's clock may be off by hours. */
export const timeOf = (response: Response): number | undefined => {
  const time = Date.parse(response.headers.get('Date') ?? '')
  return Number.isNaN(time) ? undefined : time
}
