/** The bodies of requests, as far as they are read. */

/** A body as text, or null where it is longer than `most` bytes; the rest is then left unread. */
export async function textWithin(request: Request, most: number): Promise<string | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > most) return null
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > most) {
      reader.releaseLock()
      return null
    }
    parts.push(value)
  }
  return Buffer.concat(parts).toString('utf8')
}

const mostThrownAway = 32 * 1024 * 1024

/**
 * Reads away what a refusal left of a body: unread, it would hold up the next request of its
 * connection. Nobody waits for a long rest; its connection closes after the answer.
 */
export async function throwRestAway(request: Request, refusal: Response): Promise<void> {
  if (!request.body || request.body.locked) return
  const reader = request.body.getReader()
  let length = 0
  while (length <= mostThrownAway) {
    const { done, value } = await reader.read()
    if (done) return
    length += value.length
  }
  reader.releaseLock()
  refusal.headers.set('Connection', 'close')
}
