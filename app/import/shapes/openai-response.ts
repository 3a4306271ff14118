/** In: a response of OpenAI's APIs or of one that speaks as they do. Out: its answers. */

import { fromAssistant, type Message } from '../message.ts'
import { toMessages } from './conversation.ts'
import type { CallOutput } from './logged-call.ts'
import { listOf, numberOf, recordOf, stringOf } from './loose-value.ts'
import { joinedChunks } from './openai-chunks.ts'
import type { ProviderAnswer } from './provider-answer.ts'
import { momentOf } from './row-values.ts'

/**
 * The answers of a chat completion (one for each choice), of a text completion, of a response of the
 * Responses API, or of a list of streamed chunks or events of these. Undefined where the value is
 * none of them.
 */
export function openaiAnswer(value: unknown): ProviderAnswer | undefined {
  if (Array.isArray(value)) return fromEvents(value)
  const body = recordOf(value)
  if (!body) return undefined
  if (Array.isArray(body.choices)) {
    return hasDelta(body) ? fromEvents([body]) : fromChoices(body, body.choices)
  }
  const isResponse = body.object === 'response' || Array.isArray(body.output)
  return isResponse ? fromResponse(body) : undefined
}

const envelopeOf = (body: Record<string, unknown>): Omit<ProviderAnswer, 'outputs'> => ({
  id: stringOf(body.id),
  model: stringOf(body.model),
  answeredAt: momentOf(body.completed_at || body.created || body.created_at || undefined),
  usage: recordOf(body.usage),
})

const hasDelta = (body: Record<string, unknown>): boolean =>
  listOf(body.choices).some((choice) => {
    const fields = recordOf(choice)
    return recordOf(fields?.delta) !== undefined && recordOf(fields?.message) === undefined
  })

function fromChoices(body: Record<string, unknown>, choices: unknown[]): ProviderAnswer {
  const outputs = choices.flatMap((choice, place) => fromChoice(choice, place))
  return { ...envelopeOf(body), outputs }
}

function fromChoice(value: unknown, place: number): CallOutput[] {
  const choice = recordOf(value)
  const messages = choice && saidIn(choice)
  if (!messages) return []
  return [
    {
      messages,
      index: numberOf(choice.index) ?? place,
      finishReason: finishOf(choice.finish_reason),
    },
  ]
}

function saidIn(choice: Record<string, unknown>): Message[] | undefined {
  const message = recordOf(choice.message)
  if (message) {
    const said = { ...message, role: stringOf(message.role) ?? 'assistant' }
    return toMessages([said]) ?? fromAssistant('')
  }
  return typeof choice.text === 'string' ? fromAssistant(choice.text) : undefined
}

/** Some tracers put the last chunk where its finish reason should be. */
const finishOf = (value: unknown): string | undefined =>
  stringOf(value) ?? stringOf(recordOf(value)?.finish_reason)

/** A stream: of chunks, or of a response's events, the last of which holds it whole. */
function fromEvents(events: unknown[]): ProviderAnswer | undefined {
  const whole = events.findLast((event) => recordOf(recordOf(event)?.response)?.output)
  const response = recordOf(recordOf(whole)?.response)
  if (response) return fromResponse(response)
  const chunks = events.flatMap((event) => {
    const chunk = recordOf(event)
    return chunk && Array.isArray(chunk.choices) ? [chunk] : []
  })
  const isStream = chunks.some(
    (chunk) => hasDelta(chunk) || stringOf(chunk.object)?.endsWith('.chunk') || isTextChunk(chunk),
  )
  if (!isStream) return undefined
  const body = joinedChunks(chunks)
  return fromChoices(body, listOf(body.choices))
}

const isTextChunk = (chunk: Record<string, unknown>): boolean =>
  listOf(chunk.choices).some((choice) => typeof recordOf(choice)?.text === 'string')

/** The parts of a response that its reader sees; searches and the like are steps on the way. */
const spokenItems = new Set(['message', 'function_call', 'custom_tool_call', 'reasoning'])

function fromResponse(body: Record<string, unknown>): ProviderAnswer {
  const items = listOf(body.output).filter((item) =>
    spokenItems.has(stringOf(recordOf(item)?.type) ?? 'message'),
  )
  const whole = stringOf(body.output_text)
  const messages = toMessages(items) ?? (whole === undefined ? undefined : fromAssistant(whole))
  const stopped = stringOf(recordOf(body.incomplete_details)?.reason) ?? stringOf(body.status)
  return {
    ...envelopeOf(body),
    outputs: messages ? [{ messages, finishReason: stopped }] : [],
  }
}
