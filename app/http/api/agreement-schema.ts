/** The stored agreement of a campaign's raters, field by field. */
import { z } from 'zod'

const figure = z.number().nullable()
const count = z.number().int()
const answer = z.union([z.string(), z.number()])

const details = z.object({
  answers: z.array(answer),
  distribution: z.array(count).describe('How many values each answer received.'),
  coincidences: z
    .array(z.array(z.number()))
    .describe('How often two raters of one unit gave two answers.'),
  companions: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      value: figure,
      low: figure,
      high: figure,
      reason: z.string().optional(),
    }),
  ),
  tags: z.array(
    z.object({
      tag: z.string(),
      alpha: figure,
      low: figure,
      high: figure,
      units: count,
      prompts: count,
    }),
  ),
  pairs: z
    .array(
      z.object({
        one: z.string(),
        other: z.string(),
        units: count,
        percent: z.number(),
        kappa: figure,
        low: figure,
        high: figure,
        reason: z.string().optional(),
      }),
    )
    .describe('Raters two by two, by their pseudonyms.'),
})

/** What `agreement.ts` in `app/measure` computes. */
export const agreementSchema = z
  .object({
    method: z.object({
      coefficient: z.string(),
      unit: z.string(),
      orientation: z.string(),
      missing: z.string(),
      interval: z.string(),
      rounds: count,
      seed: count,
      confidence: z.number(),
      sources: z.array(z.string()).readonly(),
    }),
    criteria: z.array(
      z.object({
        criterion: z.string(),
        level: z.enum(['nominal', 'ordinal', 'interval', 'ratio']),
        alpha: figure,
        alpha_low: figure,
        alpha_high: figure,
        percent_agreement: figure,
        units: count.describe('Units with at least two values.'),
        prompts: count,
        raters: count,
        judgments: count,
        reason: z.string().optional(),
        details,
      }),
    ),
  })
  .meta({ id: 'Agreement' })
