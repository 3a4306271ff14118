import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import type { Figures } from '#app/ui/languages.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { PairRow } from './standings.ts'
import { type StandingsSay, standingsSayIn } from './standings-words.ts'

interface Cell {
  share: number
  low: number | null
  high: number | null
  wins: number
  losses: number
  ties: number
  bothBad: number
}

/** Each pair from both sides. */
function cellsOf(pairs: readonly PairRow[]): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const pair of pairs) {
    if (pair.score_a === null) continue
    const both = { ties: pair.ties, bothBad: pair.both_bad }
    cells.set(`${pair.a_id}|${pair.b_id}`, {
      share: pair.score_a,
      low: pair.score_a_low,
      high: pair.score_a_high,
      wins: pair.wins_a,
      losses: pair.wins_b,
      ...both,
    })
    cells.set(`${pair.b_id}|${pair.a_id}`, {
      share: 1 - pair.score_a,
      low: pair.score_a_high === null ? null : 1 - pair.score_a_high,
      high: pair.score_a_low === null ? null : 1 - pair.score_a_low,
      wins: pair.wins_b,
      losses: pair.wins_a,
      ...both,
    })
  }
  return cells
}

/** From amber (the row loses) over paper to teal (the row wins). */
const shade = (share: number): string => {
  const strength = Math.round(Math.min(1, Math.abs(share - 0.5) * 2.4) * 40)
  const hue = share >= 0.5 ? 'var(--m3)' : 'var(--m2)'
  return `color-mix(in oklab, ${hue} ${strength}%, var(--sunken))`
}

/** A cell in full, for whoever holds the pointer over it. */
function cellWords(
  { share, low, high, wins, losses, ties, bothBad }: Cell,
  {
    row,
    column,
    say,
    figures,
  }: { row: string; column: string; say: StandingsSay; figures: Figures },
): string {
  const values = {
    model: row,
    other: column,
    share: figures.share(share),
    wins: String(wins),
    losses: String(losses),
    ties: String(ties),
    bothBad: String(bothBad),
  }
  return low === null
    ? say('cell', values)
    : say('cellWithInterval', { ...values, low: figures.share(low), high: figures.share(high) })
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
                  return (
                    <td
                      key={column.id}
                      className="h-10 min-w-14 rounded-md text-center font-semibold"
                      style={{ background: shade(share) }}
                      title={cellWords(found, {
                        row: row.label,
                        column: column.label,
                        say,
                        figures,
                      })}
                    >
                      <Link
                        to={`${address}?one=${row.id}&other=${column.id}`}
                        className="block py-1"
                        aria-label={cellWords(found, {
                          row: row.label,
                          column: column.label,
                          say,
                          figures,
                        })}
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
    </>
  )
}
