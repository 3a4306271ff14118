/** In: calls of tools and their results in any provider's form. Out: ours. */

import type { Message } from '../message.ts'
import { firstString, jsonText, recordOf, stringOf, textOrJson } from './loose-value.ts'

export type ToolCall = NonNullable<Message['tool_calls']>[number]

export interface ToolResult {
  id?: string
  name?: string
  value: unknown
}

/** A call of a function by name. Arguments that are not text become JSON. */
const toolCall = (id: unknown, name: string, parameters: unknown): ToolCall => {
  const identifier = stringOf(id)
  return {
    ...(identifier === undefined ? {} : { id: identifier }),
    type: 'function',
    function: { name, arguments: parameters === undefined ? '{}' : textOrJson(parameters) },
  }
}

/** A call as it stands in `tool_calls` of a message, as a part of its content, or as an item. */
export function toToolCall(value: unknown): ToolCall | undefined {
  const call = recordOf(value)
  if (!call) return undefined
  const inner = recordOf(
    call.function ??
      call.custom ??
      call.functionCall ??
      call.function_call ??
      call.toolUse ??
      call.tool_call,
  )
  if (inner && recordOf(inner.function)) return toToolCall({ id: call.id, ...inner })
  const names = inner ?? call
  const name = firstString(names.name, names.toolName, names.tool_name)
  if (name === undefined) return undefined
  const id = firstString(
    call.id,
    call.call_id,
    call.toolCallId,
    call.tool_call_id,
    inner?.id,
    inner?.toolUseId,
  )
  return toolCall(id, name, names.arguments ?? names.args ?? names.input)
}

/** An item of the Responses API: its `call_id` is what the result answers to. */
export function fromCallItem(item: Record<string, unknown>, type: string): ToolCall {
  const name = firstString(item.name) ?? type.replace(/_call$/, '')
  const own = item.arguments ?? item.input ?? item.action ?? item.queries ?? item.code
  return toolCall(item.call_id ?? item.id, name, own)
}

/** A tool's result as a part of a message or as an item of its own. */
export function toToolResult(part: Record<string, unknown>): ToolResult {
  const inner = recordOf(part.functionResponse ?? part.function_response ?? part.toolResult) ?? part
  const id = firstString(
    inner.tool_use_id,
    inner.toolUseId,
    inner.toolCallId,
    inner.tool_call_id,
    inner.call_id,
    inner.id,
  )
  const name = firstString(inner.toolName, inner.name)
  const value = inner.content ?? inner.response ?? inner.output ?? inner.result
  return { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }), value }
}

/** The result of a tool as a message; `text` is what it says. */
export const resultMessage = (result: ToolResult, text: string): Message => ({
  role: 'tool',
  content: text,
  ...(result.id === undefined ? {} : { tool_call_id: result.id }),
  ...(result.name === undefined ? {} : { name: result.name }),
})

/** What a result says where it is not made of content parts. */
export function plainResult(value: unknown): string {
  const typed = recordOf(value)
  if (typed && 'value' in typed && typeof typed.type === 'string') return textOrJson(typed.value)
  return typed ? jsonText(value) : textOrJson(value)
}
