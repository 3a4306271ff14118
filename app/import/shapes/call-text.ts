/** In: what a step of a trace was given and what it gave, of unknown shape. Out: prompt and answers. */

import { fromAssistant, fromUser, type Message } from '../message.ts'
import { toConversation, toUserMessages } from './conversation.ts'
import type { CallOutput } from './logged-call.ts'
import {
  firstString,
  jsonText,
  listOf,
  memberOf,
  parseNested,
  recordOf,
  stringOf,
} from './loose-value.ts'
import { assembled, piecesOf } from './message-part.ts'
import { type ProviderAnswer, providerAnswer } from './provider-answer.ts'

/** What a model was given: its conversation, with the definitions of tools that stand in it. */
export interface CallInput {
  messages: Message[]
  tools: unknown[]
}

const askingMembers = ['input', 'question', 'query', 'prompt', 'text', 'message', 'user_input']

/** The one text of an object that holds what was asked, by the names that programs give it. */
function textMember(value: unknown, members: readonly string[]): string | undefined {
  const fields = recordOf(value)
  return fields && firstString(...members.map((member) => fields[member]).filter(isText))
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== ''

/**
 * What a model was asked. An object in which no conversation can be told is asked as it is, as JSON.
 * Empty where there is nothing.
 */
export function callInput(value: unknown): CallInput {
  const conversation = toConversation(value)
  if (conversation) return conversation
  const found = parseNested(value)
  const asked = askedText(found)
  if (asked !== undefined) return { messages: toUserMessages(asked) ?? [], tools: [] }
  const isEmpty = found === null || typeof found !== 'object' || Object.keys(found).length === 0
  return { messages: isEmpty ? [] : fromUser(jsonText(found)), tools: [] }
}

/** What a person asked, where it is a text alone or the telling member of an object. */
export function askedText(value: unknown): string | undefined {
  const found = parseNested(value)
  if (typeof found === 'string') return stringOf(found.trim() === '' ? '' : found)
  return textMember(found, askingMembers)
}

/** The answers in a model's output, of any shape. Undefined where there is none. */
export function callAnswer(value: unknown): ProviderAnswer | undefined {
  const found = parseNested(value)
  if (found === null || found === undefined || found === '') return undefined
  return (
    fromGenerations(found) ?? fromCandidates(found) ?? fromProvider(found) ?? fromAnything(found)
  )
}

function fromProvider(value: unknown): ProviderAnswer | undefined {
  const reading = providerAnswer(value)
  return reading.ok ? reading.answer : undefined
}

/** LangChain's results: a list of answers for each prompt; one prompt's are read. */
function fromGenerations(value: unknown): ProviderAnswer | undefined {
  const fields = recordOf(value)
  if (!fields || !Array.isArray(fields.generations)) return undefined
  const generations = fields.generations.flat(1)
  const outputs = generations.flatMap((generation, index): CallOutput[] => {
    const messages = generated(generation)
    const info = memberOf(generation, 'generation_info')
    const about = memberOf(generation, 'message', 'kwargs', 'response_metadata')
    const reason = firstString(
      memberOf(info, 'finish_reason'),
      memberOf(about, 'finish_reason'),
      memberOf(about, 'stop_reason'),
    )
    return messages ? [{ messages, index, ...(reason ? { finishReason: reason } : {}) }] : []
  })
  const [first] = generations
  const model = firstString(
    memberOf(fields, 'llm_output', 'model_name'),
    memberOf(fields, 'llm_output', 'model'),
    memberOf(first, 'message', 'kwargs', 'response_metadata', 'model_name'),
    memberOf(first, 'message', 'response_metadata', 'model_name'),
    memberOf(first, 'message', 'kwargs', 'response_metadata', 'model'),
  )
  const usage =
    recordOf(memberOf(fields, 'llm_output', 'token_usage')) ??
    recordOf(memberOf(first, 'message', 'kwargs', 'usage_metadata'))
  return { outputs, ...(model ? { model } : {}), ...(usage ? { usage } : {}) }
}

function generated(generation: unknown): Message[] | undefined {
  const fields = recordOf(generation)
  const message = recordOf(fields?.message)
  const conversation = message && toConversation([message])
  if (conversation) return conversation.messages
  return typeof fields?.text === 'string' ? fromAssistant(fields.text) : undefined
}

/** OpenTelemetry's output messages: each that tells why it ended is one answer. */
function fromCandidates(value: unknown): ProviderAnswer | undefined {
  const candidates = listOf(value)
  const areAnswers = candidates.every(
    (candidate) =>
      recordOf(candidate)?.finish_reason !== undefined && !memberOf(candidate, 'message'),
  )
  if (candidates.length === 0 || !areAnswers) return undefined
  const outputs = candidates.flatMap((candidate, index): CallOutput[] => {
    const messages = toConversation([{ role: 'assistant', ...recordOf(candidate) }])?.messages
    const reason = stringOf(memberOf(candidate, 'finish_reason'))
    return messages ? [{ messages, index, ...(reason ? { finishReason: reason } : {}) }] : []
  })
  return outputs.length > 0 ? { outputs } : undefined
}

const tellingMembers = ['text', 'completion', 'response', 'answer', 'output', 'content', 'result']

function fromAnything(value: unknown): ProviderAnswer | undefined {
  const messages = answered(value)
  if (!messages || messages.length === 0) return undefined
  const reason = stringOf(memberOf(value, 'finish_reason') ?? memberOf(value, 'finishReason'))
  return { outputs: [{ messages, ...(reason ? { finishReason: reason } : {}) }] }
}

function answered(value: unknown): Message[] | undefined {
  const conversation = toConversation(value)?.messages
  if (conversation) return afterLastUser(conversation)
  const text = typeof value === 'string' ? value : textMember(value, tellingMembers)
  const calls = listOf(parseNested(memberOf(value, 'toolCalls') ?? memberOf(value, 'tool_calls')))
  if (calls.length > 0) {
    return toConversation([{ role: 'assistant', content: text ?? '', tool_calls: calls }])?.messages
  }
  if (text !== undefined) return fromAssistant(text)
  if (Array.isArray(value) && value.every(isPart)) return assembled('assistant', piecesOf(value))
  const isEmpty = typeof value === 'object' && Object.keys(value ?? {}).length === 0
  return isEmpty ? undefined : fromAssistant(jsonText(value))
}

const isPart = (value: unknown): boolean => typeof recordOf(value)?.type === 'string'

/** Some programs give the whole conversation back: the answer is what came after the question. */
const afterLastUser = (messages: readonly Message[]): Message[] =>
  messages.slice(messages.findLastIndex((message) => message.role === 'user') + 1)

/** Whether an answer says something to its reader, rather than only calling tools. */
export const isSaid = (output: CallOutput): boolean =>
  output.messages.some(
    ({ role, content, tool_calls }) =>
      role === 'assistant' && (content.trim() !== '' || !tool_calls?.length),
  )
