/** The parts of a dataset's form, each a few questions of one kind. */
import type { ReactNode } from 'react'
import { findingTitleIn } from '#app/import/finding-titles.ts'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { ChipChoices, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import type { CampaignKind } from '#db/schema.ts'
import type { DatasetFields } from './dataset-form.ts'
import { datasetSayIn } from './dataset-words.ts'
import { targetGroupsIn } from './target-groups.ts'
import { containers } from './targets/target.ts'

export interface InputProps {
  fields: DatasetFields
  errors: Record<string, string>
}

const options = (words: Record<string, string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

function Part({
  title,
  children,
  isOpen = false,
}: {
  title: string
  children: ReactNode
  isOpen?: boolean
}) {
  return (
    <details className="border-t border-line pt-3" open={isOpen}>
      <summary className="cursor-pointer text-sm font-semibold">{title}</summary>
      <div className="mt-3 grid gap-4">{children}</div>
    </details>
  )
}

/** A number of a policy, with what is wrong with it. */
function NumberField({
  name,
  label,
  hint,
  fields,
  errors,
  at,
  ...limits
}: InputProps & {
  name: string
  label: string
  hint?: string
  /** Where the policy has it, if not under its own name. */
  at?: string
  min?: number
  max?: number
  step?: number | 'any'
}) {
  return (
    <TextField
      label={label}
      name={name}
      type="number"
      defaultValue={fields[name] ?? ''}
      error={errors[`policy.${at ?? name}`]}
      {...(hint === undefined ? {} : { hint })}
      {...limits}
    />
  )
}

function Choice({
  name,
  legend,
  words,
  fields,
}: {
  name: string
  legend: string
  words: Record<string, string>
  fields: DatasetFields
}) {
  return (
    <ChipChoices
      legend={legend}
      name={name}
      type="radio"
      chosen={[fields[name] ?? '']}
      options={options(words)}
    />
  )
}

export function TargetInputs({ fields, errors }: InputProps) {
  const { say, language } = useSaying(datasetSayIn)
  return (
    <>
      <div className="grid gap-1.5">
        <label htmlFor="dataset-target" className="text-sm font-semibold">
          {say('for')}
        </label>
        <select
          id="dataset-target"
          name="target"
          className="input"
          defaultValue={fields.target ?? 'trl-preference'}
        >
          {targetGroupsIn(language).map(({ title, targets }) => (
            <optgroup key={title} label={title}>
              {targets.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {errors.target ? <p className="text-sm text-danger">{errors.target}</p> : null}
      </div>
      <SelectField
        label={say('writtenAs')}
        name="container"
        defaultValue={fields.container ?? ''}
        hint={say('containerHint')}
        options={[
          { value: '', label: say('containerPreferred') },
          ...containers.map((value) => ({ value, label: value })),
        ]}
      />
    </>
  )
}

export function SourceInputs({
  fields,
  errors,
  campaigns,
}: InputProps & { campaigns: readonly { id: string; name: string; kind: CampaignKind }[] }) {
  const { say, language } = useSaying(datasetSayIn)
  return (
    <>
      <ChipChoices
        legend={say('campaigns')}
        name="campaignIds"
        chosen={(fields.campaignIds ?? '').split('\n')}
        options={campaigns.map(({ id, name, kind }) => ({
          value: id,
          label: say('campaignOfKind', { name, kind: measuredSayIn(language)(`kind.${kind}`) }),
        }))}
      />
      {errors.campaignIds ? <p className="text-sm text-danger">{errors.campaignIds}</p> : null}
      <ChipChoices
        legend={say('whoseJudgments')}
        name="sources"
        chosen={(fields.sources ?? 'human').split('\n')}
        options={options({
          human: say('people'),
          adjudicator: say('adjudicators'),
          judge: say('llmJudges'),
        })}
      />
      {errors['policy.sources'] ? (
        <p className="text-sm text-danger">{say('chooseSource')}</p>
      ) : null}
    </>
  )
}

export function VerdictInputs(props: InputProps) {
  const { say } = useSaying(datasetSayIn)
  const { fields } = props
  return (
    <>
      <Choice
        name="aggregation"
        legend={say('verdict')}
        fields={fields}
        words={{
          majority: say('majority'),
          adjudicated: say('adjudicatedFirst'),
          posterior: 'Dawid–Skene',
          'every rater': say('everyRater'),
        }}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField {...props} name="minimumRaters" label={say('minimumRaters')} min={1} />
        <NumberField
          {...props}
          name="minimumAgreement"
          label={say('minimumAgreement')}
          min={0}
          max={100}
          step="any"
        />
      </div>
      <Choice
        name="ties"
        legend={say('ties')}
        fields={fields}
        words={{ drop: say('drop'), 'own file': say('ownFile') }}
      />
      <Choice
        name="bothBad"
        legend={say('bothBad')}
        fields={fields}
        words={{ drop: say('drop'), labels: say('ktoLabels'), 'own file': say('ownFile') }}
      />
    </>
  )
}

export function MoreInputs(
  props: InputProps & { tags: readonly string[]; models: readonly string[] },
) {
  return (
    <>
      <WhichPart {...props} />
      <SurenessPart {...props} />
      <CleaningPart {...props} />
      <SplitPart {...props} />
      <KeepingPart {...props} />
    </>
  )
}

function WhichPart({
  fields,
  errors,
  tags,
  models,
}: InputProps & { tags: readonly string[]; models: readonly string[] }) {
  const { say } = useSaying(datasetSayIn)
  const offered = (names: readonly string[]) => names.map((value) => ({ value, label: value }))
  return (
    <Part title={say('whichPart')}>
      <ChipChoices
        legend={say('modelsAll')}
        name="models"
        chosen={(fields.models ?? '').split('\n')}
        options={offered(models)}
      />
      {tags.length > 0 ? (
        <>
          <ChipChoices
            legend={say('onlyTagged')}
            name="tags"
            chosen={(fields.tags ?? '').split('\n')}
            options={offered(tags)}
          />
          <ChipChoices
            legend={say('noTagged')}
            name="withoutTags"
            chosen={(fields.withoutTags ?? '').split('\n')}
            options={offered(tags)}
          />
        </>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={say('judgedFrom')}
          name="judgedFrom"
          type="date"
          defaultValue={fields.judgedFrom ?? ''}
          error={errors['policy.judgedFrom']}
        />
        <TextField
          label={say('judgedBefore')}
          name="judgedBefore"
          type="date"
          defaultValue={fields.judgedBefore ?? ''}
          error={errors['policy.judgedBefore']}
        />
      </div>
    </Part>
  )
}

function SurenessPart(props: InputProps) {
  const { say } = useSaying(datasetSayIn)
  const { fields } = props
  return (
    <Part title={say('surenessPart')}>
      <NumberField
        {...props}
        name="minimumPosterior"
        label={say('minimumPosterior')}
        min={0}
        max={100}
        step="any"
        hint={say('posteriorHint')}
      />
      <Choice
        name="margin"
        legend={say('margin')}
        fields={fields}
        words={{ none: say('noColumn'), required: say('everyRow') }}
      />
      <NumberField
        {...props}
        name="minimumMargin"
        label={say('minimumMargin')}
        min={0}
        max={1}
        step="any"
      />
      <NumberField
        {...props}
        name="goodFrom"
        label={say('goodFrom')}
        min={0}
        max={100}
        step="any"
        hint={say('goodFromHint')}
      />
      <NumberField
        {...props}
        name="judgeWeight"
        label={say('judgeWeight')}
        min={0}
        max={1}
        step="any"
        hint={say('judgeWeightHint')}
      />
      <TextField
        label={say('criterion')}
        name="criterion"
        defaultValue={fields.criterion ?? ''}
        hint={say('criterionHint')}
        error={props.errors['policy.criterion']}
      />
    </Part>
  )
}

function CleaningPart(props: InputProps) {
  const { say, language } = useSaying(datasetSayIn)
  const { fields } = props
  return (
    <Part title={say('cleaningPart')}>
      <Choice
        name="pairsPerPrompt"
        legend={say('pairsOfPrompt')}
        fields={fields}
        words={{ all: say('all'), one: say('surest') }}
      />
      <Choice
        name="contradictions"
        legend={say('bothWays')}
        fields={fields}
        words={{ drop: say('drop'), keep: say('keep') }}
      />
      <Choice
        name="duplicates"
        legend={say('duplicates')}
        fields={fields}
        words={{ exact: say('equalOnce'), near: say('nearOnce'), keep: say('keep') }}
      />
      <Choice
        name="tokenizer"
        legend={say('lengthsIn')}
        fields={fields}
        words={{ o200k: say('tokens'), characters: say('characters') }}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField {...props} name="mostPrompt" label={say('mostPrompt')} min={1} />
        <NumberField {...props} name="mostCompletion" label={say('mostCompletion')} min={1} />
        <NumberField {...props} name="mostTotal" label={say('mostTotal')} min={1} />
      </div>
      <TextArea
        label={say('heldOut')}
        name="heldOut"
        rows={3}
        defaultValue={fields.heldOut ?? ''}
        hint={say('heldOutHint')}
        error={props.errors['policy.heldOut']}
      />
      <Choice
        name="whiteSpace"
        legend={say('whiteSpace')}
        fields={fields}
        words={{ keep: say('keep'), trim: say('takeAway') }}
      />
      <ChipChoices
        legend={say('redact')}
        name="redact"
        chosen={(fields.redact ?? '').split('\n')}
        options={findingKinds.map((kind) => ({
          value: kind,
          label: findingTitleIn(language)(kind),
        }))}
      />
      <NumberField
        {...props}
        name="mostRowsATag"
        label={say('mostRowsATag')}
        min={1}
        hint={say('mostRowsHint')}
      />
      <label className="flex items-baseline gap-2 text-sm">
        <input type="checkbox" name="balanceSides" defaultChecked={fields.balanceSides === 'on'} />
        {say('balanceSides')}
      </label>
    </Part>
  )
}

function SplitPart(props: InputProps) {
  const { say } = useSaying(datasetSayIn)
  const { fields, errors } = props
  return (
    <Part title={say('splitPart')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          {...props}
          name="validation"
          at="splits.validation"
          label={say('validation')}
          min={0}
          max={90}
          step="any"
        />
        <NumberField
          {...props}
          name="test"
          at="splits.test"
          label={say('test')}
          min={0}
          max={90}
          step="any"
        />
      </div>
      {errors['policy.splits'] ? (
        <p className="text-sm text-danger">{errors['policy.splits']}</p>
      ) : null}
      <Choice
        name="deal"
        legend={say('dealt')}
        fields={fields}
        words={{ hash: say('byHash'), stratified: say('stratified') }}
      />
      <TextField
        label={say('seed')}
        name="seed"
        defaultValue={fields.seed ?? ''}
        hint={say('seedHint')}
        error={errors['policy.splits.seed']}
      />
      <TextField
        label={say('together')}
        name="together"
        defaultValue={fields.together ?? 'conversation_id'}
        hint={say('togetherHint')}
        error={errors['policy.splits.together']}
      />
    </Part>
  )
}

function KeepingPart({ fields, errors }: InputProps) {
  const { say } = useSaying(datasetSayIn)
  return (
    <Part title={say('keepingPart')}>
      <Choice
        name="raters"
        legend={say('ratersNamed')}
        fields={fields}
        words={{
          pseudonyms: say('byPseudonym'),
          renamed: say('byOwnName'),
          'left out': say('notAtAll'),
        }}
      />
      <TextArea
        label={say('description')}
        name="description"
        rows={2}
        defaultValue={fields.description ?? ''}
        error={errors.description}
      />
      <SelectField
        label={say('schedule')}
        name="schedule"
        defaultValue={fields.schedule ?? ''}
        options={[
          { value: '', label: say('whenAsked') },
          { value: 'daily', label: say('daily') },
          { value: 'weekly', label: say('weekly') },
        ]}
      />
    </Part>
  )
}
