/** In: deliveries that wait. Out: the same, sent and signed, or set down for later with the reason. */
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { skipLocked } from '#db/dialects/portable.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import { isPublicAddress, lookupPublic, PrivateAddress } from './public-address.server.ts'
import { nextAttemptAt } from './webhook-events.ts'
import { signedHeaders } from './webhook-signature.server.ts'

/** A sender that dies leaves its delivery to be sent again after this. */
const holdMs = 60_000
const answerWithinMs = 10_000
const atOnce = 8
const idleMs = 1_000
/** Deliveries that are through are kept this long for people to look at. */
const keptMs = 30 * 24 * 3_600_000

interface Waiting {
  project_id: string
  id: string
  webhook_id: string
  body: string
  attempts: number
  url: string
  secret: string
}

export interface DeliveryOptions {
  db: Db
  /** Whether addresses of this machine and its network may be told. */
  allowsPrivate: boolean
  now?: () => number
}

/** Sends what waits until asked to stop. */
export async function runDeliveries(
  options: DeliveryOptions & { signal: AbortSignal; onError: (error: unknown) => void },
): Promise<void> {
  const { signal, onError } = options
  while (!signal.aborted) {
    const sent = await deliverWaiting(options).catch((error: unknown) => {
      onError(error)
      return 0
    })
    if (sent === 0) await sleep(idleMs, undefined, { signal }).catch(() => {})
  }
}

/** Sends what is due now, a few at once; gives how many it tried. */
export async function deliverWaiting({
  db,
  allowsPrivate,
  now = Date.now,
}: DeliveryOptions): Promise<number> {
  const due = await inTransaction(db, (trx) => claimDeliveries(trx, now()))
  await Promise.all(
    due.map(async (delivery) => {
      const outcome = await send(delivery, { allowsPrivate, at: now() })
      await inTransaction(db, (trx) => record(trx, delivery, outcome, now()))
    }),
  )
  return due.length
}

async function claimDeliveries(trx: Tx, now: number): Promise<Waiting[]> {
  const due = await trx
    .selectFrom('webhook_delivery')
    .select(['project_id', 'id', 'webhook_id', 'body', 'attempts'])
    .where('next_attempt_at', '<=', now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('webhook')
          .select('webhook.id')
          .whereRef('webhook.project_id', '=', 'webhook_delivery.project_id')
          .whereRef('webhook.id', '=', 'webhook_delivery.webhook_id')
          .where('webhook.status', '=', 'active'),
      ),
    )
    .orderBy('next_attempt_at')
    .limit(atOnce)
    .$call((query) => skipLocked(trx, query))
    .execute()
  const waiting: Waiting[] = []
  for (const delivery of due) {
    await trx
      .updateTable('webhook_delivery')
      .set({ next_attempt_at: now + holdMs, attempts: delivery.attempts + 1 })
      .where('project_id', '=', delivery.project_id)
      .where('id', '=', delivery.id)
      .execute()
    const { url, secret } = await trx
      .selectFrom('webhook')
      .select(['url', 'secret'])
      .where('project_id', '=', delivery.project_id)
      .where('id', '=', delivery.webhook_id)
      .executeTakeFirstOrThrow()
    waiting.push({ ...delivery, attempts: delivery.attempts + 1, url, secret })
  }
  return waiting
}

type Outcome = { status: number } | { error: string }

/** Posts the body, follows no redirect, and reads nothing of the answer but its status. */
function send(
  { id, body, url, secret }: Waiting,
  { allowsPrivate, at }: { allowsPrivate: boolean; at: number },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const address = new URL(url)
    const host = address.hostname.replace(/^\[|\]$/g, '')
    if (!allowsPrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
      resolve({ error: new PrivateAddress(host).message })
      return
    }
    const post = (address.protocol === 'https:' ? requestHttps : requestHttp)(
      address,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(answerWithinMs),
        ...(allowsPrivate ? {} : { lookup: lookupPublic }),
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'User-Agent': 'Rubrica-Webhooks/1',
          ...signedHeaders({ id, body, at }, secret),
        },
      },
      (response) => {
        resolve({ status: response.statusCode ?? 0 })
        response.destroy()
      },
    )
    post.on('error', (error) => {
      const isLate = error.name === 'AbortError' || error.name === 'TimeoutError'
      resolve({ error: isLate ? `no answer within ${answerWithinMs / 1_000} s` : error.message })
    })
    post.end(body)
  })
}

const isTaken = (outcome: Outcome): boolean =>
  'status' in outcome && outcome.status >= 200 && outcome.status < 300

/** By this status a receiver says that it wants to hear no more. */
const gone = 410

async function record(
  trx: Tx,
  { project_id, id, webhook_id, attempts }: Waiting,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const status = 'status' in outcome ? outcome.status : null
  const isOver = isTaken(outcome) || status === gone
  await trx
    .updateTable('webhook_delivery')
    .set({
      response_status: status,
      error: 'error' in outcome ? outcome.error.slice(0, 300) : null,
      delivered_at: isTaken(outcome) ? now : null,
      next_attempt_at: isOver ? null : nextAttemptAt(attempts, now),
    })
    .where('project_id', '=', project_id)
    .where('id', '=', id)
    .execute()
  if (status === gone) {
    await trx
      .updateTable('webhook')
      .set({ status: 'paused' })
      .where('project_id', '=', project_id)
      .where('id', '=', webhook_id)
      .execute()
  }
  await trx
    .deleteFrom('webhook_delivery')
    .where('project_id', '=', project_id)
    .where('webhook_id', '=', webhook_id)
    .where('next_attempt_at', 'is', null)
    .where('dedupe_key', 'is', null)
    .where('created_at', '<', now - keptMs)
    .execute()
}
