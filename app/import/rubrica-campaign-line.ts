/**
 * The lines of Rubrica JSONL that say what was asked: a campaign with its criteria and guidelines, and
 * a task where it holds more than its judgments tell. What criteria and settings may hold is the
 * campaign's own matter, which is looked at where campaigns are kept.
 */
import { z } from 'zod'
import { idText, keyed, moment, text } from './line-values.ts'

/** A criterion: its name, and what it asks as members of its own (`points`, `options`, `labels`…). */
const criterionSchema = z.looseObject({
  name: text.pipe(z.string().min(1)),
  kind: z.enum(['preference', 'scale', 'choice', 'ranking', 'text', 'spans', 'ideal']),
  title: text.optional(),
  required: z.boolean().optional(),
})

export const campaignLineSchema = z.looseObject({
  campaign: text.pipe(z.string().min(1)),
  kind: z.enum(['pairwise', 'rubric', 'ranking']),
  criteria: z.array(criterionSchema),
  guidelines: z
    .array(
      z.looseObject({
        version: z.number().int().min(1),
        text,
        created_at: moment.optional(),
      }),
    )
    .optional(),
  overlap: z.number().int().min(0).optional(),
  simulated: z.boolean().optional(),
  /** Models as objects and raters by name stand where the campaign itself keeps ids. */
  settings: keyed.optional(),
})
export type CampaignLine = z.infer<typeof campaignLineSchema>

/** An answer by itself, as a gold task expects it: a criterion and one of the answers. */
const plainAnswerSchema = z.looseObject({
  criterion: text,
  winner: z.enum(['a', 'b', 'tie', 'both_bad', 'cant_judge']).optional(),
  strength: z.number().int().min(1).max(3).optional(),
  score: z.number().optional(),
  choice: text.optional(),
  choices: z.array(text).min(1).optional(),
  text: text.optional(),
  /** Best first; inner lists are ties. */
  ranking: z.array(z.array(z.object({ response: idText })).min(1)).optional(),
})
export type PlainAnswer = z.infer<typeof plainAnswerSchema>

const purposeSchema = z.enum(['work', 'gold', 'training', 'qualification', 'repeat'])

export const taskLineSchema = z.looseObject({
  /** Its purpose. */
  task: purposeSchema,
  prompt_id: idText,
  /** The responses it shows, in canonical order: a verdict's a is the first. */
  responses: z.array(idText).min(1),
  campaign: text.optional(),
  /** The purpose of the task with the same prompt and responses that it repeats. */
  repeat_of: purposeSchema.optional(),
  needed: z.number().int().min(0).optional(),
  priority: z.number().int().optional(),
  selection_probability: z.number().gt(0).max(1).optional(),
  decided: z.enum(['a', 'b', 'tie', 'both_bad', 'cant_judge']).optional(),
  expected: z
    .looseObject({
      answers: z.array(plainAnswerSchema).min(1),
      explanation: text.optional(),
    })
    .optional(),
  doubt: z.number().min(0).optional(),
  withdrawn: text.optional(),
  withdrawn_at: moment.optional(),
})
export type TaskLine = z.infer<typeof taskLineSchema>
