/** In: verdicts counted per prompt and pair. Out: each model's win rate, strength and rank range. */
import { counted } from '#app/base/text.ts'
import { countedPairs, rowsByModel, rowsOf } from './counted-pairs.ts'
import { type Weighing, weighingOf, weighingWarnings, weightsInWords } from './drawn-tasks.ts'
import { fewPrompts, type MeasureOptions } from './method.ts'
import type { StyleName } from './response-style.ts'
import { sideReport } from './side-report.ts'
import { fitStrengths, strengthOf } from './strengths.ts'
import type { PairTally, RankingVote, RaterVote, ScoreTally } from './tally.ts'
import { pairRows, scoreRows, winRow } from './win-rows.ts'

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
  /** The share of ties; only where they are a category of their own. */
  tie_rate?: number
  tie_rate_low?: number | null
  tie_rate_high?: number | null
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

/** How much judges prefer more of one style, whatever the model and at equal other styles. */
export interface StyleEffect extends LengthEffect {
  style: StyleName
}

/** The two neighbours nearest the top that are not told apart, and what that would take. */
export interface Separation {
  higher: string
  lower: string
  /** Judgments more, spread over pairs as those so far; null where no number in reach would do. */
  more_judgments: number | null
}

/** How often the response that was shown first won, whatever the models. */
export interface SideReport {
  first_rate: number
  low: number | null
  high: number | null
  /** Against one half; null where nothing varies. */
  p_value: number | null
  /** Wins whose order on the screen is known. */
  wins: number
  prompts: number
}

export interface Standings {
  method: StandingsMethod
  /** Only where the order on the screen is known of some win. */
  sides?: SideReport
  /** How likely two equal models tie, where ties are a category of their own. */
  even_tie_rate?: number
  /** Only where two neighbours are not told apart. */
  separation?: Separation
  /** Only where ratings are those at equal length. */
  length?: LengthEffect
  /** Only where ratings are those at equal style: one for each style. */
  styles?: StyleEffect[]
  models: StandingRow[]
  pairs: PairRow[]
  scores: ScoreRow[]
}

/** All but the pairs, of which a hundred models have five thousand. */
export type ModelStandings = Omit<Standings, 'pairs'>

export interface StandingsInput {
  pairs: readonly PairTally[]
  scores: readonly ScoreTally[]
  /** Each rater's own verdicts; needed where raters weigh by skill. */
  raterVotes?: readonly RaterVote[]
  /** Whole rankings; needed where strengths are to be theirs. */
  rankings?: readonly RankingVote[]
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
  const own = given.pairs.filter((pair) => pair.modelA === pair.modelB)
  const pairs =
    own.length > 0 ? given.pairs.filter((pair) => pair.modelA !== pair.modelB) : given.pairs
  const input = { ...given, pairs }
  const { models, options } = input
  const counted = countedPairs(pairs, options)
  const involved = new Set([...counted.modelIds, ...own.map((pair) => pair.modelA)])
  const present = models.filter((model) => involved.has(model.id))
  const fit = fitStrengths(present, counted, input)
  const weighing = weighingOf(pairs)
  const placeOf = new Map(counted.modelIds.map((id, place) => [id, place]))
  const byModel = rowsByModel(counted)
  const rows = present.map((model, at) => {
    const place = placeOf.get(model.id)
    const ownRows = place === undefined ? new Int32Array() : rowsOf(byModel, place)
    return {
      ...winRow(model, { counted, rows: ownRows, place }, input, weighing),
      ...strengthOf(fit, at),
    }
  })
  const warnings = [
    ...fit.warnings,
    ...promptWarning(input),
    ...weighingWarnings(weighing),
    ...ownPairWarning(own),
  ]
  return {
    method: methodOf(input, warnings, weighing, fit),
    ...(fit.length ? { length: fit.length } : {}),
    ...(fit.styles ? { styles: fit.styles } : {}),
    ...(fit.separation ? { separation: fit.separation } : {}),
    ...sideReport(counted, options),
    ...(fit.evenTieRate === undefined ? {} : { even_tie_rate: fit.evenTieRate }),
    models: rows.sort(byStrength),
    pairs: pairRows(counted, weighing, input),
    scores: scoreRows(input),
  }
}

function promptWarning({ counts, options }: StandingsInput): string[] {
  const warnings: string[] = []
  if (counts.prompts > 0 && counts.prompts < fewPrompts) {
    warnings.push(`Only ${counted(counts.prompts, 'prompt')}: the intervals are rough.`)
  }
  if (options.interval === 'judgment') {
    warnings.push(
      'Intervals treat judgments of one prompt as independent; they are too narrow and here for comparison only.',
    )
  }
  return warnings
}

/** Two responses of one model, as after a merge, say nothing about how it stands to others. */
function ownPairWarning(own: readonly PairTally[]): string[] {
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
  style:
    'Bradley–Terry at equal length, headers, list items and bold spans of the responses, each difference as (a − b) / (a + b) and by its standard deviation, natural logarithm, mean zero over the models that can be compared',
  raters:
    'Bradley–Terry with a skill and a side bias for each rater, natural logarithm, mean zero over the models that can be compared; each judgment weighs by a skill learnt on other prompts',
}

const byBoth =
  'clustered by prompt and by rater: variances of both less that of both at once, Student t on the scarcer less 1; ratings with ties apart, at equal length or style or by skill, and head-to-head, by prompt alone'

function methodOf(
  { options, counts }: StandingsInput,
  warnings: string[],
  weighing: Weighing,
  { ranked }: { ranked?: { hasTies: boolean } | undefined },
): StandingsMethod {
  const unit = options.interval
  const weights = weightsInWords(weighing)
  return {
    ties: options.ties,
    both_bad: options.bothBad,
    cant_judge: 'left out',
    interval:
      unit === 'both' && weighing.kind !== 'drawn'
        ? byBoth
        : unit === 'judgment'
          ? 'each judgment on its own (labelled comparison)'
          : 'clustered by prompt: CR1 with Student t on prompts − 1 degrees of freedom',
    confidence: options.confidence,
    sources: options.sources,
    win_rate:
      weights === undefined
        ? options.ties === 'own'
          ? 'share of wins among all judgments of the model against all opponents, ties apart'
          : 'mean score over all judgments of the model against all opponents'
        : 'weighted mean score over the tasks of the model against all opponents',
    ...(weights === undefined ? {} : { weights }),
    strength: ranked
      ? ranked.hasTies
        ? 'Plackett–Luce with a tie parameter for each number of models that tie (Davidson–Luce) over whole rankings by Newton, natural logarithm, mean zero over the models that can be compared'
        : 'Plackett–Luce over whole rankings by Newton, natural logarithm, mean zero over the models that can be compared'
      : options.ties === 'own' && options.control === 'none'
        ? 'Davidson’s model with ties, natural logarithm, mean zero over the models that can be compared'
        : strengthMethods[options.control],
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
