import { useMemo } from 'react'
import { decimal, interval, percent, whole } from '#app/ui/figures.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import type { ScoreRow, StandingRow } from './standings.ts'

const rankOf = (row: StandingRow): string =>
  row.rank_low === null
    ? '–'
    : row.rank_low === row.rank_high
      ? String(row.rank_low)
      : `${row.rank_low}–${row.rank_high}`

/** Where a model without a figure goes when the column is sorted: to the end. */
const orLast = (value: number | null) => value ?? Number.NEGATIVE_INFINITY

const columns: Column<StandingRow>[] = [
  {
    id: 'rank',
    header: 'Rank',
    accessorFn: (row) => row.rank_low ?? Number.POSITIVE_INFINITY,
    cell: ({ row }) => rankOf(row.original),
    sortFn: 'basic',
  },
  {
    id: 'model',
    header: 'Model',
    accessorFn: (row) => row.model,
    cell: ({ row }) => (
      <span>
        <span className="font-semibold md:whitespace-nowrap">
          <Swatch place={row.original.color} />
          {row.original.model}
        </span>
        {row.original.reason ? (
          <span className="block text-[13px] text-ink-3">{row.original.reason}</span>
        ) : null}
      </span>
    ),
    sortFn: 'basic',
  },
  {
    id: 'win_rate',
    header: 'Win rate',
    accessorFn: (row) => orLast(row.win_rate),
    cell: ({ row }) => <strong>{percent(row.original.win_rate)}</strong>,
    sortFn: 'basic',
  },
  {
    id: 'interval',
    header: '95 % interval',
    accessorFn: (row) => orLast(row.win_rate_low),
    cell: ({ row }) => interval(row.original.win_rate_low, row.original.win_rate_high),
    sortFn: 'basic',
  },
  {
    id: 'rating',
    header: 'Rating',
    accessorFn: (row) => orLast(row.rating),
    cell: ({ row }) => decimal(row.original.rating, 0),
    sortFn: 'basic',
  },
  {
    id: 'rating_interval',
    header: '95 % interval',
    accessorFn: (row) => orLast(row.rating_low),
    cell: ({ row }) =>
      row.original.rating_low === null
        ? '–'
        : `${decimal(row.original.rating_low, 0)}–${decimal(row.original.rating_high, 0)}`,
    sortFn: 'basic',
  },
  ...(
    [
      ['wins', 'Wins'],
      ['losses', 'Losses'],
      ['ties', 'Ties'],
      ['both_bad', 'Both bad'],
      ['judgments', 'n'],
    ] as const
  ).map(
    ([id, header]): Column<StandingRow> => ({
      id,
      header,
      accessorFn: (row) => row[id],
      cell: ({ row }) => whole(row.original[id]),
      sortFn: 'basic',
    }),
  ),
]

const effectiveTasks: Column<StandingRow> = {
  id: 'effective_tasks',
  header: 'Effective tasks',
  accessorFn: (row) => row.effective_tasks ?? 0,
  cell: ({ row }) => whole(Math.round(row.original.effective_tasks ?? 0)),
  sortFn: 'basic',
}

const numeric = [
  'win_rate',
  'interval',
  'rating',
  'rating_interval',
  'wins',
  'losses',
  'ties',
  'both_bad',
  'judgments',
  'effective_tasks',
]

const weightedColumns = [...columns, effectiveTasks]

/** The standings as a table: every figure with its interval and what it rests on. */
export const StandingsTable = ({ rows }: { rows: StandingRow[] }) => (
  <SortableTable
    caption="Standings of the models"
    columns={rows.some((row) => row.effective_tasks !== undefined) ? weightedColumns : columns}
    rows={rows}
    numeric={numeric}
    narrowHidden={['rating_interval', 'wins', 'losses', 'ties', 'both_bad', 'effective_tasks']}
  />
)

const scoreColumns: Column<ScoreRow>[] = [
  { id: 'criterion', header: 'Criterion', accessorFn: (row) => row.criterion, sortFn: 'basic' },
  {
    id: 'model',
    header: 'Model',
    accessorFn: (row) => row.model,
    cell: ({ row }) => (
      <span className="font-semibold md:whitespace-nowrap">
        <Swatch place={row.original.color} />
        {row.original.model}
      </span>
    ),
    sortFn: 'basic',
  },
  {
    id: 'mean',
    header: 'Mean',
    accessorFn: (row) => row.mean,
    cell: ({ row }) => <strong>{decimal(row.original.mean)}</strong>,
    sortFn: 'basic',
  },
  {
    id: 'interval',
    header: '95 % interval',
    accessorFn: (row) => orLast(row.low),
    cell: ({ row }) =>
      row.original.low === null
        ? (row.original.reason ?? '–')
        : `${decimal(row.original.low)}–${decimal(row.original.high)}`,
    sortFn: 'basic',
  },
  {
    id: 'prompts',
    header: 'Prompts',
    accessorFn: (row) => row.prompts,
    cell: ({ row }) => whole(row.original.prompts),
    sortFn: 'basic',
  },
  {
    id: 'judgments',
    header: 'n',
    accessorFn: (row) => row.judgments,
    cell: ({ row }) => whole(row.original.judgments),
    sortFn: 'basic',
  },
]

/** Mean scores of a rubric, criterion by criterion. */
export function ScoresTable({ rows }: { rows: ScoreRow[] }) {
  const sorted = useMemo(
    () =>
      [...rows].sort((one, other) =>
        one.criterion === other.criterion
          ? other.mean - one.mean
          : one.criterion < other.criterion
            ? -1
            : 1,
      ),
    [rows],
  )
  return (
    <SortableTable
      caption="Mean scores of the models"
      columns={scoreColumns}
      rows={sorted}
      numeric={['mean', 'interval', 'prompts', 'judgments']}
      narrowHidden={['prompts']}
    />
  )
}
