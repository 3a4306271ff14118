/** In: the response body of a model's provider, as logs keep it. Out: its answers. */

import type { Problem } from '../import-record.ts'
import { fromAssistant } from '../message.ts'
import { anthropicAnswer } from './anthropic-response.ts'
import { toMessages } from './conversation.ts'
import { streamedEvents } from './event-stream.ts'
import { geminiAnswer } from './gemini-response.ts'
import type { CallOutput } from './logged-call.ts'
import { firstString, listOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { openaiAnswer } from './openai-response.ts'

export interface ProviderAnswer {
  outputs: CallOutput[]
  /** The provider's id of the response. */
  id?: string
  /** The model that answered, usually a snapshot. */
  model?: string
  answeredAt?: number
  usage?: Record<string, unknown>
}

export type AnswerReading = { ok: true; answer: ProviderAnswer } | { ok: false; problem: Problem }

/**
 * The answers in a response body: of OpenAI (chat, completions, Responses), Anthropic or Gemini,
 * whole or as the events of a stream, as an object or as JSON text; also a single message, or the
 * answer's text alone. Errors and empty bodies are problems.
 *
 * @param field names the body in problems
 */
export function providerAnswer(body: unknown, field = 'response'): AnswerReading {
  const failed = (reason: string): AnswerReading => ({ ok: false, problem: { field, reason } })
  if (body === undefined || body === null || body === '') return failed('there is no response')
  const value = typeof body === 'string' ? (streamedEvents(body) ?? parseNested(body)) : body
  const failure = failureOf(value)
  if (failure !== undefined) return failed(`the call failed: ${failure}`)
  const answer =
    openaiAnswer(value) ?? anthropicAnswer(value) ?? geminiAnswer(value) ?? plainAnswer(value, body)
  if (!answer) return failed(`no answer of a model is in it (${shapeOf(value)})`)
  if (answer.outputs.length === 0) return failed('the response holds no answer')
  return { ok: true, answer }
}

/** What went wrong, where the body is an error or a response that failed. */
function failureOf(value: unknown): string | undefined {
  const found = Array.isArray(value) ? value.find((event) => recordOf(event)?.error) : value
  const body = recordOf(found)
  if (!body || !hasError(body)) return undefined
  const error = recordOf(body.error)
  if (!error) return stringOf(body.error) ?? 'its status is "failed"'
  return firstString(error.message, error.code, error.type) ?? 'the error has no message'
}

const hasError = (body: Record<string, unknown>): boolean =>
  (body.error !== undefined && body.error !== null && body.error !== '') ||
  (body.object === 'response' && body.status === 'failed')

/** An answer without its envelope: one assistant message, or its text. */
function plainAnswer(value: unknown, body: unknown): ProviderAnswer | undefined {
  const isMessage = (Array.isArray(value) ? value : [value]).every(
    (message) => recordOf(message)?.role === 'assistant',
  )
  const messages = isMessage && listOf(value).length < 2 ? toMessages(value) : undefined
  if (messages) return { outputs: [{ messages }] }
  return typeof body === 'string' ? { outputs: [{ messages: fromAssistant(body) }] } : undefined
}

function shapeOf(value: unknown): string {
  const body = recordOf(value)
  if (!body) return Array.isArray(value) ? 'a list' : `a ${typeof value}`
  return `its fields: ${Object.keys(body).slice(0, 6).join(', ') || 'none'}`
}
