/** What a rater is told when an adjudicator decided otherwise than he or she did. */
import { z } from 'zod'
import { shownAnswerSchema } from './judgment.ts'

export const adjudicatedKind = 'adjudicated'

export const adjudicatedSchema = z.object({
  campaignId: z.string(),
  assignmentId: z.string(),
  /** The decision, in the order in which this rater saw the responses. */
  expected: z.array(shownAnswerSchema),
  /** Why, in the adjudicator's words, which speak of the adjudicator's own order. */
  reason: z.string(),
  /** For each place on the adjudicator's page, the place of that response on the rater's. */
  places: z.array(z.number().int().min(0)),
})
export type AdjudicatedMessage = z.infer<typeof adjudicatedSchema>
