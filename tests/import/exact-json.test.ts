import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactJson } from '#app/base/exact-json.ts'

describe('Parsing a record of a file', () => {
  it('keeps every digit of an integer beyond 2^53', () => {
    const text =
      '{"seed": 4944116822809979520, "nano":[1544712660300000001], "price": 0.12345678901234568}'
    expect(parseExactJson(text)).toEqual({
      ok: true,
      value: {
        seed: '4944116822809979520',
        nano: ['1544712660300000001'],
        price: 0.12345678901234568,
      },
    })
  })

  it('refuses a name that occurs twice in one object, and says which', () => {
    expect(parseExactJson('{"a":{"x":1,"y":2,"x":3}}')).toEqual({
      ok: false,
      reason: 'the name "x" occurs twice in one object',
    })
    expect(parseExactJson('{"a":{"x":1},"b":{"x":1}}').ok).toBe(true)
    expect(parseExactJson('{"text":"she said \\"x\\": \\"x\\": yes","x":1}').ok).toBe(true)
  })

  it('refuses what is nested too deeply, at any depth', () => {
    for (const depth of [300, 100_000]) {
      const result = parseExactJson(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`)
      expect(result).toMatchObject({ ok: false })
      expect(result.ok ? '' : result.reason).toContain('nested')
    }
  })

  it('keeps odd names as they are and changes no prototype', () => {
    const result = parseExactJson('{"__proto__":{"polluted":true},"constructor":1}')
    expect(result.ok && Object.keys(result.value as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('says where a text was cut off', () => {
    expect(parseExactJson('{"a": "unfini')).toMatchObject({
      reason: expect.stringContaining('cut off'),
    })
  })

  it('gives what JSON.parse gives for every other value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        const plain = JSON.parse(text) as unknown
        const isExact = !/\d{16}/.test(text)
        if (isExact) expect(parseExactJson(text)).toEqual({ ok: true, value: plain })
        else expect(parseExactJson(text).ok).toBe(true)
      }),
    )
  })
})
