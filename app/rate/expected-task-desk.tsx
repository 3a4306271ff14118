/** Where a lead says what a task should be answered, why, and what the task is for. */
import { useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { withAnswered } from './answer-form.ts'
import { DecisionDesk } from './decision-desk.tsx'
import { type ExpectedGiven, purposeHints, purposeTitles } from './expected-task.ts'
import type { ExpectedView } from './expected-task-list.server.ts'
import type { Bindings } from './keymap.ts'
import type { RoomCampaign } from './room-campaign.ts'

export interface ExpectedTaskDeskProps {
  campaign: RoomCampaign
  criteria: readonly Criterion[]
  task: ExpectedView
  bindings: Bindings
  isSending: boolean
  problem: string | undefined
  onGive: (given: ExpectedGiven) => void
  onRetire: (intent: 'retire' | 'restore') => void
}

const purposes = ['gold', 'training', 'qualification'] as const
/** Raters are compared by these; words, marks and ideal responses cannot be expected. */
const comparable = ['preference', 'scale', 'choice', 'ranking']

export function ExpectedTaskDesk(props: ExpectedTaskDeskProps) {
  const { campaign, task, onGive, onRetire } = props
  const [purpose, setPurpose] = useState(task.purpose ?? 'gold')
  const criteria = props.criteria
    .filter(({ definition }) => comparable.includes(definition.kind))
    .map((criterion) => ({ ...criterion, isRequired: false }))
  const isRetired = task.retiredBecause !== null
  return (
    <DecisionDesk
      taskId={task.taskId}
      campaign={{ ...campaign, reasons: [] }}
      criteria={criteria}
      task={task}
      bindings={props.bindings}
      begun={withAnswered({
        answers: task.answers.filter(({ kind }) => comparable.includes(kind)),
        comment: task.explanation,
        reasons: [],
      })}
      wordsLabel="Explanation"
      wordsHint={
        purpose === 'training'
          ? 'Why? Raters read this after they answered.'
          : 'Why? For those who look at it later.'
      }
      isWordsRequired={purpose === 'training'}
      isComplete={false}
      decideLabel={
        task.purpose === null ? `Make it ${purposeTitles[purpose].toLowerCase()}` : 'Save'
      }
      isSending={props.isSending}
      problem={props.problem}
      onDecide={
        isRetired
          ? undefined
          : ({ answers, text }) => onGive({ purpose, answers, explanation: text })
      }
      actions={
        task.purpose === null ? null : (
          <button
            type="button"
            className="btn btn-quiet max-md:min-h-11"
            onClick={() => onRetire(isRetired ? 'restore' : 'retire')}
          >
            {isRetired ? 'Use it again' : 'Retire'}
          </button>
        )
      }
      notice={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {task.purpose === null ? (
            <Purposes chosen={purpose} onChoose={setPurpose} />
          ) : (
            <p className="text-sm text-ink-2">
              <strong>{purposeTitles[task.purpose]}</strong>
              {isRetired
                ? ', retired: raters no longer get it.'
                : `. ${purposeHints[task.purpose]}`}
            </p>
          )}
          <p className="text-sm text-ink-2">
            Every rater sees an order of their own: explain without the letters.
          </p>
          {task.isProposed ? (
            <p className="text-sm text-ink-2">An adjudicator’s decision is proposed below.</p>
          ) : null}
        </div>
      }
    />
  )
}

function Purposes({
  chosen,
  onChoose,
}: {
  chosen: ExpectedGiven['purpose']
  onChoose: (purpose: ExpectedGiven['purpose']) => void
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">What is it for?</legend>
      {purposes.map((purpose) => (
        <label key={purpose} className="chip has-focus-visible:outline-2">
          <input
            type="radio"
            name="purpose"
            value={purpose}
            checked={chosen === purpose}
            onChange={() => onChoose(purpose)}
            className="accent-act"
          />
          {purposeTitles[purpose]}
        </label>
      ))}
      <span className="text-sm text-ink-2">{purposeHints[chosen]}</span>
    </fieldset>
  )
}
