/** What every reader promises, whatever it is fed: to end, soon, without throwing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactJson } from '#app/base/exact-json.ts'
import { readers } from '#app/import/readers.ts'
import { recognise } from '#app/import/source.ts'
import { examples } from './examples.ts'
import { readAll } from './reading.ts'

/** Swaps, drops and doubles pieces of a text. */
const mutated = (text: string, cuts: readonly [number, number, string][]): string =>
  cuts.reduce((now, [at, length, put]) => {
    const place = Math.floor(at * now.length)
    return now.slice(0, place) + put + now.slice(place + Math.floor(length * 40))
  }, text)

const cuts = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom('', '"', '{', '}', '[', ']', 'null', '0', '\\ud800', ':', ',', '"role"', 'x'),
  ),
  { minLength: 1, maxLength: 4 },
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

  it('reads or explains damaged examples, within a second', () => {
    const started = performance.now()
    const texts = (examples[format]?.rows ?? []).map((row) => JSON.stringify(row))
    fc.assert(
      fc.property(fc.constantFrom(...texts), cuts, (text, changes) => {
        const parsed = parseExactJson(mutated(text, changes))
        if (!parsed.ok || parsed.value === null || typeof parsed.value !== 'object') return
        if (Array.isArray(parsed.value)) return
        const row = parsed.value as Record<string, unknown>
        reader.mark(row)
        const { problems } = readAll(reader, row)
        for (const problem of problems) expect(problem.reason).not.toBe('')
      }),
      { numRuns: 150 },
    )
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
