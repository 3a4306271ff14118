/**
 * In: a row of somebody's own log of model calls, which holds a request and its response under any of
 * the usual names, or side by side. Out: the call.
 */

import type { Reading, Row } from '../reader.ts'
import { isAnthropicMessage } from './anthropic-response.ts'
import { fromCall, modelParameters } from './logged-call.ts'
import { firstString, listOf, numberOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { providerCall } from './provider-call.ts'
import { callMetadata, promptReference } from './provider-request.ts'
import { momentOf, scalarsOf } from './row-values.ts'

const requestNames = ['request', 'req', 'input', 'kwargs']
const responseNames = ['response', 'resp', 'output', 'completion']

export interface LoggedPair {
  request: unknown
  response: unknown
  requestField: string
  responseField: string
}

/** The request and the response of a row, or undefined where it does not hold both. */
export function pairIn(row: Row): LoggedPair | undefined {
  const requestField = requestNames.find((name) => isRequest(bodyOf(row[name])))
  const responseField = responseNames.find((name) => isThere(row[name]))
  if (requestField !== undefined && responseField !== undefined) {
    const request = withModelOf(row, bodyOf(row[requestField]))
    return { request, response: bodyOf(row[responseField]), requestField, responseField }
  }
  return flatPair(row, responseField)
}

const isThere = (value: unknown) => value !== undefined && value !== null && value !== ''

/** A body, out of the envelope of its HTTP message where it is in one. */
function bodyOf(value: unknown): unknown {
  const found = parseNested(value)
  const fields = recordOf(found)
  const isEnvelope = fields?.body !== undefined && fields.messages === undefined
  return isEnvelope ? parseNested(fields.body) : found
}

/** Whether a value looks like the body of a request: turns, or an object that holds some. */
export function isRequest(value: unknown): boolean {
  if (Array.isArray(value)) return isTurn(value[0])
  const fields = recordOf(value)
  if (!fields) return false
  const turns = [fields.messages, fields.contents, fields.input, fields.prompt]
  return turns.some((member) => Array.isArray(member) || typeof member === 'string')
}

const isTurn = (value: unknown): boolean => {
  const turn = recordOf(value)
  return turn !== undefined && (turn.role !== undefined || turn.parts !== undefined)
}

/** A request that names no model takes the row's, with the settings beside it. */
function withModelOf(row: Row, request: unknown): unknown {
  if (Array.isArray(request)) {
    return { messages: request, model: row.model, ...modelParameters(row) }
  }
  const fields = recordOf(request)
  return fields && fields.model === undefined ? { ...fields, model: row.model } : request
}

/** A row that is itself the request, with the response's fields or the response beside it. */
function flatPair(row: Row, responseField: string | undefined): LoggedPair | undefined {
  if (!isRequest({ messages: parseNested(row.messages) })) return undefined
  const { metadata: _metadata, ...own } = row
  const request = { ...own, input: undefined }
  const isResponse = Array.isArray(row.choices) || isAnswerBlocks(row)
  if (isResponse) {
    return { request, response: row, requestField: '', responseField: '' }
  }
  if (responseField === undefined) return undefined
  const response = bodyOf(row[responseField])
  return { request, response, requestField: '', responseField }
}

const isAnswerBlocks = (row: Row): boolean =>
  row.stop_reason !== undefined && isAnthropicMessage({ ...row, role: 'assistant' })

/** Fields by which the rows of tracing tools are known, which have readers of their own. */
const tracerFields = [
  'op_name',
  'run_type',
  'custom_id',
  'call_type',
  'traceId',
  'trace_id',
  'span_kind',
  'observations',
  'bookmarked',
]

export type Answerer = 'anthropic' | 'openai' | 'gemini' | 'unknown'

/** Whose response a pair holds, undefined where it is nobody's we know or a tracing tool's row. */
export function answererOf(row: Row): Answerer | undefined {
  if (tracerFields.some((name) => row[name] !== undefined)) return undefined
  const pair = pairIn(row)
  return pair && answererIn(pair.response)
}

/** Whose API a response is of: `unknown` for an answer or an error without its envelope. */
export function answererIn(response: unknown): Answerer | undefined {
  const [first] = listOf(response)
  const body = recordOf(first) ?? recordOf(response)
  if (!body) return typeof response === 'string' ? 'unknown' : undefined
  if (body.choices !== undefined || body.object === 'response') return 'openai'
  if (body.candidates !== undefined) return 'gemini'
  if (body.type === 'message_start' || isAnthropicMessage(body)) return 'anthropic'
  return body.error === undefined && body.role !== 'assistant' ? undefined : 'unknown'
}

/** Reads a row that holds a request and its response. */
export function readLogRow(row: Row): Reading {
  const pair = pairIn(row)
  if (!pair) {
    const reason = 'the row does not hold both a request with messages and its response'
    return { records: [], problems: [{ field: '', reason }] }
  }
  const reading = providerCall(pair.request, pair.response, pair)
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { call } = reading
  const noted = notedIn(row)
  const merged = {
    ...call,
    ...noted,
    id: call.id ?? firstString(row.id, row.request_id),
    promptVersion:
      call.promptVersion ??
      promptReference({ ...row, prompt: undefined }) ??
      promptReference(row.metadata),
    answeredAt: call.answeredAt ?? noted.answeredAt,
    metadata: { ...noted.metadata, ...call.metadata },
  }
  return { records: [fromCall(merged)], problems: [] }
}

const noteNames = [
  'environment',
  'app',
  'application',
  'feature',
  'endpoint',
  'language',
  'provider',
]

/** What a log notes beside a call, by the usual names; times only where their unit is clear. */
function notedIn(row: Row) {
  const metadata = recordOf(parseNested(row.metadata))
  const tags = listOf(parseNested(row.tags)).flatMap((tag) => stringOf(tag) ?? [])
  return {
    answeredAt: momentOf(row.timestamp ?? row.created_at ?? row.created ?? row.time ?? undefined),
    latencyMs: numberOf(row.latency_ms ?? row.duration_ms ?? row.response_ms),
    cost: numberOf(row.cost_usd ?? row.cost ?? row.response_cost),
    tags,
    metadata: { ...scalarsOf(row, noteNames), ...callMetadata(metadata) },
  }
}
