import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { CriteriaEditor } from './campaign-criteria.tsx'
import type { CampaignKind } from './campaign-fields.ts'
import { CheckRow, type FormPart, FormSection, hasErrorIn } from './campaign-inputs.tsx'
import type { CampaignTemplate } from './campaign-template.ts'
import { beginningsIn, withKind } from './campaign-templates.ts'
import { campaignSayIn } from './campaign-words.ts'

/** Where a campaign begins. Without scripts each template is a page of its own. */
export function TemplateChoice({
  chosen,
  onChoose,
}: {
  chosen: string | null
  onChoose: (template: CampaignTemplate) => void
}) {
  const { say, language } = useSaying(campaignSayIn)
  return (
    <section className="grid gap-3" aria-labelledby="templates">
      <h2 id="templates">{say('startFrom')}</h2>
      <ul className="grid gap-2.5 sm:grid-cols-2">
        {beginningsIn(language).templates.map((template) => {
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
                  <strong>{say(`template.${template.id}`)}</strong>
                  <span className="ml-auto text-[13px] text-ink-2">
                    {say(`title.${template.kind}`)}
                  </span>
                </span>
                <span className="text-sm text-ink-2">{say(`does.${template.id}`)}</span>
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
  const { say, language } = useSaying(campaignSayIn)
  return (
    <section className="card grid gap-4">
      <h2>{say('whatIsAsked')}</h2>
      <TextField
        label={say('name')}
        name="name"
        value={fields.name}
        error={errors.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <SelectField
        label={say('kind')}
        name="kind"
        value={fields.kind}
        error={errors.kind}
        onChange={(event) => {
          const kind = event.currentTarget.value as CampaignKind
          replace(withKind(fields, { kind, language }))
        }}
        options={[
          { value: 'pairwise', label: say('kindPairwise') },
          { value: 'rubric', label: say('kindRubric') },
          { value: 'ranking', label: say('kindRanking') },
        ]}
      />
      <CriteriaEditor
        kind={fields.kind}
        criteria={fields.criteria}
        errors={errors}
        onChange={(criteria) => change({ criteria })}
      />
      <TextArea
        label={say('guidelines')}
        name="guidelines"
        rows={7}
        dir="auto"
        value={fields.guidelines}
        error={errors.guidelines}
        onChange={(event) => change({ guidelines: event.currentTarget.value })}
        hint={say('guidelinesHint')}
      />
    </section>
  )
}

/** What the room offers around the questions. */
export function RoomPart({ fields, errors, change }: FormPart) {
  const { say } = useSaying(campaignSayIn)
  const on = (words: string, isOn: boolean) => (isOn ? [words] : [])
  const says = [
    ...(fields.kind === 'pairwise'
      ? [...on(say('says.bothBad'), fields.bothBad), ...on(say('says.cantJudge'), fields.cantJudge)]
      : []),
    ...on(say('says.comment'), fields.comment),
    ...on(say('says.reasons'), fields.reasons.trim() !== ''),
    ...on(say('says.context'), fields.showContext),
    say('says.batches', { size: fields.batchSize }),
  ].join(' · ')
  return (
    <FormSection
      title={say('around')}
      says={says}
      hasError={hasErrorIn(errors, 'reasons', 'batchSize', 'undoWindow')}
    >
      <div className="grid gap-3">
        <div className={fields.kind === 'pairwise' ? 'grid gap-3' : 'hidden'}>
          <CheckRow
            name="bothBad"
            label={say('offerBothBad')}
            hint={say('offerBothBadHint')}
            checked={fields.bothBad}
            onChange={(bothBad) => change({ bothBad })}
          />
          <CheckRow
            name="cantJudge"
            label={say('offerCantJudge')}
            checked={fields.cantJudge}
            onChange={(cantJudge) => change({ cantJudge })}
          />
        </div>
        <CheckRow
          name="comment"
          label={say('offerComment')}
          checked={fields.comment}
          onChange={(comment) => change({ comment })}
        />
        <CheckRow
          name="showContext"
          label={say('showContext')}
          hint={say('showContextHint')}
          checked={fields.showContext}
          onChange={(showContext) => change({ showContext })}
        />
      </div>
      <TextArea
        label={say('reasons')}
        name="reasons"
        rows={4}
        value={fields.reasons}
        error={errors.reasons}
        onChange={(event) => change({ reasons: event.currentTarget.value })}
        hint={say('reasonsHint')}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <NumberInput
          label={say('batchSize')}
          name="batchSize"
          hint={say('batchHint')}
          {...{ fields, errors, change }}
        />
        <NumberInput
          label={say('undoWindow')}
          name="undoWindow"
          hint={say('undoHint')}
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
