import fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { countTokens } from '#app/import/prepare/count-tokens.ts'

const exactly = (text: string) => encode(text, { disallowedSpecial: new Set() }).length

describe('The tokens of a text', () => {
  it.each([
    [0, ''],
    [1, 'hello'],
    [4, 'Hello, world!'],
    [2, ' \n\n  '],
  ])('are %i for %j', (count, text) => {
    expect(countTokens(text)).toBe(count)
  })

  it('are those of the encoding itself, for text of any language, code and emoji', () => {
    const part = fc.constantFrom(
      ...[
        'It was 20°C; ',
        'ação ',
        '秋についての俳句',
        'Пример, ',
        'if (a >= 1) {\n\t\t',
        '👩‍👩‍👧 ',
      ],
      ...['\r\n\r\n', '   ', "don't ", 'HTTPServer', '-----', 'e\u0301', '{"a":[1,2]}', '१२३'],
    )
    const texts = fc.oneof(
      fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', maxLength: 290 }),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(countTokens(text)).toBe(exactly(text))
      }),
    )
  })

  it('count what looks like a control token as the text it is', () => {
    expect(countTokens('<|endoftext|>')).toBe(exactly('<|endoftext|>'))
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1)
    expect(countTokens('<|im_start|>user')).toBeGreaterThan(2)
  })

  it('are nearly exact where a run without a break is counted in parts', () => {
    for (const text of [
      'ab'.repeat(2_000),
      '='.repeat(3_000),
      ' '.repeat(2_500),
      '中'.repeat(900),
    ]) {
      const exact = exactly(text)
      expect(Math.abs(countTokens(text) - exact)).toBeLessThanOrEqual(2 * (text.length / 300))
    }
  })

  it('never take an emoji apart', () => {
    const text = `!${'😀'.repeat(1_000)}`
    expect(countTokens(text)).toBe(exactly(text))
  })

  it.each([
    ...['a', 'A', ' ', '\n', '-', '1', '中', '😀', '\u0300', '--\u0300', 'aB', '\ud800', 'qzxj'],
  ])('are counted quickly for 100,000 characters of %j', (part) => {
    const text = part.repeat(100_000 / part.length)
    const start = performance.now()
    countTokens(text)
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
