/** Raters that work over HTTP as the room does. */
import { must } from '#app/base/must.ts'
import type { DeskReply } from '#app/rate/desk-message.ts'

export interface RaterLine {
  /** The web processes this rater's requests go to, in turn. */
  urls: string[]
  cookie: string
  /** Where answers are sent, below the server's address. */
  place: string
}

let turn = 0

/** Sends a message of the room; throws for anything but an answer. */
export async function sendToDesk(line: RaterLine, message: unknown): Promise<DeskReply> {
  turn += 1
  const url = must(line.urls[turn % line.urls.length], 'an address')
  const response = await fetch(url + line.place, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: line.cookie, Origin: url },
    body: JSON.stringify(message),
  })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return (await response.json()) as DeskReply
}

export const verdictOf = (criterionId: string, place: number) => ({
  kind: 'preference' as const,
  criterionId,
  winner: must((['first', 'second', 'tie', 'both_bad'] as const)[place % 4], 'a verdict'),
})

export const submissionOf = (assignmentId: string, criterionId: string, place: number) => ({
  assignmentId,
  baseRevision: 0,
  answers: [verdictOf(criterionId, place)],
  comment: '',
  reasons: [],
  activeMs: 1_000,
  openedAt: null,
})
