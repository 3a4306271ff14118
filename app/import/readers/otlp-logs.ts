/** Reads the events of model calls that are logged beside traces (OTLP logs as JSON). */

import type { Reader, ReadProblem, Row } from '../reader.ts'
import { callInAttributes } from '../shapes/attribute-span.ts'
import {
  callInEvents,
  type GenAiEvent,
  isCallEvent,
  judgmentsInEvents,
} from '../shapes/gen-ai-events.ts'
import { listOf, parseNested, recordOf, stringOf } from '../shapes/loose-value.ts'
import { fromNanoseconds, plainAttributes, plainValue, traceIdOf } from '../shapes/otlp-values.ts'
import { type Attributes, textAt } from '../shapes/span-attributes.ts'
import { gatherJudgments } from '../shapes/span-judgment.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import { gatherSpans, type TraceSpan } from '../shapes/trace-span.ts'

export const otlpLogs: Reader = {
  format: 'otlp-logs',
  title: 'OpenTelemetry logs',
  certainty: 0.99,
  order: 1,
  mark: (row) => (Array.isArray(row.resourceLogs) ? 'has "resourceLogs"' : null),
  gather: (row) => {
    const events = eventsOf(row)
    return [...gatherSpans(groupsOf(events).map(toSpan)), ...events.flatMap(lateJudgments)]
  },
  read: (row, context) => {
    const events = eventsOf(row)
    if (events.length > 0 && events.every(isLate)) return { records: [], problems: [] }
    const reading = readSpans(groupsOf(events).map(toSpan), context)
    const lost = events.filter((event) => !isPlaced(event) && !isLate(event))
    return { ...reading, problems: [...reading.problems, ...lost.map(notPlaced)] }
  },
}

const notPlaced = ({ name }: LoggedEvent): ReadProblem => ({
  field: 'spanId',
  reason: `the event "${name}" does not tell which call it belongs to`,
})

const isPlaced = ({ traceId, spanId }: LoggedEvent): boolean =>
  traceId !== undefined && spanId !== undefined

/** An evaluation that names the answer by the provider's id: the answer's row reads it. */
const isLate = (event: LoggedEvent): boolean =>
  judgmentsInEvents([event]).some(({ responseId }) => responseId !== undefined)

const lateJudgments = (event: LoggedEvent) =>
  judgmentsInEvents([event]).flatMap(({ judgment, responseId }) =>
    responseId === undefined ? [] : gatherJudgments(responseId, [judgment]),
  )

interface LoggedEvent extends GenAiEvent {
  traceId?: string
  spanId?: string
}

interface Group {
  traceId: string
  spanId: string
  events: GenAiEvent[]
}

const eventsOf = (row: Row): LoggedEvent[] =>
  listOf(row.resourceLogs).flatMap((resource) =>
    listOf(recordOf(resource)?.scopeLogs).flatMap((scope) =>
      listOf(recordOf(scope)?.logRecords).flatMap(toEvent),
    ),
  )

/** An event's name stands in the record or among its attributes; its body holds what was said. */
function toEvent(value: unknown): LoggedEvent[] {
  const fields = recordOf(value)
  if (!fields) return []
  const attributes = plainAttributes(fields.attributes)
  const name = stringOf(fields.eventName) ?? textAt(attributes, 'event.name')
  if (!name?.startsWith('gen_ai.')) return []
  const body = recordOf(parseNested(plainValue(fields.body)))
  const at = fromNanoseconds(fields.timeUnixNano) ?? fromNanoseconds(fields.observedTimeUnixNano)
  return [
    {
      name,
      fields: { ...attributes, ...body },
      ...(at === undefined ? {} : { at }),
      traceId: traceIdOf(fields.traceId),
      spanId: traceIdOf(fields.spanId),
    },
  ]
}

/** The events of each call, in the order of their times. */
function groupsOf(events: readonly LoggedEvent[]): Group[] {
  const groups = new Map<string, Group>()
  for (const { traceId, spanId, ...event } of events) {
    if (traceId === undefined || spanId === undefined) continue
    const key = `${traceId}|${spanId}`
    const group = groups.get(key) ?? { traceId, spanId, events: [] }
    group.events.push(event)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({
    ...group,
    events: group.events.toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0)),
  }))
}

function toSpan({ traceId, spanId, events }: Group): TraceSpan {
  const told = events.filter(isCallEvent)
  const attributes: Attributes = Object.assign({}, ...told.map((event) => event.fields))
  const responseId = textAt(attributes, 'gen_ai.response.id')
  const judgments = judgmentsInEvents(events)
    .filter((found) => found.responseId === undefined || found.responseId === responseId)
    .map(({ judgment }) => judgment)
  const call = callInEvents(told)
  const { messages: _said, outputs: _answered, ...about } = callInAttributes(attributes)
  return {
    id: spanId,
    traceId,
    name: textAt(attributes, 'gen_ai.request.model') ?? 'model call',
    kind: told.length > 0 ? 'llm' : 'other',
    startedAt: told[0]?.at ?? events[0]?.at,
    endedAt: told.at(-1)?.at ?? events.at(-1)?.at,
    isPiece: true,
    ...(told.length > 0 ? { call: { ...call, ...about } } : {}),
    ...(judgments.length > 0 ? { judgments } : {}),
    ...(responseId ? { responseId } : {}),
  }
}
