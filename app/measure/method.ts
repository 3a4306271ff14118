import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'

/** The choices behind a figure; every result carries them. */
export const measureOptionsSchema = z.object({
  /** Ties are half a win for each, left out, or a category of their own beside wins and losses. */
  ties: z.enum(['half', 'drop', 'own']).default('half'),
  bothBad: z.enum(['half', 'drop']).default('half'),
  /** What is alike: judgments of a prompt; those of a prompt and of a rater; or, to compare, none. */
  interval: z.enum(['prompt', 'both', 'judgment']).default('prompt'),
  sources: z
    .array(z.enum(['human', 'judge', 'adjudicator']))
    .min(1)
    .default(['human']),
  /** Only prompts with this tag. */
  tag: z.string().min(1).optional(),
  /** Only responses that were made with this version of a prompt. */
  promptVersion: z.string().min(1).optional(),
  /** Only raters whom a lead put into this group. */
  raterGroup: z.string().min(1).optional(),
  /** Only judgments given on these days and between them, in UTC. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Whether ratings are those at equal length or style of the responses, or with raters weighed by skill. */
  control: z.enum(['none', 'length', 'style', 'raters']).default('none'),
  /** Whether strengths are those of pairs, or of whole rankings where there are any. */
  strengths: z.enum(['pairs', 'rankings']).default('pairs'),
  confidence: z.number().min(0.5).max(0.999).default(0.95),
  seed: z.number().int().default(1),
})

/** Whose judgments count, as a list with commas between. */
export const sourcesList = z
  .string()
  .transform((list) => list.split(',').map((source) => source.trim()))
  .pipe(measureOptionsSchema.shape.sources.unwrap())
  .prefault('human')

export type MeasureOptions = z.infer<typeof measureOptionsSchema>

export const defaultOptions: MeasureOptions = measureOptionsSchema.parse({})

/** The choices that differ from the plain ones, as canonical JSON; empty where none does. */
export function chosenIn(options: MeasureOptions): string {
  const plain: Partial<Record<string, unknown>> = defaultOptions
  const chosen = Object.entries(options).filter(
    ([name, value]) => value !== undefined && printJson(value) !== printJson(plain[name] ?? null),
  )
  return chosen.length === 0 ? '' : printJson(Object.fromEntries(chosen))
}

/** Below this many prompts an interval is not to be leaned on, and the method says so. */
export const fewPrompts = 10
