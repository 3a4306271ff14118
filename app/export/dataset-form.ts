/** The form of a dataset: what it says as text, and the recipe that it means. */
import type { DatasetRecipe } from './recipe.ts'

export type DatasetFields = Record<string, string>

const lines = (text: string | undefined): string[] =>
  (text ?? '').split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))

/** Texts parted by an empty line; a text may have lines of its own. */
const texts = (text: string | undefined): string[] =>
  (text ?? '').split(/\n\s*\n/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))

const number = (text: string | undefined): number | undefined =>
  text === undefined || text.trim() === '' ? undefined : Number(text)

/** Percent in the form is a share in the policy. */
const share = (text: string | undefined): number | undefined => {
  const given = number(text)
  return given === undefined ? undefined : given / 100
}

const orNull = <Value>(value: Value | undefined): Value | null => value ?? null

/** What the fields of the form say, for the schema of a dataset to check. */
export function datasetOfFields(fields: DatasetFields): Record<string, unknown> {
  return {
    name: fields.name ?? '',
    description: fields.description ?? '',
    schedule: fields.schedule === '' ? null : orNull(fields.schedule),
    campaignIds: lines(fields.campaignIds),
    target: fields.target,
    container: fields.container === '' ? null : orNull(fields.container),
    policy: {
      models: lines(fields.models),
      tags: lines(fields.tags),
      withoutTags: lines(fields.withoutTags),
      judgedFrom: fields.judgedFrom === '' ? null : orNull(fields.judgedFrom),
      judgedBefore: fields.judgedBefore === '' ? null : orNull(fields.judgedBefore),
      sources: lines(fields.sources),
      judgeWeight: number(fields.judgeWeight),
      criterion: fields.criterion?.trim(),
      aggregation: fields.aggregation,
      minimumRaters: number(fields.minimumRaters),
      minimumAgreement: share(fields.minimumAgreement),
      minimumPosterior: share(fields.minimumPosterior),
      minimumMargin: number(fields.minimumMargin),
      margin: fields.margin,
      ties: fields.ties,
      bothBad: fields.bothBad,
      contradictions: fields.contradictions,
      pairsPerPrompt: fields.pairsPerPrompt,
      duplicates: fields.duplicates,
      goodFrom: share(fields.goodFrom),
      tokenizer: fields.tokenizer,
      mostPrompt: orNull(number(fields.mostPrompt)),
      mostCompletion: orNull(number(fields.mostCompletion)),
      mostTotal: orNull(number(fields.mostTotal)),
      heldOut: texts(fields.heldOut),
      whiteSpace: fields.whiteSpace,
      redact: lines(fields.redact),
      mostRowsATag: orNull(number(fields.mostRowsATag)),
      balanceSides: fields.balanceSides === 'on',
      raters: fields.raters,
      splits: {
        validation: share(fields.validation),
        test: share(fields.test),
        seed: fields.seed,
        deal: fields.deal,
        together: fields.together,
      },
    },
  }
}

const percent = (value: number): string => String(Math.round(value * 1e6) / 1e4)
const maybe = (value: number | string | null): string => (value === null ? '' : String(value))

/** The fields of a form that means this recipe. */
export function fieldsOfDataset(
  dataset: DatasetRecipe & { name: string; description: string; schedule: string | null },
): DatasetFields {
  const { policy } = dataset
  return {
    name: dataset.name,
    description: dataset.description,
    schedule: dataset.schedule ?? '',
    campaignIds: dataset.campaignIds.join('\n'),
    target: dataset.target,
    container: dataset.container ?? '',
    models: policy.models.join('\n'),
    tags: policy.tags.join('\n'),
    withoutTags: policy.withoutTags.join('\n'),
    judgedFrom: policy.judgedFrom ?? '',
    judgedBefore: policy.judgedBefore ?? '',
    sources: policy.sources.join('\n'),
    judgeWeight: String(policy.judgeWeight),
    criterion: policy.criterion,
    aggregation: policy.aggregation,
    minimumRaters: String(policy.minimumRaters),
    minimumAgreement: percent(policy.minimumAgreement),
    minimumPosterior: percent(policy.minimumPosterior),
    minimumMargin: String(policy.minimumMargin),
    margin: policy.margin,
    ties: policy.ties,
    bothBad: policy.bothBad,
    contradictions: policy.contradictions,
    pairsPerPrompt: policy.pairsPerPrompt,
    duplicates: policy.duplicates,
    goodFrom: percent(policy.goodFrom),
    tokenizer: policy.tokenizer,
    mostPrompt: maybe(policy.mostPrompt),
    mostCompletion: maybe(policy.mostCompletion),
    mostTotal: maybe(policy.mostTotal),
    heldOut: policy.heldOut.join('\n\n'),
    whiteSpace: policy.whiteSpace,
    redact: policy.redact.join('\n'),
    mostRowsATag: maybe(policy.mostRowsATag),
    balanceSides: policy.balanceSides ? 'on' : '',
    raters: policy.raters,
    validation: percent(policy.splits.validation),
    test: percent(policy.splits.test),
    seed: policy.splits.seed,
    deal: policy.splits.deal,
    together: policy.splits.together,
  }
}
