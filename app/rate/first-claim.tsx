/** The room's first question for tasks, asked by the page itself while its scripts are on their way. */
import { useContext } from 'react'
import { NonceContext } from '#app/ui/nonce.ts'
import type { DeskMessage } from './desk-message.ts'

declare global {
  interface Window {
    firstClaim?: { url: string; answer: Promise<Response> } | undefined
  }
}

const message = JSON.stringify({ intent: 'claim', have: [] } satisfies DeskMessage)

/** How the room sends a message, whether a script of the page or the room itself does it. */
export const deskRequest = (owner: string, body: string): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Rubrica-Person': owner },
  body,
  redirect: 'manual',
})

/** Written into the page by the server; a visit from within the app asks when the room is there. */
export function FirstClaim({ url, owner }: { url: string; owner: string }) {
  const nonce = useContext(NonceContext)
  const asked = [url, deskRequest(owner, message)].map((one) =>
    JSON.stringify(one).replaceAll('<', '\\u003c'),
  )
  const script = `window.firstClaim={url:${asked[0]},answer:fetch(${asked.join()})};window.firstClaim.answer.catch(function(){})`
  return (
    <script
      nonce={nonce}
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: every value in it is printed as JSON.
      dangerouslySetInnerHTML={{ __html: script }}
    />
  )
}

/** The answer to the page's own question, once; undefined where there was none for this room. */
export function takeFirstClaim(url: string): Promise<Response> | undefined {
  const first = window.firstClaim
  window.firstClaim = undefined
  return first?.url === url ? first.answer : undefined
}
