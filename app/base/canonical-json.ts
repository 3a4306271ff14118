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
  return JSON.stringify(sorted(value)).replaceAll(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === undefined) return null
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]))
}
