import { Pencil, Split } from 'lucide-react'
import { useMemo } from 'react'
import { printJson } from '#app/base/canonical-json.ts'
import { moment, whole } from '#app/ui/figures.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import type { ModelOverview } from './model-history.server.ts'
import { ChooseModel } from './model-selection.tsx'

export interface ModelActions {
  rename: (model: ModelOverview) => void
  split: (model: ModelOverview) => void
}

/** @example settingsOf({ temperature: 0 }) // 'temperature=0' */
const settingsOf = (parameters: Record<string, unknown>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : printJson(value)}`)
    .join(' ')

const importsOf = (model: ModelOverview): string =>
  `${whole(model.imports)}${model.isImportsCapped ? '+' : ''}`

const nameClass = {
  name: 'block min-w-28 wrap-anywhere',
  version: 'whitespace-nowrap',
  promptVersion: 'block min-w-20 wrap-anywhere',
}

const columns: Column<ModelOverview>[] = [
  {
    id: 'label',
    header: 'Model',
    accessorFn: (model) => model.label,
    cell: ({ row: { original: model } }) => (
      <span className="block min-w-28 md:min-w-36">
        <span className="font-semibold wrap-anywhere">
          <Swatch place={model.color} />
          {model.label}
        </span>
        {model.also.length > 0 ? (
          <span className="block text-[13px] text-ink-3">also {model.also.join(', ')}</span>
        ) : null}
      </span>
    ),
    sortFn: 'basic',
  },
  ...(
    [
      ['name', 'Name'],
      ['version', 'Version'],
      ['promptVersion', 'Prompt version'],
    ] as const
  ).map(
    ([id, header]): Column<ModelOverview> => ({
      id,
      header,
      accessorFn: (model) => model[id],
      cell: ({ row }) => <span className={nameClass[id]}>{row.original[id] || '–'}</span>,
      sortFn: 'basic',
    }),
  ),
  {
    id: 'parameters',
    header: 'Parameters',
    accessorFn: (model) => settingsOf(model.parameters),
    cell: ({ getValue }) => (
      <span className="block min-w-32 font-mono text-[13px] wrap-anywhere">
        {String(getValue()) || '–'}
      </span>
    ),
    sortFn: 'basic',
  },
  {
    id: 'responses',
    header: 'Responses',
    accessorFn: (model) => model.responses,
    cell: ({ row }) => whole(row.original.responses),
    sortFn: 'basic',
  },
  {
    id: 'imports',
    header: 'Imports',
    accessorFn: (model) => model.imports,
    cell: ({ row }) => importsOf(row.original),
    sortFn: 'basic',
  },
  {
    id: 'firstSeen',
    header: 'First seen',
    accessorFn: (model) => model.firstSeen,
    cell: ({ row }) => (
      <span className="whitespace-nowrap">{moment(row.original.firstSeen).slice(0, 10)}</span>
    ),
    sortFn: 'basic',
  },
]

const actionClass = 'btn btn-quiet !min-h-0 !px-2 !py-1.5 text-[13px] max-md:!p-2.5'

const chooseColumn: Column<ModelOverview> = {
  id: 'choose',
  header: () => <span className="sr-only">Choose</span>,
  cell: ({ row: { original: model } }) => <ChooseModel id={model.id} label={model.label} />,
  enableSorting: false,
}

const actionColumn = ({ rename, split }: ModelActions): Column<ModelOverview> => ({
  id: 'actions',
  header: () => <span className="sr-only">What to do</span>,
  cell: ({ row: { original: model } }) => (
    <span className="flex flex-col items-start max-md:-mr-2.5 max-md:items-end">
      <button
        type="button"
        className={actionClass}
        aria-label={`Rename ${model.label}`}
        onClick={() => rename(model)}
      >
        <Pencil size={15} aria-hidden="true" />
        <span className="max-md:hidden">Rename</span>
      </button>
      <button
        type="button"
        className={actionClass}
        aria-label={`Split ${model.label}`}
        onClick={() => split(model)}
      >
        <Split size={15} aria-hidden="true" />
        <span className="max-md:hidden">Split</span>
      </button>
    </span>
  ),
  enableSorting: false,
})

/** The models of a project; with actions, where the person may change them. */
export function ModelsTable({
  models,
  actions,
}: {
  models: ModelOverview[]
  /** Must stay the same between renders. */
  actions: ModelActions | null
}) {
  const shown = useMemo(
    () => (actions ? [chooseColumn, ...columns, actionColumn(actions)] : columns),
    [actions],
  )
  return (
    <SortableTable
      caption="Models of the project"
      columns={shown}
      rows={models}
      numeric={['responses', 'imports']}
      narrowHidden={['name', 'version', 'promptVersion', 'parameters', 'imports', 'firstSeen']}
    />
  )
}
