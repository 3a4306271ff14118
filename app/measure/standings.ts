/** In: verdicts counted per prompt and pair. Out: each model's win rate, strength and rank range. */
import { counted } from '#app/base/text.ts'
import { bradleyTerry, differenceVariance, type PairTotal } from '#app/stats/bradley-terry.ts'
import {
  addCluster,
  clusteredShareInterval,
  meanOfMoments,
  noClusters,
} from '#app/stats/cluster-moments.ts'
import { type ClusterTotal, clusteredMean } from '#app/stats/clustered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { strongComponents } from '#app/stats/comparison-graph.ts'
import { cell, type Matrix } from '#app/stats/matrix.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { raterWeightedRatings, type WeighedPair } from '#app/stats/rater-weighted-ratings.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { type StyledTotal, styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import {
  effectiveTasks,
  type Weighing,
  weighingOf,
  weighingWarnings,
  weightOf,
  weightsInWords,
} from './drawn-tasks.ts'
import { fewPrompts, type MeasureOptions } from './method.ts'
import type { PairTally, RaterVote, ScoreTally } from './tally.ts'

export interface MeasuredModel {
  id: string
  label: string
  color: number
}

export interface StandingRow {
  model: string
  model_id: string
  color: number
  strength: number | null
  strength_low: number | null
  strength_high: number | null
  rating: number | null
  rating_low: number | null
  rating_high: number | null
  rank_low: number | null
  rank_high: number | null
  win_rate: number | null
  win_rate_low: number | null
  win_rate_high: number | null
  wins: number
  losses: number
  ties: number
  both_bad: number
  cant_judge: number
  judgments: number
  prompts: number
  /** Tasks of equal weight that would tell as much; only where tasks were drawn unevenly. */
  effective_tasks?: number
  reason?: string
}

export interface PairRow {
  a: string
  b: string
  a_id: string
  b_id: string
  wins_a: number
  wins_b: number
  ties: number
  both_bad: number
  cant_judge: number
  score_a: number | null
  score_a_low: number | null
  score_a_high: number | null
  prompts: number
}

export interface ScoreRow {
  criterion: string
  model: string
  model_id: string
  color: number
  mean: number
  low: number | null
  high: number | null
  judgments: number
  prompts: number
  reason?: string
}

export interface StandingsMethod {
  ties: MeasureOptions['ties']
  both_bad: MeasureOptions['bothBad']
  cant_judge: 'left out'
  interval: string
  confidence: number
  sources: readonly string[]
  win_rate: string
  /** Only where tasks were drawn unevenly. */
  weights?: string
  strength: string
  /** Only where a part of the judgments alone counts. */
  tag?: string
  prompt_version?: string
  rater_group?: string
  from?: string
  to?: string
  rating: string
  rank: string
  seed: number
  prompts: number
  raters: number
  judgments: number
  warnings: string[]
}

/** How much judges prefer longer responses, whatever the model. */
export interface LengthEffect {
  /** By how much the logarithm of the odds rises with one standard deviation of the difference. */
  value: number
  low: number | null
  high: number | null
  p_value: number | null
}

/** The two neighbours nearest the top that are not told apart, and what that would take. */
export interface Separation {
  higher: string
  lower: string
  /** Judgments more, spread over pairs as those so far; null where no number in reach would do. */
  more_judgments: number | null
}

export interface Standings {
  method: StandingsMethod
  /** Only where two neighbours are not told apart. */
  separation?: Separation
  /** Only where ratings are those at equal length. */
  length?: LengthEffect
  models: StandingRow[]
  pairs: PairRow[]
  scores: ScoreRow[]
}

export interface StandingsInput {
  pairs: readonly PairTally[]
  scores: readonly ScoreTally[]
  /** Each rater's own verdicts; needed where raters weigh by skill. */
  raterVotes?: readonly RaterVote[]
  criterionNames: ReadonlyMap<string, string>
  models: readonly MeasuredModel[]
  options: MeasureOptions
  counts: { prompts: number; raters: number; judgments: number }
}

/**
 * The standings of a campaign. `strength` is the natural logarithm of the Bradley–Terry strength,
 * mean zero; `rating` is 1000 + 400/ln 10 times it. What cannot be estimated is null with a reason.
 */
export function standings(given: StandingsInput): Standings {
  const input = { ...given, pairs: given.pairs.filter((pair) => pair.modelA !== pair.modelB) }
  const { models } = input
  const involved = new Set(given.pairs.flatMap((pair) => [pair.modelA, pair.modelB]))
  const present = models.filter((model) => involved.has(model.id))
  const fit = fitStrengths(present, input)
  const weighing = weighingOf(input.pairs)
  const rows = present.map((model, place) => ({
    ...winRow(model, input, weighing),
    ...strengthOf(fit, place),
  }))
  const warnings = [
    ...fit.warnings,
    ...promptWarning(input),
    ...weighingWarnings(weighing),
    ...ownPairWarning(given),
  ]
  return {
    method: methodOf(input, warnings, weighing),
    ...(fit.length ? { length: fit.length } : {}),
    ...(fit.separation ? { separation: fit.separation } : {}),
    models: rows.sort(byStrength),
    pairs: pairRows(input, weighing, new Map(models.map((model) => [model.id, model.label]))),
    scores: scoreRows(input),
  }
}

function promptWarning({ counts, options }: StandingsInput): string[] {
  const warnings: string[] = []
  if (counts.prompts > 0 && counts.prompts < fewPrompts) {
    warnings.push(`Only ${counts.prompts} prompts: the intervals are rough.`)
  }
  if (options.interval === 'judgment') {
    warnings.push(
      'Intervals treat judgments of one prompt as independent; they are too narrow and here for comparison only.',
    )
  }
  return warnings
}

/** Two responses of one model, as after a merge, say nothing about how it stands to others. */
function ownPairWarning({ pairs }: StandingsInput): string[] {
  const own = pairs.filter((pair) => pair.modelA === pair.modelB)
  const count = own.reduce(
    (sum, { winsA, winsB, ties, bothBad }) => sum + winsA + winsB + ties + bothBad,
    0,
  )
  if (count === 0) return []
  const verdicts = counted(count, 'verdict')
  return [`Left out: ${verdicts} between two responses of one and the same model.`]
}

const strengthMethods: Record<MeasureOptions['control'], string> = {
  none: 'Bradley–Terry by Newton, natural logarithm, mean zero over the models that can be compared',
  length:
    'Bradley–Terry at equal length of the responses, natural logarithm, mean zero over the models that can be compared',
  raters:
    'Bradley–Terry with a skill and a side bias for each rater, natural logarithm, mean zero over the models that can be compared; each judgment weighs by a skill learnt on other prompts',
}

function methodOf(
  { options, counts }: StandingsInput,
  warnings: string[],
  weighing: Weighing,
): StandingsMethod {
  const unit = options.interval
  const weights = weightsInWords(weighing)
  return {
    ties: options.ties,
    both_bad: options.bothBad,
    cant_judge: 'left out',
    interval:
      unit === 'prompt'
        ? 'clustered by prompt: CR1 with Student t on prompts − 1 degrees of freedom'
        : 'each judgment on its own (labelled comparison)',
    confidence: options.confidence,
    sources: options.sources,
    win_rate:
      weights === undefined
        ? 'mean score over all judgments of the model against all opponents'
        : 'weighted mean score over the tasks of the model against all opponents',
    ...(weights === undefined ? {} : { weights }),
    strength: strengthMethods[options.control],
    ...onlyIn(options),
    rating: '1000 + 400 / ln 10 × strength',
    rank: 'range from intervals of all pairwise differences, simultaneous by max-t',
    seed: options.seed,
    ...counts,
    warnings,
  }
}

/** Which part of the judgments alone counts, where not all do. */
const onlyIn = ({ tag, promptVersion, raterGroup, from, to }: MeasureOptions) => ({
  ...(tag === undefined ? {} : { tag }),
  ...(promptVersion === undefined ? {} : { prompt_version: promptVersion }),
  ...(raterGroup === undefined ? {} : { rater_group: raterGroup }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

const byStrength = (one: StandingRow, other: StandingRow): number =>
  (other.strength ?? Number.NEGATIVE_INFINITY) - (one.strength ?? Number.NEGATIVE_INFINITY) ||
  (other.win_rate ?? -1) - (one.win_rate ?? -1) ||
  (one.model < other.model ? -1 : 1)

/** How many verdicts of a pair count, and a's points in them. */
function scored(pair: PairTally, options: MeasureOptions): { count: number; points: number } {
  const ties = options.ties === 'half' ? pair.ties : 0
  const bothBad = options.bothBad === 'half' ? pair.bothBad : 0
  return {
    count: pair.winsA + pair.winsB + ties + bothBad,
    points: pair.winsA + (ties + bothBad) / 2,
  }
}

type WinColumns = Omit<StandingRow, keyof StrengthColumns>

function winRow(
  model: MeasuredModel,
  { pairs, options }: StandingsInput,
  weighing: Weighing,
): WinColumns & Partial<Pick<StandingRow, 'reason'>> {
  const row = { wins: 0, losses: 0, ties: 0, both_bad: 0, cant_judge: 0 }
  const clusters = new Map<string, ClusterTotal>()
  const weights: number[] = []
  const judgedOn = new Set<string>()
  for (const pair of pairs) {
    if (pair.modelA !== model.id && pair.modelB !== model.id) continue
    const isA = pair.modelA === model.id
    row.wins += isA ? pair.winsA : pair.winsB
    row.losses += isA ? pair.winsB : pair.winsA
    row.ties += pair.ties
    row.both_bad += pair.bothBad
    row.cant_judge += pair.cantJudge
    judgedOn.add(pair.promptId)
    const { count, points } = scored(pair, options)
    const own = isA ? points : count - points
    const weight = weightOf(pair, weighing, count)
    if (count > 0) weights.push(weight)
    const scale = count > 0 ? weight / count : 1
    for (const part of splitIfSingle(pair, options, { count, own })) {
      const key = part.key
      const cluster = clusters.get(key) ?? { sum: 0, count: 0 }
      clusters.set(key, {
        sum: cluster.sum + scale * part.own,
        count: cluster.count + scale * part.count,
      })
    }
  }
  const rate = clusteredShare([...clusters.values()], { confidence: options.confidence })
  return {
    model: model.label,
    model_id: model.id,
    color: model.color,
    win_rate: rate?.mean ?? null,
    win_rate_low: rate?.low ?? null,
    win_rate_high: rate?.high ?? null,
    ...row,
    judgments: row.wins + row.losses + row.ties + row.both_bad,
    prompts: judgedOn.size,
    ...(weighing.kind === 'drawn' ? { effective_tasks: effectiveTasks(weights) } : {}),
  }
}

/** One cluster for a prompt; or, where judgments count singly, one for each verdict. */
function splitIfSingle(
  pair: PairTally,
  options: MeasureOptions,
  total: { count: number; own: number },
): { key: string; count: number; own: number }[] {
  if (options.interval === 'prompt') return [{ key: pair.promptId, ...total }]
  const halves =
    (options.ties === 'half' ? pair.ties : 0) + (options.bothBad === 'half' ? pair.bothBad : 0)
  const whole = Math.round(total.own - halves / 2)
  const base = `${pair.promptId}|${pair.modelA}|${pair.modelB}`
  return Array.from({ length: total.count }, (_, place) => ({
    key: `${base}|${place}`,
    count: 1,
    own: place < whole ? 1 : place < whole + halves ? 0.5 : 0,
  }))
}

type StrengthColumns = Pick<
  StandingRow,
  | 'strength'
  | 'strength_low'
  | 'strength_high'
  | 'rating'
  | 'rating_low'
  | 'rating_high'
  | 'rank_low'
  | 'rank_high'
  | 'reason'
>

interface StrengthFit {
  columns: StrengthColumns[]
  warnings: string[]
  length?: LengthEffect
  separation?: Separation | undefined
}

const nothing = (reason: string): StrengthColumns => ({
  strength: null,
  strength_low: null,
  strength_high: null,
  rating: null,
  rating_low: null,
  rating_high: null,
  rank_low: null,
  rank_high: null,
  reason,
})

const strengthOf = (fit: StrengthFit, place: number): StrengthColumns =>
  fit.columns[place] ?? nothing('not measured')

/** 400 points for a tenfold strength, 1000 for the mean: the scale that chess made familiar. */
export const toRating = (strength: number): number => 1000 + (400 / Math.LN10) * strength

function fitStrengths(
  models: readonly MeasuredModel[],
  { pairs, options, raterVotes = [] }: StandingsInput,
): StrengthFit {
  const placeOf = new Map(models.map((model, place) => [model.id, place]))
  const cluster = numbering()
  const totals = pairs.flatMap((pair): StyledTotal[] => {
    const { count, points } = scored(pair, options)
    const a = placeOf.get(pair.modelA)
    const b = placeOf.get(pair.modelB)
    if (count === 0 || a === undefined || b === undefined || a === b) return []
    return splitIfSingle(pair, options, { count, own: points }).map((part) => ({
      a,
      b,
      count: part.count,
      points: part.own,
      cluster: cluster(part.key),
      styles: [(pair.lengthLead ?? 0) / judgedTimes(pair)],
    }))
  })
  const group = comparableGroup(models.length, totals)
  if (!group) return { columns: reasonsWithout(models, totals), warnings: [separateGroups] }
  const raterOf = numbering()
  const votes = raterVotes.flatMap((vote): WeighedPair[] => {
    const points = pointsOf(vote, options)
    const a = placeOf.get(vote.modelA)
    const b = placeOf.get(vote.modelB)
    if (points === undefined || a === undefined || b === undefined || a === b) return []
    const rater = raterOf(vote.raterId)
    return [{ a, b, rater, points, side: vote.side, cluster: cluster(vote.promptId) }]
  })
  return fitGroup({ models, totals, votes, group, options })
}

/** Gives each key a number, the first 0. */
function numbering(): (key: string) => number {
  const known = new Map<string, number>()
  return (key) => {
    const place = known.get(key) ?? known.size
    known.set(key, place)
    return place
  }
}

/** A's points in one verdict; undefined where it does not count. */
function pointsOf(
  { winner }: Pick<RaterVote, 'winner'>,
  { ties, bothBad }: MeasureOptions,
): number | undefined {
  if (winner === 'a') return 1
  if (winner === 'b') return 0
  const isHalf = winner === 'tie' ? ties === 'half' : winner === 'both_bad' && bothBad === 'half'
  return isHalf ? 0.5 : undefined
}

const separateGroups =
  'The models cannot all be compared: within the judgments so far, no group of models has both won and lost against the others.'

/** The models that can be rated together: the one largest strongly connected component. */
function comparableGroup(size: number, totals: readonly PairTotal[]): number[] | undefined {
  const edges = totals.flatMap(({ a, b, count, points }) => [
    ...(points > 0 ? [{ from: a, to: b }] : []),
    ...(points < count ? [{ from: b, to: a }] : []),
  ])
  const [largest, next] = strongComponents(size, edges)
  if (!largest || largest.length < 2) return undefined
  return next && next.length === largest.length ? undefined : largest
}

function fitGroup(fitted: {
  models: readonly MeasuredModel[]
  totals: readonly StyledTotal[]
  votes: readonly WeighedPair[]
  group: readonly number[]
  options: MeasureOptions
}): StrengthFit {
  const { models, totals, votes, group, options } = fitted
  const newPlace = new Map(group.map((place, at) => [place, at]))
  const within = <Pair extends { a: number; b: number }>(pairs: readonly Pair[]): Pair[] =>
    pairs.flatMap((pair) => {
      const a = newPlace.get(pair.a)
      const b = newPlace.get(pair.b)
      return a === undefined || b === undefined ? [] : [{ ...pair, a, b }]
    })
  const inside = within(totals)
  const fit =
    options.control === 'raters'
      ? skilledRatings(group.length, within(votes))
      : ratingsOf(group.length, inside, options)
  if ('reason' in fit)
    return { columns: models.map(() => nothing(fit.reason)), warnings: [fit.reason] }
  const { covariance } = fit
  const degrees = fit.clusters - 1
  const ranks =
    covariance &&
    rankRanges(fit.strengths, covariance, degrees, {
      confidence: options.confidence,
      seed: options.seed,
    })
  const t = covariance && studentTQuantile(1 - (1 - options.confidence) / 2, degrees)
  const reasons = reasonsWithout(models, totals)
  const columns = models.map((_, place): StrengthColumns => {
    const at = newPlace.get(place)
    const strength = at === undefined ? undefined : fit.strengths[at]
    if (at === undefined || strength === undefined) return reasons[place] ?? nothing('not measured')
    const reach = covariance && t ? t * Math.sqrt(Math.max(0, cell(covariance, at, at))) : null
    const low = reach === null ? null : strength - reach
    const high = reach === null ? null : strength + reach
    const range = ranks?.ranges[at]
    return {
      strength,
      strength_low: low,
      strength_high: high,
      rating: toRating(strength),
      rating_low: low === null ? null : toRating(low),
      rating_high: high === null ? null : toRating(high),
      rank_low: range?.low ?? null,
      rank_high: range?.high ?? null,
      ...(reach === null ? { reason: 'one prompt gives no interval' } : {}),
    }
  })
  const left = models.length - group.length
  const warnings =
    left > 0
      ? [`${left} of ${models.length} models cannot be rated with the others; each row says why.`]
      : []
  const separation =
    covariance && ranks
      ? separationIn({
          names: group.map((place) => models[place]?.label ?? ''),
          strengths: fit.strengths,
          covariance,
          criticalValue: ranks.criticalValue,
          judgments: inside.reduce((sum, { count }) => sum + count, 0),
        })
      : undefined
  return { columns, warnings, ...(fit.length ? { length: fit.length } : {}), separation }
}

/** More than so many times the judgments so far are not worth naming. */
const farthestReach = 50

/**
 * The first two neighbours in the order of strength whose difference the simultaneous interval does
 * not separate from none. The interval narrows with the root of the number of judgments.
 */
function separationIn({
  names,
  strengths,
  covariance,
  criticalValue,
  judgments,
}: {
  names: readonly string[]
  strengths: Float64Array
  covariance: Matrix
  criticalValue: number
  judgments: number
}): Separation | undefined {
  const order = [...strengths.keys()].sort(
    (one, other) => (strengths[other] ?? 0) - (strengths[one] ?? 0),
  )
  for (const [place, higher] of order.entries()) {
    const lower = order[place + 1]
    if (lower === undefined) return undefined
    const apart = (strengths[higher] ?? 0) - (strengths[lower] ?? 0)
    const reach = criticalValue * Math.sqrt(differenceVariance(covariance, higher, lower))
    if (apart > reach) continue
    const times = apart === 0 ? Number.POSITIVE_INFINITY : (reach / apart) ** 2 - 1
    return {
      higher: names[higher] ?? '',
      lower: names[lower] ?? '',
      more_judgments: times > farthestReach ? null : Math.ceil(judgments * times),
    }
  }
  return undefined
}

interface Ratings {
  strengths: Float64Array
  covariance: Matrix | null
  clusters: number
  length?: LengthEffect
}

/** Plain strengths, or those at equal length with what length is worth. */
function ratingsOf(
  size: number,
  totals: readonly StyledTotal[],
  { control, confidence }: MeasureOptions,
): Ratings | { reason: string } {
  if (control === 'none') return bradleyTerry(size, totals)
  try {
    const { coefficients, ...ratings } = styleControlledRatings(size, totals, confidence)
    const [length] = coefficients
    if (!length) return ratings
    const { value, low, high, pValue } = length
    return { ...ratings, length: { value, low, high, p_value: pValue } }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { reason: 'length tells winners and losers apart by itself: no ratings at equal length' }
  }
}

/** Strengths in which raters weigh by how well their verdicts fit with the others'. */
function skilledRatings(size: number, votes: readonly WeighedPair[]): Ratings | { reason: string } {
  const raters = Math.max(0, ...votes.map(({ rater }) => rater + 1))
  try {
    return raterWeightedRatings({ items: size, raters }, votes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { reason: 'raters’ skills and leanings leave no ratings: too few verdicts' }
  }
}

const judgedTimes = ({ winsA, winsB, ties, bothBad, cantJudge }: PairTally): number =>
  Math.max(1, winsA + winsB + ties + bothBad + cantJudge)

function reasonsWithout(
  models: readonly MeasuredModel[],
  totals: readonly PairTotal[],
): StrengthColumns[] {
  return models.map((_, place) => {
    let scoredPoints = 0
    let conceded = 0
    for (const { a, b, count, points } of totals) {
      if (a === place) {
        scoredPoints += points
        conceded += count - points
      } else if (b === place) {
        scoredPoints += count - points
        conceded += points
      }
    }
    if (scoredPoints === 0 && conceded === 0) return nothing('no verdict that counts')
    if (conceded === 0)
      return nothing('unbeaten: it never lost or tied, so no finite strength exists')
    if (scoredPoints === 0)
      return nothing('winless: it never won or tied, so no finite strength exists')
    return nothing('not comparable: no chain of wins and losses connects it with the other models')
  })
}

function pairRows(
  { pairs, options }: StandingsInput,
  weighing: Weighing,
  labels: ReadonlyMap<string, string>,
): PairRow[] {
  const groups = new Map<string, PairTally[]>()
  for (const pair of pairs) {
    const key = `${pair.modelA}|${pair.modelB}`
    groups.set(key, [...(groups.get(key) ?? []), pair])
  }
  const rows = [...groups.values()].map((group): PairRow => {
    const sum = (take: (pair: PairTally) => number) =>
      group.reduce((total, pair) => total + take(pair), 0)
    const rate = shareOf(group, weighing, options)
    const { modelA = '', modelB = '' } = group[0] ?? {}
    return {
      a: labels.get(modelA) ?? modelA,
      b: labels.get(modelB) ?? modelB,
      a_id: modelA,
      b_id: modelB,
      wins_a: sum((pair) => pair.winsA),
      wins_b: sum((pair) => pair.winsB),
      ties: sum((pair) => pair.ties),
      both_bad: sum((pair) => pair.bothBad),
      cant_judge: sum((pair) => pair.cantJudge),
      score_a: rate?.mean ?? null,
      score_a_low: rate?.low ?? null,
      score_a_high: rate?.high ?? null,
      prompts: new Set(group.map((pair) => pair.promptId)).size,
    }
  })
  return rows.sort((one, other) =>
    one.a === other.a ? (one.b < other.b ? -1 : 1) : one.a < other.a ? -1 : 1,
  )
}

/**
 * A pair's share for a. Where tasks were drawn a pair has few of them and each its weight, so that
 * Student's interval is too short: there it is Wilson's with the effective number of tasks.
 */
function shareOf(
  group: readonly PairTally[],
  weighing: Weighing,
  options: MeasureOptions,
): { mean: number; low: number | null; high: number | null } | null {
  const clusters = group.map((pair) => {
    const { count, points } = scored(pair, options)
    const weight = weightOf(pair, weighing, count)
    return { sum: count > 0 ? (weight * points) / count : 0, count: weight }
  })
  const { confidence } = options
  if (weighing.kind !== 'drawn') return clusteredShare(clusters, { confidence })
  const weights = clusters.map(({ count }) => count)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const scale = total === 0 ? 0 : effectiveTasks(weights) / total
  const moments = noClusters()
  for (const { sum, count } of clusters) addCluster(moments, scale * sum, scale * count)
  const found = meanOfMoments(moments)
  if (!found) return null
  const interval = clusteredShareInterval(moments, confidence)
  return { mean: found.mean, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** Mean scores: over raters within a prompt first, then over prompts, each prompt weighing the same. */
function scoreRows({ scores, criterionNames, models, options }: StandingsInput): ScoreRow[] {
  const rows: ScoreRow[] = []
  for (const [criterionId, criterion] of criterionNames) {
    for (const model of models) {
      const own = scores.filter(
        (score) => score.criterionId === criterionId && score.modelId === model.id,
      )
      const mean = clusteredMean(
        own.map((score) => ({ sum: score.sum / score.count, count: 1 })),
        { confidence: options.confidence },
      )
      if (!mean) continue
      rows.push({
        criterion,
        model: model.label,
        model_id: model.id,
        color: model.color,
        mean: mean.mean,
        low: mean.low,
        high: mean.high,
        judgments: own.reduce((total, score) => total + score.count, 0),
        prompts: mean.clusters,
        ...(mean.reason === undefined ? {} : { reason: mean.reason }),
      })
    }
  }
  return rows
}
