/** In: what a campaign's figures rest on so far, and a wish. Out: the judgments that would grant it. */
import { morePromptsNeeded, verdictsWithTiesNeeded } from '#app/stats/planned-judgments.ts'
import {
  correlationOf,
  designEffect,
  observationsNeeded,
  plannedHalfWidth,
} from '#app/stats/planned-precision.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { fewPrompts } from './method.ts'
import type { PlanChoices } from './plan-choices.ts'
import type { ScoreRow, Standings } from './standings.ts'

/** How alike judgments of one prompt are taken to be where nothing tells. */
export const assumedAlike = 0.5
const confidence = 0.95
/** More judgments of one figure than this nobody plans. */
const mostPlanned = 10_000_000

/** A win rate as it stands: of a model or of one model of a pair. */
interface Rate {
  share: number
  low: number | null
  high: number | null
  judgments: number
  halves: number
  prompts: number
}

/** What judgments so far tell a plan. */
export interface PlanBasis {
  figures: number
  /** Of one figure, the median. */
  judgments: number
  /** Judgments of one prompt and pair. */
  overlap: number
  /** Judgments of a figure on one prompt, for one of a pair. */
  perPair: number
  /** How alike judgments of one prompt are; null where they do not tell. */
  correlation: number | null
  ties: number | null
  /** Of one judgment's points. */
  variance: number | null
}

export type WhyNoPlan = 'even' | 'tooManyTies' | 'tooMany'

export interface Plan {
  basis: PlanBasis
  /** What the plan reckons with: as chosen, as seen, or as assumed. */
  used: { overlap: number; correlation: number; ties: number; variance: number }
  correlationFrom: 'chosen' | 'seen' | 'assumed'
  designEffect: number
  /** Judgments of one figure; null where none would do. */
  needed: number | null
  reason?: WhyNoPlan
  prompts: number | null
  /** Judgments of the whole campaign, if all figures get as many. */
  campaign: number | null
  /** Whether an interval from so few prompts would be rough. */
  isRough: boolean
  /** Half widths that numbers of judgments buy, for a chart. */
  curve: { judgments: number; prompts: number; halfWidth: number }[]
}

const halvesOf = (row: { ties: number; both_bad: number }) => row.ties + row.both_bad

function ratesOf({ models, pairs }: Standings, figure: PlanChoices['figure']): Rate[] {
  const rows =
    figure === 'model'
      ? models.map((row) => ({
          share: row.win_rate,
          low: row.win_rate_low,
          high: row.win_rate_high,
          judgments: row.judgments,
          halves: halvesOf(row),
          prompts: row.prompts,
        }))
      : pairs.map((row) => ({
          share: row.score_a,
          low: row.score_a_low,
          high: row.score_a_high,
          judgments: row.wins_a + row.wins_b + halvesOf(row),
          halves: halvesOf(row),
          prompts: row.prompts,
        }))
  return rows.flatMap(({ share, ...row }) =>
    share === null || row.judgments === 0 || row.prompts === 0 ? [] : [{ share, ...row }],
  )
}

/** Points of a judgment are 1, one half or 0: their variance by the counts. */
const varianceOf = ({ share, judgments, halves }: Rate): number =>
  Math.max(0, share - (0.25 * halves) / judgments - share ** 2)

/**
 * The design effect of a rate: its clustered variance, from the interval that was shown, over the one
 * of independent judgments. Null where either tells nothing.
 */
function effectOf(rate: Rate): number | null {
  const { share, low, high, judgments, prompts } = rate
  const naive = varianceOf(rate) / judgments
  if (low === null || high === null || prompts < fewPrompts || naive <= 0) return null
  // An end that was cut at 0 or 1 says less than the other.
  const reach = Math.max(high - share, share - low)
  return (reach / studentTQuantile(1 - (1 - confidence) / 2, prompts - 1)) ** 2 / naive
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const meanBy = (rates: readonly Rate[], of: (rate: Rate) => number | null): number | null => {
  let [sum, weight] = [0, 0]
  for (const rate of rates) {
    const value = of(rate)
    if (value === null) continue
    sum += rate.judgments * value
    weight += rate.judgments
  }
  return weight === 0 ? null : sum / weight
}

const perPrompt = (rates: readonly Rate[]): number | null =>
  meanBy(rates, ({ judgments, prompts }) => judgments / prompts)

/** What the standings so far tell a plan; `overlap` is the campaign's where nothing is judged yet. */
export function basisOf(
  standings: Standings | null,
  figure: PlanChoices['figure'],
  overlap: number,
): PlanBasis {
  const rates = standings ? ratesOf(standings, figure) : []
  const ofPairs = (standings && perPrompt(ratesOf(standings, 'pair'))) ?? Math.max(1, overlap)
  const own = perPrompt(rates) ?? ofPairs
  return {
    figures: rates.length,
    judgments: median(rates.map(({ judgments }) => judgments)),
    overlap: ofPairs,
    perPair: own / ofPairs,
    correlation: meanBy(rates, (rate) => {
      const effect = effectOf(rate)
      return effect === null ? null : correlationOf(effect, rate.judgments / rate.prompts)
    }),
    ties: meanBy(rates, ({ halves, judgments }) => halves / judgments),
    variance: meanBy(rates, varianceOf),
  }
}

/** The judgments that a wish needs, and what any number of them would buy. */
export function planOf(basis: PlanBasis, choices: PlanChoices): Plan {
  const overlap = choices.overlap ?? basis.overlap
  const correlation = choices.correlation ?? basis.correlation ?? assumedAlike
  const ties = choices.ties === undefined ? (basis.ties ?? 0) : choices.ties / 100
  const variance =
    choices.ties === undefined
      ? basis.variance === null || basis.variance === 0
        ? (1 - ties) / 4
        : basis.variance
      : (1 - ties) / 4
  const clusterSize = Math.max(1, overlap * basis.perPair)
  const shape = { clusterSize, correlation, variance, confidence }
  const effect = designEffect(clusterSize, correlation)
  const wish = wishedJudgments(choices, { ...shape, ties, effect })
  const tooMany = wish.needed !== null && wish.needed > mostPlanned
  const needed = tooMany ? null : wish.needed
  const reason = tooMany ? 'tooMany' : wish.reason
  const prompts = needed === null ? null : Math.ceil(needed / clusterSize)
  const farthest = 1.6 * Math.max(needed ?? 0, basis.judgments, 20 * clusterSize)
  return {
    basis,
    used: { overlap, correlation, ties, variance },
    correlationFrom:
      choices.correlation !== undefined
        ? 'chosen'
        : basis.correlation === null
          ? 'assumed'
          : 'seen',
    designEffect: effect,
    needed,
    ...(reason ? { reason } : {}),
    prompts,
    campaign:
      needed === null || basis.figures === 0
        ? null
        : // A judgment counts for both models that it compares.
          Math.ceil(needed * basis.figures * (choices.figure === 'model' ? 0.5 : 1)),
    isRough: prompts !== null && prompts < fewPrompts,
    curve: stepsTo(farthest).map((judgments) => ({
      judgments,
      prompts: Math.ceil(judgments / clusterSize),
      halfWidth: plannedHalfWidth({ ...shape, count: judgments }) ?? 0.5,
    })),
  }
}

function wishedJudgments(
  { goal, half_width, win_rate, power }: PlanChoices,
  {
    ties,
    effect,
    ...shape
  }: {
    ties: number
    effect: number
    clusterSize: number
    correlation: number
    variance: number
    confidence: number
  },
): { needed: number | null; reason?: WhyNoPlan } {
  if (goal === 'width') return { needed: observationsNeeded(half_width / 100, shape) }
  const wins = win_rate / 100 - ties / 2
  const losses = 1 - win_rate / 100 - ties / 2
  if (win_rate === 50) return { needed: null, reason: 'even' }
  if (wins < 0 || losses < 0) return { needed: null, reason: 'tooManyTies' }
  const alone = verdictsWithTiesNeeded({ wins, losses }, { power: power / 100 })
  return alone === null
    ? { needed: null, reason: 'even' }
    : { needed: Math.ceil(alone * effect - 1e-9) }
}

const points = 16

/** Numbers from few to many in even steps, rounded to whole judgments. */
function stepsTo(most: number): number[] {
  const all = Array.from({ length: points }, (_, place) => Math.ceil((most * (place + 1)) / points))
  return [...new Set(all)]
}

export interface ScorePlan {
  criterion: string
  /** Half the widest interval of a model's mean so far; null where there is none. */
  halfWidth: number | null
  prompts: number
  /** Further prompts, scored as often as those so far; null where the spread is not known. */
  morePrompts: number | null
}

/**
 * The further prompts that the means of a rubric need until each model's interval is as narrow as
 * wished, in points of the scale: by the model whose interval is widest.
 */
export function scorePlans(scores: readonly ScoreRow[], wished: number): ScorePlan[] {
  return [...Map.groupBy(scores, ({ criterion }) => criterion)].map(([criterion, rows]) => {
    const known = rows.flatMap(({ low, high, prompts }) =>
      low === null || high === null || high <= low || prompts < 2
        ? []
        : [{ halfWidth: (high - low) / 2, prompts }],
    )
    const widest = known.reduce<(typeof known)[number] | undefined>(
      (most, one) => (most === undefined || one.halfWidth > most.halfWidth ? one : most),
      undefined,
    )
    return {
      criterion,
      halfWidth: widest?.halfWidth ?? null,
      prompts: widest?.prompts ?? Math.max(0, ...rows.map(({ prompts }) => prompts)),
      morePrompts: widest ? morePromptsNeeded(widest, wished) : null,
    }
  })
}
