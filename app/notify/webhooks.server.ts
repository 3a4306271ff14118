/** In: addresses of other systems, and what happens here. Out: deliveries that wait to be sent. */
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Tx, WebhookTable } from '#db/schema.ts'
import type { WebhookBody, WebhookEvent } from './webhook-events.ts'
import { webhookEventNames } from './webhook-events.ts'
import { newWebhookSecret } from './webhook-signature.server.ts'

const eventsSchema = z.array(z.enum(webhookEventNames))

export const newWebhookSchema = z.object({
  url: z
    .string()
    .trim()
    .max(2_000)
    .refine((text) => {
      const url = URL.canParse(text) ? new URL(text) : null
      return url !== null && ['http:', 'https:'].includes(url.protocol) && !url.username
    }, 'an address that begins with https:// or http://'),
  events: eventsSchema.min(1, 'choose at least one'),
})

export interface Webhook {
  id: string
  url: string
  events: WebhookEvent[]
  isActive: boolean
  createdAt: number
}

const toWebhook = ({ id, url, events, status, created_at }: WebhookTable): Webhook => ({
  id,
  url,
  events: eventsSchema.parse(JSON.parse(events)),
  isActive: status === 'active',
  createdAt: created_at,
})

/** Adds a webhook; gives its secret, with which the receiver checks what comes. */
export async function insertWebhook(
  trx: Tx,
  {
    projectId,
    url,
    events,
    now,
  }: z.infer<typeof newWebhookSchema> & { projectId: string; now: number },
): Promise<{ id: string; secret: string }> {
  const made = { id: newId(), secret: newWebhookSecret() }
  await trx
    .insertInto('webhook')
    .values({
      project_id: projectId,
      ...made,
      url,
      events: printJson(events),
      status: 'active',
      created_at: now,
    })
    .execute()
  return made
}

export async function listWebhooks(db: Queries, projectId: string): Promise<Webhook[]> {
  const rows = await db
    .selectFrom('webhook')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute()
  return rows.map(toWebhook)
}

interface OneWebhook {
  projectId: string
  id: string
}

/** Stops telling a webhook anything, or begins again. What waited for a paused one waits on. */
export async function setWebhookStatus(
  trx: Tx,
  { projectId, id, status }: OneWebhook & { status: WebhookTable['status'] },
): Promise<void> {
  await trx
    .updateTable('webhook')
    .set({ status })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
}

/** Removes a webhook with all its deliveries. */
export async function removeWebhook(trx: Tx, { projectId, id }: OneWebhook): Promise<void> {
  await trx
    .deleteFrom('webhook_delivery')
    .where('project_id', '=', projectId)
    .where('webhook_id', '=', id)
    .execute()
  await trx.deleteFrom('webhook').where('project_id', '=', projectId).where('id', '=', id).execute()
}

export interface News {
  projectId: string
  event: WebhookEvent
  data: Record<string, unknown>
  /** Of what it speaks: a webhook hears of the same thing once. */
  about: string
  now: number
}

/** Has every active webhook told that wants to hear of such an event. */
export async function announce(trx: Tx, news: News): Promise<void> {
  const wanting = (await listWebhooks(trx, news.projectId)).filter(
    ({ isActive, events }) => isActive && events.includes(news.event),
  )
  if (wanting.length === 0) return
  const body = await bodyOf(trx, { ...news, type: news.event })
  for (const { id } of wanting) {
    await queueDelivery(trx, {
      ...news,
      webhookId: id,
      body,
      dedupeKey: `${news.event} ${news.about}`,
    })
  }
}

/** Sends a webhook something to try it out. */
export async function queueTest(
  trx: Tx,
  { projectId, id, now }: OneWebhook & { now: number },
): Promise<void> {
  const data = { text: 'If you can read this, deliveries arrive.' }
  const body = await bodyOf(trx, { projectId, type: 'test', data, now })
  await queueDelivery(trx, { projectId, webhookId: id, body, dedupeKey: null, now })
}

async function bodyOf(
  db: Queries,
  {
    projectId,
    type,
    data,
    now,
  }: Pick<WebhookBody, 'type' | 'data'> & { projectId: string; now: number },
): Promise<WebhookBody> {
  const project = await db
    .selectFrom('project')
    .select(['id', 'name', 'slug'])
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow()
  return { type, timestamp: new Date(now).toISOString(), project, data }
}

async function queueDelivery(
  trx: Tx,
  {
    projectId,
    webhookId,
    body,
    dedupeKey,
    now,
  }: {
    projectId: string
    webhookId: string
    body: WebhookBody
    dedupeKey: string | null
    now: number
  },
): Promise<void> {
  await trx
    .insertInto('webhook_delivery')
    .values({
      project_id: projectId,
      id: newId(),
      webhook_id: webhookId,
      event: body.type,
      body: JSON.stringify(body),
      attempts: 0,
      next_attempt_at: now,
      response_status: null,
      delivered_at: null,
      created_at: now,
      dedupe_key: dedupeKey,
      error: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface Delivery {
  id: string
  webhookId: string
  event: string
  attempts: number
  nextAttemptAt: number | null
  status: number | null
  error: string | null
  deliveredAt: number | null
  createdAt: number
}

/** The newest deliveries of a project. */
export async function listDeliveries(
  db: Queries,
  { projectId, most }: { projectId: string; most: number },
): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    webhookId: row.webhook_id,
    event: row.event,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    status: row.response_status,
    error: row.error,
    deliveredAt: row.delivered_at,
    createdAt: row.created_at,
  }))
}

/** Sends a delivery once more, whatever became of it. */
export async function queueAgain(
  trx: Tx,
  { projectId, id, now }: OneWebhook & { now: number },
): Promise<void> {
  await trx
    .updateTable('webhook_delivery')
    .set({ next_attempt_at: now, attempts: 0, delivered_at: null })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
}
