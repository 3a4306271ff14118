/** In: a prompt or an answer, as a text or as messages. Out: our messages, and where they part. */

import { printJson } from '#app/base/canonical-json.ts'
import { storable } from '#app/base/text.ts'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import { toMessages } from './conversation.ts'
import { listOf, memberOf, recordOf } from './loose-value.ts'
import { splitMarkedText } from './marked-text.ts'

/**
 * A prompt: a plain text is what the user said, unless it marks its turns or is a list of messages
 * written as JSON, as tables hold them.
 */
export function toPrompt(value: unknown): Message[] | undefined {
  if (typeof value !== 'string') return toMessages(value)
  return toEncodedMessages(value) ?? splitMarkedText(value) ?? fromUser(value)
}

/** An answer: a plain text is what the assistant said, unless it is a list of messages as JSON. */
export function toAnswer(value: unknown): Message[] | undefined {
  if (typeof value !== 'string') return toMessages(value)
  return toEncodedMessages(value) ?? fromAssistant(value)
}

/** The messages of a text that is a JSON list of them; a text that merely holds JSON is none. */
export function toEncodedMessages(text: string): Message[] | undefined {
  if (!/^\s*\[\s*\{/.test(text)) return undefined
  try {
    const list: unknown = JSON.parse(text)
    return isMessageList(list) ? toMessages(list) : undefined
  } catch {
    return undefined
  }
}

/** Whether a value is a list of messages by role, as most chat formats write them. */
export const isMessageList = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (element) =>
      element !== null &&
      typeof element === 'object' &&
      (typeof element.role === 'string' || typeof element.from === 'string'),
  )

/** A prompt and its completion as messages, or the column at fault and why. */
export function completionOf(
  prompt: unknown,
  completion: unknown,
): { prompt: Message[]; completion: Message[] } | { field: string; reason: string } {
  const [asked, answered] = [toPrompt(prompt), toAnswer(completion)]
  if (!asked) return { field: 'prompt', reason: 'is neither a text nor messages' }
  if (!answered) return { field: 'completion', reason: 'is neither a text nor messages' }
  const { prompt: messages, answer } = withBegunAnswer(asked, answered)
  return { prompt: messages, completion: answer }
}

/**
 * A prompt that ends with words of the assistant has begun the answer: they open the answer, as a
 * message of their own, because nobody knows whether the rest continued it.
 */
export function withBegunAnswer(
  prompt: Message[],
  answer: Message[],
): { prompt: Message[]; answer: Message[] } {
  const end = prompt.findLastIndex((message) => message.role !== 'assistant') + 1
  if (end === 0) return { prompt, answer }
  return { prompt: prompt.slice(0, end), answer: [...prompt.slice(end), ...answer] }
}

/** A conversation with its system message, where it has none yet. */
export function withSystem(system: unknown, messages: Message[]): Message[] {
  if (typeof system !== 'string' || system === '' || messages[0]?.role === 'system') return messages
  return [{ role: 'system', content: storable(system) }, ...messages]
}

/** Whether two messages say the same in the same role, up to outer white space. */
export const isSameTurn = (one: Message | undefined, other: Message | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.role === other.role &&
  one.content.trim() === other.content.trim() &&
  printJson(one.tool_calls ?? null) === printJson(other.tool_calls ?? null)

/**
 * A conversation taken apart at its last answer, which is all that the assistant said in a row; the
 * answer is empty where there is none.
 */
export function splitAtLastAnswer(messages: readonly Message[]): {
  prompt: Message[]
  answer: Message[]
  rest: Message[]
} {
  const last = messages.findLastIndex((message) => message.role === 'assistant')
  if (last < 0) return { prompt: [...messages], answer: [], rest: [] }
  const before = messages.slice(0, last)
  const start = before.findLastIndex((message) => message.role !== 'assistant') + 1
  return {
    prompt: messages.slice(0, start),
    answer: messages.slice(start, last + 1),
    rest: messages.slice(last + 1),
  }
}

/** Whether a message calls tools with objects as arguments: OpenAI writes them as text, TRL not. */
export const callsWithObjects = (message: Record<string, unknown>): boolean =>
  listOf(message.tool_calls).some((call) => recordOf(memberOf(call, 'function', 'arguments')))
