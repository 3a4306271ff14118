/** In: messages. Out: what of their text counts when two are compared. */
import type { Message } from '#app/import/message.ts'

const known = new WeakMap<readonly Message[], string>()

/** Roles and texts, composed and trimmed. What was asked once of the same messages is remembered. */
export function normalText(messages: readonly Message[]): string {
  const before = known.get(messages)
  if (before !== undefined) return before
  const text = messages
    .map(({ role, content }) => `${role}\n${content.normalize('NFC').trim()}`)
    .join('\n\n')
  known.set(messages, text)
  return text
}
