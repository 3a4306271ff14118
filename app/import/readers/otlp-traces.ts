/** Reads traces as OpenTelemetry's protocol sends them (OTLP as JSON), in all dialects for models. */

import type { Reader, Row } from '../reader.ts'
import { spanInAttributes } from '../shapes/attribute-span.ts'
import { type GenAiEvent, judgmentsInEvents } from '../shapes/gen-ai-events.ts'
import { listOf, recordOf, stringOf } from '../shapes/loose-value.ts'
import { fromNanoseconds, plainAttributes, plainValue, traceIdOf } from '../shapes/otlp-values.ts'
import { gatherJudgments } from '../shapes/span-judgment.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import { gatherSpans, type TraceSpan } from '../shapes/trace-span.ts'

export const otlpTraces: Reader = {
  format: 'otlp-traces',
  title: 'OpenTelemetry traces',
  certainty: 0.99,
  mark: (row) => (Array.isArray(row.resourceSpans) ? 'has "resourceSpans"' : null),
  gather: (row) => {
    const spans = spansOf(row)
    return [...gatherSpans(spans.map((told) => told.span)), ...spans.flatMap(lateJudgments)]
  },
  read: (row, context) => {
    const spans = spansOf(row)
    return readSpans(
      spans.map((told) => told.span),
      context,
    )
  },
}

interface ToldSpan {
  span: TraceSpan
  events: GenAiEvent[]
}

/** Evaluations that name an answer of another span by the provider's id. */
const lateJudgments = ({ span, events }: ToldSpan) =>
  judgmentsInEvents(events).flatMap(({ judgment, responseId }) =>
    responseId === undefined || responseId === span.responseId
      ? []
      : gatherJudgments(responseId, [judgment]),
  )

const spansOf = (row: Row): ToldSpan[] =>
  listOf(row.resourceSpans).flatMap((resource) => {
    const scopes = recordOf(resource)?.scopeSpans ?? recordOf(resource)?.instrumentationLibrarySpans
    return listOf(scopes).flatMap((scope) => listOf(recordOf(scope)?.spans).flatMap(toSpan))
  })

function toSpan(value: unknown): ToldSpan[] {
  const fields = recordOf(value)
  const id = traceIdOf(fields?.spanId)
  const traceId = traceIdOf(fields?.traceId)
  if (!fields || id === undefined || traceId === undefined) return []
  const events = listOf(fields.events).flatMap(toEvent)
  const parentId = traceIdOf(fields.parentSpanId)
  const status = recordOf(fields.status)
  const isFailed = status?.code === 2 || status?.code === 'STATUS_CODE_ERROR'
  const told = spanInAttributes(plainAttributes(fields.attributes), events)
  const own = judgmentsInEvents(events).filter(
    ({ responseId }) => responseId === undefined || responseId === told.responseId,
  )
  const span: TraceSpan = {
    id,
    traceId,
    ...(parentId === undefined ? {} : { parentId }),
    name: stringOf(fields.name) ?? '',
    startedAt: fromNanoseconds(fields.startTimeUnixNano),
    endedAt: fromNanoseconds(fields.endTimeUnixNano),
    ...told,
    judgments: own.map(({ judgment }) => judgment),
    ...(isFailed ? { error: stringOf(status?.message) ?? 'its status is an error' } : {}),
  }
  return [{ span, events }]
}

/** The fields of an event are its attributes; a body may be among them, encoded. */
function toEvent(value: unknown): GenAiEvent[] {
  const fields = recordOf(value)
  const name = stringOf(fields?.name)
  if (!fields || name === undefined) return []
  const attributes = plainAttributes(fields.attributes)
  const body = recordOf(plainValue(fields.body)) ?? recordOf(attributes.body)
  const at = fromNanoseconds(fields.timeUnixNano)
  return [{ name, fields: { ...attributes, ...body }, ...(at === undefined ? {} : { at }) }]
}
