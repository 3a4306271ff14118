import { Link } from '@remix-run/react'
import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp, Flag } from 'lucide-react'
import { Tooltip } from 'radix-ui'
import { type ReactNode, useMemo } from 'react'
import { counted } from '#app/base/text.ts'
import { whole } from '#app/ui/figures.ts'
import { type FigureColumn, figureColumns, writtenFigure, writtenRest } from './rater-columns.ts'
import type { RaterOnPage } from './rater-page.server.ts'
import { RaterStanding } from './rater-standing.tsx'

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})
type Column = ColumnDef<typeof features, RaterOnPage>

const definitions: Record<string, string> = {
  rater: 'The pseudonym under which the rater’s work is kept.',
  signals:
    'Signals that are worth a look, after control of false alarms over all raters and signals: one in twenty may still be chance. They are no verdicts on people.',
  judgments: 'Judgments of work that count: neither withdrawn nor extra.',
  ...Object.fromEntries(figureColumns.map(({ id, definition }) => [id, definition])),
}

/** Where a rater without a figure goes when the column is sorted: to the end. */
const orLast = (value: number | null | undefined) => value ?? Number.NEGATIVE_INFINITY

/** A figure with its interval and n; one that is worth a look carries a flag and the words. */
export function FigureCell({ column, rater }: { column: FigureColumn; rater: RaterOnPage }) {
  const figure = rater.row?.figures[column.id]
  if (!figure) return <span className="text-ink-3">not measured yet</span>
  const signal = rater.row?.signals.find(({ kind }) => kind === column.signal)
  return (
    <span className="block">
      <span className={signal ? 'marked font-semibold' : 'font-semibold'}>
        {signal ? (
          <>
            <Flag size={13} aria-hidden="true" className="mr-1 inline align-[-1px] text-rubric" />
            <span className="sr-only">Worth a look: </span>
          </>
        ) : null}
        {writtenFigure(column, figure)}
      </span>
      <span
        className={`block text-[12.5px] text-ink-3 ${figure.reason === undefined ? 'md:whitespace-nowrap' : 'max-w-44 whitespace-normal md:min-w-24'}`}
      >
        {writtenRest(column, figure)}
      </span>
    </span>
  )
}

function columnsOf(hrefOf: (raterId: string) => string): Column[] {
  return [
    {
      id: 'rater',
      header: 'Rater',
      accessorFn: (rater) => rater.pseudonym,
      cell: ({ row: { original: rater } }) => (
        <span className="block min-w-32">
          <Link
            to={hrefOf(rater.id)}
            className="link font-semibold"
            title={rater.name ?? undefined}
            dir="auto"
          >
            {rater.pseudonym}
          </Link>
          {rater.name ? (
            <span className="block text-[13px] text-ink-2" dir="auto">
              {rater.name}
            </span>
          ) : null}
          <RaterStanding rater={rater} />
        </span>
      ),
      sortFn: 'basic',
    },
    {
      id: 'signals',
      header: 'Worth a look',
      accessorFn: (rater) => rater.row?.signals.length ?? 0,
      cell: ({ row: { original: rater } }) => <SignalCount rater={rater} />,
      sortFn: 'basic',
    },
    {
      id: 'judgments',
      header: 'Judgments',
      accessorFn: (rater) => rater.row?.judgments ?? 0,
      cell: ({ row: { original: rater } }) => (
        <>
          {whole(rater.row?.judgments ?? 0)}
          {rater.row && rater.row.withdrawn > 0 ? (
            <span className="block text-[12.5px] text-ink-3">
              {whole(rater.row.withdrawn)} withdrawn
            </span>
          ) : null}
        </>
      ),
      sortFn: 'basic',
    },
    ...figureColumns.map(
      (column): Column => ({
        id: column.id,
        header: column.title,
        accessorFn: (rater) => orLast(rater.row?.figures[column.id].value),
        cell: ({ row }) => <FigureCell column={column} rater={row.original} />,
        sortFn: 'basic',
      }),
    ),
  ]
}

function SignalCount({ rater }: { rater: RaterOnPage }) {
  const count = rater.row?.signals.length ?? 0
  if (count === 0) return <span className="text-ink-3">–</span>
  return (
    <span className="chip !min-h-0 border-rubric !px-2.5 !py-1 text-ink">
      <Flag size={13} aria-hidden="true" className="text-rubric" />
      {counted(count, 'signal')}
    </span>
  )
}

/** The raters of a campaign: sorted by a click on a head, whose definition shows on hover and focus. */
export function RaterTable({
  raters,
  shown,
  hrefOf,
}: {
  raters: RaterOnPage[]
  /** Ids of the columns that are shown beside the rater. */
  shown: readonly string[]
  /** Must stay the same between renders. */
  hrefOf: (raterId: string) => string
}) {
  const columns = useMemo(() => columnsOf(hrefOf), [hrefOf])
  const columnVisibility = useMemo(
    () =>
      Object.fromEntries(columns.map(({ id = '' }) => [id, id === 'rater' || shown.includes(id)])),
    [columns, shown],
  )
  const table = useTable({
    features,
    columns,
    data: raters,
    getRowId: (rater) => rater.id,
    initialState: { sorting: [{ id: 'signals', desc: true }] },
    state: { columnVisibility },
  })
  return (
    <Tooltip.Provider delayDuration={150}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keyboard. */}
      <section className="overflow-x-auto" tabIndex={0} aria-label="Table of raters">
        <table className="data-table">
          <caption className="sr-only">Raters of the campaign with their figures</caption>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted()
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      className={header.column.id === 'rater' ? '' : 'num'}
                      aria-sort={
                        sorted === 'asc'
                          ? 'ascending'
                          : sorted === 'desc'
                            ? 'descending'
                            : undefined
                      }
                    >
                      <Defined definition={definitions[header.column.id] ?? ''}>
                        <button
                          type="button"
                          className="inline-flex items-center gap-1 underline decoration-line-strong decoration-dotted underline-offset-4"
                          onClick={header.column.getToggleSortingHandler()}
                        >
                          <table.FlexRender header={header} />
                          {sorted === 'asc' ? <ArrowUp size={12} aria-hidden="true" /> : null}
                          {sorted === 'desc' ? <ArrowDown size={12} aria-hidden="true" /> : null}
                        </button>
                      </Defined>
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} className={cell.column.id === 'rater' ? '' : 'num'}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Tooltip.Provider>
  )
}

/** What a word means, above it, while the pointer or the focus is on it. */
function Defined({ definition, children }: { definition: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          side="top"
          sideOffset={6}
          collisionPadding={12}
          className="z-50 max-w-80 rounded-lg border border-line bg-surface px-3 py-2 text-[13px] text-ink-2 shadow-card"
        >
          {definition}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

const bySignals = (one: RaterOnPage, other: RaterOnPage): number =>
  (other.row?.signals.length ?? 0) - (one.row?.signals.length ?? 0)

/** The same on a narrow screen: a card for each rater, those worth a look first. */
export function RaterCards({
  raters,
  shown,
  hrefOf,
}: {
  raters: readonly RaterOnPage[]
  shown: readonly string[]
  hrefOf: (raterId: string) => string
}) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {[...raters].sort(bySignals).map((rater) => (
        <li key={rater.id} className="card grid grid-cols-[minmax(0,1fr)] gap-3">
          <div className="flex flex-wrap items-start gap-3">
            <div className="min-w-0 grow">
              <Link
                to={hrefOf(rater.id)}
                className="link inline-block py-1 font-semibold"
                dir="auto"
              >
                {rater.pseudonym}
              </Link>
              {rater.name ? (
                <span className="block text-[13px] text-ink-2" dir="auto">
                  {rater.name}
                </span>
              ) : null}
              <RaterStanding rater={rater} />
            </div>
            <SignalCount rater={rater} />
          </div>
          <dl className="grid grid-cols-2 gap-3 text-sm [&>div]:min-w-0">
            <div>
              <dt className="text-[13px] text-ink-3">Judgments</dt>
              <dd className="font-semibold">{whole(rater.row?.judgments ?? 0)}</dd>
            </div>
            {figureColumns
              .filter(({ id }) => shown.includes(id))
              .map((column) => (
                <div key={column.id}>
                  <dt className="text-[13px] text-ink-3">{column.title}</dt>
                  <dd>
                    <FigureCell column={column} rater={rater} />
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}
