/** In: verdicts counted per prompt and pair. Out: each model's strength, rating and rank range. */
import { bradleyTerry, differenceVariance, type PairTotal } from '#app/stats/bradley-terry.ts'
import { strongComponents } from '#app/stats/comparison-graph.ts'
import { davidson } from '#app/stats/davidson.ts'
import { cell, corner, type Matrix } from '#app/stats/matrix.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { raterWeightedRatings, type WeighedPair } from '#app/stats/rater-weighted-ratings.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { type StyledTotal, styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import { twoWayRatings } from '#app/stats/two-way-ratings.ts'
import type { MeasureOptions } from './method.ts'
import { type RankedUse, rankedRatings, rankingsToFit } from './ranked-strengths.ts'
import { type StyleName, styleNames } from './response-style.ts'
import { pointsOf, scored, splitIfSingle } from './scored-pairs.ts'
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
  { pairs, options, raterVotes = [], rankings = [] }: StandingsInput,
): StrengthFit {
  const placeOf = new Map(models.map((model, place) => [model.id, place]))
  const cluster = numbering()
  const controlled = controlledIn(options)
  const totals = pairs.flatMap((pair): CountedTotal[] => {
    const { count, points, halves } = scored(pair, options)
    const a = placeOf.get(pair.modelA)
    const b = placeOf.get(pair.modelB)
    if (count === 0 || a === undefined || b === undefined || a === b) return []
    return splitIfSingle(pair, options, { count, own: points, halves }).map((part) => ({
      a,
      b,
      count: part.count,
      points: part.own,
      cluster: cluster(part.key),
      styles: controlled.map((style) => leadIn(pair, style) / judgedTimes(pair)),
      halves: part.halves,
    }))
  })
  // A rubric's campaign compares nothing, and lacks nothing by it.
  if (models.length === 0) return { columns: [], warnings: [] }
  const group = comparableGroup(models.length, totals)
  if (!group) {
    const warnings = [neverMet(models, totals) ?? separateGroups]
    return { columns: reasonsWithout(models, totals), warnings }
  }
  const raterOf = numbering()
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
  return fitGroup({ models, totals, votes, group, options, ranked })
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

const separateGroups =
  'The models cannot all be compared: within the judgments so far, no group of models has both won and lost against the others.'

const namesOfGroup = 3
const groupsNamed = 4

/** The groups of models that no comparison connects, in words; undefined where all are connected. */
function neverMet(
  models: readonly MeasuredModel[],
  totals: readonly PairTotal[],
): string | undefined {
  const met = totals.flatMap(({ a, b }) => [
    { from: a, to: b },
    { from: b, to: a },
  ])
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
  totals: readonly CountedTotal[]
  votes: readonly WeighedPair[]
  group: readonly number[]
  options: MeasureOptions
  ranked: RankedUse | undefined
}): StrengthFit {
  const { models, totals, votes, group, options, ranked } = fitted
  const newPlace = new Map(group.map((place, at) => [place, at]))
  const within = <Pair extends { a: number; b: number }>(pairs: readonly Pair[]): Pair[] =>
    pairs.flatMap((pair) => {
      const a = newPlace.get(pair.a)
      const b = newPlace.get(pair.b)
      return a === undefined || b === undefined ? [] : [{ ...pair, a, b }]
    })
  const inside = within(totals)
  const ofRankings =
    ranked && 'rankings' in ranked ? rankedRatings(group.length, ranked.rankings, newPlace) : ranked
  const isRanked = ofRankings !== undefined && 'strengths' in ofRankings
  const whyNot = ofRankings !== undefined && 'why' in ofRankings ? [ofRankings.why] : []
  const fit: Ratings | { reason: string } = isRanked
    ? ofRankings
    : options.control === 'raters'
      ? skilledRatings(group.length, within(votes))
      : isTwoWay(options)
        ? twoWay(group.length, within(votes))
        : ratingsOf(group.length, inside, options)
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
          judgments: inside.reduce((sum, { count }) => sum + count, 0),
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

/** What one prompt, or one verdict, says of a pair. */
interface CountedTotal extends StyledTotal {
  /** Verdicts that are half a win for each. */
  halves: number
}

/** The styles that ratings are held equal in. */
function controlledIn({ control }: MeasureOptions): readonly StyleName[] {
  if (control === 'style') return styleNames
  return control === 'length' ? ['length'] : []
}

/** Plain strengths, or those at equal length or style with what each style is worth. */
function ratingsOf(
  size: number,
  totals: readonly CountedTotal[],
  options: MeasureOptions,
): Ratings | { reason: string } {
  const { ties, control, confidence } = options
  if (control === 'none') {
    return ties === 'own' ? tiedRatings(size, totals) : bradleyTerry(size, totals)
  }
  try {
    const { coefficients, ...ratings } = styleControlledRatings(size, totals, confidence)
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
function tiedRatings(size: number, totals: readonly CountedTotal[]): Ratings | { reason: string } {
  if (totals.every(({ halves }) => halves === 0)) return bradleyTerry(size, totals)
  const tied = totals.map(({ a, b, count, points, halves, cluster }) => {
    const winsA = points - halves / 2
    return { a, b, winsA, winsB: count - halves - winsA, ties: halves, cluster }
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

/** Sum over judgments of how much more of a style a's response has. */
const leadIn = (pair: PairTally, style: StyleName): number =>
  (style === 'length' ? pair.lengthLead : pair.markLeads?.[style]) ?? 0

const judgedTimes = ({ winsA, winsB, ties, bothBad, cantJudge }: PairTally): number =>
  Math.max(1, winsA + winsB + ties + bothBad + cantJudge)

function reasonsWithout(
  models: readonly MeasuredModel[],
  totals: readonly PairTotal[],
): StrengthColumns[] {
  const won = new Float64Array(models.length)
  const lost = new Float64Array(models.length)
  for (const { a, b, count, points } of totals) {
    won[a] = (won[a] ?? 0) + points
    lost[a] = (lost[a] ?? 0) + count - points
    won[b] = (won[b] ?? 0) + count - points
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
