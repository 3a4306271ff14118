import { Link } from '@remix-run/react'
import {
  type ColumnDef,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type Dispatch, type RefObject, type SetStateAction, useMemo } from 'react'
import { moment } from '#app/ui/figures.ts'
import { useLanguage, useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import {
  languageName,
  type PromptAddress,
  printPromptAddress,
  withSearch,
} from './prompt-address.ts'
import type { PromptColumn } from './prompt-columns.ts'
import type { PromptRow } from './prompt-pages.server.ts'
import type { PromptSort } from './prompt-search.ts'
import { promptSayIn } from './prompt-words.ts'

export interface TableRow extends PromptRow {
  /** The files that it came from. */
  importName: string | null
}

const features = tableFeatures({ rowSelectionFeature })
type Column = ColumnDef<typeof features, TableRow>

const numeric: ReadonlySet<string> = new Set<PromptColumn>([
  'characters',
  'tokens',
  'responses',
  'judgments',
  'findings',
])

/** The orders that a click on a column's head gives, one after the other. */
const sortsOf: Partial<Record<string, readonly [down: PromptSort, up: PromptSort]>> = {
  arrived: ['newest', 'oldest'],
  characters: ['longest', 'shortest'],
}

type Texts = Record<PromptColumn, (row: TableRow) => string>

function textOfColumnIn(language: Language): Texts {
  const { whole } = figuresOf(language)
  return {
    tags: (row) => row.tags.join(', '),
    models: (row) => row.models.join(', '),
    language: (row) => (row.language === null ? '–' : languageName(row.language, language)),
    characters: (row) => whole(row.characters),
    tokens: (row) => (row.tokens === null ? '–' : whole(row.tokens)),
    responses: (row) => whole(row.responses),
    judgments: (row) => whole(row.judgments),
    findings: (row) => whole(row.findings),
    arrived: (row) => moment(row.createdAt, language),
    import: (row) => row.importName ?? '–',
  }
}

const classOf: Partial<Record<PromptColumn, string>> = {
  tags: 'text-[13px] text-ink-2 max-w-[14rem] break-words',
  models: 'text-[13px] text-ink-2 min-w-[9rem] max-w-[16rem] break-words',
  arrived: 'text-[13px] text-ink-2 whitespace-nowrap',
  import: 'text-[13px] text-ink-2 max-w-[14rem] break-words',
}

/** The same on one line, for screens that have no room for columns. */
function narrowTextOfIn(language: Language): Partial<Texts> {
  const say = promptSayIn(language)
  return {
    characters: (row) => say('characters', { count: row.characters }),
    tokens: (row) => (row.tokens === null ? '' : say('tokens', { count: row.tokens })),
    responses: (row) => say('responses', { count: row.responses }),
    judgments: (row) =>
      row.judgments === 0 ? '' : say('countJudgments', { count: row.judgments }),
    findings: (row) => (row.findings === 0 ? '' : say('countFindings', { count: row.findings })),
    language: (row) => (row.language === null ? '' : languageName(row.language, language)),
    import: (row) => row.importName ?? '',
  }
}

interface PromptTableProps {
  slug: string
  rows: TableRow[]
  address: PromptAddress
  selection: RowSelectionState
  onSelection: Dispatch<SetStateAction<RowSelectionState>>
  table: RefObject<HTMLTableElement>
}

/** A page of prompts: each a link, with what is asked to stand beside it, to be chosen one or many. */
export function PromptTable({
  slug,
  rows,
  address,
  selection,
  onSelection,
  table: element,
}: PromptTableProps) {
  const { say, language } = useSaying(promptSayIn)
  const shown = address.columns
  const columns = useMemo(() => columnsOf(slug, { shown, language }), [slug, shown, language])
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    state: { rowSelection: selection },
    onRowSelectionChange: onSelection,
  })
  return (
    <div className="card !px-2 !py-1 md:overflow-x-auto">
      <table ref={element} className="data-table max-md:table-fixed" aria-label={say('prompts')}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={sortedAs(header.column.id, address.search.sort)}
                  className={cellClass(header.column.id)}
                >
                  <SortLink id={header.column.id} address={address}>
                    <table.FlexRender header={header} />
                  </SortLink>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-prompt={row.id}
              className={`focus-within:bg-act-soft hover:bg-sunken ${row.getIsSelected() ? 'bg-act-soft' : ''}`}
            >
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={cellClass(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function cellClass(id: string): string {
  if (id === 'choose') return 'w-10'
  if (id === 'prompt') return 'md:min-w-[18rem]'
  return `max-md:hidden ${numeric.has(id) ? 'num' : ''}`
}

const sortedAs = (id: string, sort: PromptSort): 'ascending' | 'descending' | undefined => {
  const [down, up] = sortsOf[id] ?? []
  return sort === down ? 'descending' : sort === up ? 'ascending' : undefined
}

function SortLink({
  id,
  address,
  children,
}: {
  id: string
  address: PromptAddress
  children: React.ReactNode
}) {
  const sorts = sortsOf[id]
  if (!sorts) return children
  const [down, up] = sorts
  const { sort } = address.search
  const next = sort === down ? up : down
  return (
    <Link
      to={printPromptAddress(withSearch(address, { sort: next })) || '.'}
      preventScrollReset
      className="inline-flex items-center gap-1 hover:text-ink"
    >
      {children}
      {sort === down ? <ArrowDown size={12} aria-hidden="true" /> : null}
      {sort === up ? <ArrowUp size={12} aria-hidden="true" /> : null}
    </Link>
  )
}

function columnsOf(
  slug: string,
  { shown, language }: { shown: readonly PromptColumn[]; language: Language },
): Column[] {
  const say = promptSayIn(language)
  return [
    {
      id: 'choose',
      header: ({ table }) => (
        <input
          type="checkbox"
          className="accent-act"
          aria-label={say('chooseAll')}
          checked={table.getIsAllPageRowsSelected()}
          onChange={(event) => table.toggleAllPageRowsSelected(event.currentTarget.checked)}
        />
      ),
      cell: ({ row }) => (
        <input
          type="checkbox"
          className="accent-act"
          aria-label={say('chooseOne', {
            prompt: row.original.preview.slice(0, 60) || say('withoutText'),
          })}
          checked={row.getIsSelected()}
          onChange={row.getToggleSelectedHandler()}
        />
      ),
    },
    {
      id: 'prompt',
      header: say('prompt'),
      cell: ({ row }) => <PromptCell slug={slug} row={row.original} shown={shown} />,
    },
    ...shown.map(
      (id): Column => ({
        id,
        header: say(`column.${id}`),
        cell: ({ row }) => <Cell slug={slug} id={id} row={row.original} />,
      }),
    ),
  ]
}

function Cell({ slug, id, row }: { slug: string; id: PromptColumn; row: TableRow }) {
  const language = useLanguage()
  if (id === 'import' && row.batchId !== null) {
    return (
      <Link to={`/p/${slug}/import/${row.batchId}`} className={`block link ${classOf.import}`}>
        {row.importName}
      </Link>
    )
  }
  const isFound = id === 'findings' && row.findings > 0
  return (
    <span className={`block ${classOf[id] ?? ''} ${isFound ? 'font-semibold text-warn' : ''}`}>
      {textOfColumnIn(language)[id](row)}
    </span>
  )
}

function PromptCell({
  slug,
  row,
  shown,
}: {
  slug: string
  row: TableRow
  shown: readonly PromptColumn[]
}) {
  const { say, language } = useSaying(promptSayIn)
  const narrow = narrowTextOfIn(language)
  const texts = textOfColumnIn(language)
  const beside = shown.map((id) => (narrow[id] ?? texts[id])(row)).filter(Boolean)
  return (
    <>
      <Link
        to={`/p/${slug}/prompts/${row.id}`}
        className="line-clamp-2 break-words hover:underline"
      >
        {row.isTextMissing ? (
          <em className="text-ink-3">{say('textMissing')}</em>
        ) : (
          row.preview || <em className="text-ink-3">{say('isEmpty')}</em>
        )}
      </Link>
      {row.isArchived ? (
        <span className="ml-2 text-[13px] text-ink-3">{say('isArchived')}</span>
      ) : null}
      {beside.length > 0 ? (
        <span className="mt-0.5 block text-[13px] break-words text-ink-3 md:hidden">
          {beside.join(' · ')}
        </span>
      ) : null}
    </>
  )
}
