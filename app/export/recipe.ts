/** A dataset as somebody wants it: from which campaigns, for which trainer, by which policy. */
import { z } from 'zod'
import { policySchema } from './policy.ts'
import { schedules } from './schedule.ts'
import { targetNames } from './targets/all.ts'
import { containers } from './targets/target.ts'

export const recipeSchema = z.object({
  campaignIds: z.array(z.string().min(1)).min(1, 'choose a campaign').max(200),
  target: z.enum(targetNames),
  /** What the target prefers where nobody chose. */
  container: z.enum(containers).nullable().default(null),
  policy: policySchema,
})
export type DatasetRecipe = z.infer<typeof recipeSchema>

export const newDatasetSchema = recipeSchema.extend({
  name: z.string().trim().min(1, 'give the dataset a name').max(120),
  description: z.string().trim().max(2_000).default(''),
  schedule: z.enum(schedules).nullable().default(null),
})
export type NewDataset = z.infer<typeof newDatasetSchema>
