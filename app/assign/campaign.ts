/** What a campaign asks: its settings and criteria, as forms, rows and the rating room read them. */
import { z } from 'zod'

export const preferencePoints = [2, 3, 5, 7] as const

export const campaignSettingsSchema = z.object({
  /** Models whose responses meet; all when empty. */
  modelIds: z.array(z.string()).default([]),
  /** Prompts with one of these tags; all when empty. */
  tags: z.array(z.string()).default([]),
  /** Pairs a prompt gives at most; all when null. */
  pairsAPrompt: z.number().int().min(1).nullable().default(null),
  /** Raters who may work; every annotator of the project when null. */
  raterIds: z.array(z.string()).nullable().default(null),
  bothBad: z.boolean().default(true),
  cantJudge: z.boolean().default(true),
  comment: z.boolean().default(true),
  reasons: z.array(z.string()).default([]),
})
export type CampaignSettings = z.infer<typeof campaignSettingsSchema>

const preferenceSchema = z.object({
  kind: z.literal('preference'),
  points: z.union([z.literal(2), z.literal(3), z.literal(5), z.literal(7)]),
})
const points = z.array(
  z.object({ value: z.number(), label: z.string(), anchor: z.string().default('') }),
)
/** Imported scales start with the one value that was seen; those built here have bounds of their own. */
const scaleSchema = z.object({ kind: z.literal('scale'), points: points.min(1) })
const newPoints = points
  .min(2, 'a scale has at least two points')
  .max(9, 'a scale has at most nine points, one for each number key')
const choiceSchema = z.object({ kind: z.literal('choice'), options: z.array(z.string()).min(1) })
const rankingSchema = z.object({ kind: z.literal('ranking') })
const textSchema = z.object({ kind: z.literal('text') })
const spansSchema = z.object({ kind: z.literal('spans'), labels: z.array(z.string()) })
const idealSchema = z.object({ kind: z.literal('ideal') })

/** What a criterion of each kind asks. */
export const criterionDefinitionSchema = z.discriminatedUnion('kind', [
  preferenceSchema,
  scaleSchema,
  choiceSchema,
  rankingSchema,
  textSchema,
  spansSchema,
  idealSchema,
])
export type CriterionDefinition = z.infer<typeof criterionDefinitionSchema>

export interface Criterion {
  id: string
  name: string
  title: string
  isRequired: boolean
  definition: CriterionDefinition
}

export type ScaleDefinition = z.infer<typeof scaleSchema>

/** What a person fills in to make a campaign of one of the kinds that can be built here. */
export const newCampaignSchema = z
  .object({
    name: z.string().trim().min(1, 'give the campaign a name').max(120),
    kind: z.enum(['pairwise', 'rubric']),
    overlap: z.coerce.number().int().min(1, 'at least one rater judges each task').max(50),
    guidelines: z.string().max(100_000).default(''),
    points: z.coerce
      .number()
      .pipe(z.union([z.literal(2), z.literal(3), z.literal(5), z.literal(7)]))
      .default(5),
    criteria: z
      .array(z.object({ title: z.string().trim().min(1), points: newPoints }))
      .max(12)
      .default([]),
    settings: campaignSettingsSchema,
  })
  .refine((campaign) => campaign.kind !== 'rubric' || campaign.criteria.length > 0, {
    path: ['criteria'],
    message: 'a rubric has at least one criterion',
  })
  .refine(({ criteria }) => new Set(criteria.map((one) => one.title)).size === criteria.length, {
    path: ['criteria'],
    message: 'two criteria have the same name',
  })
export type NewCampaign = z.infer<typeof newCampaignSchema>

/** The minutes that a task stays in a rater's hands without a sign of life. */
export const defaultHoldMs = 30 * 60_000
