/** What raters see with the differences on: every character of both texts, and what they share. */
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { type DiffPart, diffTexts, type TextDiff } from '#app/rate/word-diff.ts'

const compared = (first: string, second: string): TextDiff => {
  const result = diffTexts(first, second)
  if (result.kind !== 'compared') throw new Error(`not compared: ${result.kind}`)
  return result
}
const joined = (parts: readonly DiffPart[]) => parts.map(({ text }) => text).join('')
const only = (parts: readonly DiffPart[]) =>
  parts.filter(({ isShared }) => !isShared).map(({ text }) => text)
const shared = (parts: readonly DiffPart[]) =>
  joined(parts.filter(({ isShared }) => isShared)).replaceAll(/\s/g, '')

describe('The differences between two responses', () => {
  it('are the words that differ, and nothing around them', () => {
    const { first, second } = compared(
      'The capital of Australia is Sydney, of course.',
      'The capital of Australia is Canberra, of course.',
    )
    expect(only(first)).toEqual(['Sydney'])
    expect(only(second)).toEqual(['Canberra'])
  })

  it('are found in the lines that differ, however many are the same', () => {
    const lines = Array.from({ length: 400 }, (_, place) => `Line ${place} says something.`)
    const others = lines.with(200, 'Line 200 says nothing.')
    const { first, second } = compared(lines.join('\n'), others.join('\n'))
    expect(only(first)).toEqual(['something'])
    expect(only(second)).toEqual(['nothing'])
  })

  it('lose no character of either text, and what is shared is the same on both sides', () => {
    const words = fc
      .array(fc.constantFrom('red', 'green', 'blue', 'a', '.', ' ', '\n', 'ção', '漢字', '🙂'), {
        maxLength: 60,
      })
      .map((some) => some.join(' '))
    fc.assert(
      fc.property(words, words, (one, other) => {
        const result = diffTexts(one, other)
        if (result.kind !== 'compared') return
        expect(joined(result.first)).toBe(one)
        expect(joined(result.second)).toBe(other)
        expect(shared(result.first)).toBe(shared(result.second))
      }),
      { numRuns: 500 },
    )
  })

  it('are as few as can be: nothing more is marked than a plain table of common words needs', () => {
    const one = 'one two three four five six seven eight nine ten'
    const other = 'one two three 4 five six seven eight 9 ten'
    const { first, second, shared: share } = compared(one, other)
    expect(only(first)).toEqual(['four', 'nine'])
    expect(only(second)).toEqual(['4', '9'])
    expect(share).toBeCloseTo(16 / 20)
  })

  it('do not scatter over texts that share only small words', () => {
    const result = compared(
      'Bread rises because yeast eats the sugar and breathes out gas that stretches gluten. Shared ending stays here.',
      'Long ago in Egypt bakers kept some sour dough of the day before for new loaves. Shared ending stays here.',
    )
    expect(only(result.first)).toHaveLength(1)
    expect(only(result.second)).toHaveLength(1)
    expect(must(result.first.at(-1), 'the end').text).toContain('Shared ending stays here.')
  })

  it('say when there is nothing to compare', () => {
    expect(diffTexts('the same', 'the same')).toEqual({ kind: 'identical' })
    expect(diffTexts('apples pears plums', 'cars boats planes')).toEqual({ kind: 'too-different' })
    expect(diffTexts('x '.repeat(400_000), 'y '.repeat(400_000))).toEqual({ kind: 'too-long' })
  })

  it('of Chinese are single signs, for it has no spaces', () => {
    const { first, second } = compared('我今天很高兴见到你', '我今天很难过见到你')
    expect(only(first)).toEqual(['高兴'])
    expect(only(second)).toEqual(['难过'])
  })

  it('take bounded time, whatever the texts', () => {
    const random = (seed: number, count: number) => {
      let state = seed
      return Array.from({ length: count }, () => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        return `w${state % 5_000}`
      })
    }
    const ends = 'shared '.repeat(3_000)
    for (const separator of [' ', '\n']) {
      const one = `${ends}${random(1, 25_000).join(separator)}`
      const other = `${ends}${random(2, 25_000).join(separator)}`
      const before = process.cpuUsage()
      diffTexts(one, other)
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(800)
    }
  })
})
