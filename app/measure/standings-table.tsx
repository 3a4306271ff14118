import { useMemo } from 'react'
import { useLanguage } from '#app/ui/language.tsx'
import { type Figures, figuresOf, type Language } from '#app/ui/languages.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import { type MeasuredSay, measuredSayIn } from './measured-words.ts'
import type { ScoreRow, StandingRow } from './standings.ts'
import { type StandingsSay, standingsSayIn } from './standings-words.ts'
import { storedSayIn } from './stored-words.ts'

const rankOf = (row: StandingRow): string =>
  row.rank_low === null
    ? '–'
    : row.rank_low === row.rank_high
      ? String(row.rank_low)
      : `${row.rank_low}–${row.rank_high}`

/** Where a model without a figure goes when the column is sorted: to the end. */
const orLast = (value: number | null) => value ?? Number.NEGATIVE_INFINITY

interface Spoken {
  say: StandingsSay
  shared: MeasuredSay
  stored: (sentence: string) => string
  figures: Figures
}

/** Of numbers that are no shares. */
const fromTo = (
  low: number | null,
  high: number | null,
  write: (value: number | null) => string,
) => (low === null ? '–' : `${write(low)}–${write(high)}`)

const columnsOf = ({ say, shared, stored, figures }: Spoken): Column<StandingRow>[] => [
  {
    id: 'rank',
    header: say('rank'),
    accessorFn: (row) => row.rank_low ?? Number.POSITIVE_INFINITY,
    cell: ({ row }) => rankOf(row.original),
    sortFn: 'basic',
  },
  {
    id: 'model',
    header: shared('model'),
    accessorFn: (row) => row.model,
    cell: ({ row }) => (
      <span>
        <span className="font-semibold md:whitespace-nowrap">
          <Swatch place={row.original.color} />
          {row.original.model}
        </span>
        {row.original.reason ? (
          <span className="block text-[13px] text-ink-3">{stored(row.original.reason)}</span>
        ) : null}
      </span>
    ),
    sortFn: 'basic',
  },
  {
    id: 'win_rate',
    header: say('winRate'),
    accessorFn: (row) => orLast(row.win_rate),
    cell: ({ row }) => <strong>{figures.share(row.original.win_rate)}</strong>,
    sortFn: 'basic',
  },
  {
    id: 'interval',
    header: shared('interval'),
    accessorFn: (row) => orLast(row.win_rate_low),
    cell: ({ row }) => figures.interval(row.original.win_rate_low, row.original.win_rate_high),
    sortFn: 'basic',
  },
  {
    id: 'rating',
    header: say('rating'),
    accessorFn: (row) => orLast(row.rating),
    cell: ({ row }) => figures.decimal(row.original.rating, 0),
    sortFn: 'basic',
  },
  {
    id: 'rating_interval',
    header: shared('interval'),
    accessorFn: (row) => orLast(row.rating_low),
    cell: ({ row }) =>
      fromTo(row.original.rating_low, row.original.rating_high, (value) =>
        figures.decimal(value, 0),
      ),
    sortFn: 'basic',
  },
  ...(['wins', 'losses', 'ties', 'both_bad', 'judgments'] as const).map(
    (id): Column<StandingRow> => ({
      id,
      header: say(id),
      accessorFn: (row) => row[id],
      cell: ({ row }) => figures.whole(row.original[id]),
      sortFn: 'basic',
    }),
  ),
]

/** Ties as a share, where they are a category of their own. */
const tieRate = ({ say, figures }: Spoken): Column<StandingRow> => ({
  id: 'tie_rate',
  header: say('tieRate'),
  accessorFn: (row) => orLast(row.tie_rate ?? null),
  cell: ({ row: { original } }) =>
    original.tie_rate === undefined
      ? '–'
      : `${figures.share(original.tie_rate)} (${figures.interval(original.tie_rate_low ?? null, original.tie_rate_high ?? null)})`,
  sortFn: 'basic',
})

const effectiveTasks = ({ say, figures }: Spoken): Column<StandingRow> => ({
  id: 'effective_tasks',
  header: say('effective'),
  accessorFn: (row) => row.effective_tasks ?? 0,
  cell: ({ row }) => figures.whole(Math.round(row.original.effective_tasks ?? 0)),
  sortFn: 'basic',
})

const numeric = [
  'win_rate',
  'interval',
  'tie_rate',
  'rating',
  'rating_interval',
  'wins',
  'losses',
  'ties',
  'both_bad',
  'judgments',
  'effective_tasks',
]

const spokenIn = (language: Language): Spoken => ({
  say: standingsSayIn(language),
  shared: measuredSayIn(language),
  stored: storedSayIn(language),
  figures: figuresOf(language),
})

/** The standings as a table: every figure with its interval and what it rests on. */
export function StandingsTable({ rows }: { rows: StandingRow[] }) {
  const language = useLanguage()
  const isWeighted = rows.some((row) => row.effective_tasks !== undefined)
  const hasTies = rows.some((row) => row.tie_rate !== undefined)
  const columns = useMemo(() => {
    const spoken = spokenIn(language)
    return [
      ...columnsOf(spoken),
      ...(hasTies ? [tieRate(spoken)] : []),
      ...(isWeighted ? [effectiveTasks(spoken)] : []),
    ]
  }, [language, isWeighted, hasTies])
  return (
    <SortableTable
      caption={standingsSayIn(language)('table')}
      columns={columns}
      rows={rows}
      numeric={numeric}
      narrowHidden={[
        'rating_interval',
        'wins',
        'losses',
        'ties',
        'both_bad',
        'tie_rate',
        'effective_tasks',
      ]}
    />
  )
}

const scoreColumnsOf = ({ say, shared, stored, figures }: Spoken): Column<ScoreRow>[] => [
  {
    id: 'criterion',
    header: say('criterion'),
    accessorFn: (row) => row.criterion,
    sortFn: 'basic',
  },
  {
    id: 'model',
    header: shared('model'),
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
    header: say('mean'),
    accessorFn: (row) => row.mean,
    cell: ({ row }) => <strong>{figures.decimal(row.original.mean)}</strong>,
    sortFn: 'basic',
  },
  {
    id: 'interval',
    header: shared('interval'),
    accessorFn: (row) => orLast(row.low),
    cell: ({ row }) =>
      row.original.low === null
        ? stored(row.original.reason ?? '–')
        : fromTo(row.original.low, row.original.high, (value) => figures.decimal(value)),
    sortFn: 'basic',
  },
  {
    id: 'prompts',
    header: shared('prompts'),
    accessorFn: (row) => row.prompts,
    cell: ({ row }) => figures.whole(row.original.prompts),
    sortFn: 'basic',
  },
  {
    id: 'judgments',
    header: say('judgments'),
    accessorFn: (row) => row.judgments,
    cell: ({ row }) => figures.whole(row.original.judgments),
    sortFn: 'basic',
  },
]

/** Mean scores of a rubric, criterion by criterion. */
export function ScoresTable({ rows }: { rows: ScoreRow[] }) {
  const language = useLanguage()
  const columns = useMemo(() => scoreColumnsOf(spokenIn(language)), [language])
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
      caption={standingsSayIn(language)('scoreTable')}
      columns={columns}
      rows={sorted}
      numeric={['mean', 'interval', 'prompts', 'judgments']}
      narrowHidden={['prompts']}
    />
  )
}
