import { Link } from '@remix-run/react'
import { Flag } from 'lucide-react'
import { useMemo } from 'react'
import { Term } from '#app/ui/defined.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import { useSorting } from '#app/ui/use-table-view.ts'
import { glossarySayIn } from './glossary-words.ts'
import { raterColumnSayIn } from './rater-column-words.ts'
import { type FigureColumn, figureColumns, writtenFigure, writtenRest } from './rater-columns.ts'
import type { RaterOnPage } from './rater-page.server.ts'
import { RaterStanding } from './rater-standing.tsx'
import { ratersSayIn } from './raters-words.ts'

/** What each column means, by its id. */
function definitionsIn(language: Language): ReadonlyMap<string, string> {
  const say = glossarySayIn(language)
  const ids = ['rater', 'signals', 'judgments', ...figureColumns.map(({ id }) => id)] as const
  return new Map(ids.map((id) => [id, say(`rater.${id}`)]))
}

/** Where a rater without a figure goes when the column is sorted: to the end. */
const orLast = (value: number | null | undefined) => value ?? Number.NEGATIVE_INFINITY

/** A figure with its interval and n; one that is worth a look carries a flag and the words. */
export function FigureCell({ column, rater }: { column: FigureColumn; rater: RaterOnPage }) {
  const { say, language } = useSaying(ratersSayIn)
  const figure = rater.row?.figures[column.id]
  if (!figure) return <span className="text-ink-3">{say('notMeasured')}</span>
  const signal = rater.row?.signals.find(({ kind }) => kind === column.signal)
  return (
    <span className="block">
      <span className={signal ? 'marked font-semibold' : 'font-semibold'}>
        {signal ? (
          <>
            <Flag size={13} aria-hidden="true" className="mr-1 inline align-[-1px] text-rubric" />
            <span className="sr-only">{say('worthALook')} </span>
          </>
        ) : null}
        {writtenFigure(column, figure, language)}
      </span>
      <span
        className={`block text-[12.5px] text-ink-3 ${figure.reason === undefined ? 'md:whitespace-nowrap' : 'max-w-44 whitespace-normal md:min-w-24'}`}
      >
        {writtenRest(column, figure, language)}
      </span>
    </span>
  )
}

function columnsOf(hrefOf: (raterId: string) => string, language: Language): Column<RaterOnPage>[] {
  const say = ratersSayIn(language)
  const columnSay = raterColumnSayIn(language)
  const { whole } = figuresOf(language)
  return [
    {
      id: 'rater',
      header: columnSay('rater'),
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
      header: columnSay('signals'),
      accessorFn: (rater) => rater.row?.signals.length ?? 0,
      cell: ({ row: { original: rater } }) => <SignalCount rater={rater} />,
      sortFn: 'basic',
    },
    {
      id: 'judgments',
      header: columnSay('judgments'),
      accessorFn: (rater) => rater.row?.judgments ?? 0,
      cell: ({ row: { original: rater } }) => (
        <>
          {whole(rater.row?.judgments ?? 0)}
          {rater.row && rater.row.withdrawn > 0 ? (
            <span className="block text-[12.5px] text-ink-3">
              {say('withdrawnCount', { judgments: rater.row.withdrawn })}
            </span>
          ) : null}
        </>
      ),
      sortFn: 'basic',
    },
    ...figureColumns.map(
      (column): Column<RaterOnPage> => ({
        id: column.id,
        header: columnSay(column.id),
        accessorFn: (rater) => orLast(rater.row?.figures[column.id].value),
        cell: ({ row }) => <FigureCell column={column} rater={row.original} />,
        sortFn: 'basic',
      }),
    ),
  ]
}

function SignalCount({ rater }: { rater: RaterOnPage }) {
  const { say } = useSaying(ratersSayIn)
  const count = rater.row?.signals.length ?? 0
  if (count === 0) return <span className="text-ink-3">–</span>
  return (
    <span className="chip !min-h-0 border-rubric !px-2.5 !py-1 text-ink">
      <Flag size={13} aria-hidden="true" className="text-rubric" />
      {say('signalCount', { count })}
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
  const { say, language } = useSaying(ratersSayIn)
  const columns = useMemo(() => columnsOf(hrefOf, language), [hrefOf, language])
  const definitions = useMemo(() => definitionsIn(language), [language])
  const order = useSorting(mostSignals)
  return (
    <SortableTable
      caption={say('tableCaption')}
      label={say('table')}
      columns={columns}
      rows={raters}
      rowId={(rater) => rater.id}
      shown={['rater', ...shown]}
      order={order}
      definitionOf={(id) => definitions.get(id)}
      numeric={numeric}
    />
  )
}

const mostSignals = [{ id: 'signals', desc: true }]
const numeric = ['signals', 'judgments', ...figureColumns.map(({ id }) => id)]

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
  const { say: columnSay, figures } = useSaying(raterColumnSayIn)
  const { say: glossary } = useSaying(glossarySayIn)
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
              <dt className="text-[13px] text-ink-3">
                <Term definition={glossary('rater.judgments')}>{columnSay('judgments')}</Term>
              </dt>
              <dd className="font-semibold">{figures.whole(rater.row?.judgments ?? 0)}</dd>
            </div>
            {figureColumns
              .filter(({ id }) => shown.includes(id))
              .map((column) => (
                <div key={column.id}>
                  <dt className="text-[13px] text-ink-3">
                    <Term definition={glossary(`rater.${column.id}`)}>{columnSay(column.id)}</Term>
                  </dt>
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
