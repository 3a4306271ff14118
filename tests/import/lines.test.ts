import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { readLines } from '#app/base/lines.ts'
import { suggestedMapping, toLines, valueAt } from '#app/import/field-mapping.ts'
import { promptKey } from '#app/import/fingerprint.ts'
import { toImportRecord } from '#app/import/import-record.ts'
import { recognise } from '#app/import/source.ts'

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(text: string, size: number, from?: { offset: number; line: number }) {
  const bytes = new TextEncoder().encode(text).subarray(from?.offset ?? 0)
  const lines = []
  for await (const line of readLines(inChunks(bytes, size), {
    maxBytes: 1_000,
    ...(from && { from }),
  })) {
    lines.push(line)
  }
  return lines
}

describe('Reading lines', () => {
  const text = fc.array(
    fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((line) => line.replaceAll(/[\r\n\ufeff]/g, '')),
    {
      maxLength: 20,
    },
  )

  it('finds the same lines however the bytes arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 17 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, size, end) => {
          const joined = lines.map((line) => line + end).join('')
          const found = await linesOf(joined, size)
          expect(found.map((line) => line.text)).toEqual(lines.map((line) => line.toWellFormed()))
        },
      ),
    )
  })

  it('goes on in the middle of a file exactly where it stopped', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.nat(20), async (lines, stop) => {
        const joined = lines.map((line) => `${line}\n`).join('')
        const all = await linesOf(joined, 7)
        const last = all[Math.min(stop, all.length - 1)]
        if (!last) return
        const rest = await linesOf(joined, 5, { offset: last.end, line: last.number + 1 })
        expect([...all.slice(0, last.number), ...rest]).toEqual(all)
      }),
    )
  })

  it('drops a byte order mark and reports a line that is too long', async () => {
    expect((await linesOf('\ufeffone\ntwo', 2)).map((line) => line.text)).toEqual(['one', 'two'])
    const found = await linesOf(`short\n${'x'.repeat(2_000)}\nend`, 64)
    expect(found.map((line) => line.problem ?? line.text)).toEqual(['short', 'too-long', 'end'])
  })
})

describe('Canonical JSON', () => {
  it('gives the same bytes whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(printJson(turned)).toBe(printJson(value))
        expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('Ids', () => {
  it('sort by the time they were made, also within a millisecond', () => {
    const ids = Array.from({ length: 2_000 }, () => newId())
    expect([...ids].sort()).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('A prompt is the same', () => {
  it('whatever white space surrounds it, and under its input key', () => {
    const messages = (content: string) => ({ messages: [{ role: 'user', content }] })
    expect(promptKey(messages(' A question?\r\n'))).toBe(promptKey(messages('A question?')))
    expect(promptKey(messages('e\u0301'))).toBe(promptKey(messages('\u00e9')))
    expect(promptKey(messages('One'))).not.toBe(promptKey(messages('Two')))
    const keyed = (content: string) => promptKey({ inputKey: 'ticket-1', ...messages(content) })
    expect(keyed('template one')).toBe(keyed('template two'))
  })
})

it('says what to do about a verdict that has no meaning yet', () => {
  const line = { prompt_id: 'p', model_a: 'a', model_b: 'b', winner: 'left', rater: 'r' }
  const result = toImportRecord(line)
  expect(result.ok ? '' : result.problem.reason).toContain('the verdict "left" is none of')
})

describe('Recognition', () => {
  it('names Rubrica JSONL and says what it holds', () => {
    const found = recognise('jsonl', [{ prompt: 'Q', responses: [{ model: 'm', content: 'c' }] }])
    expect(found).toMatchObject({ format: 'rubrica', confidence: 0.96, missing: [] })
  })

  it('suggests a mapping from column names and says what is missing', () => {
    const row = { question: 'Q', generator: 'm', output: 'text' }
    const found = recognise('csv', [row])
    expect(found.mapping?.columns).toEqual({
      prompt: 'question',
      model: 'generator',
      content: 'output',
    })
    expect(recognise('csv', [{ a: '1' }]).missing.length).toBeGreaterThan(0)
  })

  it('reads pairwise rows with their texts into content and judgment', () => {
    const header = [
      'prompt',
      'model_a',
      'model_b',
      'response_a',
      'response_b',
      'winner',
      'annotator',
    ]
    const mapping = suggestedMapping('csv', header)
    expect(mapping.record).toBe('pairwise')
    const lines = toLines(
      { ...mapping, values: { winner: { left: 'a' } } },
      {
        prompt: 'Q',
        model_a: 'x',
        model_b: 'y',
        response_a: 'A',
        response_b: 'B',
        winner: 'left',
        annotator: '9',
      },
      [],
    )
    const kinds = lines.map((line) => {
      const record = toImportRecord(line)
      return record.ok ? record.records[0]?.kind : record.problem
    })
    expect(kinds).toEqual(['content', 'pairwise'])
  })

  it('follows JSON pointers', () => {
    expect(valueAt({ a: [{ 'b/c': 1 }] }, '/a/0/b~1c')).toBe(1)
    expect(valueAt({ a: 1 }, '/a/b')).toBeUndefined()
  })

  it('never throws on any JSON, and says which field is wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(typeof toImportRecord(value).ok).toBe('boolean')
      }),
    )
    const line = { prompt_id: 'p', model_a: 'x', model_b: 'y', winner: 'left', rater: 'r' }
    expect(toImportRecord(line)).toMatchObject({ ok: false, problem: { field: 'winner' } })
  })
})
