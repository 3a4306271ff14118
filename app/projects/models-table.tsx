import { Pencil, Split } from 'lucide-react'
import { useMemo } from 'react'
import { printJson } from '#app/base/canonical-json.ts'
import { useSaying } from '#app/ui/language.tsx'
import { dayOf, type Figures, figuresOf, type Language } from '#app/ui/languages.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { type Column, SortableTable } from '#app/ui/table.tsx'
import type { ModelOverview } from './model-history.server.ts'
import { ChooseModel } from './model-selection.tsx'
import { modelSayIn } from './model-words.ts'

export interface ModelActions {
  rename: (model: ModelOverview) => void
  split: (model: ModelOverview) => void
}

/** @example settingsOf({ temperature: 0 }) // 'temperature=0' */
const settingsOf = (parameters: Record<string, unknown>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : printJson(value)}`)
    .join(' ')

const importsOf = (model: ModelOverview, { whole }: Figures): string =>
  `${whole(model.imports)}${model.isImportsCapped ? '+' : ''}`

const nameClass = {
  name: 'block min-w-28 wrap-anywhere',
  version: 'whitespace-nowrap',
  promptVersion: 'block min-w-20 wrap-anywhere',
}

const columnsIn = (language: Language): Column<ModelOverview>[] => {
  const say = modelSayIn(language)
  const figures = figuresOf(language)
  return [
    {
      id: 'label',
      header: say('model'),
      accessorFn: (model) => model.label,
      cell: ({ row: { original: model } }) => (
        <span className="block min-w-28 md:min-w-36">
          <span className="font-semibold wrap-anywhere">
            <Swatch place={model.color} />
            {model.label}
          </span>
          {model.also.length > 0 ? (
            <span className="block text-[13px] text-ink-3">
              {say('also', { names: model.also.join(', ') })}
            </span>
          ) : null}
        </span>
      ),
      sortFn: 'basic',
    },
    ...(['name', 'version', 'promptVersion'] as const).map(
      (id): Column<ModelOverview> => ({
        id,
        header: say(id),
        accessorFn: (model) => model[id],
        cell: ({ row }) => <span className={nameClass[id]}>{row.original[id] || '–'}</span>,
        sortFn: 'basic',
      }),
    ),
    {
      id: 'parameters',
      header: say('parameters'),
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
      header: say('responsesColumn'),
      accessorFn: (model) => model.responses,
      cell: ({ row }) => figures.whole(row.original.responses),
      sortFn: 'basic',
    },
    {
      id: 'imports',
      header: say('imports'),
      accessorFn: (model) => model.imports,
      cell: ({ row }) => importsOf(row.original, figures),
      sortFn: 'basic',
    },
    {
      id: 'firstSeen',
      header: say('firstSeen'),
      accessorFn: (model) => model.firstSeen,
      cell: ({ row }) => (
        <span className="whitespace-nowrap">{dayOf(row.original.firstSeen, language)}</span>
      ),
      sortFn: 'basic',
    },
  ]
}

const actionClass = 'btn btn-quiet !min-h-0 !px-2 !py-1.5 text-[13px] max-md:!p-2.5'

const chooseColumnIn = (language: Language): Column<ModelOverview> => ({
  id: 'choose',
  header: () => <span className="sr-only">{modelSayIn(language)('chooseColumn')}</span>,
  cell: ({ row: { original: model } }) => <ChooseModel id={model.id} label={model.label} />,
  enableSorting: false,
})

const actionColumn = (
  { rename, split }: ModelActions,
  say: ReturnType<typeof modelSayIn>,
): Column<ModelOverview> => ({
  id: 'actions',
  header: () => <span className="sr-only">{say('act')}</span>,
  cell: ({ row: { original: model } }) => (
    <span className="flex flex-col items-start max-md:-mr-2.5 max-md:items-end">
      <button
        type="button"
        className={actionClass}
        aria-label={say('renameNamed', { model: model.label })}
        onClick={() => rename(model)}
      >
        <Pencil size={15} aria-hidden="true" />
        <span className="max-md:hidden">{say('rename')}</span>
      </button>
      <button
        type="button"
        className={actionClass}
        aria-label={say('splitNamed', { model: model.label })}
        onClick={() => split(model)}
      >
        <Split size={15} aria-hidden="true" />
        <span className="max-md:hidden">{say('split')}</span>
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
  const { say, language } = useSaying(modelSayIn)
  const shown = useMemo(() => {
    const columns = columnsIn(language)
    return actions ? [chooseColumnIn(language), ...columns, actionColumn(actions, say)] : columns
  }, [actions, language, say])
  return (
    <SortableTable
      caption={say('table')}
      columns={shown}
      rows={models}
      numeric={['responses', 'imports']}
      narrowHidden={['name', 'version', 'promptVersion', 'parameters', 'imports', 'firstSeen']}
    />
  )
}
