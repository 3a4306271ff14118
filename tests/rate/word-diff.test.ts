/** What raters see with the differences on: every character of both texts, and what they share. */
import process from 'node:process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { diffMarkdown } from '#app/rate/marked-diff.tsx'
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
      'Bread rises because yeast eats the sugar and breathes out gas that stretches gluten. Shared ending stays here for all of those who read on.',
      'Long ago in Egypt bakers kept some sour dough of the day before for new loaves. Shared ending stays here for all of those who read on.',
    )
    expect(only(result.first)).toHaveLength(1)
    expect(only(result.second)).toHaveLength(1)
    expect(must(result.first.at(-1), 'the end').text).toContain('Shared ending stays here for')
  })

  it('are found in what markdown says, and lose nothing of it', () => {
    const pair = must(
      diffMarkdown(
        '# Plan\n\n- **one** of `five`\n- two\n\n```js\nrun(1)\n```',
        '## Plan\n\n- one of `six`\n- two\n\n```js\nrun(2)\n```',
      ),
      'a comparison',
    )
    expect(only(pair.diff.first)).toEqual(['five', '1'])
    expect(only(pair.diff.second)).toEqual(['six', '2'])
    for (const { parts } of pair.sides) {
      for (const [token, own] of parts) expect(joined(own)).toBe(token.content)
    }
    // Where only the markup differs, the markup is what there is to see.
    expect(diffMarkdown('**one** two', 'one two')).toBeUndefined()
  })

  it('say when there is nothing to compare', () => {
    expect(diffTexts('the same', 'the same')).toEqual({ kind: 'identical' })
    expect(diffTexts('apples pears plums', 'cars boats planes')).toEqual({ kind: 'too-different' })
    // Of ten words two are shared: the page would be marked from end to end.
    const one = 'same words apples pears plums figs dates limes nuts oats'
    const other = 'same words cars boats planes bikes trams buses carts ships'
    expect(diffTexts(one, other)).toEqual({ kind: 'too-different' })
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
