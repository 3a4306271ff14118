/** What every reader promises, whatever it is fed: to end, soon, without throwing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Row } from '#app/import/reader.ts'
import { readers } from '#app/import/readers.ts'
import { recognise } from '#app/import/source.ts'
import { examples } from './examples.ts'
import { readAll } from './reading.ts'

type Path = (string | number)[]

/** Every place in a value, from its outermost members to its innermost. */
const placesIn = (value: unknown, at: Path = []): Path[] => {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, member]) => [
    [...at, name],
    ...placesIn(member, [...at, name]),
  ])
}

/** A copy with another value at a place; without a value, the place is taken out. */
const damaged = (value: unknown, [name, ...rest]: Path, junk: unknown): unknown => {
  if (name === undefined || value === null || typeof value !== 'object') return junk
  const members = Object.entries(value).flatMap(([key, member]) => {
    if (key !== name) return [[key, member] as const]
    if (rest.length === 0) return junk === undefined ? [] : [[key, junk] as const]
    return [[key, damaged(member, rest, junk)] as const]
  })
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)
}

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    '{"role":',
    '[[[',
    -1,
    1e300,
    { toString: 1 },
    { role: 'user' },
    [null],
    [[]],
    { messages: 'x' },
  ),
)

describe('The table of readers', () => {
  it('names every format once', () => {
    const formats = readers.map((reader) => reader.format)
    expect(new Set(formats).size).toBe(formats.length)
    expect(formats.length).toBeGreaterThan(60)
  })

  it('has an example of every format, which is recognised as that format alone', () => {
    for (const reader of readers) {
      const example = examples[reader.format]
      expect(example, reader.format).toBeDefined()
      if (!example) continue
      expect(recognise(example.container ?? 'jsonl', example.rows).format).toBe(reader.format)
    }
  })
})

describe.each(readers.map((reader) => [reader.format, reader] as const))('%s', (format, reader) => {
  it('reads or explains any JSON object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (row) => {
        reader.mark(row)
        readAll(reader, row)
      }),
      { numRuns: 50 },
    )
  })

  it('reads or explains examples damaged anywhere, in bounded time', () => {
    const started = performance.now()
    const rows = examples[format]?.rows ?? []
    const places = rows.flatMap((row) => placesIn(row).map((at) => ({ row, at })))
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, fc.nat(), ({ row, at }, bad, twice) => {
        const once = damaged(row, at, bad) as Row
        const other = places[twice % places.length]
        for (const one of [once, other ? (damaged(once, other.at, bad) as Row) : once]) {
          reader.mark(one)
          const { problems } = readAll(reader, one)
          for (const problem of problems) expect(problem.reason).not.toBe('')
        }
      }),
      { numRuns: 400 },
    )
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
