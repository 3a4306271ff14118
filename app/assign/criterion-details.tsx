import { type ReactNode, useId } from 'react'
import { type CriterionDefinition, type DefinitionOf, preferencePoints } from './campaign.ts'
import { ErrorText } from './campaign-inputs.tsx'

type Kind = CriterionDefinition['kind']

interface DetailsProps<One extends Kind> {
  definition: DefinitionOf<One>
  number: number
  errorAt: (part: string) => string | undefined
  onChange: (definition: CriterionDefinition) => void
}

type Details = { [One in Kind]: (props: DetailsProps<One>) => ReactNode }

const pointWords: Record<(typeof preferencePoints)[number], string> = {
  2: '2 points: one or the other',
  3: '3 points: with a tie',
  5: '5 points: much better, better, about the same',
  7: '7 points: three strengths each way',
}

function Preference({ definition, onChange }: DetailsProps<'preference'>) {
  return (
    <label className="grid gap-1.5 text-sm font-semibold">
      Scale
      <select
        className="input"
        value={definition.points}
        onChange={(event) => {
          const points = preferencePoints.find((one) => one === Number(event.currentTarget.value))
          if (points) onChange({ ...definition, points })
        }}
      >
        {preferencePoints.map((points) => (
          <option key={points} value={points}>
            {pointWords[points]}
          </option>
        ))}
      </select>
    </label>
  )
}

const scaleSizes = [2, 3, 4, 5, 6, 7, 8, 9]

/** As many points as wanted; those that stay keep what they mean. */
function resized({ points }: DefinitionOf<'scale'>, size: number): CriterionDefinition {
  const first = points[0]?.value ?? 1
  return {
    kind: 'scale',
    points: Array.from(
      { length: size },
      (_, place) =>
        points[place] ?? { value: first + place, label: String(first + place), anchor: '' },
    ),
  }
}

function Scale({ definition, number, errorAt, onChange }: DetailsProps<'scale'>) {
  const { points } = definition
  const meaning = (place: number) =>
    place === 0
      ? 'what the lowest point means'
      : place === points.length - 1
        ? 'what the highest point means'
        : ''
  return (
    <div className="grid gap-2">
      <label className="flex items-center gap-2 text-sm font-semibold">
        Points
        <select
          className="input !w-auto"
          value={points.length}
          onChange={(event) => onChange(resized(definition, Number(event.currentTarget.value)))}
        >
          {scaleSizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
      <ul className="grid gap-2">
        {points.map((point, place) => (
          <li key={point.value} className="flex items-center gap-2">
            <kbd className="min-w-6 text-center">{point.label}</kbd>
            <input
              className="input"
              dir="auto"
              value={point.anchor}
              placeholder={meaning(place)}
              aria-label={`What point ${point.label} of question ${number} means`}
              onChange={(event) => {
                const anchor = event.currentTarget.value
                const next = points.map((one) => (one === point ? { ...one, anchor } : one))
                onChange({ ...definition, points: next })
              }}
            />
          </li>
        ))}
      </ul>
      <ErrorText>{errorAt('points')}</ErrorText>
    </div>
  )
}

/** Words, one a line, as they are typed. */
function Lines({
  label,
  hint,
  lines,
  error,
  onChange,
}: {
  label: string
  hint: string
  lines: readonly string[]
  error: string | undefined
  onChange: (lines: string[]) => void
}) {
  const id = useId()
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        className="input"
        dir="auto"
        rows={Math.max(3, lines.length + 1)}
        value={lines.join('\n')}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-said`}
        onChange={(event) => {
          const text = event.currentTarget.value
          onChange(text === '' ? [] : text.split('\n'))
        }}
      />
      <p id={`${id}-said`} className={`text-sm ${error ? 'text-danger' : 'text-ink-2'}`}>
        {error ?? hint}
      </p>
    </div>
  )
}

function Switch({
  label,
  checked,
  onChange,
}: {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="accent-act"
      />
      {label}
    </label>
  )
}

const details: Details = {
  preference: Preference,
  scale: Scale,
  choice: ({ definition, errorAt, onChange }) => (
    <>
      <Lines
        label="Options"
        hint="One a line, two to nine; number keys choose them in this order."
        lines={definition.options}
        error={errorAt('options')}
        onChange={(options) => onChange({ ...definition, options })}
      />
      <Switch
        label="Several may be chosen"
        checked={definition.multiple}
        onChange={(multiple) => onChange({ ...definition, multiple })}
      />
    </>
  ),
  ranking: ({ definition, onChange }) => (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      <Switch
        label="Two responses may share a place"
        checked={definition.ties}
        onChange={(ties) => onChange({ ...definition, ties })}
      />
      <Switch
        label="Some may stay unranked"
        checked={definition.partial}
        onChange={(partial) => onChange({ ...definition, partial })}
      />
    </div>
  ),
  text: () => <p className="text-sm text-ink-2">Raters answer in their own words.</p>,
  spans: ({ definition, errorAt, onChange }) => (
    <Lines
      label="Labels"
      hint="One a line, up to nine. Raters mark words in a response and say what they are."
      lines={definition.labels}
      error={errorAt('labels')}
      onChange={(labels) => onChange({ ...definition, labels })}
    />
  ),
  ideal: () => (
    <p className="text-sm text-ink-2">
      Raters edit the better response, or write one. An unchanged one is not an answer.
    </p>
  ),
}

interface AnyDetails extends Omit<DetailsProps<Kind>, 'definition'> {
  definition: CriterionDefinition
}

/** What a question of its kind offers to answer with. */
export function CriterionDetails(props: AnyDetails) {
  const Shown = details[props.definition.kind] as (props: AnyDetails) => ReactNode
  return <Shown {...props} />
}
