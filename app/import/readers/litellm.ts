/** In: calls as LiteLLM logs them. Out: prompts with their responses. */

import { type Reader, type Reading, type Row, refused } from '../reader.ts'
import { fromCall } from '../shapes/logged-call.ts'
import {
  firstString,
  jsonText,
  listOf,
  memberOf,
  numberOf,
  parseNested,
  recordOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { providerCall } from '../shapes/provider-call.ts'
import { callMetadata, nameAtVersion } from '../shapes/provider-request.ts'
import { momentOf, scalarsOf } from '../shapes/row-values.ts'

/** Of these, a LiteLLM log has one beside `call_type`, as payload of a callback or as spend log. */
const ownFields = ['hidden_params', 'model_parameters', 'litellm_call_id', 'response_cost', 'spend']

/** A callback's own arguments hold the payload inside. */
const payloadOf = (row: Row): Row => recordOf(parseNested(row.standard_logging_object)) ?? row

/** LiteLLM's standard logging payload, alone or within a callback's arguments, and its spend logs. */
export const litellm: Reader = {
  format: 'litellm',
  title: 'LiteLLM log',
  certainty: 0.99,
  mark: (row) => {
    const payload = payloadOf(row)
    const own = ownFields.find((name) => name in payload)
    return 'call_type' in payload && 'messages' in payload && own !== undefined
      ? `has "call_type", "messages" and "${own}"`
      : null
  },
  read: (row) => readPayload(payloadOf(row)),
}

const otherCalls = /embedding|image|moderation|transcription|speech|rerank|video|batch|file/

function readPayload(payload: Row): Reading {
  const callType = stringOf(payload.call_type) ?? ''
  if (otherCalls.test(callType)) {
    return refused('call_type', `a call of "${callType}" is not answered with text`)
  }
  if (payload.status === 'failure') {
    const said = firstString(
      payload.error_str,
      memberOf(payload, 'error_information', 'error_message'),
    )
    return refused('status', `the call failed: ${said ?? 'the log does not say why'}`)
  }
  const redacted = ['messages', 'response'].find((name) => isRedacted(payload[name]))
  if (redacted !== undefined) {
    return refused(redacted, 'LiteLLM redacted the text; let it log messages, then export again')
  }
  const request = requestOf(payload)
  if (!request) {
    return refused('messages', 'the log does not hold them; let LiteLLM store prompts in its logs')
  }
  const reading = providerCall(request, payload.response, { requestField: 'messages' })
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const started = momentOf(payload.startTime)
  const ended = momentOf(payload.endTime)
  const seconds = numberOf(payload.response_time)
  const record = fromCall({
    ...reading.call,
    id: firstString(payload.id, payload.litellm_call_id, payload.request_id) ?? reading.call.id,
    promptVersion: promptVersionOf(payload) ?? reading.call.promptVersion,
    answeredAt: ended ?? reading.call.answeredAt,
    latencyMs: latencyOf(started, ended) ?? (seconds === undefined ? undefined : seconds * 1000),
    cost: numberOf(payload.response_cost ?? payload.spend),
    tags: tagsOf(payload),
    metadata: metadataOf(payload),
  })
  return { records: [record], problems: [] }
}

/** LiteLLM puts this text wherever it was told not to log what was said. */
const isRedacted = (value: unknown): boolean => jsonText(value).includes('"redacted-by-litellm')

/** The request in pieces; spend logs may keep the whole body of the proxy's request instead. */
function requestOf(payload: Row): Row | undefined {
  const messages = parseNested(payload.messages)
  const isKept = Array.isArray(messages) ? messages.length > 0 : typeof messages === 'string'
  const proxied = recordOf(parseNested(payload.proxy_server_request))
  const body = recordOf(parseNested(proxied?.body)) ?? proxied
  const settings = recordOf(parseNested(payload.model_parameters))
  if (!isKept) return body && { ...body, model: payload.model ?? body.model }
  const asked = typeof messages === 'string' ? { input: messages } : { messages }
  return { ...settings, ...asked, model: payload.model }
}

function promptVersionOf(payload: Row): string | undefined {
  const managed = memberOf(parseNested(payload.metadata), 'prompt_management_metadata')
  const fields = recordOf(managed)
  const version = firstString(fields?.prompt_version, fields?.prompt_label)
  return nameAtVersion(stringOf(fields?.prompt_id), version)
}

const latencyOf = (started: number | undefined, ended: number | undefined): number | undefined =>
  started === undefined || ended === undefined || ended < started ? undefined : ended - started

/** The caller's tags; LiteLLM adds the caller's program to them. */
const tagsOf = (payload: Row): string[] =>
  listOf(parseNested(payload.request_tags))
    .flatMap((tag) => stringOf(tag) ?? [])
    .filter((tag) => !/^user-agent:/i.test(tag))

function metadataOf(payload: Row): Row {
  const metadata = recordOf(parseNested(payload.metadata))
  return {
    ...scalarsOf(payload, ['custom_llm_provider', 'model_group']),
    ...callMetadata(metadata?.requester_metadata),
    ...callMetadata(metadata?.spend_logs_metadata),
  }
}
