import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JsonElementOptions, readJsonElements } from '#app/base/json-elements.ts'

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function elementsOf(
  text: string | Buffer,
  options: Partial<JsonElementOptions> = {},
  size = 7,
) {
  const bytes = Buffer.from(text)
  const found = []
  for await (const element of readJsonElements(inChunks(bytes, size), {
    maxBytes: 1_000,
    walk: 'values',
    ...options,
  })) {
    found.push(element)
  }
  return found
}

describe('Cutting a JSON text into its values', () => {
  it('gives each element of a list with its bytes and its line', async () => {
    const text = '[\n {"a": "x]\\"}"},\n 2, "three", [4],\n null]'
    const found = await elementsOf(text)
    expect(found.map(({ text, line }) => [text, line])).toEqual([
      ['{"a": "x]\\"}"}', 2],
      ['2', 3],
      ['"three"', 3],
      ['[4]', 3],
      ['null', 4],
    ])
    for (const { text: value, offset, end } of found) expect(text.slice(offset, end)).toBe(value)
  })

  it('gives values that stand one after another, whatever is between them', async () => {
    const found = await elementsOf('\uFEFF{"a":1}\n{\n"b":2}{"c":3} 4')
    expect(found.map(({ text }) => text)).toEqual(['{"a":1}', '{\n"b":2}', '{"c":3}', '4'])
  })

  it('goes into the lists of one great object', async () => {
    const found = await elementsOf(
      '{"object":"list","beside":{"no":[1]},"data":[{"x":1},{"x":2}],"more":[3],"has_more":false}',
      { walk: 'members' },
    )
    expect(found.map(({ member, text }) => [member, text])).toEqual([
      ['data', '{"x":1}'],
      ['data', '{"x":2}'],
      ['more', '3'],
    ])
  })

  it('reports a value that is too long, cut off or no UTF-8, and keeps its neighbours', async () => {
    const long = `{"long":"${'x'.repeat(2_000)}"}`
    const found = await elementsOf(
      Buffer.concat([
        Buffer.from(`[{"a":1},${long},"`),
        Buffer.from([0xff]),
        Buffer.from('",{"b":2},{"c":'),
      ]),
    )
    expect(found.map(({ text, problem }) => problem ?? text)).toEqual([
      '{"a":1}',
      'too-long',
      'not-utf8',
      '{"b":2}',
      'cut-off',
    ])
    expect(found[1]?.sample?.length).toBe(200)
    expect((found[1]?.end ?? 0) - (found[1]?.offset ?? 0)).toBe(long.length)
  })

  it('goes on from a place it gave', async () => {
    const text = '[{"a":1},{"a":2},{"a":3}]'
    const [, second] = await elementsOf(text)
    const rest = await elementsOf(text, { from: second?.end ?? 0 })
    expect(rest.map(({ text: value }) => value)).toEqual(['{"a":3}'])
  })

  it('gives every list back as it was written, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 1, 4),
        async (values, size, indent) => {
          const found = await elementsOf(
            JSON.stringify(values, null, indent),
            { maxBytes: 1e6 },
            size,
          )
          const parsed = found.map(({ text }) => JSON.parse(text ?? 'null') as unknown)
          expect(parsed).toEqual(JSON.parse(JSON.stringify(values)))
        },
      ),
    )
  })

  it('ends on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await elementsOf(Buffer.from(bytes), { walk: 'members' }, 11)
        await elementsOf(Buffer.from(bytes), {}, 11)
      }),
    )
  })
})
