/** In: values of unknown shape, as logs hold them. Out: the shape that is asked for, or nothing. */
import { storable } from '#app/base/text.ts'

/** An object that is not a list, else undefined. */
export const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined

/** A list, else an empty one. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The objects in a list; what else is in it is left out. */
export const recordsOf = (value: unknown): Record<string, unknown>[] =>
  listOf(value).filter((element) => recordOf(element) !== undefined) as Record<string, unknown>[]

/** A text with something in it, ready to be stored; a whole number counts as its digits. */
export function stringOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (typeof value !== 'string') return undefined
  return storable(value) || undefined
}

/** The first of several values that is a text with something in it. */
export function firstString(...values: unknown[]): string | undefined {
  for (const value of values) {
    const found = stringOf(value)
    if (found !== undefined) return found
  }
  return undefined
}

/** A finite number, also one that is written as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The value at a path of members, undefined where one of them is missing. */
export function memberOf(value: unknown, ...path: string[]): unknown {
  let found = value
  for (const name of path) found = recordOf(found)?.[name]
  return found
}

/** How often one value is taken for JSON that was encoded again. */
const mostEncodings = 8

/**
 * Undoes JSON that was encoded once or several times as text. Text that is not JSON of an object, a
 * list or a text stays as it is.
 *
 * @example parseNested('"{\\"a\\":1}"') // { a: 1 }
 */
export function parseNested(value: unknown): unknown {
  let found = value
  for (let encodings = 0; encodings < mostEncodings; encodings++) {
    if (typeof found !== 'string' || !/^\s*[[{"]/.test(found)) return found
    try {
      found = JSON.parse(found)
    } catch {
      return found
    }
  }
  return found
}

/** JSON of a value with its members in their own order; big integers as digits. */
export const jsonText = (value: unknown): string =>
  storable(
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'bigint' ? String(member) : member,
    ) ?? '',
  )

/** A text as it is, nothing as an empty text, all else as JSON. */
export const textOrJson = (value: unknown): string => {
  if (typeof value === 'string') return storable(value)
  return value === null || value === undefined ? '' : jsonText(value)
}
