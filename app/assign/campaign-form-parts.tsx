import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { CriteriaEditor } from './campaign-criteria.tsx'
import type { CampaignKind } from './campaign-fields.ts'
import { CheckRow, type FormPart, FormSection, hasErrorIn } from './campaign-inputs.tsx'
import { type CampaignTemplate, campaignTemplates, withKind } from './campaign-templates.ts'

export const kindWords: Record<CampaignKind, string> = {
  pairwise: 'Pairwise',
  rubric: 'Rubric',
  ranking: 'Ranking',
}

/** Where a campaign begins. Without scripts each template is a page of its own. */
export function TemplateChoice({
  chosen,
  onChoose,
}: {
  chosen: string | null
  onChoose: (template: CampaignTemplate) => void
}) {
  return (
    <section className="grid gap-3" aria-labelledby="templates">
      <h2 id="templates">Start from</h2>
      <ul className="grid gap-2.5 sm:grid-cols-2">
        {campaignTemplates.map((template) => {
          const isChosen = template.id === chosen
          return (
            <li key={template.id} className="grid">
              <Link
                to={`?template=${template.id}`}
                preventScrollReset
                aria-current={isChosen ? 'true' : undefined}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return
                  event.preventDefault()
                  onChoose(template)
                }}
                className={`grid content-start gap-0.5 rounded-lg border px-3.5 py-2.5 ${isChosen ? 'border-act-line bg-act-soft' : 'border-line bg-surface hover:bg-sunken'}`}
              >
                <span className="flex items-baseline gap-2">
                  <strong>{template.title}</strong>
                  <span className="ml-auto text-[13px] text-ink-2">{kindWords[template.kind]}</span>
                </span>
                <span className="text-sm text-ink-2">{template.does}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Name, kind, questions and guidelines: what a short form cannot do without. */
export function AskedPart({
  fields,
  errors,
  change,
  replace,
}: FormPart & { replace: (fields: FormPart['fields']) => void }) {
  return (
    <section className="card grid gap-4">
      <h2>What is asked</h2>
      <TextField
        label="Name"
        name="name"
        value={fields.name}
        error={errors.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <SelectField
        label="Kind"
        name="kind"
        value={fields.kind}
        error={errors.kind}
        onChange={(event) => replace(withKind(fields, event.currentTarget.value as CampaignKind))}
        options={[
          { value: 'pairwise', label: 'Pairwise: which of two responses is better' },
          { value: 'rubric', label: 'Rubric: score each response on criteria' },
          { value: 'ranking', label: 'Ranking: put several responses in order' },
        ]}
      />
      <CriteriaEditor
        kind={fields.kind}
        criteria={fields.criteria}
        errors={errors}
        onChange={(criteria) => change({ criteria })}
      />
      <TextArea
        label="Guidelines"
        name="guidelines"
        rows={7}
        dir="auto"
        value={fields.guidelines}
        error={errors.guidelines}
        onChange={(event) => change({ guidelines: event.currentTarget.value })}
        hint="Markdown. Raters open them with G; each judgment notes the version it was given under."
      />
    </section>
  )
}

/** What the room offers around the questions. */
export function RoomPart({ fields, errors, change }: FormPart) {
  const on = (words: string, isOn: boolean) => (isOn ? [words] : [])
  const says = [
    ...(fields.kind === 'pairwise'
      ? [...on('both bad', fields.bothBad), ...on('can’t judge', fields.cantJudge)]
      : []),
    ...on('comment', fields.comment),
    ...on('reasons', fields.reasons.trim() !== ''),
    ...on('context', fields.showContext),
    `batches of ${fields.batchSize}`,
  ].join(' · ')
  return (
    <FormSection
      title="Around the questions"
      says={says}
      hasError={hasErrorIn(errors, 'reasons', 'batchSize', 'undoWindow')}
    >
      <div className="grid gap-3">
        <div className={fields.kind === 'pairwise' ? 'grid gap-3' : 'hidden'}>
          <CheckRow
            name="bothBad"
            label="Offer “both bad”"
            hint="Kept apart from a tie, to the exported row."
            checked={fields.bothBad}
            onChange={(bothBad) => change({ bothBad })}
          />
          <CheckRow
            name="cantJudge"
            label="Offer “can’t judge”"
            checked={fields.cantJudge}
            onChange={(cantJudge) => change({ cantJudge })}
          />
        </div>
        <CheckRow
          name="comment"
          label="Offer a comment"
          checked={fields.comment}
          onChange={(comment) => change({ comment })}
        />
        <CheckRow
          name="showContext"
          label="Show what was retrieved for a response beside it"
          hint="Where the logs have it."
          checked={fields.showContext}
          onChange={(showContext) => change({ showContext })}
        />
      </div>
      <TextArea
        label="Reasons to choose from"
        name="reasons"
        rows={4}
        value={fields.reasons}
        error={errors.reasons}
        onChange={(event) => change({ reasons: event.currentTarget.value })}
        hint="One a line; shown as chips."
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberInput
          label="Judgments in a batch"
          name="batchSize"
          hint="Then the room sums up and suggests a pause."
          {...{ fields, errors, change }}
        />
        <NumberInput
          label="Minutes to change one’s mind"
          name="undoWindow"
          hint="After a judgment; empty: until the campaign closes."
          {...{ fields, errors, change }}
        />
      </div>
    </FormSection>
  )
}

type NumberName =
  | 'batchSize'
  | 'undoWindow'
  | 'pairsAPrompt'
  | 'responsesATask'
  | 'roundSize'
  | 'floor'
  | 'overlap'
  | 'most'
  | 'confidence'
  | 'mostPerRater'
  | 'goldRate'
  | 'repeatRate'
  | 'goldTolerance'
  | 'qualificationTasks'
  | 'passMark'
  | 'attempts'
  | 'budget'

/** A number that keeps what was typed, be it one or not. */
export function NumberInput({
  label,
  name,
  hint,
  fields,
  errors,
  change,
}: FormPart & { label: string; name: NumberName; hint?: ReactNode }) {
  return (
    <TextField
      label={label}
      name={name}
      inputMode="decimal"
      autoComplete="off"
      value={fields[name]}
      error={errors[name]}
      hint={hint}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
}
