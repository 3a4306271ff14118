/** In: verdicts counted per prompt and pair. Out: each model's strength, rating and rank range. */
import {
  bradleyTerryOfColumns,
  differenceVariance,
  edgesOf,
  type PairColumns,
  pooled,
} from '#app/stats/bradley-terry.ts'
import { strongComponents } from '#app/stats/comparison-graph.ts'
import { davidson } from '#app/stats/davidson.ts'
import { cell, corner, type Matrix } from '#app/stats/matrix.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { raterWeightedRatings, type WeighedPair } from '#app/stats/rater-weighted-ratings.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { type StyledTotal, styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import { twoWayRatings } from '#app/stats/two-way-ratings.ts'
import { type CountedPairs, numbering } from './counted-pairs.ts'
import type { MeasureOptions } from './method.ts'
import { type RankedUse, rankedRatings, rankingsToFit } from './ranked-strengths.ts'
import { type StyleName, styleNames } from './response-style.ts'
import { pointsOf, singly } from './scored-pairs.ts'
import type {
  LengthEffect,
  MeasuredModel,
  Separation,
  StandingRow,
  StandingsInput,
  StyleEffect,
} from './standings.ts'
import type { PairTally } from './tally.ts'

export type StrengthColumns = Pick<
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
  length?: LengthEffect | undefined
  styles?: StyleEffect[] | undefined
  separation?: Separation | undefined
  evenTieRate?: number | undefined
  /** Where strengths are those of whole rankings: whether some of these have ties. */
  ranked?: { hasTies: boolean } | undefined
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

export const strengthOf = (fit: StrengthFit, place: number): StrengthColumns =>
  fit.columns[place] ?? nothing('not measured')

/** 400 points for a tenfold strength, 1000 for the mean: the scale that chess made familiar. */
export const toRating = (strength: number): number => 1000 + (400 / Math.LN10) * strength

export function fitStrengths(
  models: readonly MeasuredModel[],
  counted: CountedPairs,
  { options, raterVotes = [], rankings = [] }: StandingsInput,
): StrengthFit {
  const placeOf = new Map(models.map((model, place) => [model.id, place]))
  const totals = totalsIn(counted, placeOf, options)
  // A rubric's campaign compares nothing, and lacks nothing by it.
  if (models.length === 0) return { columns: [], warnings: [] }
  const group = comparableGroup(models.length, totals)
  if (!group) {
    const warnings = [neverMet(models, totals) ?? separateGroups]
    return { columns: reasonsWithout(models, totals), warnings }
  }
  const cluster = clusterNumbers(counted, totals, options)
  const raterOf = numbering<string>()
  const votes = raterVotes.flatMap((vote): WeighedPair[] => {
    const points = pointsOf(vote, options)
    const a = placeOf.get(vote.modelA)
    const b = placeOf.get(vote.modelB)
    if (points === undefined || a === undefined || b === undefined || a === b) return []
    const rater = raterOf(vote.raterId)
    return [{ a, b, rater, points, side: vote.side, cluster: cluster(vote.promptId) }]
  })
  const ranked =
    options.strengths === 'rankings'
      ? rankingsToFit(rankings, { placeOf, cluster, options })
      : undefined
  return fitGroup({ models, counted, totals, votes, group, options, ranked })
}

/** The verdicts that count, one row for a prompt and pair, or for each verdict where they count singly. */
interface CountedTotals extends PairColumns {
  /** Verdicts that are half a win for each. */
  halves: Float64Array
  /** The row of the counted pairs that each is of. */
  source: Int32Array
}

const emptyTotals = (size: number): CountedTotals => ({
  a: new Int32Array(size),
  b: new Int32Array(size),
  count: new Float64Array(size),
  points: new Float64Array(size),
  halves: new Float64Array(size),
  cluster: new Int32Array(size),
  source: new Int32Array(size),
})

const firstTotals = (totals: CountedTotals, size: number): CountedTotals => ({
  a: totals.a.subarray(0, size),
  b: totals.b.subarray(0, size),
  count: totals.count.subarray(0, size),
  points: totals.points.subarray(0, size),
  halves: totals.halves.subarray(0, size),
  cluster: totals.cluster.subarray(0, size),
  source: totals.source.subarray(0, size),
})

function totalsIn(
  counted: CountedPairs,
  placeOf: ReadonlyMap<string, number>,
  { interval }: MeasureOptions,
): CountedTotals {
  const isSingle = interval === 'judgment'
  const places = Int32Array.from(counted.modelIds, (id) => placeOf.get(id) ?? -1)
  const most = isSingle ? counted.count.reduce((sum, count) => sum + count, 0) : counted.a.length
  const totals = emptyTotals(most)
  let size = 0
  let cluster = -1
  let prompt = -1
  for (let row = 0; row < counted.a.length; row++) {
    const a = places[counted.a[row] ?? 0] ?? -1
    const b = places[counted.b[row] ?? 0] ?? -1
    const count = counted.count[row] ?? 0
    if (count === 0 || a < 0 || b < 0) continue
    if (counted.prompt[row] !== prompt) cluster += 1
    prompt = counted.prompt[row] ?? 0
    const whole = { count, own: counted.points[row] ?? 0, halves: counted.halves[row] ?? 0 }
    for (const part of isSingle ? singly(whole) : [whole]) {
      totals.a[size] = a
      totals.b[size] = b
      totals.count[size] = part.count
      totals.points[size] = part.own
      totals.halves[size] = part.halves
      totals.cluster[size] = isSingle ? size : cluster
      totals.source[size] = row
      size += 1
    }
  }
  return firstTotals(totals, size)
}

/** Numbers prompts as the clusters of the totals are; where those are single verdicts, after them. */
function clusterNumbers(
  { pairs }: CountedPairs,
  { cluster, source }: CountedTotals,
  { interval, control, strengths }: MeasureOptions,
): (key: string) => number {
  if (interval === 'judgment') return numbering(new Map(), cluster.length)
  const known = new Map<string, number>()
  const isAsked = interval === 'both' || control === 'raters' || strengths === 'rankings'
  if (!isAsked) return numbering(known)
  for (let at = 0; at < cluster.length; at++) {
    known.set(pairs[source[at] ?? 0]?.promptId ?? '', cluster[at] ?? 0)
  }
  return numbering(known)
}

const separateGroups =
  'The models cannot all be compared: within the judgments so far, no group of models has both won and lost against the others.'

const namesOfGroup = 3
const groupsNamed = 4

/** The groups of models that no comparison connects, in words; undefined where all are connected. */
function neverMet(models: readonly MeasuredModel[], totals: CountedTotals): string | undefined {
  const { a, b } = pooled(models.length, totals)
  const met = Array.from(a, (one, pair) => ({ one, other: b[pair] ?? 0 })).flatMap(
    ({ one, other }) => [
      { from: one, to: other },
      { from: other, to: one },
    ],
  )
  const groups = strongComponents(models.length, met).filter((group) => group.length > 1)
  if (groups.length < 2) return undefined
  const named = groups.slice(0, groupsNamed).map((group) => {
    const names = group.slice(0, namesOfGroup).map((place) => models[place]?.label ?? '')
    return group.length > namesOfGroup ? `${names.join(', ')} …` : names.join(', ')
  })
  const all = groups.length > groupsNamed ? [...named, '…'] : named
  return `The models fall into ${groups.length} groups that never met each other: ${all.join(' | ')}. Have models of different groups compared.`
}

/** The models that can be rated together: the one largest strongly connected component. */
function comparableGroup(size: number, totals: CountedTotals): number[] | undefined {
  const [largest, next] = strongComponents(size, edgesOf(pooled(size, totals)))
  if (!largest || largest.length < 2) return undefined
  return next && next.length === largest.length ? undefined : largest
}

function fitGroup(fitted: {
  models: readonly MeasuredModel[]
  counted: CountedPairs
  totals: CountedTotals
  votes: readonly WeighedPair[]
  group: readonly number[]
  options: MeasureOptions
  ranked: RankedUse | undefined
}): StrengthFit {
  const { models, counted, totals, votes, group, options, ranked } = fitted
  const newPlace = new Map(group.map((place, at) => [place, at]))
  const inside = group.length === models.length ? totals : totalsWithin(totals, newPlace)
  const votesWithin = () =>
    votes.flatMap((vote) => {
      const a = newPlace.get(vote.a)
      const b = newPlace.get(vote.b)
      return a === undefined || b === undefined ? [] : [{ ...vote, a, b }]
    })
  const ofRankings =
    ranked && 'rankings' in ranked ? rankedRatings(group.length, ranked.rankings, newPlace) : ranked
  const isRanked = ofRankings !== undefined && 'strengths' in ofRankings
  const whyNot = ofRankings !== undefined && 'why' in ofRankings ? [ofRankings.why] : []
  const fit: Ratings | { reason: string } = isRanked
    ? ofRankings
    : options.control === 'raters'
      ? skilledRatings(group.length, votesWithin())
      : isTwoWay(options)
        ? twoWay(group.length, votesWithin())
        : ratingsOf(group.length, { counted, totals: inside }, options)
  if ('reason' in fit) {
    return { columns: models.map(() => nothing(fit.reason)), warnings: [fit.reason, ...whyNot] }
  }
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
      ...(reach === null ? { reason: fit.scarce ?? 'one prompt gives no interval' } : {}),
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
          judgments: inside.count.reduce((sum, count) => sum + count, 0),
        })
      : undefined
  const { length, styles, evenTieRate, warnings: ofFit = [] } = fit
  return {
    columns,
    warnings: [...warnings, ...ofFit, ...whyNot],
    length,
    styles,
    separation,
    evenTieRate,
    ranked: isRanked ? ofRankings : undefined,
  }
}

/** The totals of pairs that are both in a group, by their places in it. */
function totalsWithin(totals: CountedTotals, newPlace: ReadonlyMap<number, number>): CountedTotals {
  const inside = emptyTotals(totals.a.length)
  let size = 0
  for (let at = 0; at < totals.a.length; at++) {
    const a = newPlace.get(totals.a[at] ?? 0)
    const b = newPlace.get(totals.b[at] ?? 0)
    if (a === undefined || b === undefined) continue
    inside.a[size] = a
    inside.b[size] = b
    inside.count[size] = totals.count[at] ?? 0
    inside.points[size] = totals.points[at] ?? 0
    inside.halves[size] = totals.halves[at] ?? 0
    inside.cluster[size] = totals.cluster[at] ?? 0
    inside.source[size] = totals.source[at] ?? 0
    size += 1
  }
  return firstTotals(inside, size)
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
  length?: LengthEffect | undefined
  styles?: StyleEffect[] | undefined
  warnings?: string[]
  /** Of what there are too few for a covariance. */
  scarce?: string | undefined
  /** How likely two equal models tie; only where ties have a probability of their own. */
  evenTieRate?: number
}

/** The styles that ratings are held equal in. */
function controlledIn({ control }: MeasureOptions): readonly StyleName[] {
  if (control === 'style') return styleNames
  return control === 'length' ? ['length'] : []
}

/** Plain strengths, or those at equal length or style with what each style is worth. */
function ratingsOf(
  size: number,
  { counted, totals }: { counted: CountedPairs; totals: CountedTotals },
  options: MeasureOptions,
): Ratings | { reason: string } {
  const { ties, control, confidence } = options
  if (control === 'none') {
    return ties === 'own' ? tiedRatings(size, totals) : bradleyTerryOfColumns(size, totals)
  }
  try {
    const styled = styledTotals(counted, totals, controlledIn(options))
    const { coefficients, ...ratings } = styleControlledRatings(size, styled, confidence)
    const found = controlledIn(options).flatMap((style, place) => {
      const coefficient = coefficients[place]
      return coefficient ? [{ style, ...coefficient }] : []
    })
    const warnings = found
      .filter(({ ownShare }) => ownShare !== null && ownShare < leastOwnShare)
      .map(({ style }) => goesWithModels[style])
    const styles = found.map(
      ({ style, value, low, high, pValue }): StyleEffect => ({
        style,
        value,
        low,
        high,
        p_value: pValue,
      }),
    )
    if (control === 'style') return { ...ratings, styles, warnings }
    const [length] = styles
    return { ...ratings, length: length && effectAlone(length), warnings }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return {
      reason:
        control === 'style'
          ? 'styles tell winners and losers apart by themselves, or go with a model or with each other: no ratings at equal style'
          : 'length tells winners and losers apart by itself: no ratings at equal length',
    }
  }
}

/** Where less of a style's variation than this lies within models, its worth is told by too little. */
const leastOwnShare = 0.1

const goesWithModels: Record<StyleName, string> = {
  length:
    'Length differs almost only from model to model: what it is worth, and with it these ratings, rests on little.',
  headers:
    'Headers differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
  lists:
    'List items differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
  bold: 'Bold spans differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
}

const effectAlone = ({ style: _, ...effect }: StyleEffect): LengthEffect => effect

/** Whether ratings are plain ones with intervals for prompts and raters that are each alike. */
export const isTwoWay = ({ interval, control, ties }: MeasureOptions): boolean =>
  interval === 'both' && control === 'none' && ties !== 'own'

/** Plain strengths with a covariance for prompts and raters. */
function twoWay(size: number, votes: readonly WeighedPair[]): Ratings {
  const { strengths, covariance, prompts, raters, reason } = twoWayRatings(
    size,
    votes.map(({ a, b, points, rater, cluster }) => ({
      a,
      b,
      count: 1,
      points,
      rater,
      prompt: cluster,
    })),
  )
  return { strengths, covariance, clusters: Math.min(prompts, raters), scarce: reason }
}

/** Strengths by Davidson's model, in which ties have a probability of their own. */
function tiedRatings(size: number, totals: CountedTotals): Ratings | { reason: string } {
  if (totals.halves.every((halves) => halves === 0)) return bradleyTerryOfColumns(size, totals)
  const tied = Array.from(totals.a, (a, at) => {
    const halves = totals.halves[at] ?? 0
    const winsA = (totals.points[at] ?? 0) - halves / 2
    const winsB = (totals.count[at] ?? 0) - halves - winsA
    const b = totals.b[at] ?? 0
    return { a, b, winsA, winsB, ties: halves, cluster: totals.cluster[at] ?? 0 }
  })
  try {
    const { strengths, covariance, clusters, tieParameter } = davidson(size, tied)
    const evenTieRate = tieParameter / (2 + tieParameter)
    return { strengths, covariance: covariance && corner(covariance, size), clusters, evenTieRate }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { reason: 'too many ties for their model: no ratings with ties apart' }
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

/** The totals with how the two responses differ in some styles, for each judgment. */
const styledTotals = (
  { pairs }: CountedPairs,
  { a, b, count, points, cluster, source }: CountedTotals,
  styles: readonly StyleName[],
): StyledTotal[] =>
  Array.from(source, (row, at) => {
    const pair = pairs[row]
    return {
      a: a[at] ?? 0,
      b: b[at] ?? 0,
      count: count[at] ?? 0,
      points: points[at] ?? 0,
      cluster: cluster[at] ?? 0,
      styles: styles.map((style) => (pair ? leadIn(pair, style) / judgedTimes(pair) : 0)),
    }
  })

/** Sum over judgments of how much more of a style a's response has. */
const leadIn = (pair: PairTally, style: StyleName): number =>
  (style === 'length' ? pair.lengthLead : pair.markLeads?.[style]) ?? 0

const judgedTimes = ({ winsA, winsB, ties, bothBad, cantJudge }: PairTally): number =>
  Math.max(1, winsA + winsB + ties + bothBad + cantJudge)

function reasonsWithout(
  models: readonly MeasuredModel[],
  totals: CountedTotals,
): StrengthColumns[] {
  const won = new Float64Array(models.length)
  const lost = new Float64Array(models.length)
  const pairs = pooled(models.length, totals)
  for (let pair = 0; pair < pairs.a.length; pair++) {
    const [a, b] = [pairs.a[pair] ?? 0, pairs.b[pair] ?? 0]
    const points = pairs.points[pair] ?? 0
    const conceded = (pairs.count[pair] ?? 0) - points
    won[a] = (won[a] ?? 0) + points
    lost[a] = (lost[a] ?? 0) + conceded
    won[b] = (won[b] ?? 0) + conceded
    lost[b] = (lost[b] ?? 0) + points
  }
  return models.map((_, place) => {
    const [scoredPoints, conceded] = [won[place] ?? 0, lost[place] ?? 0]
    if (scoredPoints === 0 && conceded === 0) return nothing('no verdict that counts')
    if (conceded === 0)
      return nothing('unbeaten: it never lost or tied, so no finite strength exists')
    if (scoredPoints === 0)
      return nothing('winless: it never won or tied, so no finite strength exists')
    return nothing('not comparable: no chain of wins and losses connects it with the other models')
  })
}
