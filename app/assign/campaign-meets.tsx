import { SelectField, TextField } from '#app/ui/field.tsx'
import { Swatch } from '#app/ui/swatch.tsx'
import { pairKey } from './campaign-fields.ts'
import { NumberInput } from './campaign-form-parts.tsx'
import {
  ChipSet,
  ErrorText,
  type FormPart,
  FormSection,
  hasErrorIn,
  RadioRows,
} from './campaign-inputs.tsx'

export interface ModelChoice {
  id: string
  label: string
  color: number
}

export interface TagChoice {
  tag: string
  prompts: number
}

type MeetsProps = FormPart & { models: readonly ModelChoice[]; tags: readonly TagChoice[] }

/** Which prompts and which models. */
export function MeetsPart({ fields, errors, change, models, tags }: MeetsProps) {
  return (
    <section className="card grid gap-5">
      <h2>What meets what</h2>
      {models.length > 0 ? (
        <ChipSet
          legend="Models"
          hint="All when none is chosen."
          name="models"
          chosen={fields.models}
          error={errors.models}
          onChange={(chosen) => change({ models: chosen })}
          options={models.map(({ id, label, color }) => ({
            value: id,
            label: (
              <span className="min-w-0 truncate">
                <Swatch place={color} />
                {label}
              </span>
            ),
          }))}
        />
      ) : (
        <p className="text-sm text-ink-2">There are no models yet; they come with responses.</p>
      )}
      {tags.length > 0 ? (
        <ChipSet
          legend="Prompts with one of these tags"
          hint="All when none is chosen."
          name="tags"
          chosen={fields.tags}
          error={errors.tags}
          onChange={(chosen) => change({ tags: chosen })}
          options={tags.map(({ tag, prompts }) => ({ value: tag, label: `${tag} ${prompts}` }))}
        />
      ) : null}
    </section>
  )
}

const pairingWords = {
  all: 'every pair of models',
  baseline: 'each model against one',
  chosen: 'chosen pairs',
  prompt_versions: 'prompt versions',
  model_versions: 'model versions',
  two_dates: 'one model at two dates',
} as const

/** Which responses to one prompt become a task. */
export function PairingPart(props: MeetsProps) {
  const { fields, errors, change } = props
  const isPairwise = fields.kind === 'pairwise'
  const limit = isPairwise ? fields.pairsAPrompt : fields.responsesATask
  const identical =
    fields.identical === 'decide' ? 'identical ones are ties' : 'identical ones left out'
  const says = isPairwise
    ? `${pairingWords[fields.pairing]}${limit ? `, at most ${limit} a prompt` : ''} · ${identical}`
    : limit
      ? `at most ${limit} responses a task`
      : 'all responses to a prompt together'
  if (fields.kind === 'rubric') return null
  return (
    <FormSection
      title={isPairwise ? 'Pairs' : 'Responses that are ranked'}
      says={says}
      hasError={hasErrorIn(
        errors,
        ...['pairing', 'baseline', 'pairs', 'datedModel', 'beforeFrom', 'beforeUntil'],
        ...['afterFrom', 'afterUntil', 'pairsAPrompt', 'responsesATask', 'identical'],
      )}
    >
      {isPairwise ? (
        <>
          <Pairings {...props} />
          <NumberInput
            label="Pairs a prompt gives at most"
            name="pairsAPrompt"
            hint="Empty for all. With a limit, prompts take turns so that every pair of models meets equally often."
            {...{ fields, errors, change }}
          />
          <RadioRows
            legend="Two responses that say the same"
            name="identical"
            value={fields.identical}
            onChange={(identical) => change({ identical })}
            choices={[
              {
                value: 'decide',
                label: 'Decide them as ties, without a rater',
                hint: 'They count in win rates and are marked as decided.',
              },
              { value: 'leave_out', label: 'Leave them out' },
            ]}
          />
        </>
      ) : (
        <NumberInput
          label="Responses a task holds at most"
          name="responsesATask"
          hint="From 2 to 10; empty for all. Prompts take turns in which ones they show."
          {...{ fields, errors, change }}
        />
      )}
    </FormSection>
  )
}

function Pairings({ fields, errors, change, models }: MeetsProps) {
  const among =
    fields.models.length > 0 ? models.filter(({ id }) => fields.models.includes(id)) : models
  const options = [
    { value: '', label: 'Choose a model' },
    ...models.map(({ id, label }) => ({ value: id, label })),
  ]
  const date = (name: 'beforeFrom' | 'beforeUntil' | 'afterFrom' | 'afterUntil', label: string) => (
    <TextField
      type="date"
      label={label}
      name={name}
      value={fields[name]}
      error={errors[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <RadioRows
      legend="Which responses meet"
      name="pairing"
      value={fields.pairing}
      error={errors.pairing}
      onChange={(pairing) => change({ pairing })}
      choices={[
        { value: 'all', label: 'Every pair of models', hint: 'The round robin, balanced.' },
        {
          value: 'baseline',
          label: 'Each model against one',
          hint: 'Fewer judgments where only the distance to a baseline matters.',
          more: (
            <SelectField
              label="Baseline"
              name="baseline"
              value={fields.baseline}
              error={errors.baseline}
              onChange={(event) => change({ baseline: event.currentTarget.value })}
              options={options}
            />
          ),
        },
        {
          value: 'chosen',
          label: 'Only chosen pairs of models',
          more: <PairChoice {...{ fields, errors, change }} models={among} />,
        },
        {
          value: 'prompt_versions',
          label: 'Prompt versions of one model',
          hint: 'Same model and version, another prompt version.',
        },
        {
          value: 'model_versions',
          label: 'Versions of one model',
          hint: 'Same name and prompt version, another version.',
        },
        {
          value: 'two_dates',
          label: 'One model at two dates',
          hint: 'For drift: what it answered earlier against what it answered later.',
          more: (
            <>
              <SelectField
                label="Model"
                name="datedModel"
                value={fields.datedModel}
                error={errors.datedModel}
                onChange={(event) => change({ datedModel: event.currentTarget.value })}
                options={options}
              />
              <div className="grid items-start gap-4 sm:grid-cols-2">
                {date('beforeFrom', 'Earlier: first day')}
                {date('beforeUntil', 'Earlier: last day')}
                {date('afterFrom', 'Later: first day')}
                {date('afterUntil', 'Later: last day')}
              </div>
              <p className="text-sm text-ink-2">Days are in UTC, as logs usually are.</p>
            </>
          ),
        },
      ]}
    />
  )
}

const mostPairsListed = 200

function PairChoice({
  fields,
  errors,
  change,
  models,
}: FormPart & { models: readonly ModelChoice[] }) {
  const pairs = models.flatMap((one, place) =>
    models.slice(place + 1).map((other) => ({
      value: pairKey(one.id, other.id),
      label: `${one.label} and ${other.label}`,
    })),
  )
  if (pairs.length === 0) {
    return <ErrorText>Two models at least are needed for a pair.</ErrorText>
  }
  if (pairs.length > mostPairsListed) {
    return (
      <p className="text-sm text-ink-2">
        Choose fewer models above; their pairs are listed here then.
      </p>
    )
  }
  return (
    <ChipSet
      legend="Pairs"
      name="pairs"
      options={pairs}
      chosen={fields.pairs}
      error={errors.pairs}
      onChange={(chosen) => change({ pairs: chosen })}
    />
  )
}
