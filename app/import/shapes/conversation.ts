/**
 * In: a conversation in any of the shapes that logs use. Out: our messages, and the tools that were
 * listed among them.
 */

import { fromUser, type Message } from '../message.ts'
import { itemOf } from './conversation-item.ts'
import { firstString, listOf, parseNested, recordOf } from './loose-value.ts'
import { assembled, piecesOf } from './message-part.ts'
import { isRoleName } from './message-role.ts'
import { fromSpokenText } from './spoken-text.ts'

export interface Conversation {
  messages: Message[]
  /** Definitions of tools, as the log has them. */
  tools: unknown[]
}

/**
 * The messages of a value, or undefined where it holds no conversation. A plain text is none,
 * unless each turn names its speaker.
 *
 * @example toMessages('{"messages":[{"role":"user","content":"Hi"}]}') // one message
 */
export const toMessages = (value: unknown): Message[] | undefined => toConversation(value)?.messages

/** As `toMessages`, but a plain text is what the user said. A blank one says nothing. */
export function toUserMessages(value: unknown): Message[] | undefined {
  const messages = toMessages(value)
  if (messages) return messages
  const text = parseNested(value)
  return typeof text === 'string' && text.trim() !== '' ? fromUser(text) : undefined
}

/**
 * The conversation of a value: a list of messages, one message, a request that holds them, or any
 * of these as JSON text. A list with an item that is no message is no conversation.
 */
export const toConversation = (value: unknown): Conversation | undefined => read(value, 0)

/** How deep conversations may sit in requests. */
const deepest = 6

function read(value: unknown, depth: number): Conversation | undefined {
  if (depth > deepest) return undefined
  const found = parseNested(value)
  if (typeof found === 'string') return conversationOf(fromSpokenText(found))
  if (Array.isArray(found)) return fromList(found, depth)
  const fields = recordOf(found)
  if (!fields) return undefined
  const item = itemOf(fields)
  return item && item.messages.length > 0 ? item : fromRequest(fields, depth)
}

function conversationOf(
  messages: Message[] | undefined,
  tools: unknown[] = [],
): Conversation | undefined {
  return messages && messages.length > 0 ? { messages, tools } : undefined
}

function fromList(list: readonly unknown[], depth: number): Conversation | undefined {
  const [first] = list
  if (list.length === 1 && Array.isArray(first) && !isPair(first)) return read(first, depth + 1)
  const messages: Message[] = []
  const tools: unknown[] = []
  for (const element of list) {
    const pair = isPair(element) ? { role: element[0], content: element[1] } : undefined
    const fields = pair ?? recordOf(parseNested(element))
    const item = fields && itemOf(fields)
    if (!item) return undefined
    add(messages, item.messages, item.isCall)
    tools.push(...item.tools)
  }
  return conversationOf(messages, tools)
}

/** A message as a pair of its role and its text. */
const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) &&
  value.length === 2 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'string' &&
  isRoleName(value[0])

/** Calls that stand alone in a list belong to the turn before them, as one turn makes them all. */
function add(messages: Message[], more: readonly Message[], isCall: boolean | undefined): void {
  const last = messages.at(-1)
  const [call] = more
  if (!isCall || !call || last?.role !== 'assistant') {
    messages.push(...more)
    return
  }
  const calls = [...(last.tool_calls ?? []), ...(call.tool_calls ?? [])]
  messages[messages.length - 1] = { ...last, tool_calls: calls }
}

/** A request as it is sent to a provider, or what was given to a function that sends one. */
function fromRequest(request: Record<string, unknown>, depth: number): Conversation | undefined {
  const found =
    readMember(request.messages, depth) ??
    fromContents(request.contents, depth) ??
    readMember(request.conversations, depth) ??
    fromInput(request, depth) ??
    fromPrompt(request.prompt, depth) ??
    fromArguments(request, depth)
  if (!found) return undefined
  const messages = withSystem(systemOf(request), found.messages)
  return { messages, tools: [...found.tools, ...listOf(request.tools)] }
}

const readMember = (value: unknown, depth: number): Conversation | undefined =>
  value === undefined || value === null ? undefined : read(value, depth + 1)

/** Gemini takes a text, a part, a turn, or a list of any of these. */
function fromContents(contents: unknown, depth: number): Conversation | undefined {
  if (contents === undefined || contents === null) return undefined
  const turns = readMember(contents, depth)
  if (turns) return turns
  const pieces = piecesOf(parseNested(contents))
  return pieces.length > 0 ? conversationOf(assembled('user', pieces)) : undefined
}

/** Only a request that names its model or instructions makes a plain text the user's. */
function fromInput(request: Record<string, unknown>, depth: number): Conversation | undefined {
  const { input } = request
  const isRequest = request.model !== undefined || request.instructions !== undefined
  if (typeof input === 'string' && isRequest) return conversationOf(toUserMessages(input))
  return typeof input === 'string' ? undefined : readMember(input, depth)
}

function fromPrompt(prompt: unknown, depth: number): Conversation | undefined {
  if (typeof prompt !== 'string') return readMember(prompt, depth)
  return readMember(prompt, depth) ?? (prompt.trim() ? conversationOf(fromUser(prompt)) : undefined)
}

/** What a traced function was called with: named arguments, or the first one that fits. */
function fromArguments(call: Record<string, unknown>, depth: number): Conversation | undefined {
  const named = readMember(call.kwargs, depth)
  if (named) return named
  for (const argument of listOf(call.args)) {
    const found = read(argument, depth + 1)
    if (found) return found
  }
  return undefined
}

/** The system message that stands beside the turns. */
function systemOf(request: Record<string, unknown>): string | undefined {
  const config = recordOf(request.config)
  const beside =
    request.system ??
    request.instructions ??
    request.systemInstruction ??
    request.system_instruction ??
    request.system_instructions ??
    config?.systemInstruction ??
    config?.system_instruction
  return systemText(beside)
}

/** The text of system instructions, which may be a text, blocks, or a turn with parts. */
export function systemText(value: unknown): string | undefined {
  const found = parseNested(value)
  if (found === undefined || found === null) return undefined
  const content = recordOf(found)?.parts ?? found
  const [message] = assembled('system', piecesOf(content))
  return firstString(message?.content)
}

/** The turns after their system message; it is not repeated where they open with the same text. */
export function withSystem(system: string | undefined, messages: readonly Message[]): Message[] {
  if (system === undefined) return [...messages]
  const isThere = messages.some(
    ({ role, content }) => (role === 'system' || role === 'developer') && content === system,
  )
  return isThere ? [...messages] : [{ role: 'system', content: system }, ...messages]
}
