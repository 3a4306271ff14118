/** In: messages. Out: what of their text counts when two are compared. */
import type { Message } from '#app/import/message.ts'

/** Roles and texts, composed and trimmed. */
export const normalText = (messages: readonly Message[]): string =>
  messages.map(({ role, content }) => `${role}\n${content.normalize('NFC').trim()}`).join('\n\n')
