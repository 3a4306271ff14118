/** In: a secret and what is sent. Out: headers by which the receiver knows who sent it, and when. */
import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'

export const newWebhookSecret = (): string => prefix + randomBytes(24).toString('base64')

/**
 * The headers of a delivery, as the Standard Webhooks specification (version 1) wants them: the
 * signature is the HMAC-SHA256 of `id.timestamp.body`, in base64, after `v1,`.
 *
 * @param at when it is sent, in ms; receivers refuse what is much older than their clock
 */
export function signedHeaders(
  { id, body, at }: { id: string; body: string; at: number },
  secret: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}
