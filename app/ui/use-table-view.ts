/** Which columns of a table are shown and how its rows stand: at once, and kept in the address. */
import { useSearchParams } from '@remix-run/react'
import { useCallback, useEffect, useState } from 'react'
import {
  askedColumns,
  askedSorting,
  type Choosable,
  type Sorting,
  shownColumns,
  sortingIn,
} from './table-view.ts'

/** What an address says under a name, and how it is made to say something else. */
function useAsked(name: 'columns' | 'sort'): [string | null, (asked: string | null) => void] {
  const [search, setSearch] = useSearchParams()
  const inAddress = search.get(name)
  const [asked, setAsked] = useState(inAddress)
  // The address may be changed by others, as by the way back.
  useEffect(() => setAsked(inAddress), [inAddress])
  const ask = useCallback(
    (next: string | null) => {
      setAsked(next)
      const change = (before: URLSearchParams) => {
        if (next === null) before.delete(name)
        else before.set(name, next)
        return before
      }
      setSearch(change, { replace: true, preventScrollReset: true })
    },
    [name, setSearch],
  )
  return [asked, ask]
}

/** The columns that are shown, and how one is put in or left out. */
export function useShownColumns(
  choices: readonly Choosable[],
): [shown: string[], toggle: (id: string) => void] {
  const [asked, ask] = useAsked('columns')
  const shown = shownColumns(choices, asked)
  const toggle = (id: string) =>
    ask(
      askedColumns(
        choices,
        shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id],
      ),
    )
  return [shown, toggle]
}

/** How rows stand, and how they are made to stand otherwise. */
export function useSorting(
  initial: readonly Sorting[],
): [sorting: readonly Sorting[], sort: (next: readonly Sorting[]) => void] {
  const [asked, ask] = useAsked('sort')
  const sort = useCallback((next: readonly Sorting[]) => ask(askedSorting(next)), [ask])
  return [sortingIn(asked) ?? initial, sort]
}
