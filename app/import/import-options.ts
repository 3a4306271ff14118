import { z } from 'zod'
import { encodings } from './container.ts'
import { fieldMappingSchema } from './field-mapping.ts'

/** How the files of a batch are read. */
export const importOptionsSchema = z.object({
  /** `auto` recognises each file; `mapped` reads by the mapping; else the name of a reader. */
  format: z.string().min(1).default('auto'),
  mapping: fieldMappingSchema.optional(),
  /** Said by a person where it cannot be told from the bytes. */
  encoding: z.enum(encodings).optional(),
  /** What of a trace with several model calls is rated: each call, or the final answer alone. */
  rate: z.enum(['steps', 'final']).default('steps'),
  /** Where recorded judgments go that name no campaign. */
  campaign: z.string().min(1).optional(),
  /** Record judgments whose prompt or response is not here, without the text. */
  allowMissingText: z.boolean().default(false),
  /** Their raters are a simulation, and every screen says so. */
  isSimulated: z.boolean().default(false),
})

export type ImportOptions = z.infer<typeof importOptionsSchema>

export const receivedFileSchema = z.object({
  name: z.string(),
  path: z.string(),
  bytes: z.number(),
})

export type ReceivedFile = z.infer<typeof receivedFileSchema>

/** What became of the records of a batch. */
export const importCountsSchema = z.object({
  created: z.object({
    prompts: z.number(),
    responses: z.number(),
    judgments: z.number(),
    skips: z.number(),
  }),
  merged: z.number(),
  unchanged: z.number(),
  refused: z.number(),
})

export type ImportCounts = z.infer<typeof importCountsSchema>

export const noCounts = (): ImportCounts => ({
  created: { prompts: 0, responses: 0, judgments: 0, skips: 0 },
  merged: 0,
  unchanged: 0,
  refused: 0,
})
