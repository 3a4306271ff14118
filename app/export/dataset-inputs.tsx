/** The parts of a dataset's form, each a few questions of one kind. */
import type { ReactNode } from 'react'
import { findingTitle } from '#app/import/finding-titles.ts'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { ChipChoices, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import type { DatasetFields } from './dataset-form.ts'
import { targetGroups } from './target-groups.ts'
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
  return (
    <>
      <div className="grid gap-1.5">
        <label htmlFor="dataset-target" className="text-sm font-semibold">
          For
        </label>
        <select
          id="dataset-target"
          name="target"
          className="input"
          defaultValue={fields.target ?? 'trl-preference'}
        >
          {targetGroups.map(({ title, targets }) => (
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
        label="Written as"
        name="container"
        defaultValue={fields.container ?? ''}
        hint="A target takes only some of these; it gets what it prefers otherwise. CSV is for spreadsheets."
        options={[
          { value: '', label: 'what the target prefers' },
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
}: InputProps & { campaigns: readonly { id: string; name: string; kind: string }[] }) {
  return (
    <>
      <ChipChoices
        legend="Campaigns"
        name="campaignIds"
        chosen={(fields.campaignIds ?? '').split('\n')}
        options={campaigns.map(({ id, name, kind }) => ({ value: id, label: `${name} (${kind})` }))}
      />
      {errors.campaignIds ? <p className="text-sm text-danger">{errors.campaignIds}</p> : null}
      <ChipChoices
        legend="Whose judgments"
        name="sources"
        chosen={(fields.sources ?? 'human').split('\n')}
        options={options({ human: 'people', adjudicator: 'adjudicators', judge: 'LLM judges' })}
      />
      {errors['policy.sources'] ? <p className="text-sm text-danger">choose at least one</p> : null}
    </>
  )
}

export function VerdictInputs(props: InputProps) {
  const { fields } = props
  return (
    <>
      <Choice
        name="aggregation"
        legend="Verdict"
        fields={fields}
        words={{
          majority: 'majority',
          adjudicated: 'adjudicated first',
          posterior: 'Dawid–Skene',
          'every rater': 'every rater',
        }}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField {...props} name="minimumRaters" label="Raters at least" min={1} />
        <NumberField
          {...props}
          name="minimumAgreement"
          label="Agreement at least, %"
          min={0}
          max={100}
          step="any"
        />
      </div>
      <Choice
        name="ties"
        legend="Ties"
        fields={fields}
        words={{ drop: 'drop', 'own file': 'own file' }}
      />
      <Choice
        name="bothBad"
        legend="Both bad"
        fields={fields}
        words={{ drop: 'drop', labels: 'as KTO labels', 'own file': 'own file' }}
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
  const offered = (names: readonly string[]) => names.map((value) => ({ value, label: value }))
  return (
    <Part title="Which models, tags and days">
      <ChipChoices
        legend="Models (none chosen: all)"
        name="models"
        chosen={(fields.models ?? '').split('\n')}
        options={offered(models)}
      />
      {tags.length > 0 ? (
        <>
          <ChipChoices
            legend="Only prompts tagged"
            name="tags"
            chosen={(fields.tags ?? '').split('\n')}
            options={offered(tags)}
          />
          <ChipChoices
            legend="No prompts tagged"
            name="withoutTags"
            chosen={(fields.withoutTags ?? '').split('\n')}
            options={offered(tags)}
          />
        </>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Judged from (UTC)"
          name="judgedFrom"
          type="date"
          defaultValue={fields.judgedFrom ?? ''}
          error={errors['policy.judgedFrom']}
        />
        <TextField
          label="Judged before (UTC)"
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
  const { fields } = props
  return (
    <Part title="How sure, and how much better">
      <NumberField
        {...props}
        name="minimumPosterior"
        label="Posterior at least, %"
        min={0}
        max={100}
        step="any"
        hint="Where the verdict is Dawid and Skene’s."
      />
      <Choice
        name="margin"
        legend="Margin"
        fields={fields}
        words={{ none: 'no column', required: 'on every row' }}
      />
      <NumberField
        {...props}
        name="minimumMargin"
        label="Margin at least, 0 to 1"
        min={0}
        max={1}
        step="any"
      />
      <NumberField
        {...props}
        name="goodFrom"
        label="Good from a mean score of, %"
        min={0}
        max={100}
        step="any"
        hint="For labels and best responses: 0 is the worst, 100 the best."
      />
      <NumberField
        {...props}
        name="judgeWeight"
        label="An LLM judge’s vote weighs"
        min={0}
        max={1}
        step="any"
        hint="1: as much as a person’s."
      />
      <TextField
        label="Question that decides"
        name="criterion"
        defaultValue={fields.criterion ?? ''}
        hint="By its name; empty for a campaign’s first."
        error={props.errors['policy.criterion']}
      />
    </Part>
  )
}

function CleaningPart(props: InputProps) {
  const { fields } = props
  return (
    <Part title="What stays out">
      <Choice
        name="pairsPerPrompt"
        legend="Pairs of a prompt"
        fields={fields}
        words={{ all: 'all', one: 'the surest' }}
      />
      <Choice
        name="contradictions"
        legend="Texts that stand both ways round"
        fields={fields}
        words={{ drop: 'drop', keep: 'keep' }}
      />
      <Choice
        name="duplicates"
        legend="Duplicates"
        fields={fields}
        words={{ exact: 'equal rows once', near: 'one of similar prompts', keep: 'keep' }}
      />
      <Choice
        name="tokenizer"
        legend="Lengths in"
        fields={fields}
        words={{ o200k: 'tokens (o200k)', characters: 'characters' }}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <NumberField {...props} name="mostPrompt" label="Prompt at most" min={1} />
        <NumberField {...props} name="mostCompletion" label="Response at most" min={1} />
        <NumberField {...props} name="mostTotal" label="Both at most" min={1} />
      </div>
      <TextArea
        label="Held-out texts"
        name="heldOut"
        rows={3}
        defaultValue={fields.heldOut ?? ''}
        hint="Such as a benchmark’s questions, an empty line between two. Prompts that share 13 words in a row with one stay out."
        error={props.errors['policy.heldOut']}
      />
      <Choice
        name="whiteSpace"
        legend="White space at the ends of texts"
        fields={fields}
        words={{ keep: 'keep', trim: 'take away' }}
      />
      <ChipChoices
        legend="Remove from every text"
        name="redact"
        chosen={(fields.redact ?? '').split('\n')}
        options={findingKinds.map((kind) => ({ value: kind, label: findingTitle(kind) }))}
      />
      <NumberField
        {...props}
        name="mostRowsATag"
        label="Rows of a tag at most"
        min={1}
        hint="Counted by each prompt’s first tag."
      />
      <label className="flex items-baseline gap-2 text-sm">
        <input type="checkbox" name="balanceSides" defaultChecked={fields.balanceSides === 'on'} />
        As many rows whose better response was shown first as second
      </label>
    </Part>
  )
}

function SplitPart(props: InputProps) {
  const { fields, errors } = props
  return (
    <Part title="Splits by prompt">
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          {...props}
          name="validation"
          at="splits.validation"
          label="Validation, %"
          min={0}
          max={90}
          step="any"
        />
        <NumberField
          {...props}
          name="test"
          at="splits.test"
          label="Test, %"
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
        legend="Dealt"
        fields={fields}
        words={{ hash: 'by hash, for good', stratified: 'evenly in each tag' }}
      />
      <TextField
        label="Seed"
        name="seed"
        defaultValue={fields.seed ?? ''}
        hint="Another word deals the prompts anew."
        error={errors['policy.splits.seed']}
      />
      <TextField
        label="Kept together by"
        name="together"
        defaultValue={fields.together ?? 'conversation_id'}
        hint="A field of the prompts’ metadata. Near-duplicates always stay together."
        error={errors['policy.splits.together']}
      />
    </Part>
  )
}

function KeepingPart({ fields, errors }: InputProps) {
  return (
    <Part title="Raters’ names, description, schedule">
      <Choice
        name="raters"
        legend="Raters are named"
        fields={fields}
        words={{
          pseudonyms: 'by pseudonym',
          renamed: 'by a name of this dataset',
          'left out': 'not at all',
        }}
      />
      <TextArea
        label="Description"
        name="description"
        rows={2}
        defaultValue={fields.description ?? ''}
        error={errors.description}
      />
      <SelectField
        label="Snapshots by themselves"
        name="schedule"
        defaultValue={fields.schedule ?? ''}
        options={[
          { value: '', label: 'only when asked for' },
          { value: 'daily', label: 'every day' },
          { value: 'weekly', label: 'every week' },
        ]}
      />
    </Part>
  )
}
