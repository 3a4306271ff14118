/** In: the content of a message in any provider's form. Out: its pieces, each of one kind. */
import { storable } from '#app/base/text.ts'
import type { Message } from '../message.ts'
import { firstString, jsonText, memberOf, recordOf, stringOf } from './loose-value.ts'
import {
  plainResult,
  resultMessage,
  type ToolCall,
  type ToolResult,
  toToolCall,
  toToolResult,
} from './tool-call.ts'

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'attachment'; text: string }
  | { kind: 'thinking'; text: string }
  | { kind: 'call'; call: ToolCall }
  | { kind: 'result'; result: ToolResult }

/** The pieces of a content: a text, nothing, a part or a list of parts. */
export function piecesOf(content: unknown): Piece[] {
  if (content === null || content === undefined) return []
  return (Array.isArray(content) ? content : [content]).flatMap(toPieces)
}

const text = (value: string): Piece => ({ kind: 'text', text: storable(value) })

function toPieces(part: unknown): Piece[] {
  if (typeof part === 'string') return [text(part)]
  const fields = recordOf(part)
  if (!fields) return part === null || part === undefined ? [] : [text(jsonText(part))]
  const type = typeof fields.type === 'string' ? fields.type : ''
  return typedPiece(fields, type) ?? untypedPiece(fields, type)
}

const textTypes = new Set(['text', 'input_text', 'output_text', 'markdown', 'summary_text'])
const thinkingTypes = new Set(['thinking', 'reasoning', 'redacted_thinking', 'reasoning_content'])
const callTypes = new Set([
  'tool_use',
  'server_tool_use',
  'mcp_tool_use',
  'tool_call',
  'server_tool_call',
  'tool-call',
  'function_call',
])
const resultTypes = /^(tool-result|function_call_output|.*tool_call_response|.*tool_result)$/
const silentTypes = new Set(['step-start', 'step-finish', 'source', 'source-url'])

function typedPiece(part: Record<string, unknown>, type: string): Piece[] | undefined {
  if (textTypes.has(type) || (type === '' && part.thought !== true)) {
    const said = [part.text, part.content, part.value, memberOf(part.text, 'value')].find(
      (value) => typeof value === 'string',
    )
    return typeof said === 'string' ? [text(said)] : undefined
  }
  if (type === 'refusal') return [text(stringOf(part.refusal) ?? stringOf(part.content) ?? '')]
  if (thinkingTypes.has(type) || part.thought === true) return [thinkingOf(part)]
  if (callTypes.has(type)) {
    const call = toToolCall(part)
    return call && [{ kind: 'call', call }]
  }
  if (resultTypes.test(type)) return [{ kind: 'result', result: toToolResult(part) }]
  if (silentTypes.has(type)) return []
  return undefined
}

function thinkingOf(part: Record<string, unknown>): Piece {
  const said = firstString(part.thinking, part.reasoning, part.text, part.content)
  return { kind: 'thinking', text: said ?? '' }
}

/** Parts that say what they are by a member, as Gemini's, Bedrock's and Vercel's do. */
function untypedPiece(part: Record<string, unknown>, type: string): Piece[] {
  if (part.functionCall ?? part.function_call ?? part.toolUse) {
    const call = toToolCall(part)
    if (call) return [{ kind: 'call', call }]
  }
  if (part.functionResponse ?? part.function_response ?? part.toolResult) {
    return [{ kind: 'result', result: toToolResult(part) }]
  }
  if (
    typeof part.toolCallId === 'string' &&
    (type.startsWith('tool-') || type === 'dynamic-tool')
  ) {
    return shownTool(part, type)
  }
  const attached = attachmentOf(part, type)
  if (attached !== undefined) return [{ kind: 'attachment', text: `[${attached}]` }]
  return [text(jsonText(part))]
}

/** A part of a chat's user interface that holds both a call and, once it is there, its result. */
function shownTool(part: Record<string, unknown>, type: string): Piece[] {
  const name = firstString(part.toolName) ?? type.replace(/^tool-/, '')
  const call = toToolCall({ ...part, name })
  const pieces: Piece[] = call ? [{ kind: 'call', call }] : []
  if (part.output !== undefined) {
    pieces.push({ kind: 'result', result: { ...toToolResult(part), name } })
  }
  return pieces
}

const attachmentKinds = ['image', 'audio', 'video', 'document', 'file'] as const

/** What kind of thing is attached, by the part's type or the type of its data. */
function attachmentOf(part: Record<string, unknown>, type: string): string | undefined {
  const data = recordOf(part.inlineData ?? part.inline_data ?? part.fileData ?? part.file_data)
  const media = [
    part.modality,
    part.mime_type,
    part.mimeType,
    part.mediaType,
    data?.mimeType,
    data?.mime_type,
  ]
  const hint = [type, ...media].filter((value) => typeof value === 'string').join(' ')
  const kind = attachmentKinds.find((known) => hint.includes(known))
  if (kind !== undefined) return kind
  if (data) return 'file'
  return type === '' ? undefined : storable(type.replaceAll(/[_-]/g, ' '))
}

/**
 * The messages that pieces make: what one role says, with the results of tools between as messages
 * of their own. Thinking stays out of the content. Without any piece, one empty message.
 */
export function assembled(role: string, pieces: readonly Piece[]): Message[] {
  const messages: Message[] = []
  let said: Piece[] = []
  const flush = () => {
    if (said.length > 0) messages.push(spoken(role, said))
    said = []
  }
  for (const piece of pieces) {
    if (piece.kind === 'result') {
      flush()
      messages.push(resultMessage(piece.result, resultText(piece.result.value)))
    } else {
      said.push(piece)
    }
  }
  flush()
  return messages.length > 0 ? messages : [{ role, content: '' }]
}

function spoken(role: string, pieces: readonly Piece[]): Message {
  const calls = pieces.flatMap((piece) => (piece.kind === 'call' ? [piece.call] : []))
  const thinking = pieces
    .flatMap((piece) => (piece.kind === 'thinking' ? [piece.text] : []))
    .join('\n')
  return {
    role,
    content: joined(pieces),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(thinking ? { thinking } : {}),
  }
}

/** Texts run on as they are; an attachment stands on a line of its own. */
export function joined(pieces: readonly Piece[]): string {
  let content = ''
  let afterAttachment = false
  for (const piece of pieces) {
    if (piece.kind !== 'text' && piece.kind !== 'attachment') continue
    const isAttachment = piece.kind === 'attachment'
    const needsBreak =
      (isAttachment || afterAttachment) && content !== '' && !content.endsWith('\n')
    content += `${needsBreak ? '\n' : ''}${piece.text}`
    afterAttachment = isAttachment
  }
  return content
}

/** What a tool's result says: the text of its parts, or its value as JSON. */
export function resultText(value: unknown): string {
  if (!Array.isArray(value)) return plainResult(value)
  const isParts = value.every((part) => typeof recordOf(part)?.type === 'string')
  return isParts ? joined(piecesOf(value)) : jsonText(value)
}
