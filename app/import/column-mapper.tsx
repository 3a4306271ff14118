import { type ReactNode, useState } from 'react'
import { SelectField } from '#app/ui/field.tsx'
import { type FieldMapping, fieldsOf } from './field-mapping.ts'
import { guessedWinner, lackingFields, winners } from './import-columns.ts'
import { useWords } from './import-words.tsx'
import { sayPart } from './words.ts'

const records = ['prompt', 'response', 'pairwise', 'rubric'] as const

const isRecord = (value: string): value is FieldMapping['record'] =>
  records.some((record) => record === value)

/** Which column is what. Fields are named `column.<field>`; the winner's values `value.<theirs>`. */
export function ColumnMapper({
  columns,
  mapping,
  values,
}: {
  columns: readonly string[]
  /** What is chosen, or suggested. */
  mapping: FieldMapping
  /** The few values found in a column that may hold the winner, for each such column. */
  values: Readonly<Record<string, readonly string[]>>
}) {
  const { say } = useWords()
  const [record, setRecord] = useState(mapping.record)
  const [chosen, setChosen] = useState<Record<string, string>>(mapping.columns)
  const needed: readonly string[] = fieldsOf[record].needed.flat()
  const first = fieldsOf[record].all.filter(
    (field) => needed.includes(field) || field.startsWith('content'),
  )
  const others = fieldsOf[record].all.filter((field) => !first.includes(field))
  const mapped = Object.fromEntries(Object.entries(chosen).filter(([, column]) => column !== ''))
  const lacking = lackingFields({ ...mapping, record, columns: mapped, join: [] })
  const select = (field: string) => (
    <SelectField
      key={`${record}.${field}`}
      label={
        <>
          {sayPart(say, 'field', field)}
          {needed.includes(field) ? <span className="text-rubric"> *</span> : null}
        </>
      }
      name={`column.${field}`}
      value={chosen[field] ?? ''}
      onChange={(event) => setChosen({ ...chosen, [field]: event.currentTarget.value })}
      options={[
        { value: '', label: `– ${say('noColumn')}` },
        ...columns.map((column) => ({ value: column, label: column })),
      ]}
    />
  )
  return (
    <div className="grid gap-4">
      <SelectField
        label={say('rowIs')}
        name="record"
        value={record}
        onChange={({ currentTarget: { value } }) => {
          if (isRecord(value)) setRecord(value)
        }}
        options={records.map((value) => ({ value, label: say(`record.${value}`) }))}
      />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">{first.map(select)}</div>
      <p className="text-sm text-ink-3">
        <span className="text-rubric">*</span> {say('needed')}
      </p>
      {record === 'pairwise' && mapped.winner !== undefined ? (
        <WinnerValues
          key={mapped.winner}
          values={values[mapped.winner] ?? []}
          meant={mapped.winner === mapping.columns.winner ? mapping.values.winner : undefined}
        />
      ) : null}
      <MoreFields
        key={`more ${record}`}
        title={say('moreFields', { count: others.length })}
        startsOpen={others.some((field) => mapped[field] !== undefined)}
      >
        {others.map(select)}
      </MoreFields>
      <p role="status" className="text-sm text-warn empty:hidden">
        {lacking.length > 0
          ? say('lacking', {
              fields: lacking
                .map((fields) =>
                  fields.map((field) => sayPart(say, 'field', field)).join(` ${say('or')} `),
                )
                .join('; '),
            })
          : ''}
      </p>
    </div>
  )
}

/** Stays as the person leaves it, whatever is chosen inside. */
function MoreFields({
  title,
  startsOpen,
  children,
}: {
  title: string
  startsOpen: boolean
  children: ReactNode
}) {
  const [isOpen] = useState(startsOpen)
  return (
    <details open={isOpen}>
      <summary className="text-sm text-ink-2">{title}</summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-2 lg:grid-cols-3">{children}</div>
    </details>
  )
}

function WinnerValues({
  values,
  meant,
}: {
  values: readonly string[]
  meant: Readonly<Record<string, unknown>> | undefined
}) {
  const { say } = useWords()
  if (values.length === 0) return <p className="text-sm text-ink-2">{say('winnersNone')}</p>
  const initial = (value: string) =>
    meant === undefined ? (guessedWinner(value) ?? '') : String(meant[value] ?? '')
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <legend className="mb-2 text-sm font-semibold">{say('winnersMean')}</legend>
      {values.map((value) => (
        <SelectField
          key={value}
          label={`“${value}”`}
          name={`value.${value}`}
          defaultValue={initial(value)}
          options={[
            { value: '', label: say('winner.none') },
            ...winners.map((winner) => ({ value: winner, label: say(`winner.${winner}`) })),
          ]}
        />
      ))}
    </fieldset>
  )
}
