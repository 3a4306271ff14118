/** In: scores of the same prompts by several versions of a model. Out: what changed, where, how sure. */
import { type ChangePoint, changePoints, type TimedFigure } from '#app/stats/change-points.ts'
import { type ClusteredMean, clusteredMean } from '#app/stats/clustered-mean.ts'
import { holm } from '#app/stats/holm.ts'
import { type PairedDifference, pairedDifference } from '#app/stats/paired-difference.ts'
import { figuresOf } from '#app/ui/languages.ts'
import { type DriftPeriods, mostPoints, periodsOf } from './drift-periods.ts'
import type { MeasureOptions } from './method.ts'
import type { MeasuredModel } from './standings.ts'
import type { ScoreTally } from './tally.ts'

/** A model with what tells its versions apart. */
export interface VersionedModel extends MeasuredModel {
  name: string
  version: string
  prompt_version: string
}

export interface DriftPoint {
  model: string
  model_id: string
  color: number
  mean: number
  low: number | null
  high: number | null
  prompts: number
}

export interface DriftStep {
  from: string
  to: string
  /** The tag that the prompts have; null for all of them. */
  tag: string | null
  first: number
  second: number
  difference: number
  low: number | null
  high: number | null
  p_value: number | null
  /** After Holm's adjustment over every step and tag of the report. */
  adjusted_p: number | null
  prompts: number
  isAlarm: boolean
  reason?: string
}

export interface DriftSeries {
  family: string
  criterion: string
  points: DriftPoint[]
  /** The same versions taken together, where there are too many to draw one by one. */
  periods?: DriftPeriods
  steps: DriftStep[]
  /** Where the level of three or more versions changes; places in `points`. */
  changes: ChangePoint[]
}

export interface DriftReport {
  series: DriftSeries[]
  /** Whose scores these are. */
  source: 'human' | 'judge'
  method: {
    difference: string
    multiplicity: string
    alarm: string
    changes: string
    /** Only where versions are taken together. */
    periods?: string
    confidence: number
    order: string
  }
}

export interface DriftInput {
  scores: readonly ScoreTally[]
  criterionNames: ReadonlyMap<string, string>
  models: readonly VersionedModel[]
  tagsOf: ReadonlyMap<string, readonly string[]>
  source: 'human' | 'judge'
  options: Pick<MeasureOptions, 'confidence' | 'seed'>
}

/** Tags with fewer prompts in common say too little to be tested. */
const fewestOfTag = 10

/** A date or a number at the end of a name, as in `gpt-4-0613` or `claude-2024-06-20`. */
const datedName = /^(.*?)[-_@:/ ]((?:v\d+(?:\.\d+)*)|\d{8}|\d{4}(?:-\d{2}){1,2}|\d{4})$/i

/**
 * What a model is a version of, and which: its name without a date or number at the end, together with
 * its own version and that of its prompt.
 *
 * @example versionOf({ name: 'gpt-4-0613', version: '', prompt_version: '' })
 *   // { family: 'gpt-4', version: '0613' }
 */
export function versionOf({
  name,
  version,
  prompt_version: promptVersion,
}: Pick<VersionedModel, 'name' | 'version' | 'prompt_version'>): {
  family: string
  version: string
} {
  const [, bare = name, dated = ''] = datedName.exec(name) ?? []
  return {
    family: bare,
    version: [dated, version, promptVersion].filter((part) => part !== '').join(' '),
  }
}

/** Models that are versions of one another, each family in the order of its versions. */
export function familiesOf(models: readonly VersionedModel[]): Map<string, VersionedModel[]> {
  const families = Map.groupBy(models, (model) => versionOf(model).family)
  const order = new Intl.Collator('en', { numeric: true })
  for (const [family, own] of families) {
    if (own.length < 2) families.delete(family)
    own.sort((one, other) => order.compare(versionOf(one).version, versionOf(other).version))
  }
  return families
}

/** Compares each version with the one before on the prompts that both answered. */
export function driftReport(input: DriftInput): DriftReport {
  const { criterionNames, models, options, source } = input
  const byModel = scoresByModel(input.scores)
  const series: DriftSeries[] = []
  for (const [family, versions] of familiesOf(models)) {
    for (const [criterionId, criterion] of criterionNames) {
      const scored = versions.flatMap((model) => {
        const scores = byModel.get(`${criterionId}|${model.id}`)
        return scores ? [{ model, scores }] : []
      })
      if (scored.length < 2) continue
      series.push(seriesOf({ family, criterion, scored, input }))
    }
  }
  return {
    series: withAdjusted(series, 1 - options.confidence).sort(
      (one, other) => largestAlarm(other) - largestAlarm(one),
    ),
    source,
    method: {
      difference:
        'mean difference on the prompts that both versions answered, each prompt once, with Student’s interval over prompts',
      multiplicity: 'p-values adjusted by Holm over every step and tag of this report',
      alarm: `adjusted p below ${figuresOf('en').decimal(1 - options.confidence)}`,
      changes:
        'for three versions or more: largest distance of weighted means, held against simulated series without a change, split again on both sides',
      ...(series.some(({ periods }) => periods) ? { periods: periodsMethod } : {}),
      confidence: options.confidence,
      order: 'versions by their dates or numbers, as they are named',
    },
  }
}

const periodsMethod = `more than ${mostPoints} versions are drawn by week, month, quarter or year, or by equal numbers where they have no dates: the mean of all scores of the period, its interval over prompts; steps, changes and files keep every version`

/** Each model's mean score on each prompt, by question. */
function scoresByModel(scores: readonly ScoreTally[]): Map<string, Map<string, number>> {
  const byModel = new Map<string, Map<string, number>>()
  for (const { criterionId, modelId, promptId, sum, count } of scores) {
    const key = `${criterionId}|${modelId}`
    const own = byModel.get(key) ?? new Map<string, number>()
    own.set(promptId, sum / count)
    byModel.set(key, own)
  }
  return byModel
}

interface Scored {
  model: VersionedModel
  scores: Map<string, number>
}

function seriesOf({
  family,
  criterion,
  scored,
  input: { tagsOf, options },
}: {
  family: string
  criterion: string
  scored: readonly Scored[]
  input: DriftInput
}): DriftSeries {
  const figures = scored.map(({ model, scores }) => {
    const clusters = [...scores.values()].map((sum) => ({ sum, count: 1 }))
    return { model, found: clusteredMean(clusters, { confidence: options.confidence }) }
  })
  const points = figures.flatMap(({ model, found }) =>
    found
      ? [
          {
            model: model.label,
            model_id: model.id,
            color: model.color,
            mean: found.mean,
            low: found.low,
            high: found.high,
            prompts: found.clusters,
          },
        ]
      : [],
  )
  const timed = steadied(figures.flatMap(({ found }) => found ?? []))
  const periods = periodsOf(
    scored.map(({ model, scores }) => ({
      label: model.label,
      version: versionOf(model).version,
      scores,
    })),
    options.confidence,
  )
  return {
    family,
    criterion,
    points,
    ...(periods ? { periods } : {}),
    steps: scored.slice(1).flatMap((second, place) => {
      const first = scored[place]
      return first ? stepsBetween(first, second, tagsOf, options.confidence) : []
    }),
    changes: timed.length < 3 ? [] : changePoints(timed, { seed: options.seed }),
  }
}

/**
 * Means with errors that trust no version for having few prompts that happen to be alike: none is
 * smaller than the spread within all versions together would make it.
 */
function steadied(
  means: readonly Pick<ClusteredMean, 'mean' | 'standardError' | 'clusters'>[],
): TimedFigure[] {
  let squares = 0
  let degrees = 0
  for (const { standardError, clusters } of means) {
    if (standardError === null) continue
    squares += standardError ** 2 * clusters * (clusters - 1)
    degrees += clusters - 1
  }
  const spread = degrees === 0 ? 0 : squares / degrees
  return means.map(({ mean, standardError, clusters }) => ({
    value: mean,
    standardError: Math.max(standardError ?? 0, Math.sqrt(spread / clusters)),
  }))
}

/** The difference between two versions: on all prompts, then on those of each tag. */
function stepsBetween(
  first: Scored,
  second: Scored,
  tagsOf: DriftInput['tagsOf'],
  confidence: number,
): DriftStep[] {
  const shared = [...first.scores.keys()].filter((promptId) => second.scores.has(promptId)).sort()
  const byTag = new Map<string, string[]>()
  for (const promptId of shared) {
    for (const tag of tagsOf.get(promptId) ?? []) {
      const own = byTag.get(tag) ?? []
      own.push(promptId)
      byTag.set(tag, own)
    }
  }
  const tags = [...byTag]
    .filter(([, prompts]) => prompts.length >= fewestOfTag && prompts.length < shared.length)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  const groups: [string | null, string[]][] = [[null, shared], ...tags]
  return groups.flatMap(([tag, prompts]) => {
    const pairs = prompts.map(
      (promptId) => [first.scores.get(promptId) ?? 0, second.scores.get(promptId) ?? 0] as const,
    )
    const found = pairedDifference(pairs, confidence)
    return found ? [stepOf(found, { first, second, tag, pairs })] : []
  })
}

function stepOf(
  found: PairedDifference,
  {
    first,
    second,
    tag,
    pairs,
  }: {
    first: Scored
    second: Scored
    tag: string | null
    pairs: readonly (readonly [number, number])[]
  },
): DriftStep {
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length
  return {
    from: first.model.label,
    to: second.model.label,
    tag,
    first: mean(0),
    second: mean(1),
    difference: found.difference,
    low: found.low,
    high: found.high,
    p_value: found.pValue,
    adjusted_p: null,
    prompts: found.pairs,
    isAlarm: false,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
  }
}

/** How large the largest sure change is; 0 without one. */
const largestAlarm = ({ steps }: DriftSeries): number =>
  steps.reduce(
    (most, { isAlarm, difference }) => (isAlarm ? Math.max(most, Math.abs(difference)) : most),
    0,
  )

/** Adjusts the p-values of all steps together, and raises the alarms. */
function withAdjusted(series: readonly DriftSeries[], alpha: number): DriftSeries[] {
  const tested = series.flatMap(({ steps }) => steps.filter(({ p_value: p }) => p !== null))
  const adjusted = holm(tested.map(({ p_value: p }) => p ?? 1))
  const of = new Map(tested.map((step, place) => [step, adjusted[place] ?? 1]))
  return series.map((one) => ({
    ...one,
    steps: one.steps.map((step) => {
      const p = of.get(step)
      return p === undefined ? step : { ...step, adjusted_p: p, isAlarm: p < alpha }
    }),
  }))
}
