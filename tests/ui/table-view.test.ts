/** What a lead sees of a table is kept in the address, and an address says nothing that is usual. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  askedColumns,
  askedSorting,
  isSameButForTable,
  shownColumns,
  sortingIn,
} from '#app/ui/table-view.ts'

const choices = [
  { id: 'rating', isUsual: true },
  { id: 'strength', isUsual: false },
  { id: 'wins', isUsual: true },
]

describe('The columns of a table', () => {
  it('are the usual ones where the address asks for none', () => {
    expect(shownColumns(choices, null)).toEqual(['rating', 'wins'])
  })

  it('are those that the address asks for, in the order of the table; what does not exist is ignored', () => {
    expect(shownColumns(choices, 'wins nonsense strength')).toEqual(['strength', 'wins'])
    expect(shownColumns(choices, '')).toEqual([])
  })

  it('come back from the address as they were chosen, and the usual ones leave no trace in it', () => {
    fc.assert(
      fc.property(fc.subarray(choices.map(({ id }) => id)), (shown) => {
        expect(shownColumns(choices, askedColumns(choices, shown))).toEqual(shown)
      }),
    )
    expect(askedColumns(choices, ['wins', 'rating'])).toBeNull()
  })
})

describe('The order of a table’s rows', () => {
  it.each([
    ['rating', [{ id: 'rating', desc: false }]],
    ['-win_rate', [{ id: 'win_rate', desc: true }]],
  ])('is kept as %s', (asked, sorting) => {
    expect(sortingIn(asked)).toEqual(sorting)
    expect(askedSorting(sorting)).toBe(asked)
  })

  it('is left to the table where the address does not say', () => {
    expect([null, '', '-'].map(sortingIn)).toEqual([undefined, undefined, undefined])
    expect(askedSorting([])).toBeNull()
  })
})

describe('Another look at the same rows', () => {
  const at = (address: string) => new URL(address, 'http://localhost')

  it('asks the server for nothing', () => {
    expect(isSameButForTable(at('/a?tag=x'), at('/a?tag=x&columns=wins&sort=-wins'))).toBe(true)
  })

  it.each([
    ['/a?columns=wins', '/a?columns=wins&tag=x'],
    ['/a?columns=wins', '/b?columns=wins&sort=x'],
    ['/a', '/a'],
  ])('is not taken for one where %s becomes %s', (one, other) => {
    expect(isSameButForTable(at(one), at(other))).toBe(false)
  })
})
