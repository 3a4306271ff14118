/** In: the request body that was sent to a model's provider. Out: the conversation and its settings. */

import type { Problem } from '../import-record.ts'
import type { Message } from '../message.ts'
import {
  systemText,
  toConversation,
  toMessages,
  toUserMessages,
  withSystem,
} from './conversation.ts'
import { modelParameters, variablesKey } from './logged-call.ts'
import { firstString, listOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { scalarsOf } from './row-values.ts'

export interface ProviderRequest {
  /** The conversation with its system message. */
  messages: Message[]
  model?: string
  /** The settings that change what a model says, by OpenAI's names for them. */
  parameters: Record<string, unknown>
  tools?: unknown[]
  promptVersion?: string
  inputKey?: string
  /** What the sender noted about the call. */
  metadata: Record<string, unknown>
}

export type RequestReading =
  | { ok: true; request: ProviderRequest }
  | { ok: false; problem: Problem }

type Fields = Record<string, unknown>

export interface RequestOptions {
  /** Names the body in problems. */
  field?: string
  /** The turns before this request, where it continues a response the provider keeps. */
  earlier?: readonly Message[]
}

/**
 * A request to OpenAI (chat, completions, Responses), Anthropic or Gemini, as an object or as JSON
 * text; also a bare list of messages, or the text of the prompt alone. A request whose conversation
 * is partly kept by the provider is a problem, unless `earlier` tells those turns.
 */
export function providerRequest(body: unknown, options: RequestOptions = {}): RequestReading {
  const { field = 'request', earlier } = options
  const fields = fieldsOf(parseNested(body))
  const failed = (name: string, reason: string): RequestReading => ({
    ok: false,
    problem: { field: [field, name].filter(Boolean).join('.'), reason },
  })
  if (!fields) return failed('', 'there is no request')
  const kept = earlier ? undefined : keptByProvider(fields)
  if (kept) return failed(kept.field, kept.reason)
  if (listOf(fields.prompt).length > 1) {
    return failed('prompt', 'it asks several prompts at once; give each prompt a row of its own')
  }
  const found = conversationIn(fields)
  if (!found) return failed('', noConversation(fields))
  const messages = instructed(fields.instructions, [...(earlier ?? []), ...found.messages])
  if (messages.every(({ role }) => role === 'assistant')) {
    return failed('', 'nothing is asked in it: it holds only what an assistant said')
  }
  return {
    ok: true,
    request: {
      messages,
      model: modelName(fields.model),
      parameters: parametersOf(fields),
      ...(found.tools.length > 0 ? { tools: found.tools } : {}),
      ...referenceIn(fields, found.messages),
      metadata: callMetadata(fields.metadata),
    },
  }
}

function fieldsOf(body: unknown): Fields | undefined {
  if (Array.isArray(body)) return { messages: body }
  if (typeof body === 'string' && body !== '') return { messages: toUserMessages(body) }
  return recordOf(body)
}

/** The turns after their instructions, which are a text, or messages where a stored prompt made them. */
function instructed(instructions: unknown, turns: readonly Message[]): Message[] {
  const opening = Array.isArray(instructions) ? toMessages(instructions) : undefined
  return opening ? [...opening, ...turns] : withSystem(systemText(instructions), turns)
}

/** Where a request holds what is said. A row may hold its answer beside, which is no part of this. */
const spokenMembers = [
  'messages',
  'contents',
  'input',
  'prompt',
  'system',
  'systemInstruction',
  'system_instruction',
  'config',
  'tools',
  'kwargs',
  'args',
]

function conversationIn(fields: Fields) {
  const request = Object.fromEntries(spokenMembers.map((name) => [name, fields[name]]))
  const prompts = listOf(request.prompt)
  const found = toConversation({
    ...request,
    // A text as input is the user's, also where a stored prompt names the model.
    model: '',
    ...(prompts.length === 1 ? { prompt: prompts[0] } : {}),
  })
  return found && { ...found, tools: [...found.tools, ...listOf(fields.functions)] }
}

/** What of the conversation is not in the request but at the provider. */
function keptByProvider(fields: Fields): { field: string; reason: string } | undefined {
  const previous = stringOf(fields.previous_response_id)
  if (previous !== undefined) {
    const reason = `it continues the response "${previous}", whose turns are not here`
    return { field: 'previous_response_id', reason }
  }
  const conversation = stringOf(fields.conversation) ?? stringOf(recordOf(fields.conversation)?.id)
  if (conversation === undefined) return undefined
  const reason = `it belongs to the conversation "${conversation}", whose earlier turns are not here`
  return { field: 'conversation', reason }
}

function noConversation(fields: Fields): string {
  const stored = stringOf(recordOf(fields.prompt)?.id)
  if (stored !== undefined) {
    return `it names the stored prompt "${stored}", whose text is not in the log`
  }
  return `no conversation is in it (its fields: ${Object.keys(fields).slice(0, 6).join(', ') || 'none'})`
}

const modelName = (value: unknown): string | undefined =>
  stringOf(stringOf(value)?.replace(/^(?:publishers\/[^/]+\/)?models\//, ''))

const geminiNames = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  maxOutputTokens: 'max_output_tokens',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  thinkingConfig: 'thinking',
}

/** The settings of a request, wherever its provider puts them. */
function parametersOf(fields: Fields): Fields {
  const gemini = recordOf(fields.generationConfig ?? fields.generation_config ?? fields.config)
  const renamed = Object.entries(geminiNames).map(([theirs, ours]) => [ours, gemini?.[theirs]])
  return modelParameters({
    ...gemini,
    ...Object.fromEntries(renamed.filter(([, value]) => value !== undefined)),
    reasoning_effort: recordOf(fields.reasoning)?.effort ?? recordOf(fields.output_config)?.effort,
    verbosity: recordOf(fields.text)?.verbosity,
    ...definedIn(fields),
  })
}

const definedIn = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The template a request was made from: a stored prompt, or what its metadata name. */
function referenceIn(
  fields: Fields,
  turns: readonly Message[],
): Pick<ProviderRequest, 'promptVersion' | 'inputKey'> {
  const stored = recordOf(fields.prompt)
  const id = stringOf(stored?.id)
  if (id === undefined) return { promptVersion: promptReference(fields.metadata) }
  const variables = recordOf(stored?.variables)
  return {
    promptVersion: nameAtVersion(id, stringOf(stored?.version)),
    ...(variables ? { inputKey: variablesKey({ prompt: id, variables, turns }) } : {}),
  }
}

/** A word alone might be the prompt itself; a path or an identifier names a template. */
const templateName = /^\w+(?:[./@:_-]\w+)+$/

/**
 * The template that metadata of a call name, with its version where they tell it.
 *
 * @example promptReference({ prompt_name: 'greeting', prompt_version: 3 }) // 'greeting@3'
 */
export function promptReference(metadata: unknown): string | undefined {
  const notes = recordOf(parseNested(metadata))
  const name = firstString(notes?.prompt_name, notes?.prompt_id, notes?.prompt_template)
  const version = firstString(notes?.prompt_version, notes?.prompt_template_version)
  const fallback = firstString(notes?.prompt)
  const isName = fallback !== undefined && templateName.test(fallback)
  return nameAtVersion(name ?? (isName ? fallback : undefined), version)
}

/** `name@version`, or the one of them that is known. */
export const nameAtVersion = (
  name: string | undefined,
  version: string | undefined,
): string | undefined =>
  name !== undefined && version !== undefined ? `${name}@${version}` : (name ?? version)

/** What the sender noted about a call, but for who the user was: short values alone. */
export function callMetadata(value: unknown): Fields {
  const notes = recordOf(parseNested(value))
  if (!notes) return {}
  const names = Object.keys(notes).filter((name) => !/user_?id|end_?user|e-?mail/i.test(name))
  return scalarsOf(notes, names)
}
