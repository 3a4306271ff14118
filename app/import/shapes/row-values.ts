/**
 * In: the columns of a row, as JSON, CSV and Parquet each write them. Out: texts, names and moments,
 * or words for what a row lacks.
 */
import { z } from 'zod'
import { storable } from '#app/base/text.ts'
import { problemOf } from '../import-record.ts'
import type { ReadContext, Reading, Row } from '../reader.ts'
import { numberOf } from './loose-value.ts'

/** A text that a row has to have. It may be empty. */
export const requiredText = z
  .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'is not a text') })
  .transform(storable)

/** A name or an id that a row has to have; a number counts as its digits. */
export const requiredName = z.unknown().transform((value, context) => {
  const name = nameOf(value)
  if (name !== undefined) return name
  const isMissing = value === undefined || value === null
  const message = isMissing ? 'is missing' : 'is neither a text nor a number'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/**
 * A name or an id as text; undefined for an empty one and for what is neither text nor number.
 *
 * @example nameOf(17) // '17'
 */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value !== 'string' || value.trim() === '') return undefined
  return storable(value)
}

/** The `read` of a reader whose rows must fit a schema; a row that does not is refused. */
export const reads =
  <T>(schema: z.ZodType<T>, toReading: (row: T, context: ReadContext) => Reading) =>
  (row: Row, context: ReadContext): Reading => {
    const result = schema.safeParse(row)
    if (!result.success) return { records: [], problems: [problemOf(result.error)] }
    return toReading(result.data, context)
  }

/** Whether a value says yes: `true` or 1, also as text. */
export const isTrue = (value: unknown): boolean =>
  value === true ||
  numberOf(value) === 1 ||
  (typeof value === 'string' && value.trim().toLowerCase() === 'true')

/** Below this, a number of a moment counts seconds: as milliseconds it would lie before 1974. */
const fewestMilliseconds = 1e11
const hasZone = /(?:z|[+-]\d\d:?\d\d)$/i
const isDated = /^\d{4}-\d\d-\d\d/

/**
 * A moment in epoch milliseconds: seconds or milliseconds since 1970 as a number or as digits, an
 * ISO 8601 text (UTC where it names no zone) or a date object. Undefined for all else.
 *
 * @example momentOf(1682351591.1322) // 1682351591132
 */
export function momentOf(value: unknown): number | undefined {
  if (value instanceof Date) return numberOf(value.getTime())
  const number = numberOf(value)
  if (number !== undefined) {
    return Math.round(Math.abs(number) < fewestMilliseconds ? number * 1000 : number)
  }
  if (typeof value !== 'string' || !isDated.test(value)) return undefined
  const iso = value.trim().replace(' ', 'T')
  return numberOf(Date.parse(iso.length === 10 || hasZone.test(iso) ? iso : `${iso}Z`))
}

const longestScalar = 200

/** The named columns that hold a short text, a number or a yes or no; others are left out. */
export const scalarsOf = (
  row: Row,
  names: readonly string[],
): Record<string, string | number | boolean> =>
  Object.fromEntries(
    names.flatMap((name): [string, string | number | boolean][] => {
      const value = row[name]
      if (typeof value === 'boolean') return [[name, value]]
      if (typeof value === 'number' && Number.isFinite(value)) return [[name, value]]
      if (typeof value !== 'string' || value === '' || value.length > longestScalar) return []
      return [[name, storable(value)]]
    }),
  )

/** The short texts of the named columns as tags, each once. */
export const tagsOf = (row: Row, names: readonly string[]): string[] => [
  ...new Set(Object.values(scalarsOf(row, names)).filter((value) => typeof value === 'string')),
]

/** Whether a row has all these columns, whatever they hold. */
export const hasAll = (row: Row, names: readonly string[]): boolean =>
  names.every((name) => row[name] !== undefined)

/** The columns that show a format, in words. @example markOf(['a', 'b']) // 'has "a" and "b"' */
export function markOf(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name}"`)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? `has ${last}` : `has ${quoted.join(', ')} and ${last}`
}
