/** In: what came back from the network. Out: a reply of the desk, or nothing when it is not one. */
import type { DeskReply } from './desk-message.ts'
import type { RoomState } from './queue.ts'

const states: Record<RoomState, true> = {
  loading: true,
  working: true,
  empty: true,
  paused: true,
  closed: true,
  failed: true,
  limit: true,
}

/**
 * Told by its shape, since a network between (a sign-in page of a hotel, a proxy) may answer in the
 * server's place. What has the shape comes from the server and is trusted.
 */
export function readReply(value: unknown): DeskReply | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!('state' in value && 'tasks' in value && Array.isArray(value.tasks))) return undefined
  if (typeof value.state !== 'string' || !Object.hasOwn(states, value.state)) return undefined
  return value as DeskReply
}
