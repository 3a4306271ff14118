/** In: results of a measurement. Out: the same as tables for spreadsheets. */
import type { Agreement } from './agreement.ts'
import type { Consensus } from './consensus.ts'
import { printTable } from './csv-cell.ts'
import type { DriftReport } from './drift.ts'
import type { JudgeReport } from './judge-report.ts'
import type { Figure } from './rater-figure.ts'
import type { Standings } from './standings.ts'

export const figureFiles = [
  'standings',
  'head-to-head',
  'scores',
  'styles',
  'agreement',
  'consensus',
  'consensus-raters',
  'judges',
  'people-and-judges',
  'drift',
] as const
export type FigureFile = (typeof figureFiles)[number]

const modelColumns = [
  'model',
  'model_id',
  'rank_low',
  'rank_high',
  'win_rate',
  'win_rate_low',
  'win_rate_high',
  'rating',
  'rating_low',
  'rating_high',
  'strength',
  'strength_low',
  'strength_high',
  'wins',
  'losses',
  'ties',
  'both_bad',
  'cant_judge',
  'judgments',
  'prompts',
  'effective_tasks',
  'reason',
] as const

const pairColumns = [
  'a',
  'b',
  'a_id',
  'b_id',
  'score_a',
  'score_a_low',
  'score_a_high',
  'wins_a',
  'wins_b',
  'ties',
  'both_bad',
  'cant_judge',
  'prompts',
] as const

const scoreColumns = [
  'criterion',
  'model',
  'model_id',
  'mean',
  'low',
  'high',
  'judgments',
  'prompts',
  'reason',
] as const

/** The rows of a table of standings: of models, of pairs, of scores, or of styles. */
export const standingsTables = {
  standings: ({ models }: Standings) => printTable(modelColumns, models),
  'head-to-head': ({ pairs }: Standings) => printTable(pairColumns, pairs),
  scores: ({ scores }: Standings) => printTable(scoreColumns, scores),
  styles: ({ styles = [] }: Standings) =>
    printTable(['style', 'value', 'low', 'high', 'p_value'], styles),
}

const agreementColumns = [
  'criterion',
  'level',
  'alpha',
  'alpha_low',
  'alpha_high',
  'percent_agreement',
  'units',
  'prompts',
  'raters',
  'judgments',
  'reason',
] as const

export const agreementTable = ({ criteria }: Agreement): string =>
  printTable(agreementColumns, criteria)

const judgeFigures = [
  'agreement',
  'people_agreement',
  'kappa',
  'first',
  'people_first',
  'longer',
  'own_family',
] as const

/** Every figure of a judge in columns of its own: value, bounds, n and why it is absent or rough. */
export function judgesTable({ judges }: JudgeReport): string {
  const rows = judges.map((row) => ({
    judge: row.judge,
    verdicts: row.verdicts,
    prompts: row.prompts,
    shared_pairs: row.shared_pairs,
    ...Object.fromEntries(judgeFigures.flatMap((name) => figureFields(name, row[name]))),
  }))
  const figureColumns = judgeFigures.flatMap((name) =>
    ['', '_low', '_high', '_n', '_note'].map((ending) => `${name}${ending}`),
  )
  return printTable<Record<string, unknown>>(
    ['judge', 'verdicts', 'prompts', 'shared_pairs', ...figureColumns],
    rows,
  )
}

const figureFields = (name: string, { value, low, high, n, reason }: Figure) => [
  [name, value],
  [`${name}_low`, low],
  [`${name}_high`, high],
  [`${name}_n`, n],
  [`${name}_note`, reason ?? null],
]

export const combinedTable = ({ combined }: JudgeReport): string =>
  printTable(
    [
      'model',
      'model_id',
      'people_win_rate',
      'people_low',
      'people_high',
      'people_pairs',
      'combined_win_rate',
      'combined_low',
      'combined_high',
      'weight',
      'judged_pairs',
      'effective_pairs',
      'note',
    ],
    combined.map(({ model, model_id, people, combined: both, reason }) => ({
      model,
      model_id,
      people_win_rate: people.win_rate,
      people_low: people.low,
      people_high: people.high,
      people_pairs: people.pairs,
      combined_win_rate: both?.win_rate ?? null,
      combined_low: both?.low ?? null,
      combined_high: both?.high ?? null,
      weight: both?.weight ?? null,
      judged_pairs: both?.judged_pairs ?? null,
      effective_pairs: both?.effective_pairs ?? null,
      note: reason ?? null,
    })),
  )

/** The units that leave most open, with the votes for each answer and how probable it is. */
export function consensusTable({ answers, units }: Consensus): string {
  const rows = units.map(({ votes, posterior, ...unit }) => ({
    ...unit,
    ...Object.fromEntries(
      answers.flatMap(({ answer }, place) => [
        [`votes_${answer}`, votes[place] ?? 0],
        [`probability_${answer}`, posterior[place] ?? 0],
      ]),
    ),
  }))
  return printTable<Record<string, unknown>>(
    [
      'task_id',
      'part',
      'prompt_id',
      'majority',
      'likely',
      'differs',
      'doubt',
      ...answers.flatMap(({ answer }) => [`votes_${answer}`, `probability_${answer}`]),
    ],
    rows,
  )
}

export const consensusRatersTable = ({ raters }: Consensus): string =>
  printTable(
    ['rater', 'rater_id', 'n', 'skill', 'with_majority', 'with_majority_n', 'is_off'],
    raters,
  )

export const driftTable = ({ series }: DriftReport): string =>
  printTable(
    [
      'family',
      'criterion',
      'from',
      'to',
      'tag',
      'first',
      'second',
      'difference',
      'low',
      'high',
      'p_value',
      'adjusted_p',
      'isAlarm',
      'prompts',
      'reason',
    ],
    series.flatMap(({ family, criterion, steps }) =>
      steps.map((step) => ({ family, criterion, ...step })),
    ),
  )
