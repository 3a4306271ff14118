/** In: one call of a model as a log tells it. Out: the prompt and its responses. */
import { printJson } from '#app/base/canonical-json.ts'
import type { ContentRecord, ResponseRecord } from '../import-record.ts'
import type { Message } from '../message.ts'

export interface CallOutput {
  messages: Message[]
  /** The id of this answer, where the log has one for each. */
  id?: string
  /** Its place among several answers to one request. */
  index?: number
  finishReason?: string
}

export interface LoggedCall {
  /** The id of the call; its answers are named after it where they have no id of their own. */
  id?: string
  /** The prompt's own id, where answers and prompts come apart. */
  promptId?: string
  /** What stays the same when the template changes: variables, or a dataset item. */
  inputKey?: string
  /** The conversation as it was sent, with its system message. */
  messages: Message[]
  outputs: CallOutput[]
  /** The model that was asked for, and the one that answered. */
  requestModel?: string
  responseModel?: string
  /** The version of the prompt template, as `name@version` where the log names both. */
  promptVersion?: string
  /** The request's settings; only those that change what a model says are kept. */
  parameters?: Record<string, unknown>
  answeredAt?: number
  usage?: Record<string, unknown>
  latencyMs?: number
  cost?: number
  tools?: unknown
  /** What was retrieved for the model to read. */
  context?: unknown
  /** The steps of the trace this call belongs to. */
  trace?: unknown
  tags?: string[]
  metadata?: Record<string, unknown>
}

/** Settings that change what a model says. Seeds, limits of time and accounting do not make a new model. */
const samplingParameters = new Set([
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'reasoning_effort',
  'thinking',
  'verbosity',
])

/** The settings of a request that are part of a model's identity. */
export const modelParameters = (request: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(request).filter(
      ([name, value]) => samplingParameters.has(name) && value !== null && value !== undefined,
    ),
  )

/**
 * The record of a call. The model asked for gives the name, the snapshot that answered the version.
 * A trailing assistant message is a prefix the answer continues: it stays in what was rendered, and
 * opens the answer.
 */
export function fromCall(call: LoggedCall): ContentRecord {
  const name = call.requestModel ?? call.responseModel ?? 'unknown'
  const version =
    call.responseModel !== undefined && call.responseModel !== name ? call.responseModel : ''
  const model = {
    name,
    version,
    promptVersion: call.promptVersion ?? '',
    parameters: modelParameters(call.parameters ?? {}),
  }
  const prefix = call.messages.at(-1)?.role === 'assistant' ? call.messages.at(-1) : undefined
  const messages = prefix ? call.messages.slice(0, -1) : call.messages
  const responses = call.outputs.map((output): ResponseRecord => {
    const id =
      output.id ?? (call.id === undefined ? undefined : idOf(call.id, output, call.outputs))
    return {
      ...(id === undefined ? {} : { externalId: id }),
      model,
      messages: prefix ? withPrefix(prefix, output.messages) : output.messages,
      ...(prefix ? { rendered: call.messages } : {}),
      ...(output.index ? { sample: output.index } : {}),
      ...defined({
        answeredAt: call.answeredAt,
        context: call.context,
        tools: call.tools,
        finishReason: output.finishReason,
        usage: call.usage,
        latencyMs: call.latencyMs,
        cost: call.cost,
        trace: call.trace,
      }),
      metadata: {},
    }
  })
  if (messages.length === 0 && call.promptId !== undefined) {
    return { kind: 'content', promptId: call.promptId, responses }
  }
  return {
    kind: 'content',
    prompt: {
      ...defined({ externalId: call.promptId, inputKey: call.inputKey }),
      messages,
      tags: call.tags ?? [],
      metadata: call.metadata ?? {},
    },
    responses,
  }
}

const idOf = (callId: string, output: CallOutput, outputs: readonly CallOutput[]): string =>
  outputs.length === 1 ? callId : `${callId}#${output.index ?? outputs.indexOf(output)}`

/** The answer to a prefilled turn reads as one text, unless the log repeats the prefix itself. */
function withPrefix(prefix: Message, messages: Message[]): Message[] {
  const [first, ...rest] = messages
  if (first?.role !== 'assistant' || first.content.startsWith(prefix.content)) return messages
  return [{ ...first, content: prefix.content + first.content }, ...rest]
}

/** The members that have a value; null counts as none. */
function defined<T extends Record<string, unknown>>(
  members: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  const found = Object.entries(members).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(found) as { [K in keyof T]?: NonNullable<T[K]> }
}

/** A key of variables that does not depend on their order. */
export const variablesKey = (variables: unknown): string => printJson(variables)
