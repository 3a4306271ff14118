/** Questions of the room to the server that may fail: what must not be lost goes by the outbox. */
import type { DeskMessage, DeskReply } from './desk-message.ts'
import { readReply } from './desk-reply.ts'
import { deskRequest } from './first-claim.tsx'
import { type Trouble, timeOf } from './outbox.client.ts'

interface LineOptions {
  url: string
  owner: string
  onTrouble: (reason: Trouble) => void
  onReply: (reply: DeskReply, serverTime: number | undefined) => void
}

/** Undefined when the server could not be reached or did not take it. */
export type Ask = (
  message: DeskMessage,
  how?: { isQuiet?: boolean; asked?: Promise<Response> | undefined },
) => Promise<DeskReply | undefined>

/** A quiet question leaves it unsaid that nobody answered; one that was asked already is not sent again. */
export function openLine({ url, owner, onTrouble, onReply }: LineOptions): Ask {
  return async (message, { isQuiet = false, asked } = {}) => {
    try {
      const response = await (asked ?? fetch(url, deskRequest(owner, JSON.stringify(message))))
      const isSignedOut = response.type === 'opaqueredirect' || response.status === 401
      if (isSignedOut) onTrouble('signed-out')
      else if (response.status >= 500) onTrouble('server')
      if (!response.ok) return undefined
      const reply = readReply(await response.json())
      if (!reply) throw new Error('Somebody else answered in the place of the server.')
      onReply(reply, timeOf(response))
      return reply
    } catch {
      if (!isQuiet) onTrouble(navigator.onLine ? 'server' : 'offline')
      return undefined
    }
  }
}
