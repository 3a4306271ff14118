/** In: the body of a request with records. Out: its rows, or why it cannot be read. */
import { parseExactJson } from '#app/base/exact-json.ts'
import type { Row } from './reader.ts'

/** More records than this belong in a file: `POST …/imports` takes files of any size. */
export const mostPosted = 1_000

export type Posted = { ok: true; rows: Row[] } | { ok: false; reason: string }

/** One JSON object, a list of them, or one a line. */
export function parsePosted(body: string): Posted {
  const text = body.trim()
  if (text === '') return { ok: false, reason: 'The body is empty; send one JSON object a line.' }
  const whole = parseExactJson(text)
  if (whole.ok) return toRows(Array.isArray(whole.value) ? whole.value : [whole.value])
  const values: unknown[] = []
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = parseExactJson(line)
    if (!parsed.ok) return { ok: false, reason: `Line ${place + 1}: ${parsed.reason}.` }
    values.push(parsed.value)
  }
  return toRows(values)
}

function toRows(values: readonly unknown[]): Posted {
  if (values.length > mostPosted) {
    return { ok: false, reason: `${values.length} records; ${mostPosted} are the most at once.` }
  }
  const odd = values.findIndex(
    (value) => value === null || typeof value !== 'object' || Array.isArray(value),
  )
  if (odd >= 0) return { ok: false, reason: `Record ${odd + 1} is no JSON object.` }
  return { ok: true, rows: values as Row[] }
}
