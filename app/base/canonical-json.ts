/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/**
 * Canonical JSON: keys sorted, no spaces, members that are `undefined` left out. The same content
 * gives the same bytes. The separators U+2028, U+2029 and U+0085 are escaped, because some readers
 * break lines at them.
 *
 * @example printJson({ b: 1, a: [undefined, 'x'] }) // '{"a":[null,"x"],"b":1}'
 */
export function printJson(value: unknown): string {
  const text = JSON.stringify(sorted(value))
  return breaksLines.test(text) ? text.replaceAll(lineBreakers, escaped) : text
}

const breaksLines = /[\u0085\u2028\u2029]/
const lineBreakers = /[\u0085\u2028\u2029]/g
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function sorted(value: unknown): unknown {
  if (value === undefined) return null
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return isPlainList(value) ? value : value.map(sorted)
  const names = Object.keys(value)
  if (isSorted(value as Record<string, unknown>, names)) return value
  names.sort()
  const copy: Record<string, unknown> = {}
  for (const name of names) {
    const member: unknown = (value as Record<string, unknown>)[name]
    if (member === undefined) continue
    if (name === '__proto__') define(copy, name, sorted(member))
    else copy[name] = sorted(member)
  }
  return copy
}

const isPlain = (value: unknown): boolean =>
  value === null || (typeof value !== 'object' && value !== undefined)

const isPlainList = (list: readonly unknown[]): boolean => list.every(isPlain)

/** Most objects are small and have their keys in order already: those need no copy. */
function isSorted(object: Record<string, unknown>, names: readonly string[]): boolean {
  let before = ''
  for (const name of names) {
    if (name < before || !isPlain(object[name])) return false
    before = name
  }
  return true
}

/** The one name that plain assignment would take for something else. */
const define = (object: object, name: string, value: unknown) =>
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
