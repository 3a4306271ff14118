import { useEffect } from 'react'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { NumberInput } from './campaign-form-parts.tsx'
import {
  CheckRow,
  ChipSet,
  type FormPart,
  FormSection,
  hasErrorIn,
  RadioRows,
} from './campaign-inputs.tsx'
import { clockAt, timeOnClock } from './zoned-time.ts'

export interface RaterChoices {
  annotators: readonly { id: string; name: string }[]
  /** Groups that a lead put raters into, with how many are in each. */
  groups: readonly { group: string; raters: number }[]
}

/** How many raters judge a task, and who. */
export function JudgesPart({ fields, errors, change, annotators }: FormPart & RaterChoices) {
  const parts = { fields, errors, change }
  return (
    <section className="card grid gap-5">
      <h2>Who judges</h2>
      <div className="max-w-72">
        <NumberInput
          label="Overlap"
          name="overlap"
          hint="Raters for each task. Two or more let you measure agreement."
          {...parts}
        />
      </div>
      {annotators.length > 0 ? (
        <ChipSet
          legend="Raters"
          hint="Every annotator of the project when none is chosen."
          name="raters"
          chosen={fields.raters}
          error={errors.raters}
          onChange={(raters) => change({ raters })}
          options={annotators.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p className="text-sm text-ink-2">
          No annotators yet. Everybody with that role will be able to work here.
        </p>
      )}
    </section>
  )
}

/** Which of the raters, and how much each. */
export function RatersPart({ fields, errors, change, groups }: FormPart & RaterChoices) {
  const says = [
    fields.groups.length > 0 ? `groups: ${fields.groups.join(', ')}` : 'any group',
    fields.matchLanguages ? 'own languages only' : 'any language',
    fields.mostPerRater ? `at most ${fields.mostPerRater} each` : 'no limit each',
  ].join(' · ')
  return (
    <FormSection
      title="Groups, languages, limits"
      says={says}
      hasError={hasErrorIn(errors, 'groups', 'mostPerRater')}
    >
      {groups.length > 0 ? (
        <ChipSet
          legend="Groups"
          hint="Only raters of one of these; any when none is chosen."
          name="groups"
          chosen={fields.groups}
          onChange={(chosen) => change({ groups: chosen })}
          options={groups.map(({ group, raters }) => ({
            value: group,
            label: `${group} ${raters}`,
          }))}
        />
      ) : (
        <p className="text-sm text-ink-2">
          No groups yet. A lead puts raters into groups on the page of members.
        </p>
      )}
      <CheckRow
        name="matchLanguages"
        label="Raters get only prompts in languages they judge in"
        hint="A lead sets each rater’s languages on the page of members."
        checked={fields.matchLanguages}
        onChange={(matchLanguages) => change({ matchLanguages })}
      />
      <NumberInput
        label="Tasks one rater may judge"
        name="mostPerRater"
        hint="Empty for no limit. A limit keeps one voice from being most of the result."
        {...{ fields, errors, change }}
      />
    </FormSection>
  )
}

/** How the campaign knows that raters are careful. */
export function QualityPart({ fields, errors, change }: FormPart) {
  const parts = { fields, errors, change }
  const says = [
    Number(fields.goldRate) > 0 ? `${fields.goldRate} % gold` : 'no gold',
    Number(fields.repeatRate) > 0 ? `${fields.repeatRate} % repeats` : 'no repeats',
    ...(fields.training ? ['training'] : []),
    ...(fields.qualifies ? ['qualification'] : []),
  ].join(' · ')
  return (
    <FormSection
      title="Training and checks"
      says={says}
      hasError={hasErrorIn(
        errors,
        ...[
          'goldRate',
          'repeatRate',
          'goldTolerance',
          'qualificationTasks',
          'passMark',
          'attempts',
        ],
      )}
    >
      <p className="text-sm text-ink-2">
        Gold, training and qualification tasks are written on the campaign’s own page once it is
        made. They look like any other task.
      </p>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberInput
          label="Gold, percent"
          name="goldRate"
          hint="Tasks with known answers."
          {...parts}
        />
        <NumberInput
          label="Repeats, percent"
          name="repeatRate"
          hint="Own tasks again, sides swapped."
          {...parts}
        />
        <NumberInput
          label="Tolerance, points"
          name="goldTolerance"
          hint="How far a score may be off."
          {...parts}
        />
      </div>
      <CheckRow
        name="training"
        label="Begin with training"
        hint="Tasks with explained answers, before any that counts."
        checked={fields.training}
        onChange={(training) => change({ training })}
      />
      <CheckRow
        name="qualifies"
        label="Ask for a qualification"
        hint="Only raters who pass judge work that counts."
        checked={fields.qualifies}
        onChange={(qualifies) => change({ qualifies })}
      >
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <NumberInput label="Tasks" name="qualificationTasks" {...parts} />
          <NumberInput label="Pass mark, percent" name="passMark" {...parts} />
          <NumberInput label="Attempts" name="attempts" hint="Each with new tasks." {...parts} />
        </div>
        <RadioRows
          legend="Who fails the last attempt"
          name="onFailure"
          value={fields.onFailure}
          onChange={(onFailure) => change({ onFailure })}
          choices={[
            { value: 'stop', label: 'does not work here' },
            { value: 'work_anyway', label: 'works, and the raters’ page says so' },
          ]}
        />
      </CheckRow>
      <CheckRow
        name="adjudicationFeedback"
        label="Tell raters when an adjudicator decided otherwise"
        hint="With the reason, on their own page."
        checked={fields.adjudicationFeedback}
        onChange={(adjudicationFeedback) => change({ adjudicationFeedback })}
      />
    </FormSection>
  )
}

const orderWords = {
  balanced: 'balanced',
  priority: 'by tags',
  adaptive: 'adaptive',
  disagreement: 'disagreement first',
} as const

/** Which task comes first, and when a task has enough raters. */
export function OrderPart({ fields, errors, change }: FormPart) {
  const parts = { fields, errors, change }
  const says = `${orderWords[fields.order]} · ${
    fields.adaptsOverlap ? `${fields.overlap} to ${fields.most} raters a task` : 'fixed overlap'
  }`
  const isPairwise = fields.kind === 'pairwise'
  return (
    <FormSection
      title="Order of work"
      says={says}
      hasError={hasErrorIn(
        errors,
        'order',
        'priorityTags',
        'roundSize',
        'floor',
        'most',
        'confidence',
      )}
    >
      <RadioRows
        legend="What comes first"
        name="order"
        value={fields.order}
        error={errors.order}
        onChange={(order) => change({ order })}
        choices={[
          {
            value: 'balanced',
            label: 'Balanced',
            hint: 'Every pair and every prompt equally often, whenever one stops.',
          },
          {
            value: 'priority',
            label: 'By tags',
            more: (
              <TextArea
                label="Tags, the first ones first"
                name="priorityTags"
                rows={3}
                value={fields.priorityTags}
                error={errors.priorityTags}
                hint="One a line. Prompts with none of them come last."
                onChange={(event) => change({ priorityTags: event.currentTarget.value })}
              />
            ),
          },
          ...(isPairwise
            ? [
                {
                  value: 'adaptive' as const,
                  label: 'Adaptive',
                  hint: 'In rounds: the pairs that most reduce what is uncertain in the standings. How probable each choice was is kept, and estimates are weighted by it.',
                  more: (
                    <div className="grid items-start gap-4 sm:grid-cols-2">
                      <NumberInput label="Tasks in a round" name="roundSize" {...parts} />
                      <NumberInput
                        label="Drawn evenly, percent"
                        name="floor"
                        hint="The share that is drawn whatever is known."
                        {...parts}
                      />
                    </div>
                  ),
                },
              ]
            : []),
          {
            value: 'disagreement',
            label: 'Disagreement first',
            hint: 'Tasks on which the first raters differ get their others first.',
          },
        ]}
      />
      <CheckRow
        name="adaptsOverlap"
        label="Add raters until a task is clear"
        hint="Each task begins with the overlap above; more raters only where they disagree."
        checked={fields.adaptsOverlap}
        onChange={(adaptsOverlap) => change({ adaptsOverlap })}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <NumberInput label="Raters at most" name="most" {...parts} />
          <NumberInput
            label="Clear at, percent"
            name="confidence"
            hint="How probable the leading answer must be."
            {...parts}
          />
        </div>
      </CheckRow>
    </FormSection>
  )
}

/** When the campaign ends by itself. */
export function LimitsPart({ fields, errors, change }: FormPart) {
  useOwnZone({ fields, errors, change })
  const says = [
    fields.budget ? `${fields.budget} judgments` : 'no budget',
    fields.deadline ? `until ${fields.deadline.replace('T', ' ')}` : 'no deadline',
  ].join(' · ')
  return (
    <FormSection
      title="Budget and deadline"
      says={says}
      hasError={hasErrorIn(errors, 'budget', 'deadline')}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberInput
          label="Judgments at most"
          name="budget"
          hint="Empty for no bound."
          {...{ fields, errors, change }}
        />
        <TextField
          type="datetime-local"
          label={`Deadline (${fields.zone || 'UTC'})`}
          name="deadline"
          value={fields.deadline}
          error={errors.deadline}
          hint="The campaign closes by itself then; empty for none."
          onChange={(event) => change({ deadline: event.currentTarget.value })}
        />
      </div>
      <input type="hidden" name="zone" value={fields.zone} />
    </FormSection>
  )
}

/** The server writes times in UTC; the browser knows where the person is. */
function useOwnZone({ fields, change }: FormPart): void {
  const { zone, deadline } = fields
  useEffect(() => {
    if (zone !== '') return
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone
    const time = timeOnClock(deadline, 'UTC')
    change({ zone: own, deadline: time === null ? deadline : clockAt(time, own) })
  }, [zone, deadline, change])
}
