/** In: the bodies of a request to a model's provider and of its response. Out: the logged call. */
import type { Problem } from '../import-record.ts'
import type { Message } from '../message.ts'
import type { LoggedCall } from './logged-call.ts'
import { parseNested, recordOf } from './loose-value.ts'
import { providerAnswer } from './provider-answer.ts'
import { providerRequest } from './provider-request.ts'

export type CallReading = { ok: true; call: LoggedCall } | { ok: false; problem: Problem }

export interface CallOptions {
  /** Name the bodies in problems. */
  requestField?: string
  responseField?: string
  /** The turns before the request, where it continues a response the provider keeps. */
  earlier?: readonly Message[]
}

/**
 * The call that a request and its response make: of OpenAI (chat, completions, Responses),
 * Anthropic or Gemini. Its id is the response's. What cannot be used is a problem: a request without
 * a conversation, a response that is an error or holds no answer.
 */
export function providerCall(
  requestBody: unknown,
  responseBody: unknown,
  options: CallOptions = {},
): CallReading {
  const { requestField = 'request', responseField = 'response', earlier } = options
  const body = withEchoed(requestBody, responseBody)
  const asked = providerRequest(body, { field: requestField, earlier })
  if (!asked.ok) return asked
  const answered = providerAnswer(responseBody, responseField)
  if (!answered.ok) return answered
  const { request } = asked
  const { answer } = answered
  return {
    ok: true,
    call: {
      id: answer.id,
      inputKey: request.inputKey,
      messages: request.messages,
      outputs: answer.outputs,
      requestModel: request.model,
      responseModel: answer.model,
      promptVersion: request.promptVersion,
      parameters: request.parameters,
      answeredAt: answer.answeredAt,
      usage: answer.usage,
      tools: request.tools,
      metadata: request.metadata,
    },
  }
}

/** A response of the Responses API repeats the instructions, which a stored prompt keeps to itself. */
function withEchoed(requestBody: unknown, responseBody: unknown): unknown {
  const request = recordOf(parseNested(requestBody))
  const response = recordOf(parseNested(responseBody))
  if (!request || response?.object !== 'response') return requestBody
  return { ...request, instructions: request.instructions ?? response.instructions }
}
