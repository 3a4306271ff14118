import { z } from 'zod'

/** The choices behind a figure; every result carries them. */
export const measureOptionsSchema = z.object({
  ties: z.enum(['half', 'drop']).default('half'),
  bothBad: z.enum(['half', 'drop']).default('half'),
  /** What is resampled or clustered: prompts, or (for comparison only) single judgments. */
  interval: z.enum(['prompt', 'judgment']).default('prompt'),
  sources: z
    .array(z.enum(['human', 'judge', 'adjudicator']))
    .min(1)
    .default(['human']),
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  seed: z.number().int().default(1),
})

export type MeasureOptions = z.infer<typeof measureOptionsSchema>

export const defaultOptions: MeasureOptions = measureOptionsSchema.parse({})

/** Below this many prompts an interval is not to be leaned on, and the method says so. */
export const fewPrompts = 10
