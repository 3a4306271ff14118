/** What other systems can be told of, and the words for it. */
export const webhookEvents = {
  'drift.alarm': 'a version of a model changed for sure',
  'gate.changed': 'a watched gate gives another answer',
  'campaign.done': 'a campaign has all its judgments, or was closed',
  'snapshot.ready': 'a snapshot of a dataset is ready',
} as const

export type WebhookEvent = keyof typeof webhookEvents

export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[]

/** What every delivery is made of; `data` differs by event. */
export interface WebhookBody {
  type: WebhookEvent | 'test'
  /** When it happened, as ISO 8601. */
  timestamp: string
  project: { id: string; name: string; slug: string }
  data: Record<string, unknown>
}

/**
 * How long after each failed attempt the next one comes: at once-ish, then ever later, for about a day.
 * After the last of them a delivery is given up.
 */
const pausesMs = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000]

/** When to try again after so many attempts; null where it is enough. */
export function nextAttemptAt(attempts: number, now: number): number | null {
  const pause = pausesMs[attempts - 1]
  return pause === undefined ? null : now + pause
}
