/** In: raters with their figures. Out: a table that a spreadsheet opens, and runs nothing of. */
import { csvCell } from './csv-cell.ts'
import { figureColumns } from './rater-columns.ts'
import type { RaterRow } from './rater-figures.ts'

export interface PrintedRater {
  pseudonym: string
  status: string
  phase: string
  inHand: number
  row: RaterRow | null
}

const plain = ['rater', 'status', 'phase', 'in_hand', 'judgments', 'extra', 'withdrawn'] as const

/** Lines of CSV with a head: each figure with its bounds, its n and, where it is absent, the reason. */
export function printRaters(raters: readonly PrintedRater[]): string {
  const head = [
    ...plain,
    ...figureColumns.flatMap(({ id }) => [id, `${id}_low`, `${id}_high`, `${id}_n`, `${id}_note`]),
    'worth_a_look',
  ]
  const lines = raters.map(({ pseudonym, status, phase, inHand, row }) => [
    pseudonym,
    status,
    phase,
    inHand,
    row?.judgments ?? 0,
    row?.extra ?? 0,
    row?.withdrawn ?? 0,
    ...figureColumns.flatMap(({ id }) => {
      const figure = row?.figures[id]
      if (!figure) return [null, null, null, null, 'not measured yet']
      return [figure.value, figure.low, figure.high, figure.n, figure.reason ?? null]
    }),
    row?.signals.map(({ words }) => words).join(' ') ?? null,
  ])
  return `${[head, ...lines].map((line) => line.map(csvCell).join(',')).join('\r\n')}\r\n`
}
