/** The questions of a campaign, each with its control; the one in focus takes the number keys. */
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import type { Criterion, CriterionDefinition, DefinitionOf } from '#app/assign/campaign.ts'
import type { WorkingAnswer } from './answer-form.ts'
import { chosenAnswer, scoreAnswer, verdictAnswer } from './answer-keys.ts'
import type { ShownAnswer } from './judgment.ts'
import type { Bindings, Verdict } from './keymap.ts'
import type { Marking } from './mark-list.tsx'
import { ApartVerdicts, VerdictScale } from './pairwise-task.tsx'
import type { RankingInHand } from './ranking-task.tsx'
import { offeredFor, type RoomCampaign } from './room-campaign.ts'
import { useRoomWords } from './room-words.ts'
import { KeyOn, Segments } from './segments.tsx'
import type { ShownResponse } from './task-view.ts'

const RankingControl = lazy(() =>
  import('./ranking-task.tsx').then(({ RankingControl }) => ({ default: RankingControl })),
)
const MarkList = lazy(() =>
  import('./mark-list.tsx').then(({ MarkList }) => ({ default: MarkList })),
)
const IdealEditor = lazy(() =>
  import('./ideal-editor.tsx').then(({ IdealEditor }) => ({ default: IdealEditor })),
)

export interface AnswerControlsProps {
  campaign: Pick<RoomCampaign, 'kind' | 'bothBad' | 'cantJudge'>
  criteria: readonly Criterion[]
  answer: WorkingAnswer
  responses: readonly ShownResponse[]
  bindings: Bindings
  /** The id of the question that takes the number keys. */
  focused: string
  onFocus: (criterionId: string) => void
  onAnswer: (criterionId: string, given: ShownAnswer | undefined, movesOn: boolean) => void
  ranking: RankingInHand
  marking: Marking
  /** Whether a narrow screen shows only the question in focus, for the room that the others take. */
  isOneByOne?: boolean
  /** Whether they stand in a column beside the responses where the screen is wide. */
  isBeside?: boolean
}

/** All questions: a campaign's overall preference large, everything else as compact rows. */
export function AnswerControls(props: AnswerControlsProps) {
  const { criteria, focused } = props
  const isAlone = criteria.length === 1
  const isOneByOne = props.isOneByOne === true && !isAlone
  return (
    <div className="grid w-full max-w-[1040px] grid-cols-[minmax(0,1fr)] gap-1.5 justify-self-center">
      {criteria.map((criterion, place) => {
        const isOverall = place === 0 && criterion.definition.kind === 'preference'
        return (
          <Question
            key={criterion.id}
            criterion={criterion}
            isAlone={isAlone}
            isOverall={isOverall}
            isFocused={!isAlone && criterion.id === focused}
            isHidden={
              isOneByOne
                ? criterion.id !== focused
                : props.marking.isOn && criterion.definition.kind !== 'spans'
            }
            isBeside={props.isBeside === true}
            steps={isOneByOne ? <Steps {...props} place={place} /> : null}
            onFocus={() => props.onFocus(criterion.id)}
          >
            <Control {...props} criterion={criterion} isOverall={isOverall} />
          </Question>
        )
      })}
    </div>
  )
}

/** Where one is among questions of which one is shown, and the ways to the others. */
function Steps({ criteria, onFocus, place }: AnswerControlsProps & { place: number }) {
  const { say } = useRoomWords()
  const step = (by: -1 | 1) => {
    const to = criteria[place + by]
    return (
      <button
        type="button"
        className="grid size-11 place-content-center text-xl leading-none disabled:opacity-40"
        aria-label={say(by < 0 ? 'questionBefore' : 'questionNext')}
        data-step={by}
        disabled={!to}
        onClick={() => to && onFocus(to.id)}
      >
        <span aria-hidden="true">{by < 0 ? '‹' : '›'}</span>
      </button>
    )
  }
  return (
    <span className="-my-1.5 flex shrink-0 items-center text-[13px] font-normal text-ink-2 md:hidden">
      {step(-1)}
      <span>{say('progress', { done: place + 1, total: criteria.length })}</span>
      {step(1)}
    </span>
  )
}

function Question({
  criterion,
  isAlone,
  isOverall,
  isFocused,
  isHidden,
  isBeside,
  steps,
  onFocus,
  children,
}: {
  criterion: Criterion
  isAlone: boolean
  /** Out of the way on a narrow screen. */
  isHidden: boolean
  isBeside: boolean
  /** The ways to the other questions. */
  steps: ReactNode
  isOverall: boolean
  isFocused: boolean
  onFocus: () => void
  children: ReactNode
}) {
  const { say } = useRoomWords()
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isFocused) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isFocused])
  if (isAlone && isOverall) {
    return (
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        <p dir="auto" className="text-center text-sm leading-tight font-semibold">
          {criterion.title}
        </p>
        {children}
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the controls gives the row the number keys; the keys ↑ and ↓ do the same.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      ref={row}
      data-question={criterion.id}
      data-takes-keys={isAlone || isFocused}
      aria-current={isFocused ? 'true' : undefined}
      onFocus={onFocus}
      onClick={({ target }) => {
        // A control has the focus by itself, and what it answered may be done with.
        if (target instanceof Element && !target.closest('button, textarea')) onFocus()
      }}
      className={`grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-1 rounded-lg border px-3 py-1.5 data-[takes-keys=false]:[&_.number-key]:invisible data-[takes-keys=false]:[&_.chip_.number-key]:hidden ${isHidden ? 'max-md:hidden' : ''} ${steps ? 'comes-alone' : ''} ${isOverall ? '' : 'md:grid-cols-[12rem_minmax(0,1fr)]'} ${isBeside ? 'min-[75rem]:grid-cols-[minmax(0,1fr)]' : ''} ${isFocused ? 'border-act-line bg-act-soft' : 'border-transparent'}`}
    >
      <span className="flex items-center gap-2 leading-tight font-semibold">
        <span dir="auto" className="grow">
          {criterion.title}
          {criterion.isRequired ? null : (
            <span className="ml-2 text-[13px] font-normal text-ink-2">{say('optional')}</span>
          )}
        </span>
        {steps}
      </span>
      {children}
    </div>
  )
}

type ControlProps = AnswerControlsProps & { criterion: Criterion; isOverall: boolean }

function Control(props: ControlProps) {
  const { criterion, answer, onAnswer } = props
  const { id, definition } = criterion
  const given = answer.answers[id]
  const give = (next: ShownAnswer | undefined, movesOn = false) => onAnswer(id, next, movesOn)
  const shared = { criterion, given, onGive: give }
  switch (definition.kind) {
    case 'preference':
      return <PreferenceControl {...props} definition={definition} />
    case 'scale':
      return <ScaleControl {...shared} definition={definition} isBeside={props.isBeside === true} />
    case 'choice':
      return <ChoiceControl {...shared} definition={definition} />
    case 'text':
      return <TextControl {...shared} />
    case 'ranking':
      return (
        <Suspense fallback={<div className="min-h-28" />}>
          <RankingControl
            {...props.ranking}
            definition={definition}
            bindings={props.bindings}
            count={props.responses.length}
          />
        </Suspense>
      )
    case 'spans':
      return (
        <Suspense fallback={<div className="min-h-11" />}>
          <MarkList
            criterion={criterion}
            labels={definition.labels}
            responses={props.responses}
            bindings={props.bindings}
            marking={props.marking}
            given={given}
            onGive={give}
          />
        </Suspense>
      )
    case 'ideal':
      return (
        <Suspense fallback={<div className="min-h-11" />}>
          <IdealEditor {...shared} responses={props.responses} />
        </Suspense>
      )
  }
}

function PreferenceControl({
  campaign,
  criterion,
  definition,
  answer,
  bindings,
  isOverall,
  criteria,
  focused,
  onAnswer,
}: ControlProps & { definition: DefinitionOf<'preference'> }) {
  const { id, title } = criterion
  const given = answer.answers[id]
  const verdict = verdictOf(given)
  const choose = (next: Verdict) => onAnswer(id, verdictAnswer(id, next), true)
  const takesKeys = criteria.length === 1 || focused === id
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div className="grid min-w-0 grow basis-[min(340px,100%)]">
        <VerdictScale
          title={title}
          points={definition.points}
          verdict={verdict}
          isLarge={isOverall}
          isAlone={criteria.length === 1}
          onChoose={choose}
        />
      </div>
      <ApartVerdicts
        offered={offeredFor(campaign, criterion)}
        verdict={verdict}
        bindings={takesKeys ? bindings : undefined}
        onChoose={choose}
      />
    </div>
  )
}

/** The verdict in an answer, if it is one. */
export function verdictOf(given: ShownAnswer | undefined): Verdict | null {
  if (given?.kind !== 'preference') return null
  const { winner, strength } = given
  return strength === undefined ? { winner } : { winner, strength }
}

interface AnswerProps {
  criterion: Criterion
  given: ShownAnswer | undefined
  onGive: (given: ShownAnswer | undefined, movesOn?: boolean) => void
}

function ScaleControl({
  criterion,
  definition,
  given,
  isBeside,
  onGive,
}: AnswerProps & { definition: DefinitionOf<'scale'>; isBeside: boolean }) {
  return (
    <div className="flex items-center gap-2">
      <Segments
        title={criterion.title}
        segments={definition.points.map((point, place) => ({
          id: String(point.value),
          label: point.label,
          more: point.anchor,
          keys: String(place + 1),
        }))}
        chosen={given?.kind === 'scale' ? String(given.score) : undefined}
        isBeside={isBeside}
        onChoose={(id) => onGive(scoreAnswer(criterion.id, Number(id)), true)}
      />
      <TakeBack criterion={criterion} given={given} onGive={onGive} />
    </div>
  )
}

function ChoiceControl({
  criterion,
  definition,
  given,
  onGive,
}: AnswerProps & { definition: DefinitionOf<'choice'> }) {
  const { options, multiple } = definition
  const chosen = given?.kind === 'choice' ? given.choices : []
  const reached = options.find((option) => chosen.includes(option)) ?? options[0]
  return (
    <div
      {...{ role: multiple ? 'group' : 'radiogroup', 'aria-label': criterion.title }}
      className="flex flex-wrap items-center gap-2"
    >
      {options.map((option, place) => {
        const isOn = chosen.includes(option)
        return (
          <button
            key={option}
            type="button"
            {...{ role: multiple ? 'checkbox' : 'radio', 'aria-checked': isOn }}
            tabIndex={multiple || option === reached ? 0 : -1}
            className={`chip max-md:min-h-11 ${isOn ? 'chip-on' : ''}`}
            onClick={() => onGive(chosenAnswer(criterion.id, given, option, multiple), !multiple)}
          >
            <span dir="auto">{option}</span> <KeyOn isNumber>{String(place + 1)}</KeyOn>
          </button>
        )
      })}
      {multiple ? null : <TakeBack criterion={criterion} given={given} onGive={onGive} />}
    </div>
  )
}

/** An answer that need not be given can be taken back. */
function TakeBack({ criterion, given, onGive }: AnswerProps) {
  const { say } = useRoomWords()
  if (criterion.isRequired) return null
  return (
    <button
      type="button"
      className={`btn btn-quiet !min-h-9 !px-2.5 max-md:!min-h-11 ${given ? '' : 'invisible'}`}
      aria-label={`${say('takeBack')}: ${criterion.title}`}
      title={say('takeBack')}
      onClick={() => onGive(undefined)}
    >
      ×
    </button>
  )
}

function TextControl({ criterion, given, onGive }: AnswerProps) {
  const { say } = useRoomWords()
  const text = given?.kind === 'text' ? given.text : ''
  return (
    <textarea
      className="input field-sizing-content max-h-40 min-h-11"
      dir="auto"
      rows={1}
      aria-label={criterion.title}
      placeholder={say('writeHere')}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value
        onGive(next === '' ? undefined : { kind: 'text', criterionId: criterion.id, text: next })
      }}
    />
  )
}

/** Fetches what the controls of these kinds need before they are drawn. */
export function prepareControls(kinds: readonly CriterionDefinition['kind'][]): void {
  if (kinds.includes('ranking')) void import('./ranking-task.tsx')
  if (kinds.includes('spans')) {
    void import('./mark-list.tsx')
    void import('./marked-responses.tsx')
  }
  if (kinds.includes('ideal')) void import('./ideal-editor.tsx')
}

/** Brings a question into view and moves the keyboard to its own control; into a field to write in only where that is wanted. */
export function focusQuestion(
  within: HTMLElement | null,
  criterionId: string,
  intoField: boolean,
): void {
  const row = within?.querySelector(`[data-question="${CSS.escape(criterionId)}"]`) ?? within
  row?.scrollIntoView({ block: 'nearest' })
  const control = row?.querySelector<HTMLElement>(
    'textarea, [role="radio"][tabindex="0"], [role="checkbox"], button:not([data-step])',
  )
  if (control && (intoField || !control.matches('textarea'))) control.focus()
}
