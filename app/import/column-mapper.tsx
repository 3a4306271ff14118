import { useState } from 'react'
import { SelectField } from '#app/ui/field.tsx'
import { type FieldMapping, fieldsOf } from './field-mapping.ts'

const recordTitles: Record<FieldMapping['record'], string> = {
  prompt: 'a prompt',
  response: 'a response to a prompt',
  pairwise: 'a judgment that compares two responses',
  rubric: 'a judgment that scores one response',
}

const fieldTitles: Record<string, string> = {
  id: 'Id',
  prompt_id: 'Prompt id',
  input_key: 'Input key',
  prompt: 'Prompt text',
  messages: 'Messages (JSON)',
  prompt_messages: 'Prompt messages (JSON)',
  system: 'System text',
  tags: 'Tags',
  model: 'Model',
  version: 'Model version',
  prompt_version: 'Prompt version',
  content: 'Response text',
  content_a: 'Text of response A',
  content_b: 'Text of response B',
  model_a: 'Model A',
  model_b: 'Model B',
  winner: 'Winner',
  rater: 'Rater',
  created_at: 'Time',
  latency_ms: 'Latency (ms)',
  active_ms: 'Active time (ms)',
}

const titleOf = (field: string) =>
  fieldTitles[field] ?? field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')

/** Which column is what. Fields are named `column.<field>`; the winner's values `value.<theirs>`. */
export function ColumnMapper({
  columns,
  suggested,
  winners,
}: {
  columns: readonly string[]
  suggested: FieldMapping
  /** Values found in a column that may hold the winner, for each column. */
  winners: Readonly<Record<string, readonly string[]>>
}) {
  const [record, setRecord] = useState(suggested.record)
  const [chosen, setChosen] = useState<Record<string, string>>(suggested.columns)
  const needed: readonly string[] = fieldsOf[record].needed.flat()
  const options = [
    { value: '', label: '–' },
    ...columns.map((column) => ({ value: column, label: column })),
  ]
  const winnerColumn = chosen.winner
  const values = record === 'pairwise' && winnerColumn ? (winners[winnerColumn] ?? []) : []
  return (
    <div className="grid gap-4">
      <SelectField
        label="A row is"
        name="record"
        value={record}
        onChange={(event) => setRecord(event.currentTarget.value as FieldMapping['record'])}
        options={Object.entries(recordTitles).map(([value, label]) => ({ value, label }))}
      />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {fieldsOf[record].all.map((field) => (
          <SelectField
            key={`${record}.${field}`}
            label={
              <>
                {titleOf(field)}
                {needed.includes(field) ? <span className="text-rubric"> *</span> : null}
              </>
            }
            name={`column.${field}`}
            value={chosen[field] ?? ''}
            onChange={(event) => setChosen({ ...chosen, [field]: event.currentTarget.value })}
            options={options}
          />
        ))}
      </div>
      {values.length > 0 ? (
        <fieldset className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          <legend className="mb-2 text-sm font-semibold">What the winner’s values mean</legend>
          {values.map((value) => (
            <SelectField
              key={value}
              label={`“${value}”`}
              name={`value.${value}`}
              defaultValue={guessWinner(value)}
              options={[
                { value: '', label: 'refuse' },
                { value: 'a', label: 'A wins' },
                { value: 'b', label: 'B wins' },
                { value: 'tie', label: 'tie' },
                { value: 'both_bad', label: 'both bad' },
                { value: 'cant_judge', label: 'can’t judge' },
              ]}
            />
          ))}
        </fieldset>
      ) : null}
      <p className="text-sm text-ink-3">
        <span className="text-rubric">*</span> needed, or one of those that stand in for it.
      </p>
    </div>
  )
}

const guesses: [RegExp, string][] = [
  [/^(a|left|model_a|first|1|chosen_a|response_a)$/i, 'a'],
  [/^(b|right|model_b|second|2|response_b)$/i, 'b'],
  [/both.?bad|neither|tie.*bad/i, 'both_bad'],
  [/tie|equal|same|draw|0/i, 'tie'],
  [/can.?t|unsure|skip/i, 'cant_judge'],
]

const guessWinner = (value: string): string =>
  guesses.find(([pattern]) => pattern.test(value))?.[1] ?? ''
