/** In: messages. Out: what of their text counts when two are compared. */
import { remembering } from '#app/base/remembering.ts'
import type { Message } from '#app/import/message.ts'

/** Roles and texts, composed and trimmed. */
export const normalText = remembering((messages: readonly Message[]): string => {
  const [first, ...others] = messages
  if (first && others.length === 0) return partOf(first)
  return messages.map(partOf).join('\n\n')
})

const partOf = ({ role, content }: Message): string => `${role}\n${content.normalize('NFC').trim()}`
