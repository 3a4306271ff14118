/** Where a lead says what a task should be answered, why, and what the task is for. */
import { useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { useSaying } from '#app/ui/language.tsx'
import { withAnswered } from './answer-form.ts'
import { DecisionDesk } from './decision-desk.tsx'
import type { ExpectedGiven } from './expected-task.ts'
import type { ExpectedView } from './expected-task-list.server.ts'
import type { Bindings } from './keymap.ts'
import { leadSayIn } from './lead-words.ts'
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
  const { say } = useSaying(leadSayIn)
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
      wordsLabel={say('explanation')}
      wordsHint={purpose === 'training' ? say('whyTraining') : say('whyOthers')}
      isWordsRequired={purpose === 'training'}
      isComplete={false}
      decideLabel={say(task.purpose === null ? `make.${purpose}` : 'save')}
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
            {say(isRetired ? 'useAgain' : 'retire')}
          </button>
        )
      }
      notice={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {task.purpose === null ? (
            <Purposes chosen={purpose} onChoose={setPurpose} />
          ) : (
            <p className="text-sm text-ink-2">
              <strong>{say(`purpose.${task.purpose}`)}</strong>
              {isRetired ? say('isRetired') : `. ${say(`hint.${task.purpose}`)}`}
            </p>
          )}
          <p className="text-sm text-ink-2">{say('explainWithout')}</p>
          {task.isProposed ? <p className="text-sm text-ink-2">{say('isProposed')}</p> : null}
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
  const { say } = useSaying(leadSayIn)
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{say('whatFor')}</legend>
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
          {say(`purpose.${purpose}`)}
        </label>
      ))}
      <span className="text-sm text-ink-2">{say(`hint.${chosen}`)}</span>
    </fieldset>
  )
}
