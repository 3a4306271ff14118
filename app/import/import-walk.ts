import { z } from 'zod'
import { importCountsSchema, noCounts } from './import-options.ts'

/**
 * How far an import is. Content is walked first, then judgments, so that a judgment may stand before
 * the text it speaks of.
 */
export const walkSchema = z.object({
  walk: z.enum(['content', 'judgments']),
  /** The place of the file in reading order. */
  file: z.number(),
  at: z.number(),
  line: z.number(),
  hasJudgments: z.boolean(),
  doneBytes: z.number(),
  records: z.number().default(0),
  counts: importCountsSchema,
})
export type Walk = z.infer<typeof walkSchema>

/** Where an import starts. */
export const firstStep = (): Walk => ({
  walk: 'content',
  file: 0,
  at: 0,
  line: 1,
  hasJudgments: false,
  doneBytes: 0,
  records: 0,
  counts: noCounts(),
})
