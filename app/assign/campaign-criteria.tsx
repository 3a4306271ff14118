import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { type CriterionDefinition, criterionKindsOf } from './campaign.ts'
import type { CampaignKind, DraftCriterion, FieldErrors } from './campaign-fields.ts'
import { ErrorText } from './campaign-inputs.tsx'
import type { Beginnings } from './campaign-template.ts'
import { beginningsIn, firstQuestion } from './campaign-templates.ts'
import { type CampaignWord, campaignSayIn } from './campaign-words.ts'
import { CriterionDetails } from './criterion-details.tsx'

type Kind = CriterionDefinition['kind']

interface Offer {
  kind: Kind
  title: CampaignWord
  make: (words: Beginnings) => Omit<DraftCriterion, 'key'>
}

const offers: readonly Offer[] = [
  {
    kind: 'preference',
    title: 'offer.preference',
    make: () => ({
      title: '',
      isRequired: true,
      definition: { kind: 'preference', points: 5 },
    }),
  },
  { kind: 'scale', title: 'offer.scale', make: ({ fivePoints }) => fivePoints('') },
  { kind: 'choice', title: 'offer.yesNo', make: ({ yesNo }) => yesNo('') },
  {
    kind: 'choice',
    title: 'offer.one',
    make: () => ({
      title: '',
      isRequired: true,
      definition: { kind: 'choice', options: [], multiple: false },
    }),
  },
  {
    kind: 'choice',
    title: 'offer.several',
    make: () => ({
      title: '',
      isRequired: false,
      definition: { kind: 'choice', options: [], multiple: true },
    }),
  },
  {
    kind: 'text',
    title: 'offer.text',
    make: () => ({ title: '', isRequired: false, definition: { kind: 'text' } }),
  },
  {
    kind: 'spans',
    title: 'offer.spans',
    make: () => ({ title: '', isRequired: false, definition: { kind: 'spans', labels: [] } }),
  },
  { kind: 'ideal', title: 'offer.ideal', make: ({ ideal }) => ideal },
]

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
  const { say, language } = useSaying(campaignSayIn)
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
    setSaid(say('removed', { number: place + 1 }))
    setFocusOn(criteria[place + 1]?.key ?? criteria[place - 1]?.key ?? null)
  }
  const move = (place: number, step: -1 | 1) => {
    const next = [...criteria]
    const [moved] = next.splice(place, 1)
    if (!moved) return
    next.splice(place + step, 0, moved)
    onChange(next)
    setSaid(say('moved', { number: place + step + 1, count: criteria.length }))
    setFocusOn(`${moved.key}-${step < 0 ? 'up' : 'down'}`)
  }
  const add = ({ make }: Offer) => {
    const key = freeKey(criteria)
    onChange([...criteria, { ...make(beginningsIn(language)), key }])
    setSaid(say('added', { number: criteria.length + 1 }))
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
        onRestore={() => onChange([firstQuestion({ kind, language })])}
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
  const { say } = useSaying(campaignSayIn)
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
        <legend className="sr-only">{say('question', { number })}</legend>
        <div className="flex flex-wrap items-center gap-x-2">
          <span className="eyebrow">
            {number} · {say(fixed && kind === 'pairwise' ? 'overall' : `is.${definition.kind}`)}
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
                  aria-label={say('moveUp', { number })}
                >
                  <ArrowUp size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={tool}
                  data-focus={`${key}-down`}
                  disabled={place === count - 1}
                  onClick={() => props.onMove(1)}
                  aria-label={say('moveDown', { number })}
                >
                  <ArrowDown size={16} aria-hidden="true" />
                </button>
                <button
                  type="button"
                  className={tool}
                  disabled={count === 1}
                  onClick={props.onRemove}
                  aria-label={say('remove', { number })}
                >
                  <Trash2 size={16} aria-hidden="true" />
                </button>
              </>
            )}
          </span>
        </div>
        <label className="grid gap-1.5 text-sm font-semibold">
          {say('whatIsAsked')}
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
          {say('required')}
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
  const { say } = useSaying(campaignSayIn)
  if (isEmpty) {
    return (
      <button type="button" className="btn justify-self-start" onClick={onRestore}>
        <Plus size={16} aria-hidden="true" /> {say('firstQuestion')}
      </button>
    )
  }
  if (isFull) {
    return <p className="text-sm text-ink-2">{say('mostQuestions', { count: mostCriteria })}</p>
  }
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-semibold">{say('addQuestion')}</h3>
      <div className="flex flex-wrap gap-2">
        {offered.map((offer) => (
          <button key={offer.title} type="button" className="chip" onClick={() => onAdd(offer)}>
            <Plus size={14} aria-hidden="true" /> {say(offer.title)}
          </button>
        ))}
      </div>
    </div>
  )
}
