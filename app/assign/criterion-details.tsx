import { type ReactNode, useId } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { type CriterionDefinition, type DefinitionOf, preferencePoints } from './campaign.ts'
import { ErrorText } from './campaign-inputs.tsx'
import { campaignSayIn } from './campaign-words.ts'

type Kind = CriterionDefinition['kind']

interface DetailsProps<One extends Kind> {
  definition: DefinitionOf<One>
  number: number
  errorAt: (part: string) => string | undefined
  onChange: (definition: CriterionDefinition) => void
}

type Details = { [One in Kind]: (props: DetailsProps<One>) => ReactNode }

function Preference({ definition, onChange }: DetailsProps<'preference'>) {
  const { say } = useSaying(campaignSayIn)
  return (
    <label className="grid gap-1.5 text-sm font-semibold">
      {say('scale')}
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
            {say(`points.${points}`)}
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
  const { say } = useSaying(campaignSayIn)
  const { points } = definition
  const meaning = (place: number) =>
    place === 0 ? say('lowest') : place === points.length - 1 ? say('highest') : ''
  return (
    <div className="grid gap-2">
      <label className="flex items-center gap-2 text-sm font-semibold">
        {say('points')}
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
              aria-label={say('pointMeans', { point: point.label, number })}
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

function Choice({ definition, errorAt, onChange }: DetailsProps<'choice'>) {
  const { say } = useSaying(campaignSayIn)
  return (
    <>
      <Lines
        label={say('options')}
        hint={say('optionsHint')}
        lines={definition.options}
        error={errorAt('options')}
        onChange={(options) => onChange({ ...definition, options })}
      />
      <Switch
        label={say('mayChooseSeveral')}
        checked={definition.multiple}
        onChange={(multiple) => onChange({ ...definition, multiple })}
      />
    </>
  )
}

function Ranking({ definition, onChange }: DetailsProps<'ranking'>) {
  const { say } = useSaying(campaignSayIn)
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-2">
      <Switch
        label={say('mayTie')}
        checked={definition.ties}
        onChange={(ties) => onChange({ ...definition, ties })}
      />
      <Switch
        label={say('mayLeave')}
        checked={definition.partial}
        onChange={(partial) => onChange({ ...definition, partial })}
      />
    </div>
  )
}

function Words({ said }: { said: 'ownWords' | 'idealHint' }) {
  const { say } = useSaying(campaignSayIn)
  return <p className="text-sm text-ink-2">{say(said)}</p>
}

function Spans({ definition, errorAt, onChange }: DetailsProps<'spans'>) {
  const { say } = useSaying(campaignSayIn)
  return (
    <Lines
      label={say('labels')}
      hint={say('labelsHint')}
      lines={definition.labels}
      error={errorAt('labels')}
      onChange={(labels) => onChange({ ...definition, labels })}
    />
  )
}

const details: Details = {
  preference: Preference,
  scale: Scale,
  choice: Choice,
  ranking: Ranking,
  text: () => <Words said="ownWords" />,
  spans: Spans,
  ideal: () => <Words said="idealHint" />,
}

interface AnyDetails extends Omit<DetailsProps<Kind>, 'definition'> {
  definition: CriterionDefinition
}

/** What a question of its kind offers to answer with. */
export function CriterionDetails(props: AnyDetails) {
  const Shown = details[props.definition.kind] as (props: AnyDetails) => ReactNode
  return <Shown {...props} />
}
