/** In: values as OpenTelemetry's protocol writes them in JSON. Out: plain values. */
import { listOf, numberOf, recordOf, stringOf } from './loose-value.ts'

/** The plain value of one that names its type. Whole numbers beyond 2^53 stay text. */
export function plainValue(value: unknown): unknown {
  const fields = recordOf(value)
  if (!fields) return undefined
  if (fields.stringValue !== undefined) return fields.stringValue
  if (fields.boolValue !== undefined) return fields.boolValue
  if (fields.intValue !== undefined) return wholeNumber(fields.intValue)
  if (fields.doubleValue !== undefined) return numberOf(fields.doubleValue) ?? fields.doubleValue
  const list = recordOf(fields.arrayValue)
  if (list) return listOf(list.values).map(plainValue)
  const members = recordOf(fields.kvlistValue)
  if (members) return plainAttributes(members.values)
  return fields.bytesValue
}

function wholeNumber(value: unknown): unknown {
  const number = numberOf(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : value
}

/** Attributes as an object: from a list of keys and values, or as the object they already are. */
export function plainAttributes(attributes: unknown): Record<string, unknown> {
  const pairs = listOf(attributes).flatMap((pair): [string, unknown][] => {
    const key = recordOf(pair)?.key
    return typeof key === 'string' ? [[key, plainValue(recordOf(pair)?.value)]] : []
  })
  return Array.isArray(attributes) ? Object.fromEntries(pairs) : (recordOf(attributes) ?? {})
}

/**
 * Milliseconds of a moment in nanoseconds since 1970, with a fraction; undefined for zero, which
 * stands for an unknown moment.
 *
 * @example fromNanoseconds('1544712660000500000') // 1544712660000.5
 */
export function fromNanoseconds(value: unknown): number | undefined {
  const nanoseconds = typeof value === 'bigint' ? Number(value) : numberOf(value)
  if (nanoseconds === undefined || nanoseconds <= 0) return undefined
  return Math.round(nanoseconds / 1e3) / 1e3
}

/** An id as text; the all-zero id stands for none. */
export function traceIdOf(value: unknown): string | undefined {
  const id = stringOf(value)
  return id === undefined || /^0+$/.test(id) ? undefined : id
}
