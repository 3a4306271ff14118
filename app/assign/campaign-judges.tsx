import { useEffect } from 'react'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { NumberInput } from './campaign-form-parts.tsx'
import {
  CheckRow,
  ChipSet,
  type FormPart,
  FormSection,
  hasErrorIn,
  RadioRows,
} from './campaign-inputs.tsx'
import { campaignSayIn } from './campaign-words.ts'
import { clockAt, timeOnClock } from './zoned-time.ts'

export interface RaterChoices {
  annotators: readonly { id: string; name: string }[]
  /** Groups that a lead put raters into, with how many are in each. */
  groups: readonly { group: string; raters: number }[]
}

/** How many raters judge a task, and who. */
export function JudgesPart({ fields, errors, change, annotators }: FormPart & RaterChoices) {
  const { say } = useSaying(campaignSayIn)
  const parts = { fields, errors, change }
  return (
    <section className="card grid gap-5">
      <h2>{say('whoJudges')}</h2>
      <div className="max-w-72">
        <NumberInput label={say('overlap')} name="overlap" hint={say('overlapHint')} {...parts} />
      </div>
      {annotators.length > 0 ? (
        <ChipSet
          legend={say('raters')}
          hint={say('ratersHint')}
          name="raters"
          chosen={fields.raters}
          error={errors.raters}
          onChange={(raters) => change({ raters })}
          options={annotators.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <p className="text-sm text-ink-2">{say('noAnnotators')}</p>
      )}
    </section>
  )
}

/** Which of the raters, and how much each. */
export function RatersPart({ fields, errors, change, groups }: FormPart & RaterChoices) {
  const { say } = useSaying(campaignSayIn)
  const says = [
    fields.groups.length > 0
      ? say('says.groups', { groups: fields.groups.join(', ') })
      : say('says.anyGroup'),
    say(fields.matchLanguages ? 'says.ownLanguages' : 'says.anyLanguage'),
    fields.mostPerRater
      ? say('says.mostEach', { most: fields.mostPerRater })
      : say('says.noMostEach'),
  ].join(' · ')
  return (
    <FormSection
      title={say('groupsPart')}
      says={says}
      hasError={hasErrorIn(errors, 'groups', 'mostPerRater')}
    >
      {groups.length > 0 ? (
        <ChipSet
          legend={say('groups')}
          hint={say('groupsHint')}
          name="groups"
          chosen={fields.groups}
          onChange={(chosen) => change({ groups: chosen })}
          options={groups.map(({ group, raters }) => ({
            value: group,
            label: `${group} ${raters}`,
          }))}
        />
      ) : (
        <p className="text-sm text-ink-2">{say('noGroups')}</p>
      )}
      <CheckRow
        name="matchLanguages"
        label={say('matchLanguages')}
        hint={say('matchHint')}
        checked={fields.matchLanguages}
        onChange={(matchLanguages) => change({ matchLanguages })}
      />
      <NumberInput
        label={say('mostPerRater')}
        name="mostPerRater"
        hint={say('mostPerRaterHint')}
        {...{ fields, errors, change }}
      />
    </FormSection>
  )
}

/** How the campaign knows that raters are careful. */
export function QualityPart({ fields, errors, change }: FormPart) {
  const { say } = useSaying(campaignSayIn)
  const parts = { fields, errors, change }
  const says = [
    Number(fields.goldRate) > 0 ? say('says.gold', { rate: fields.goldRate }) : say('says.noGold'),
    Number(fields.repeatRate) > 0
      ? say('says.repeats', { rate: fields.repeatRate })
      : say('says.noRepeats'),
    ...(fields.training ? [say('says.training')] : []),
    ...(fields.qualifies ? [say('says.qualification')] : []),
  ].join(' · ')
  return (
    <FormSection
      title={say('qualityPart')}
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
      <p className="text-sm text-ink-2">{say('qualityHint')}</p>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <NumberInput label={say('goldRate')} name="goldRate" hint={say('goldHint')} {...parts} />
        <NumberInput
          label={say('repeatRate')}
          name="repeatRate"
          hint={say('repeatHint')}
          {...parts}
        />
        <NumberInput
          label={say('tolerance')}
          name="goldTolerance"
          hint={say('toleranceHint')}
          {...parts}
        />
      </div>
      <CheckRow
        name="training"
        label={say('training')}
        hint={say('trainingHint')}
        checked={fields.training}
        onChange={(training) => change({ training })}
      />
      <CheckRow
        name="qualifies"
        label={say('qualifies')}
        hint={say('qualifiesHint')}
        checked={fields.qualifies}
        onChange={(qualifies) => change({ qualifies })}
      >
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <NumberInput label={say('tasks')} name="qualificationTasks" {...parts} />
          <NumberInput label={say('passMark')} name="passMark" {...parts} />
          <NumberInput
            label={say('attempts')}
            name="attempts"
            hint={say('attemptsHint')}
            {...parts}
          />
        </div>
        <RadioRows
          legend={say('onFailure')}
          name="onFailure"
          value={fields.onFailure}
          onChange={(onFailure) => change({ onFailure })}
          choices={[
            { value: 'stop', label: say('failureStop') },
            { value: 'work_anyway', label: say('failureWork') },
          ]}
        />
      </CheckRow>
      <CheckRow
        name="adjudicationFeedback"
        label={say('feedback')}
        hint={say('feedbackHint')}
        checked={fields.adjudicationFeedback}
        onChange={(adjudicationFeedback) => change({ adjudicationFeedback })}
      />
    </FormSection>
  )
}

/** Which task comes first, and when a task has enough raters. */
export function OrderPart({ fields, errors, change }: FormPart) {
  const { say } = useSaying(campaignSayIn)
  const parts = { fields, errors, change }
  const says = `${say(`order.${fields.order}`)} · ${
    fields.adaptsOverlap
      ? say('says.someToMost', { least: fields.overlap, most: fields.most })
      : say('says.fixed')
  }`
  const isPairwise = fields.kind === 'pairwise'
  return (
    <FormSection
      title={say('orderPart')}
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
        legend={say('first')}
        name="order"
        value={fields.order}
        error={errors.order}
        onChange={(order) => change({ order })}
        choices={[
          {
            value: 'balanced',
            label: say('balanced'),
            hint: say('balancedHint'),
          },
          {
            value: 'priority',
            label: say('byTags'),
            more: (
              <TextArea
                label={say('priorityTags')}
                name="priorityTags"
                rows={3}
                value={fields.priorityTags}
                error={errors.priorityTags}
                hint={say('priorityHint')}
                onChange={(event) => change({ priorityTags: event.currentTarget.value })}
              />
            ),
          },
          ...(isPairwise
            ? [
                {
                  value: 'adaptive' as const,
                  label: say('adaptive'),
                  hint: say('adaptiveHint'),
                  more: (
                    <div className="grid items-start gap-4 sm:grid-cols-2">
                      <NumberInput label={say('roundSize')} name="roundSize" {...parts} />
                      <NumberInput
                        label={say('floor')}
                        name="floor"
                        hint={say('floorHint')}
                        {...parts}
                      />
                    </div>
                  ),
                },
              ]
            : []),
          {
            value: 'disagreement',
            label: say('disagreement'),
            hint: say('disagreementHint'),
          },
        ]}
      />
      <CheckRow
        name="adaptsOverlap"
        label={say('adaptsOverlap')}
        hint={say('adaptsHint')}
        checked={fields.adaptsOverlap}
        onChange={(adaptsOverlap) => change({ adaptsOverlap })}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <NumberInput label={say('most')} name="most" {...parts} />
          <NumberInput
            label={say('confidence')}
            name="confidence"
            hint={say('confidenceHint')}
            {...parts}
          />
        </div>
      </CheckRow>
    </FormSection>
  )
}

/** When the campaign ends by itself. */
export function LimitsPart({ fields, errors, change }: FormPart) {
  const { say } = useSaying(campaignSayIn)
  useOwnZone({ fields, errors, change })
  const says = [
    fields.budget ? say('says.judgments', { judgments: fields.budget }) : say('says.noBudget'),
    fields.deadline
      ? say('says.until', { when: fields.deadline.replace('T', ' ') })
      : say('says.noDeadline'),
  ].join(' · ')
  return (
    <FormSection
      title={say('limitsPart')}
      says={says}
      hasError={hasErrorIn(errors, 'budget', 'deadline')}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberInput
          label={say('budget')}
          name="budget"
          hint={say('noBound')}
          {...{ fields, errors, change }}
        />
        <TextField
          type="datetime-local"
          label={say('deadlineIn', { zone: fields.zone || 'UTC' })}
          name="deadline"
          value={fields.deadline}
          error={errors.deadline}
          hint={say('deadlineHint')}
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
