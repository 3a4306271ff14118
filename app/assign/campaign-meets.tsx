import { SelectField, TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
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
import { campaignSayIn } from './campaign-words.ts'

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
  const { say } = useSaying(campaignSayIn)
  return (
    <section className="card grid gap-5">
      <h2>{say('meetsPart')}</h2>
      {models.length > 0 ? (
        <ChipSet
          legend={say('models')}
          hint={say('allWhenNone')}
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
        <p className="text-sm text-ink-2">{say('noModels')}</p>
      )}
      {tags.length > 0 ? (
        <ChipSet
          legend={say('taggedPrompts')}
          hint={say('allWhenNone')}
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

/** Which responses to one prompt become a task. */
export function PairingPart(props: MeetsProps) {
  const { say } = useSaying(campaignSayIn)
  const { fields, errors, change } = props
  const isPairwise = fields.kind === 'pairwise'
  const limit = isPairwise ? fields.pairsAPrompt : fields.responsesATask
  const pairs = {
    pairing: say(`pairing.${fields.pairing}`),
    identical: say(fields.identical === 'decide' ? 'identicalTies' : 'identicalOut'),
  }
  const pairsWords = limit
    ? say('says.pairsMost', { ...pairs, most: limit })
    : say('says.pairs', pairs)
  const rankedWords = limit ? say('says.mostResponses', { most: limit }) : say('says.allResponses')
  const says = isPairwise ? pairsWords : rankedWords
  if (fields.kind === 'rubric') return null
  return (
    <FormSection
      title={say(isPairwise ? 'pairs' : 'ranked')}
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
            label={say('pairsAPrompt')}
            name="pairsAPrompt"
            hint={say('pairsAPromptHint')}
            {...{ fields, errors, change }}
          />
          <RadioRows
            legend={say('identical')}
            name="identical"
            value={fields.identical}
            onChange={(identical) => change({ identical })}
            choices={[
              {
                value: 'decide',
                label: say('identicalDecide'),
                hint: say('identicalDecideHint'),
              },
              { value: 'leave_out', label: say('identicalLeave') },
            ]}
          />
        </>
      ) : (
        <NumberInput
          label={say('responsesATask')}
          name="responsesATask"
          hint={say('responsesHint')}
          {...{ fields, errors, change }}
        />
      )}
    </FormSection>
  )
}

function Pairings({ fields, errors, change, models }: MeetsProps) {
  const { say } = useSaying(campaignSayIn)
  const among =
    fields.models.length > 0 ? models.filter(({ id }) => fields.models.includes(id)) : models
  const options = [
    { value: '', label: say('chooseModel') },
    ...models.map(({ id, label }) => ({ value: id, label })),
  ]
  const date = (name: 'beforeFrom' | 'beforeUntil' | 'afterFrom' | 'afterUntil') => (
    <TextField
      type="date"
      label={say(name)}
      name={name}
      value={fields[name]}
      error={errors[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <RadioRows
      legend={say('whichMeet')}
      name="pairing"
      value={fields.pairing}
      error={errors.pairing}
      onChange={(pairing) => change({ pairing })}
      choices={[
        { value: 'all', label: say('everyPair'), hint: say('everyPairHint') },
        {
          value: 'baseline',
          label: say('againstOne'),
          hint: say('againstOneHint'),
          more: (
            <SelectField
              label={say('baseline')}
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
          label: say('onlyChosen'),
          more: <PairChoice {...{ fields, errors, change }} models={among} />,
        },
        {
          value: 'prompt_versions',
          label: say('promptVersions'),
          hint: say('promptVersionsHint'),
        },
        {
          value: 'model_versions',
          label: say('modelVersions'),
          hint: say('modelVersionsHint'),
        },
        {
          value: 'two_dates',
          label: say('twoDates'),
          hint: say('twoDatesHint'),
          more: (
            <>
              <SelectField
                label={say('model')}
                name="datedModel"
                value={fields.datedModel}
                error={errors.datedModel}
                onChange={(event) => change({ datedModel: event.currentTarget.value })}
                options={options}
              />
              <div className="grid items-start gap-4 sm:grid-cols-2">
                {date('beforeFrom')}
                {date('beforeUntil')}
                {date('afterFrom')}
                {date('afterUntil')}
              </div>
              <p className="text-sm text-ink-2">{say('daysUtc')}</p>
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
  const { say } = useSaying(campaignSayIn)
  const pairs = models.flatMap((one, place) =>
    models.slice(place + 1).map((other) => ({
      value: pairKey(one.id, other.id),
      label: say('pairOf', { one: one.label, other: other.label }),
    })),
  )
  if (pairs.length === 0) {
    return <ErrorText>{say('twoNeeded')}</ErrorText>
  }
  if (pairs.length > mostPairsListed) {
    return <p className="text-sm text-ink-2">{say('tooManyPairs')}</p>
  }
  return (
    <ChipSet
      legend={say('pairs')}
      name="pairs"
      options={pairs}
      chosen={fields.pairs}
      error={errors.pairs}
      onChange={(chosen) => change({ pairs: chosen })}
    />
  )
}
