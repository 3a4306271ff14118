import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cursorRange,
  lineStep,
  movedCursor,
  stretchesOf,
  trimmedRange,
  withMark,
  wordsOf,
} from '#app/rate/marks.ts'

describe('Marks in a text', () => {
  it('are drawn in stretches, each with all the marks that cover it', () => {
    const marks = [
      { start: 0, end: 5 },
      { start: 3, end: 8 },
    ]
    expect(stretchesOf(10, marks)).toEqual([
      { start: 0, end: 3, marks: [0] },
      { start: 3, end: 5, marks: [0, 1] },
      { start: 5, end: 8, marks: [1] },
      { start: 8, end: 10, marks: [] },
    ])
    expect(stretchesOf(4, [])).toEqual([{ start: 0, end: 4, marks: [] }])
  })

  it('leave the text as it is, however they overlap', () => {
    const range = fc
      .tuple(fc.nat(40), fc.nat(40))
      .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) + 1 }))
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 41 }), fc.array(range), (text, marks) => {
        const inside = marks.filter(({ end }) => end <= text.length)
        const stretches = stretchesOf(text.length, inside)
        expect(stretches.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
        for (const [index, mark] of inside.entries()) {
          const own = stretches.filter((stretch) => stretch.marks.includes(index))
          const length = own.reduce((sum, { start, end }) => sum + end - start, 0)
          expect(length).toBe(mark.end - mark.start)
        }
      }),
    )
  })

  it('are kept in reading order, the very same one once', () => {
    const one = { place: 1, start: 0, end: 2, label: 'x' }
    const other = { place: 0, start: 4, end: 6, label: 'x' }
    const both = withMark(withMark([], one), other)
    expect(both).toEqual([other, one])
    expect(withMark(both, { ...one })).toEqual(both)
    expect(withMark(both, { ...one, label: 'y' })).toHaveLength(3)
  })

  it('begin and end at words, in code units of the text', () => {
    expect(trimmedRange('  a b ', { start: 0, end: 6 })).toEqual({ start: 2, end: 5 })
    expect(trimmedRange('a  b', { start: 1, end: 3 })).toBeUndefined()
    const text = 'Olá, 👩‍🚀 mundo!'
    const words = wordsOf(text).map(({ start, end }) => text.slice(start, end))
    expect(words).toEqual(['Olá', 'mundo'])
    expect(wordsOf('日本語のテキスト').length).toBeGreaterThan(1)
  })
})

describe('The word cursor', () => {
  const text = 'one two three\nfour five\n\nsix'
  const words = wordsOf(text)

  it('moves by words, takes more with Shift, and stops at the ends', () => {
    const start = { at: 0, from: 0 }
    const grown = movedCursor(start, 2, true, words.length)
    expect(cursorRange(grown, words)).toEqual({ start: 0, end: 13 })
    expect(cursorRange(movedCursor(grown, -1, true, words.length), words)).toEqual({
      start: 0,
      end: 7,
    })
    expect(movedCursor(start, -1, false, words.length)).toEqual({ at: 0, from: 0 })
    expect(movedCursor(start, 99, false, words.length)).toEqual({ at: 5, from: 5 })
    expect(cursorRange({ at: 0, from: 0 }, [])).toBeUndefined()
  })

  it('goes to the first word of the line below and above', () => {
    const to = (at: number, step: -1 | 1) => at + lineStep(text, words, at, step)
    expect(to(1, 1)).toBe(3)
    expect(to(3, 1)).toBe(5)
    expect(to(5, 1)).toBe(5)
    expect(to(5, -1)).toBe(3)
    expect(to(4, -1)).toBe(0)
    expect(to(0, -1)).toBe(0)
  })
})
