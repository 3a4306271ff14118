import { z } from 'zod'
import { storable } from '#app/base/text.ts'

/** A part of a message's content; only text can be shown and compared yet. */
const contentPart = z.union([
  z.string(),
  z.looseObject({ type: z.literal('text'), text: z.string() }).transform((part) => part.text),
])

const toolCall = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  function: z.looseObject({ name: z.string(), arguments: z.unknown().optional() }).optional(),
})

/**
 * One message of a conversation. Content given as text parts is joined; a null content (a message
 * that only calls tools) becomes empty. Fields we do not know are kept.
 */
export const messageSchema = z.looseObject({
  role: z.string().min(1),
  content: z
    .union([
      z.string(),
      z.null().transform(() => ''),
      z.array(contentPart).transform((parts) => parts.join('')),
    ])
    .default('')
    .transform(storable),
  tool_calls: z.array(toolCall).optional(),
})

export type Message = z.infer<typeof messageSchema>

export const conversationSchema = z.array(messageSchema).min(1, 'a conversation has a message')

/** A conversation of one user message. */
export const fromUser = (text: string): Message[] => [{ role: 'user', content: storable(text) }]

/** A response of one assistant message. */
export const fromAssistant = (text: string): Message[] => [
  { role: 'assistant', content: storable(text) },
]

/** What a conversation says, without who said it. */
export const textOf = (messages: readonly Message[]): string =>
  messages.map((message) => message.content).join('\n\n')

/** The last thing the user said: what a list shows of a prompt. */
export const lastUserText = (messages: readonly Message[]): string =>
  messages.findLast((message) => message.role === 'user')?.content ?? textOf(messages)
