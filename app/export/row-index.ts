/** A line of a snapshot's index: what leads from a row to its judgments, and what two snapshots compare. */
import { z } from 'zod'

export const indexEntrySchema = z.object({
  id: z.string(),
  config: z.string(),
  prompt: z.string(),
  split: z.string(),
  verdict: z.string(),
  tasks: z.array(z.string()),
  /** As the policy shows them; none where it leaves them out. */
  raters: z.array(z.string()),
  /** Of the row as it was written. */
  content: z.string(),
})
export type IndexEntry = z.infer<typeof indexEntrySchema>

export const indexPath = '.meta/rows.jsonl'
