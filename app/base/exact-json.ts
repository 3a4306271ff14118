import { storable } from './text.ts'

/** A JSON text parsed so that nothing it says is lost, or why that cannot be done. */
export type ExactJson = { ok: true; value: unknown } | { ok: false; reason: string }

/** Deeper values cannot be stored, shown or compared, and nobody's log needs them. */
export const mostLevels = 200

/**
 * Parses JSON into text that every store accepts (see {@link storable}), and refuses what would lose something silently: a name that occurs twice in one object
 * (of which a parser keeps the last), and nesting beyond {@link mostLevels}. Integers beyond 2^53 keep
 * their digits: they are given as text.
 *
 * @example parseExactJson('{"id": 12345678901234567890}') // value: { id: '12345678901234567890' }
 */
export function parseExactJson(text: string): ExactJson {
  let value: unknown
  try {
    value = hasLongNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
  if (mayBeUnstorable.test(text)) value = withStorableText(value)
  const size = measure(value)
  if (size.levels > mostLevels) {
    return { ok: false, reason: `the value is nested more than ${mostLevels} levels deep` }
  }
  if (namesWritten(text) <= size.names) return { ok: true, value }
  const twice = nameWrittenTwice(text)
  if (twice === undefined) return { ok: true, value }
  return { ok: false, reason: `the name "${twice}" occurs twice in one object` }
}

const hasLongNumber = /\d{16}/
const mayBeUnstorable = /\\u(?:0000|[dD][89a-fA-F])|[\ud800-\udfff]/

/** Names and texts without NUL and lone surrogates; what is too deep is left to be refused. */
function withStorableText(value: unknown, levels = 0): unknown {
  if (typeof value === 'string') return storable(value)
  if (!isObject(value) || levels > mostLevels) return value
  if (Array.isArray(value)) return value.map((one) => withStorableText(one, levels + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      storable(name),
      withStorableText(member, levels + 1),
    ]),
  )
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? source : value
}

function reasonOf(error: unknown): string {
  const detail = error instanceof Error ? error.message : ''
  if (error instanceof RangeError) return `the value is nested more than ${mostLevels} levels deep`
  if (/end of JSON|Unterminated/.test(detail)) {
    return 'the record ends in the middle of a value; the file may have been cut off'
  }
  return `not valid JSON: ${detail.replaceAll(/\s+/g, ' ').slice(0, 120)}`
}

/** How deep a value is and how many names its objects have; stops where it is too deep. */
function measure(value: unknown): { levels: number; names: number } {
  let names = 0
  let levels = 0
  let level: object[] = isObject(value) ? [value] : []
  while (level.length > 0 && levels <= mostLevels) {
    levels += 1
    const next: object[] = []
    for (const one of level) {
      const isList = Array.isArray(one)
      for (const member of Object.values(one)) {
        if (!isList) names += 1
        if (isObject(member)) next.push(member)
      }
    }
    level = next
  }
  return { levels, names }
}

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object'

/**
 * How many names a text seems to write: each `":` whose quote is not escaped. A name followed by
 * white space is missed; text inside strings never counts, for its quotes are escaped.
 */
function namesWritten(text: string): number {
  let count = 0
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) {
    if (text.charCodeAt(at - 1) !== 0x5c) count += 1
  }
  return count
}

/** The first name that one object of a valid JSON text has twice. */
function nameWrittenTwice(text: string): string | undefined {
  const open: (Set<string> | null)[] = []
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g
  for (const [token, colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length)) as string
      const names = open.at(-1)
      if (names?.has(name)) return name
      names?.add(name)
    }
  }
  return undefined
}
