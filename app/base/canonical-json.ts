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
  const text = JSON.stringify(value === undefined ? null : sorted(value))
  return breaksLines.test(text) ? text.replaceAll(lineBreakers, escaped) : text
}

const breaksLines = /[\u0085\u2028\u2029]/
const lineBreakers = /[\u0085\u2028\u2029]/g
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** The value itself where its keys are in order already, as most are; else a copy in which they are. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  return Array.isArray(value) ? sortedList(value) : sortedObject(value as Record<string, unknown>)
}

function sortedList(list: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let place = 0; place < list.length; place++) {
    const item = sorted(list[place])
    if (item === list[place]) continue
    copy ??= [...list]
    copy[place] = item
  }
  return copy ?? list
}

function sortedObject(object: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(object)
  const isInOrder = isAscending(names)
  let copy: Record<string, unknown> | undefined = isInOrder ? undefined : {}
  for (const name of isInOrder ? names : names.sort()) {
    const member = sorted(object[name])
    if (isInOrder && member === object[name]) continue
    copy ??= { ...object }
    if (name === '__proto__') define(copy, name, member)
    else copy[name] = member
  }
  return copy ?? object
}

function isAscending(names: readonly string[]): boolean {
  for (let place = 1; place < names.length; place++) {
    if ((names[place] ?? '') < (names[place - 1] ?? '')) return false
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
