import { createHash } from 'node:crypto'
import fc from 'fast-check'
import type { ContentRecord, RecordedRecord } from '#app/import/import-record.ts'
import type { ReadContext, Reader, Reading, Row } from '#app/import/reader.ts'

/** What an import would know when it reads rows of these files: one reader for each. */
export function contextOf(files: readonly { reader: Reader; rows: readonly Row[] }[]): ReadContext {
  const notes = new Map(
    files.flatMap(({ reader, rows }) => rows.flatMap((row) => reader.gather?.(row) ?? [])),
  )
  return {
    hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
    find: (key) => notes.get(key),
    list: (prefix) =>
      [...notes]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, text]) => text),
    rate: 'steps',
  }
}

/** Reads rows as one file of an import, beside other files of it. */
export function readRows(
  reader: Reader,
  rows: readonly Row[],
  beside: readonly { reader: Reader; rows: readonly Row[] }[] = [],
): Reading & { content: ContentRecord[]; judgments: RecordedRecord[] } {
  const context = contextOf([{ reader, rows }, ...beside])
  const readings = rows.map((row) => reader.read(row, context))
  const records = readings.flatMap((reading) => reading.records)
  return {
    records,
    problems: readings.flatMap((reading) => reading.problems),
    content: records.flatMap((record) => (record.kind === 'content' ? [record] : [])),
    judgments: records.flatMap((record) => (record.kind === 'content' ? [] : [record])),
  }
}

const damages = [null, true, 7, '', 'x', [], {}, [null], [[1]], [{}], { type: 'x' }]

/** A value again and again, each time with another thing in the place of one of its parts. */
function* damaged(value: unknown): Generator<unknown> {
  yield* damages
  if (value === null || typeof value !== 'object') return
  for (const [name, part] of Object.entries(value)) {
    for (const other of damaged(part)) {
      yield Array.isArray(value)
        ? value.map((element, place) => (String(place) === name ? other : element))
        : { ...value, [name]: other }
    }
  }
}

/**
 * Reads rows that have some of a format's columns with anything in them, and a good row with each of
 * its parts damaged: nothing may be thrown.
 */
export function readAnything(reader: Reader, columns: readonly string[], good: Row): void {
  for (const row of damaged(good)) {
    if (row === null || typeof row !== 'object' || Array.isArray(row)) continue
    reader.mark(row as Row)
    readRows(reader, [row as Row])
  }
  const row = fc.dictionary(fc.constantFrom(...columns), fc.jsonValue())
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3 }), (rows) => {
      for (const one of rows) reader.mark(one)
      readRows(reader, rows)
    }),
  )
}
