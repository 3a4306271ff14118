import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isTrue,
  markOf,
  momentOf,
  nameOf,
  scalarsOf,
  tagsOf,
} from '#app/import/shapes/row-values.ts'

describe('Moments in a row', () => {
  it('are read from seconds, milliseconds and digits alike', () => {
    expect(momentOf(1682351591.1322)).toBe(1682351591132)
    expect(momentOf(1682351591132)).toBe(1682351591132)
    expect(momentOf('1682351591')).toBe(1682351591000)
  })

  it('are read from ISO texts, in UTC where they name no zone', () => {
    const noon = Date.UTC(2024, 4, 1, 12)
    for (const text of ['2024-05-01T12:00:00Z', '2024-05-01 12:00:00', '2024-05-01T14:00+02:00']) {
      expect(momentOf(text)).toBe(noon)
    }
    expect(momentOf(new Date(noon))).toBe(noon)
    expect(momentOf('2024-05-01')).toBe(Date.UTC(2024, 4, 1))
  })

  it('are left out where there is none', () => {
    for (const value of [null, undefined, '', 'yesterday', '2024-99-99', {}, Number.NaN]) {
      expect(momentOf(value)).toBeUndefined()
    }
  })

  it('are whole milliseconds or nothing, whatever is there', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const moment = momentOf(value)
        expect(moment === undefined || Number.isInteger(moment)).toBe(true)
      }),
    )
  })
})

describe('Columns of a row', () => {
  it('keep short texts, numbers and yes or no as metadata', () => {
    const row = {
      split: 'train',
      turn: 2,
      anony: false,
      long: 'x'.repeat(201),
      none: null,
      list: [],
    }
    expect(scalarsOf(row, [...Object.keys(row), 'absent'])).toEqual({
      split: 'train',
      turn: 2,
      anony: false,
    })
  })

  it('become tags where they are texts, each once', () => {
    expect(tagsOf({ a: 'code', b: 'code', c: 3 }, ['a', 'b', 'c'])).toEqual(['code'])
  })

  it('name things by texts or numbers', () => {
    expect([nameOf('x'), nameOf(7), nameOf(7n), nameOf(' '), nameOf(null)]).toEqual([
      'x',
      '7',
      '7',
      undefined,
      undefined,
    ])
  })

  it('say yes as JSON and as CSV write it', () => {
    expect([true, 1, '1', '1.0', 'True'].every(isTrue)).toBe(true)
    expect([false, 0, '0', 'no', null, undefined].some(isTrue)).toBe(false)
  })

  it('are listed in words', () => {
    expect(markOf(['a', 'b', 'c'])).toBe('has "a", "b" and "c"')
  })
})
