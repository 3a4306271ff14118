/** The stored standings of a campaign, field by field. */
import { z } from 'zod'
import { styleNames } from '#app/measure/response-style.ts'

const figure = z.number().nullable()
const count = z.number().int()
const low = figure.describe('Lower end of the interval.')

const verdicts = {
  ties: count,
  both_bad: count,
  cant_judge: count,
}

const standing = z
  .object({
    model: z.string(),
    model_id: z.string(),
    color: count,
    strength: figure.describe('Natural logarithm of the Bradley–Terry strength, mean zero.'),
    strength_low: low,
    strength_high: figure,
    rating: figure.describe('1000 + 400/ln 10 times the strength.'),
    rating_low: low,
    rating_high: figure,
    rank_low: count.nullable(),
    rank_high: count.nullable(),
    win_rate: figure,
    win_rate_low: low,
    win_rate_high: figure,
    wins: count,
    losses: count,
    ...verdicts,
    judgments: count,
    prompts: count,
    tie_rate: z.number().optional(),
    tie_rate_low: figure.optional(),
    tie_rate_high: figure.optional(),
    effective_tasks: z.number().optional(),
    reason: z.string().optional().describe('Why a figure is null.'),
  })
  .meta({ id: 'Standing' })

const pair = z
  .object({
    a: z.string(),
    b: z.string(),
    a_id: z.string(),
    b_id: z.string(),
    wins_a: count,
    wins_b: count,
    ...verdicts,
    score_a: figure,
    score_a_low: low,
    score_a_high: figure,
    prompts: count,
  })
  .meta({ id: 'PairOfModels' })

const score = z
  .object({
    criterion: z.string(),
    model: z.string(),
    model_id: z.string(),
    color: count,
    mean: z.number(),
    low,
    high: figure,
    judgments: count,
    prompts: count,
    reason: z.string().optional(),
  })
  .meta({ id: 'MeanScore' })

const half = z.enum(['half', 'drop'])

const method = z
  .object({
    ties: z.enum(['half', 'drop', 'own']),
    both_bad: half,
    cant_judge: z.literal('left out'),
    interval: z.string(),
    confidence: z.number(),
    sources: z.array(z.string()).readonly(),
    win_rate: z.string(),
    weights: z.string().optional(),
    strength: z.string(),
    tag: z.string().optional(),
    prompt_version: z.string().optional(),
    rater_group: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    rating: z.string(),
    rank: z.string(),
    seed: count,
    prompts: count,
    raters: count,
    judgments: count,
    warnings: z.array(z.string()),
  })
  .describe('The choices behind the figures, in words.')

const effect = {
  value: z
    .number()
    .describe('Rise of the logarithm of the odds with one standard deviation of the difference.'),
  low,
  high: figure,
  p_value: figure,
}

/** What `standings.ts` in `app/measure` computes. */
export const standingsSchema = z
  .object({
    method,
    sides: z
      .object({
        first_rate: z.number(),
        low,
        high: figure,
        p_value: figure,
        wins: count,
        prompts: count,
      })
      .optional()
      .describe('How often the response that was shown first won.'),
    even_tie_rate: z.number().optional(),
    separation: z
      .object({ higher: z.string(), lower: z.string(), more_judgments: count.nullable() })
      .optional()
      .describe('The two neighbours nearest the top that are not told apart.'),
    length: z
      .object(effect)
      .optional()
      .describe('What length is worth to judges; only where ratings are at equal length.'),
    styles: z
      .array(z.object({ style: z.enum(styleNames), ...effect }))
      .optional()
      .describe('What each style is worth to judges; only where ratings are at equal style.'),
    models: z.array(standing),
    pairs: z.array(pair),
    scores: z.array(score),
  })
  .meta({ id: 'Standings' })

/** What the gate answers. */
export const gateAnswerSchema = z
  .object({
    candidate: z.string(),
    baseline: z.string(),
    verdict: z.enum(['pass', 'fail', 'not enough evidence']),
    summary: z.string().describe('The verdict in words, with its numbers.'),
    win_rate: figure,
    win_rate_low: low,
    win_rate_high: figure,
    wins: count,
    losses: count,
    ...verdicts,
    judgments: count,
    prompts: count,
    more_prompts: figure.describe('Prompts that would about settle it.'),
    method: z.object({
      min_win_rate: z.number(),
      confidence: z.number(),
      interval: z.string(),
      ties: half,
      both_bad: half,
      cant_judge: z.literal('left out'),
    }),
    tag: z.string().nullable(),
    campaigns: z.array(z.string()),
    sources: z.array(z.enum(['human', 'judge', 'adjudicator'])),
  })
  .meta({ id: 'GateAnswer' })
