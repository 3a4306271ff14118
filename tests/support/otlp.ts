/** Builds what OpenTelemetry's exporters send, from plain attributes. */
import type { Row } from '#app/import/reader.ts'

type Attributes = Record<string, unknown>

const typed = (value: unknown): Attributes => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (Number.isSafeInteger(value)) return { intValue: String(value) }
  if (typeof value === 'number') return { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(typed) } }
  return { kvlistValue: { values: pairs(value as Attributes) } }
}

const pairs = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: typed(value) }))

export interface SpanGiven {
  id: string
  parent?: string
  trace?: string
  name?: string
  /** Seconds after the start of the trace. */
  from?: number
  to?: number
  attributes: Attributes
  events?: { name: string; attributes: Attributes; at?: number }[]
  error?: string
}

const start = 1_700_000_000
export const secondsAfter = (seconds: number): number => (start + seconds) * 1000
const nanoseconds = (seconds: number): string => `${start + seconds}000000000`

/** The envelope of spans. */
export const tracesOf = (...spans: SpanGiven[]): Row => ({
  resourceSpans: [{ scopeSpans: [{ spans: spans.map(toSpan) }] }],
})

const toSpan = (span: SpanGiven) => ({
  traceId: span.trace ?? 'aa01',
  spanId: span.id,
  ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
  name: span.name ?? 'step',
  startTimeUnixNano: nanoseconds(span.from ?? 0),
  endTimeUnixNano: nanoseconds(span.to ?? 1),
  attributes: pairs(span.attributes),
  events: (span.events ?? []).map((event) => ({
    name: event.name,
    timeUnixNano: nanoseconds(event.at ?? 1),
    attributes: pairs(event.attributes),
  })),
  status: span.error === undefined ? { code: 1 } : { code: 2, message: span.error },
})

export interface LogGiven {
  name: string
  span?: string
  trace?: string
  at?: number
  body?: Attributes
  attributes?: Attributes
}

/** The envelope of log records. */
export const logsOf = (...records: LogGiven[]): Row => ({
  resourceLogs: [{ scopeLogs: [{ logRecords: records.map(toRecord) }] }],
})

const toRecord = (record: LogGiven) => ({
  timeUnixNano: nanoseconds(record.at ?? 0),
  ...(record.span === undefined ? {} : { traceId: record.trace ?? 'aa01', spanId: record.span }),
  eventName: record.name,
  ...(record.body ? { body: typed(record.body) } : {}),
  attributes: pairs(record.attributes ?? {}),
})
