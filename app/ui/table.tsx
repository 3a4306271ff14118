import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type SortingState,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { Defined } from './defined.tsx'
import type { Sorting } from './table-view.ts'
import { WideBox } from './wide-box.tsx'

const features = tableFeatures({
  rowSortingFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})

export type Column<Row extends RowData> = ColumnDef<typeof features, Row>

/**
 * A table of few rows that sorts in the browser; its head stays in view. Give `columns` and `rows` that
 * stay the same between renders. Columns whose id is in `numeric` are set flush right.
 */
export function SortableTable<Row extends RowData>({
  caption,
  label = caption,
  columns,
  rows,
  shown,
  order,
  definitionOf,
  rowId,
  numeric = [],
  narrowHidden = [],
}: {
  caption: string
  /** What the box is called in which the table scrolls. */
  label?: string
  columns: Column<Row>[]
  rows: Row[]
  /** Ids of the columns that are shown; all where it is not said. */
  shown?: readonly string[]
  /** How rows stand, where somebody else keeps that. */
  order?: readonly [sorting: readonly Sorting[], sort: (next: readonly Sorting[]) => void]
  /** What a column means, by its id. */
  definitionOf?: (id: string) => ReactNode
  rowId?: (row: Row) => string
  numeric?: readonly string[]
  /** Columns that are left out on narrow screens. */
  narrowHidden?: readonly string[]
}) {
  const columnVisibility = useMemo(
    () =>
      shown && Object.fromEntries(columns.map(({ id = '' }) => [id, shown.includes(id)] as const)),
    [columns, shown],
  )
  const table = useTable({
    features,
    columns,
    data: rows,
    enableMultiSort: false,
    ...(rowId ? { getRowId: rowId } : {}),
    state: {
      ...(columnVisibility ? { columnVisibility } : {}),
      ...(order ? { sorting: [...order[0]] } : {}),
    },
    ...(order
      ? {
          onSortingChange: (change: SortingState | ((before: SortingState) => SortingState)) =>
            order[1](typeof change === 'function' ? change([...order[0]]) : change),
        }
      : {}),
  })
  const classOf = (id: string) =>
    `${numeric.includes(id) ? 'num' : ''} ${narrowHidden.includes(id) ? 'max-md:hidden' : ''}`
  return (
    <WideBox label={label} isTall>
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                const definition = definitionOf?.(header.column.id)
                const words = <table.FlexRender header={header} />
                return (
                  <th
                    key={header.id}
                    scope="col"
                    className={classOf(header.column.id)}
                    aria-sort={
                      sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined
                    }
                  >
                    {header.column.getCanSort() ? (
                      <IfDefined definition={definition}>
                        <button
                          type="button"
                          className={`inline-flex items-center gap-1 ${definition ? 'term' : ''}`}
                          onClick={header.column.getToggleSortingHandler()}
                        >
                          {words}
                          {sorted === 'asc' ? <ArrowUp size={12} aria-hidden="true" /> : null}
                          {sorted === 'desc' ? <ArrowDown size={12} aria-hidden="true" /> : null}
                        </button>
                      </IfDefined>
                    ) : (
                      words
                    )}
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
                <td key={cell.id} className={classOf(cell.column.id)}>
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}

const IfDefined = ({ definition, children }: { definition: ReactNode; children: ReactNode }) =>
  definition ? <Defined definition={definition}>{children}</Defined> : children
