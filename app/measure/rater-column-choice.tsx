import { useSearchParams } from '@remix-run/react'
import { useCallback, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { raterColumnSayIn } from './rater-column-words.ts'
import { figureColumns } from './rater-columns.ts'
import { ratersSayIn } from './raters-words.ts'

const choices = [
  { id: 'signals', isUsual: true },
  { id: 'judgments', isUsual: true },
  ...figureColumns,
] as const

/** The columns that an address asks for; the usual ones where it asks for none. */
export const shownColumns = (chosen: string | null): string[] =>
  chosen === null
    ? choices.filter(({ isUsual }) => isUsual).map(({ id }): string => id)
    : choices.map(({ id }): string => id).filter((id) => chosen.split(' ').includes(id))

/** The columns that are shown, and how one is put in or left out: at once, and in the address. */
export function useShownColumns(): [shown: string[], toggle: (id: string) => void] {
  const [search, setSearch] = useSearchParams()
  const [shown, setShown] = useState(() => shownColumns(search.get('columns')))
  const toggle = useCallback(
    (id: string) => {
      const next = shown.includes(id) ? shown.filter((one) => one !== id) : [...shown, id]
      setShown(next)
      const change = (before: URLSearchParams) => {
        before.set('columns', next.join(' '))
        return before
      }
      setSearch(change, { replace: true, preventScrollReset: true })
    },
    [shown, setSearch],
  )
  return [shown, toggle]
}

/** Which columns are shown. */
export function RaterColumnChoice({
  shown,
  onToggle,
}: {
  shown: readonly string[]
  onToggle: (id: string) => void
}) {
  const { say } = useSaying(ratersSayIn)
  const { say: columnSay } = useSaying(raterColumnSayIn)
  return (
    <details>
      <summary className="w-fit text-sm text-ink-2">{say('columns')}</summary>
      <fieldset className="mt-3 flex flex-wrap gap-2">
        <legend className="sr-only">{say('columnsShown')}</legend>
        {choices.map(({ id }) => (
          <label key={id} className="chip has-focus-visible:outline-2">
            <input
              type="checkbox"
              className="accent-act"
              checked={shown.includes(id)}
              onChange={() => onToggle(id)}
            />
            {columnSay(id)}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
