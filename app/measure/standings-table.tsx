import { useMemo } from 'react'
import { ColumnChoice } from '#app/ui/column-choice.tsx'
import { useLanguage, useSaying } from '#app/ui/language.tsx'
import { type Figures, figuresOf, type Language } from '#app/ui/languages.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import type { Choosable } from '#app/ui/table-view.ts'
import { useShownColumns, useSorting } from '#app/ui/use-table-view.ts'
import { type GlossaryTerm, glossarySayIn } from './glossary-words.ts'
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

const counts = ['wins', 'losses', 'ties', 'both_bad', 'cant_judge', 'judgments', 'prompts'] as const

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
        <span className="inline-block font-semibold max-md:min-w-32 md:whitespace-nowrap">
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
  {
    id: 'strength',
    header: say('strength'),
    accessorFn: (row) => orLast(row.strength),
    cell: ({ row }) => figures.decimal(row.original.strength),
    sortFn: 'basic',
  },
  {
    id: 'strength_interval',
    header: shared('interval'),
    accessorFn: (row) => orLast(row.strength_low),
    cell: ({ row: { original } }) =>
      original.strength_low === null || original.strength_high === null
        ? '–'
        : shared('fromTo', {
            low: figures.decimal(original.strength_low),
            high: figures.decimal(original.strength_high),
          }),
    sortFn: 'basic',
  },
  ...counts.map(
    (id): Column<StandingRow> => ({
      id,
      header: id === 'prompts' ? shared(id) : say(id),
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

/** What may be left out of the table beside rank and model, and whether it is there as usual. */
const choosable = [
  { id: 'win_rate', isUsual: true },
  { id: 'interval', isUsual: true },
  { id: 'rating', isUsual: true },
  { id: 'rating_interval', isUsual: true },
  { id: 'strength', isUsual: false },
  { id: 'strength_interval', isUsual: false },
  { id: 'wins', isUsual: true },
  { id: 'losses', isUsual: true },
  { id: 'ties', isUsual: true },
  { id: 'both_bad', isUsual: true },
  { id: 'cant_judge', isUsual: false },
  { id: 'judgments', isUsual: true },
  { id: 'prompts', isUsual: false },
  { id: 'tie_rate', isUsual: true },
  { id: 'effective_tasks', isUsual: true },
] as const satisfies readonly Choosable[]

const numeric = choosable.map(({ id }) => id)
/** What a narrow screen shows until somebody chooses. */
const narrow: readonly string[] = ['win_rate', 'interval', 'rating', 'judgments']
const notNarrow = numeric.filter((id) => !narrow.includes(id))

const terms = {
  rank: 'rank',
  model: 'model',
  ...Object.fromEntries(
    choosable.map(({ id }) => [id, id === 'interval' ? 'win_interval' : id] as const),
  ),
} satisfies Record<string, GlossaryTerm>

const scoreTerms = {
  criterion: 'criterion',
  model: 'model',
  mean: 'mean',
  interval: 'mean_interval',
  prompts: 'score_prompts',
  judgments: 'score_judgments',
} satisfies Record<string, GlossaryTerm>

const spokenIn = (language: Language): Spoken => ({
  say: standingsSayIn(language),
  shared: measuredSayIn(language),
  stored: storedSayIn(language),
  figures: figuresOf(language),
})

/** The standings as a table: every figure with its interval and what it rests on. */
export function StandingsTable({ rows }: { rows: StandingRow[] }) {
  const { say, language } = useSaying(standingsSayIn)
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
  const offered = choosable.filter(({ id }) => columns.some((column) => column.id === id))
  return (
    <ChosenTable
      caption={say('table')}
      columns={columns}
      rows={rows}
      rowId={({ model_id }) => model_id}
      always={['rank', 'model']}
      choices={offered}
      nameOf={(id) => say(`column.${id}`)}
      terms={terms}
      numeric={numeric}
      narrowHidden={notNarrow}
    />
  )
}

/** A table with the choice of its columns above it. */
function ChosenTable<Row extends StandingRow | ScoreRow, Id extends string>({
  always,
  choices,
  nameOf,
  terms,
  narrowHidden,
  ...table
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  rowId: (row: Row) => string
  /** Columns without which the rest says nothing. */
  always: readonly string[]
  choices: readonly { id: Id; isUsual: boolean }[]
  nameOf: (id: Id) => string
  /** The glossary's word for each column. */
  terms: Readonly<Record<string, GlossaryTerm>>
  numeric: readonly string[]
  narrowHidden: readonly string[]
}) {
  const { say } = useSaying(measuredSayIn)
  const { say: glossary } = useSaying(glossarySayIn)
  const [shown, toggle] = useShownColumns(choices)
  const order = useSorting(none)
  const isUsual = choices.every((choice) => choice.isUsual === shown.includes(choice.id))
  const visible = [...always, ...shown]
  return (
    <div className="grid gap-3">
      <ColumnChoice
        title={say('columns')}
        legend={say('columnsShown')}
        columns={choices.map(({ id }) => ({ id, name: nameOf(id) }))}
        shown={shown}
        onToggle={toggle}
      />
      <section className="card !p-2.5">
        <SortableTable
          {...table}
          shown={visible}
          order={order}
          definitionOf={(id) => terms[id] && glossary(terms[id])}
          narrowHidden={isUsual ? narrowHidden : none}
        />
      </section>
    </div>
  )
}

const none: never[] = []

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
      <span className="inline-block font-semibold max-md:min-w-32 md:whitespace-nowrap">
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

const choosableScores = [
  { id: 'mean', isUsual: true },
  { id: 'interval', isUsual: true },
  { id: 'prompts', isUsual: true },
  { id: 'judgments', isUsual: true },
] as const satisfies readonly Choosable[]

/** Mean scores of a rubric, criterion by criterion. */
export function ScoresTable({ rows }: { rows: ScoreRow[] }) {
  const language = useLanguage()
  const { say, shared } = spokenIn(language)
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
  const names = {
    mean: say('mean'),
    interval: shared('interval'),
    prompts: shared('prompts'),
    judgments: say('column.judgments'),
  }
  return (
    <ChosenTable
      caption={say('scoreTable')}
      columns={columns}
      rows={sorted}
      rowId={({ criterion, model_id }) => `${criterion} ${model_id}`}
      always={['criterion', 'model']}
      choices={choosableScores}
      nameOf={(id) => names[id]}
      terms={scoreTerms}
      numeric={choosableScores.map(({ id }) => id)}
      narrowHidden={['prompts']}
    />
  )
}
