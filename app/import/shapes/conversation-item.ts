/** In: one item of a conversation in any provider's form. Out: the messages it stands for. */

import type { Message } from '../message.ts'
import { listOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { assembled, type Piece, piecesOf, resultText } from './message-part.ts'
import { isRoleName, roleOf } from './message-role.ts'
import { fromCallItem, resultMessage, toToolCall, toToolResult } from './tool-call.ts'

export interface ConversationItem {
  messages: Message[]
  tools: unknown[]
  /** Whether it is only a call of a tool, which belongs to the turn before it. */
  isCall?: boolean
}

type Fields = Record<string, unknown>

const itemWith = (...messages: Message[]): ConversationItem => ({ messages, tools: [] })

/** What an item stands for: messages, the definition of a tool, or nothing that is shown. */
export function itemOf(fields: Fields): ConversationItem | undefined {
  return (
    fromConstructor(fields) ??
    fromRole(fields) ??
    fromShared(fields) ??
    fromLangChain(fields) ??
    fromResponseItem(fields) ??
    fromWrapped(fields)
  )
}

/** A message of LangChain as it is serialised: its class names the role. */
function fromConstructor(fields: Fields): ConversationItem | undefined {
  const kwargs = recordOf(fields.kwargs)
  const name = Array.isArray(fields.id) ? stringOf(fields.id.at(-1)) : undefined
  if (fields.type !== 'constructor' || !kwargs || name === undefined) return undefined
  if (!/Message(Chunk)?$/.test(name)) return undefined
  const role = stringOf(kwargs.role) ?? name
  return fromRole({ ...kwargs, type: undefined, role: roleOf(role) })
}

const contentMembers = [
  'content',
  'parts',
  'tool_calls',
  'function_call',
  'refusal',
  'tool_call_id',
  'thinking',
]

/** Gemini's turns need no role where only the user speaks. */
function fromRole(fields: Fields): ConversationItem | undefined {
  const name = stringOf(fields.role) ?? (Array.isArray(fields.parts) ? 'user' : undefined)
  if (name === undefined) return undefined
  const hasContent = contentMembers.some((member) => fields[member] !== undefined)
  if (!hasContent && !isOnlyRole(fields, name)) return undefined
  const role = roleOf(name)
  const definition = role === 'tool' ? definitionOf(fields.content) : undefined
  if (definition) return { messages: [], tools: [definition] }
  return itemWith(...messagesOf(role, fields))
}

/** An answer without any content is still a turn. */
const isOnlyRole = (fields: Fields, name: string): boolean =>
  isRoleName(name) && Object.keys(fields).length === 1

const definitionOf = (content: unknown): Fields | undefined => {
  const tool = recordOf(content)
  return tool?.type === 'function' && recordOf(tool.function) ? tool : undefined
}

function messagesOf(role: string, fields: Fields): Message[] {
  const content = fields.content ?? fields.parts
  const pieces = piecesOf(content)
  if (role === 'tool' && !pieces.some((piece) => piece.kind === 'result')) {
    return [resultMessage(toToolResult({ ...fields, id: undefined }), resultText(content))]
  }
  const messages = assembled(role, [...pieces, ...asideOf(fields, pieces)])
  const name = stringOf(fields.name)
  if (name === undefined) return messages
  return messages.map((message) => (message.role === role ? { ...message, name } : message))
}

/** What a message holds beside its content: what it says instead of a text, calls, thinking. */
function asideOf(fields: Fields, pieces: readonly Piece[]): Piece[] {
  const aside: Piece[] = []
  const instead = stringOf(fields.refusal) ?? stringOf(recordOf(fields.audio)?.transcript)
  if (instead !== undefined && !pieces.some((piece) => piece.kind === 'text' && piece.text)) {
    aside.push({ kind: 'text', text: instead })
  }
  const thinking = stringOf(fields.thinking) ?? stringOf(fields.reasoning_content)
  if (thinking !== undefined) aside.push({ kind: 'thinking', text: thinking })
  if (pieces.some((piece) => piece.kind === 'call')) return aside
  for (const value of callsOf(fields)) {
    const call = toToolCall(value)
    if (call) aside.push({ kind: 'call', call })
  }
  return aside
}

/** LangChain keeps the provider's own form of calls, which is nearer to what was said. */
function callsOf(fields: Fields): unknown[] {
  const kept = recordOf(fields.additional_kwargs)
  const lists = [kept?.tool_calls, fields.tool_calls, fields.toolCalls].map((calls) =>
    listOf(parseNested(calls)),
  )
  const calls = lists.find((list) => list.length > 0)
  if (calls) return calls
  const single = recordOf(fields.function_call) ?? recordOf(kept?.function_call)
  return single ? [single] : []
}

/** ShareGPT: who it is from, and what they said. */
function fromShared(fields: Fields): ConversationItem | undefined {
  const from = stringOf(fields.from)
  if (from === undefined || typeof fields.value !== 'string') return undefined
  if (from === 'function_call') {
    const called = parseNested(fields.value)
    const calls = (Array.isArray(called) ? called : [called]).map(toToolCall)
    const tool_calls = calls.filter((call) => call !== undefined)
    if (tool_calls.length > 0) return itemWith({ role: 'assistant', content: '', tool_calls })
  }
  return itemWith(...messagesOf(roleOf(from), { content: fields.value }))
}

const langChainTypes = /^(human|ai|system|tool|function|developer|chat|\w+Message(Chunk)?)$/i

function fromLangChain(fields: Fields): ConversationItem | undefined {
  const type = stringOf(fields.type)
  if (type === undefined || !langChainTypes.test(type)) return undefined
  const data = recordOf(fields.data) ?? fields
  if (data.content === undefined) return undefined
  return itemWith(...messagesOf(roleOf(type), data))
}

/** Items of the Responses API, and calls that stand alone. */
function fromResponseItem(fields: Fields): ConversationItem | undefined {
  const type = stringOf(fields.type) ?? ''
  if (type === 'reasoning' || type === 'item_reference') return itemWith()
  if (/_call_output$/.test(type)) {
    const result = toToolResult(fields)
    return itemWith(resultMessage(result, resultText(result.value)))
  }
  const isCallItem = /_call$/.test(type) && type !== 'tool_call'
  const call = isCallItem ? fromCallItem(fields, type) : lonelyCall(fields, type)
  if (!call) return undefined
  return { ...itemWith({ role: 'assistant', content: '', tool_calls: [call] }), isCall: true }
}

const lonelyCall = (fields: Fields, type: string) =>
  type === 'tool-call' || type === 'tool_call' || (fields.toolCallId && fields.toolName)
    ? toToolCall(fields)
    : undefined

/** A message inside an envelope such as a choice. */
function fromWrapped(fields: Fields): ConversationItem | undefined {
  const inner = recordOf(fields.message)
  return inner && (fromConstructor(inner) ?? fromRole(inner) ?? fromLangChain(inner))
}
