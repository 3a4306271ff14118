/**
 * In: the bytes of an OTLP request. Out: the same as OTLP writes it in JSON. The names and numbers are
 * those of opentelemetry-proto 1.x, as far as a trace of model calls needs them; others are passed over.
 */
import protobuf from 'protobufjs'

const repeated = { rule: 'repeated' as const }

const schema = protobuf.Root.fromJSON({
  nested: {
    ExportTraceServiceRequest: {
      fields: { resourceSpans: { ...repeated, type: 'ResourceSpans', id: 1 } },
    },
    ResourceSpans: {
      fields: {
        resource: { type: 'Resource', id: 1 },
        scopeSpans: { ...repeated, type: 'ScopeSpans', id: 2 },
      },
    },
    Resource: { fields: { attributes: { ...repeated, type: 'KeyValue', id: 1 } } },
    ScopeSpans: {
      fields: {
        scope: { type: 'InstrumentationScope', id: 1 },
        spans: { ...repeated, type: 'Span', id: 2 },
      },
    },
    InstrumentationScope: {
      fields: { name: { type: 'string', id: 1 }, version: { type: 'string', id: 2 } },
    },
    Span: {
      fields: {
        traceId: { type: 'bytes', id: 1 },
        spanId: { type: 'bytes', id: 2 },
        parentSpanId: { type: 'bytes', id: 4 },
        name: { type: 'string', id: 5 },
        kind: { type: 'int32', id: 6 },
        startTimeUnixNano: { type: 'fixed64', id: 7 },
        endTimeUnixNano: { type: 'fixed64', id: 8 },
        attributes: { ...repeated, type: 'KeyValue', id: 9 },
        events: { ...repeated, type: 'Event', id: 11 },
        status: { type: 'Status', id: 15 },
      },
    },
    Event: {
      fields: {
        timeUnixNano: { type: 'fixed64', id: 1 },
        name: { type: 'string', id: 2 },
        attributes: { ...repeated, type: 'KeyValue', id: 3 },
      },
    },
    Status: { fields: { message: { type: 'string', id: 2 }, code: { type: 'int32', id: 3 } } },
    KeyValue: { fields: { key: { type: 'string', id: 1 }, value: { type: 'AnyValue', id: 2 } } },
    AnyValue: {
      oneofs: {
        value: {
          oneof: [
            'stringValue',
            'boolValue',
            'intValue',
            'doubleValue',
            'arrayValue',
            'kvlistValue',
            'bytesValue',
          ],
        },
      },
      fields: {
        stringValue: { type: 'string', id: 1 },
        boolValue: { type: 'bool', id: 2 },
        intValue: { type: 'int64', id: 3 },
        doubleValue: { type: 'double', id: 4 },
        arrayValue: { type: 'ArrayValue', id: 5 },
        kvlistValue: { type: 'KeyValueList', id: 6 },
        bytesValue: { type: 'bytes', id: 7 },
      },
    },
    ArrayValue: { fields: { values: { ...repeated, type: 'AnyValue', id: 1 } } },
    KeyValueList: { fields: { values: { ...repeated, type: 'KeyValue', id: 1 } } },
    ExportTraceServiceResponse: {
      fields: { partialSuccess: { type: 'ExportTracePartialSuccess', id: 1 } },
    },
    ExportTracePartialSuccess: {
      fields: {
        rejectedSpans: { type: 'int64', id: 1 },
        errorMessage: { type: 'string', id: 2 },
      },
    },
    RpcStatus: { fields: { code: { type: 'int32', id: 1 }, message: { type: 'string', id: 2 } } },
  },
})

const requestType = schema.lookupType('ExportTraceServiceRequest')
const responseType = schema.lookupType('ExportTraceServiceResponse')
const statusType = schema.lookupType('RpcStatus')

/** The spans of a request in protobuf, with ids in hexadecimal as JSON has them. Throws for other bytes. */
export function decodeTraceRequest(bytes: Uint8Array): Record<string, unknown> {
  const plain = requestType.toObject(requestType.decode(bytes), {
    longs: String,
    bytes: String,
    arrays: false,
  })
  return withHexIds(plain) as Record<string, unknown>
}

const idNames = new Set(['traceId', 'spanId', 'parentSpanId'])

function withHexIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withHexIds)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      idNames.has(name) && typeof member === 'string'
        ? hexOf(member)
        : name === 'attributes'
          ? member
          : withHexIds(member),
    ]),
  )
}

const hexOf = (base64: string): string =>
  Array.from(atob(base64), (character) =>
    character.charCodeAt(0).toString(16).padStart(2, '0'),
  ).join('')

/** What was not taken of a request, as the protocol says it. */
export interface PartialSuccess {
  rejectedSpans: number
  errorMessage: string
}

/** An answer in protobuf. */
export const encodeTraceResponse = (partial: PartialSuccess | undefined): Uint8Array =>
  responseType.encode(responseType.fromObject(partial ? { partialSuccess: partial } : {})).finish()

/** A refusal in protobuf. */
export const encodeStatus = (message: string): Uint8Array =>
  statusType.encode(statusType.fromObject({ code: 3, message })).finish()
