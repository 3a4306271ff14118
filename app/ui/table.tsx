import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  type SortingState,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'

export const sortable = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
})

export type Column<Row extends RowData> = ColumnDef<typeof sortable, Row>

/**
 * A table of few rows that sorts in the browser. Give `columns` and `rows` that stay the same between
 * renders. Columns whose id is in `numeric` are set flush right.
 */
export function SortableTable<Row extends RowData>({
  caption,
  columns,
  rows,
  initialSorting = [],
  numeric = [],
  narrowHidden = [],
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  initialSorting?: SortingState
  numeric?: readonly string[]
  /** Columns that are left out on narrow screens. */
  narrowHidden?: readonly string[]
}) {
  const table = useTable({
    features: sortable,
    columns,
    data: rows,
    initialState: { sorting: initialSorting },
  })
  const classOf = (id: string) =>
    `${numeric.includes(id) ? 'num' : ''} ${narrowHidden.includes(id) ? 'max-md:hidden' : ''}`
  return (
    <div className="overflow-x-auto">
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
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
                      <button
                        type="button"
                        className="inline-flex items-center gap-1"
                        onClick={header.column.getToggleSortingHandler()}
                      >
                        <table.FlexRender header={header} />
                        {sorted === 'asc' ? <ArrowUp size={12} aria-hidden="true" /> : null}
                        {sorted === 'desc' ? <ArrowDown size={12} aria-hidden="true" /> : null}
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
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
              {row.getAllCells().map((cell) => (
                <td key={cell.id} className={classOf(cell.column.id)}>
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
