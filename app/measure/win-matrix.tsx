import { Link } from '@remix-run/react'
import { CellTips } from '#app/ui/cell-tips.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import { GlossaryWord } from './glossary-word.tsx'
import { cellsOf, cellWords } from './pair-cell.ts'
import type { PairRow } from './standings.ts'
import { standingsSayIn } from './standings-words.ts'

/** From amber (the row loses) over paper to teal (the row wins). */
const shade = (share: number): string => {
  const strength = Math.round(Math.min(1, Math.abs(share - 0.5) * 2.4) * 40)
  const hue = share >= 0.5 ? 'var(--m3)' : 'var(--m2)'
  return `color-mix(in oklab, ${hue} ${strength}%, var(--sunken))`
}

/** More rows and columns than this nobody can read at once; the file has all. */
const mostShown = 40
/** The columns of more models than this have numbers for names. */
const mostNamed = 12

/** Who beats whom: the share of comparisons that the row's model wins against the column's. */
export function WinMatrix({
  models,
  pairs,
  address,
}: {
  models: readonly { id: string; label: string }[]
  pairs: readonly PairRow[]
  /** Where the comparisons behind a cell are shown. */
  address: string
}) {
  const cells = cellsOf(pairs)
  const { say, figures } = useSaying(standingsSayIn)
  const shown = models.slice(0, mostShown)
  const isNumbered = shown.length > mostNamed
  return (
    <>
      {shown.length < models.length ? (
        <p className="mb-3 text-sm text-ink-2">
          {say('firstModels', { shown: shown.length, models: models.length })}
        </p>
      ) : null}
      <p className="mb-3 text-sm text-ink-2">
        {say('inEachCell')} <GlossaryWord term="share_won">{say('shareWon')}</GlossaryWord>
        {' · '}
        <GlossaryWord term="meetings">{say('meetings')}</GlossaryWord>
      </p>
      <CellTips>
        <WideBox label={say('matrix')}>
          <table className="border-separate border-spacing-1 text-[13px]">
            <caption className="sr-only">{say('matrix')}</caption>
            <thead>
              <tr>
                <td />
                {shown.map((model, place) => (
                  <th
                    key={model.id}
                    scope="col"
                    className="max-w-24 truncate px-1 pb-1 font-medium"
                    title={model.label}
                  >
                    {isNumbered ? place + 1 : model.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row, place) => (
                <tr key={row.id}>
                  <th
                    scope="row"
                    className="max-w-52 truncate pr-3 text-left font-medium"
                    title={row.label}
                  >
                    {isNumbered ? `${place + 1} ` : ''}
                    {row.label}
                  </th>
                  {shown.map((column) => {
                    const found = cells.get(`${row.id}|${column.id}`)
                    if (!found) return <td key={column.id} className="min-w-14" />
                    const { share, wins, losses, ties, bothBad } = found
                    const words = cellWords(found, {
                      row: row.label,
                      column: column.label,
                      say,
                      figures,
                    })
                    return (
                      <td
                        key={column.id}
                        className="h-10 min-w-14 rounded-md text-center font-semibold"
                        style={{ background: shade(share) }}
                      >
                        <Link
                          to={`${address}?one=${row.id}&other=${column.id}`}
                          className="block py-1"
                          aria-label={words}
                          data-tip={words}
                        >
                          {figures.hundredths(share, 0)}
                          <span className="block text-[11px] leading-none font-normal">
                            n {wins + losses + ties + bothBad}
                          </span>
                        </Link>
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </CellTips>
    </>
  )
}
