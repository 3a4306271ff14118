import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { counted } from '#app/base/text.ts'
import { type CriterionDefinition, criterionKindsOf } from './campaign.ts'
import type { CampaignKind, DraftCriterion, FieldErrors } from './campaign-fields.ts'
import { ErrorText } from './campaign-inputs.tsx'
import { firstCriterion, fivePoints, yesNo } from './campaign-templates.ts'
import { CriterionDetails } from './criterion-details.tsx'

type Kind = CriterionDefinition['kind']

interface Offer {
  kind: Kind
  title: string
  make: () => Omit<DraftCriterion, 'key'>
}

const offers: readonly Offer[] = [
  {
    kind: 'preference',
    title: 'Preference on one criterion',
    make: () => ({
      title: '',
      isRequired: true,
      definition: { kind: 'preference', points: 5 },
    }),
  },
  { kind: 'scale', title: 'Scale with anchored points', make: () => fivePoints('') },
  { kind: 'choice', title: 'Yes or no', make: () => yesNo('') },
  {
    kind: 'choice',
    title: 'One of several',
    make: () => ({
      title: '',
      isRequired: true,
      definition: { kind: 'choice', options: [], multiple: false },
    }),
  },
  {
    kind: 'choice',
    title: 'Any of several',
    make: () => ({
      title: '',
      isRequired: false,
      definition: { kind: 'choice', options: [], multiple: true },
    }),
  },
  {
    kind: 'text',
    title: 'Text',
    make: () => ({ title: '', isRequired: false, definition: { kind: 'text' } }),
  },
  {
    kind: 'spans',
    title: 'Marked spans with labels',
    make: () => ({ title: '', isRequired: false, definition: { kind: 'spans', labels: [] } }),
  },
  {
    kind: 'ideal',
    title: 'Ideal response',
    make: () => ({
      title: 'What would the ideal response be?',
      isRequired: false,
      definition: { kind: 'ideal' },
    }),
  },
]

const kindTitles: Record<Kind, string> = {
  preference: 'Preference',
  scale: 'Scale',
  choice: 'Choice',
  ranking: 'Ranking',
  text: 'Text',
  spans: 'Marked spans',
  ideal: 'Ideal response',
}

const mostCriteria = 12

/** The first question of pairs and rankings is what the campaign is; it stays where it is. */
const isFixed = (kind: CampaignKind, place: number) => kind !== 'rubric' && place === 0

/** What raters are asked, in order: each question with its title and what it offers. */
export function CriteriaEditor({
  kind,
  criteria,
  errors,
  onChange,
}: {
  kind: CampaignKind
  criteria: readonly DraftCriterion[]
  errors: FieldErrors
  onChange: (criteria: DraftCriterion[]) => void
}) {
  const [said, setSaid] = useState('')
  const [focusOn, setFocusOn] = useState<string | null>(null)
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (focusOn === null) return
    list.current?.querySelector<HTMLElement>(`[data-focus="${focusOn}"]`)?.focus()
    setFocusOn(null)
  }, [focusOn])

  const replace = (place: number, next: DraftCriterion) =>
    onChange(criteria.map((one, at) => (at === place ? next : one)))
  const remove = (place: number) => {
    onChange(criteria.filter((_, at) => at !== place))
    setSaid(`Question ${place + 1} removed.`)
    setFocusOn(criteria[place + 1]?.key ?? criteria[place - 1]?.key ?? null)
  }
  const move = (place: number, step: -1 | 1) => {
    const next = [...criteria]
    const [moved] = next.splice(place, 1)
    if (!moved) return
    next.splice(place + step, 0, moved)
    onChange(next)
    setSaid(`Now question ${place + step + 1} of ${criteria.length}.`)
    setFocusOn(`${moved.key}-${step < 0 ? 'up' : 'down'}`)
  }
  const add = ({ make }: Offer) => {
    const key = freeKey(criteria)
    onChange([...criteria, { ...make(), key }])
    setSaid(`Question ${criteria.length + 1} added.`)
    setFocusOn(key)
  }
  const allowed = offers.filter((offer) => criterionKindsOf(kind).includes(offer.kind))

  return (
    <div className="grid gap-3">
      <input type="hidden" name="criteria" value={JSON.stringify(criteria)} />
      <p role="status" className="sr-only">
        {said}
      </p>
      <ol ref={list} className="grid gap-3">
        {criteria.map((criterion, place) => (
          <Question
            key={criterion.key}
            criterion={criterion}
            place={place}
            count={criteria.length}
            kind={kind}
            errors={errors}
            onChange={(next) => replace(place, next)}
            onRemove={() => remove(place)}
            onMove={(step) => move(place, step)}
          />
        ))}
      </ol>
      <ErrorText>{errors.criteria}</ErrorText>
      <AddQuestion
        offers={allowed}
        isFull={criteria.length >= mostCriteria}
        onAdd={add}
        isEmpty={criteria.length === 0}
        onRestore={() => onChange([{ ...firstCriterion[kind], key: `first-${kind}` }])}
      />
    </div>
  )
}

function freeKey(criteria: readonly DraftCriterion[]): string {
  const numbers = criteria.map(({ key }) => Number(/\d+$/.exec(key)?.[0] ?? 0))
  return `q${Math.max(0, ...numbers) + 1}`
}

interface QuestionProps {
  criterion: DraftCriterion
  place: number
  count: number
  kind: CampaignKind
  errors: FieldErrors
  onChange: (next: DraftCriterion) => void
  onRemove: () => void
  onMove: (step: -1 | 1) => void
}

function Question(props: QuestionProps) {
  const { criterion, place, count, kind, errors } = props
  const { definition, key, title } = criterion
  const number = place + 1
  const fixed = isFixed(kind, place)
  const path = `criteria.${place}`
  const titleError = errors[`${path}.title`]
  const tool = '!min-h-0 btn btn-quiet !p-2'
  return (
    <li className="rounded-lg border border-line">
      <fieldset className="grid gap-3 px-4 pt-2 pb-4">
        <legend className="sr-only">Question {number}</legend>
        <div className="flex flex-wrap items-center gap-x-2">
          <span className="eyebrow">
            {number} ·{' '}
            {fixed && kind === 'pairwise' ? 'Overall preference' : kindTitles[definition.kind]}
          </span>
          <span className="ml-auto flex">
            {fixed ? null : (
              <>
                <button
                  type="button"
                  className={tool}
                  data-focus={`${key}-up`}
                  disabled={place === 0 || isFixed(kind, place - 1)}
                  onClick={() => props.onMove(-1)}
                  aria-label={`Move question ${number} up`}
                >
                  <ArrowUp size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={tool}
                  data-focus={`${key}-down`}
                  disabled={place === count - 1}
                  onClick={() => props.onMove(1)}
                  aria-label={`Move question ${number} down`}
                >
                  <ArrowDown size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={tool}
                  disabled={count === 1}
                  onClick={props.onRemove}
                  aria-label={`Remove question ${number}`}
                >
                  <Trash2 size={16} aria-hidden="true" />
                </button>
              </>
            )}
          </span>
        </div>
        <label className="grid gap-1.5 text-sm font-semibold">
          What is asked
          <input
            className="input"
            data-focus={key}
            value={title}
            dir="auto"
            aria-invalid={titleError ? true : undefined}
            aria-describedby={titleError ? `${path}-title-error` : undefined}
            onChange={(event) => props.onChange({ ...criterion, title: event.currentTarget.value })}
          />
        </label>
        <ErrorText id={`${path}-title-error`}>{titleError}</ErrorText>
        <CriterionDetails
          definition={definition}
          number={number}
          errorAt={(part) => errorAt(errors, `${path}.definition`, part)}
          onChange={(next) => props.onChange({ ...criterion, definition: next })}
        />
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={criterion.isRequired}
            onChange={(event) =>
              props.onChange({ ...criterion, isRequired: event.currentTarget.checked })
            }
            className="accent-act"
          />
          An answer is required
        </label>
      </fieldset>
    </li>
  )
}

/** The words at a part of a question, or at anything inside it. */
function errorAt(errors: FieldErrors, path: string, part: string): string | undefined {
  const whole = `${path}.${part}`
  const found = Object.keys(errors).find((name) => name === whole || name.startsWith(`${whole}.`))
  return found === undefined ? undefined : errors[found]
}

function AddQuestion({
  offers: offered,
  isFull,
  isEmpty,
  onAdd,
  onRestore,
}: {
  offers: readonly Offer[]
  isFull: boolean
  isEmpty: boolean
  onAdd: (offer: Offer) => void
  onRestore: () => void
}) {
  if (isEmpty) {
    return (
      <button type="button" className="btn justify-self-start" onClick={onRestore}>
        <Plus size={16} aria-hidden="true" /> First question
      </button>
    )
  }
  if (isFull) {
    return <p className="text-sm text-ink-2">{counted(mostCriteria, 'question')} are the most.</p>
  }
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-semibold">Add a question</h3>
      <div className="flex flex-wrap gap-2">
        {offered.map((offer) => (
          <button key={offer.title} type="button" className="chip" onClick={() => onAdd(offer)}>
            <Plus size={14} aria-hidden="true" /> {offer.title}
          </button>
        ))}
      </div>
    </div>
  )
}
