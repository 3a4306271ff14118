/** In: a message of Anthropic's API, or the events of its stream. Out: its answer. */

import { fromAssistant } from '../message.ts'
import { toMessages } from './conversation.ts'
import { numberOf, recordOf, stringOf } from './loose-value.ts'
import type { ProviderAnswer } from './provider-answer.ts'

type Fields = Record<string, unknown>

/**
 * The answer of a message: its text blocks joined, the thinking in a field of its own, uses of tools
 * as calls. Undefined where the value is no message of an assistant with content blocks, nor the
 * events of one.
 */
export function anthropicAnswer(value: unknown): ProviderAnswer | undefined {
  const body = Array.isArray(value) ? joinedEvents(value) : recordOf(value)
  if (!body || !isAnthropicMessage(body)) return undefined
  const messages = toMessages([{ role: 'assistant', content: body.content }]) ?? fromAssistant('')
  return {
    outputs: [{ messages, finishReason: stringOf(body.stop_reason) }],
    id: stringOf(body.id),
    model: stringOf(body.model),
    usage: recordOf(body.usage),
  }
}

/** Whether an object is an answer of Anthropic's API: blocks of an assistant. */
export const isAnthropicMessage = (body: Fields): boolean =>
  Array.isArray(body.content) &&
  (body.role === 'assistant' || body.role === undefined) &&
  (body.type === 'message' || body.stop_reason !== undefined || body.role === 'assistant')

/** The message that the events of a stream add up to, undefined where none opens one. */
function joinedEvents(events: readonly unknown[]): Fields | undefined {
  const opening = events.find((event) => recordOf(event)?.type === 'message_start')
  const message = recordOf(recordOf(opening)?.message)
  if (!message) return undefined
  const blocks = new Map<number, Fields>()
  let stopReason: unknown = message.stop_reason
  let usage = recordOf(message.usage)
  for (const value of events) {
    const event = recordOf(value)
    const index = numberOf(event?.index) ?? 0
    if (event?.type === 'content_block_start')
      blocks.set(index, { ...recordOf(event.content_block) })
    if (event?.type === 'content_block_delta') addDelta(blocks, index, recordOf(event.delta))
    if (event?.type !== 'message_delta') continue
    stopReason = recordOf(event.delta)?.stop_reason ?? stopReason
    usage = { ...usage, ...recordOf(event.usage) }
  }
  const content = [...blocks].sort(([one], [other]) => one - other).map(([, block]) => whole(block))
  return { ...message, content, stop_reason: stopReason, usage }
}

const growing = { text_delta: 'text', thinking_delta: 'thinking', input_json_delta: 'partial_json' }

function addDelta(blocks: Map<number, Fields>, index: number, delta: Fields | undefined): void {
  const name = Object.entries(growing).find(([type]) => type === delta?.type)?.[1]
  const more = name === undefined ? undefined : delta?.[name]
  if (name === undefined || typeof more !== 'string') return
  const block = blocks.get(index) ?? { type: name === 'text' ? 'text' : 'thinking' }
  const before = block[name]
  blocks.set(index, { ...block, [name]: (typeof before === 'string' ? before : '') + more })
}

/** A block whose input came in pieces has it as text, which is what a call keeps. */
function whole(block: Fields): Fields {
  const { partial_json: input, ...rest } = block
  return typeof input === 'string' && input !== '' ? { ...rest, input } : rest
}
