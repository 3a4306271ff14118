/** What a campaign asks: its settings and criteria, as forms, rows and the rating room read them. */
import { z } from 'zod'

export const preferencePoints = [2, 3, 5, 7] as const

const windowSchema = z.object({ from: z.number().int(), until: z.number().int() })

/** Which responses to one prompt meet in a pair. */
export const pairingSchema = z.discriminatedUnion('kind', [
  /** Every pair of models. */
  z.object({ kind: z.literal('all') }),
  /** Each model against one. */
  z.object({ kind: z.literal('baseline'), modelId: z.string().min(1, 'choose the baseline') }),
  /** Only these pairs of models. */
  z.object({
    kind: z.literal('chosen'),
    pairs: z.array(z.tuple([z.string(), z.string()])).min(1, 'choose at least one pair of models'),
  }),
  /** Models that differ in their prompt version and in nothing else. */
  z.object({ kind: z.literal('prompt_versions') }),
  /** Models of one name and prompt version that differ in their own version. */
  z.object({ kind: z.literal('model_versions') }),
  /** What one model answered in a window of time, against what it answered in a later one. */
  z.object({
    kind: z.literal('two_dates'),
    modelId: z.string().min(1, 'choose the model'),
    before: windowSchema,
    after: windowSchema,
  }),
])
export type Pairing = z.infer<typeof pairingSchema>

export const qualificationSchema = z.object({
  /** Tasks of one sitting. */
  tasks: z.number().int().min(1).max(200).default(10),
  /** The share of right answers that passes. */
  passMark: z.number().min(0).max(1).default(0.8),
  /** Sittings a rater gets, each with tasks not seen before. */
  attempts: z.number().int().min(1).max(10).default(1),
  /** After the last failed sitting: no work, or work all the same, as the raters' page says. */
  onFailure: z.enum(['stop', 'work_anyway']).default('stop'),
})
export type Qualification = z.infer<typeof qualificationSchema>

export const adaptiveOverlapSchema = z.object({
  /** Raters a task gets at most; its overlap is the least. */
  most: z.number().int().min(2).max(50),
  /** How probable the leading answer must be for the task to be done. */
  confidence: z.number().min(0.5).max(0.999),
})

export const adaptiveOrderSchema = z.object({
  /** Tasks that the worker makes at a time. */
  roundSize: z.number().int().min(5).max(2_000).default(60),
  /** The share of tasks drawn uniformly, whatever is known already. */
  floor: z.number().min(0.05).max(1).default(0.2),
})

export const campaignSettingsSchema = z.object({
  /** Models whose responses meet; all when empty. */
  modelIds: z.array(z.string()).default([]),
  /** Prompts with one of these tags; all when empty. */
  tags: z.array(z.string()).default([]),
  pairing: pairingSchema.default({ kind: 'all' }),
  /** Pairs a prompt gives at most; all when null. Prompts take turns, so that pairs meet equally often. */
  pairsAPrompt: z.number().int().min(1).nullable().default(null),
  /** Responses that a ranking task holds at most; all when null. */
  responsesATask: z.number().int().min(2).max(10).nullable().default(null),
  /** Two responses that say the same: decided as a tie without a rater, or left out. */
  identical: z.enum(['decide', 'leave_out']).default('decide'),

  order: z.enum(['balanced', 'priority', 'adaptive', 'disagreement']).default('balanced'),
  /** Tags in the order in which their prompts come, where the order is by priority. */
  priorityTags: z.array(z.string()).max(50).default([]),
  adaptiveOrder: adaptiveOrderSchema.default({ roundSize: 60, floor: 0.2 }),
  adaptiveOverlap: adaptiveOverlapSchema.nullable().default(null),
  /** Judgments that may be asked for altogether; no bound when null. */
  budget: z.number().int().min(1).nullable().default(null),
  /** When the campaign closes by itself. */
  deadlineAt: z.number().int().nullable().default(null),

  /** Raters who may work; every annotator of the project when null. */
  raterIds: z.array(z.string()).nullable().default(null),
  /** Raters of one of these groups; of any when empty. */
  groups: z.array(z.string()).default([]),
  /** Whether a rater only gets prompts in a language he or she judges in. */
  matchLanguages: z.boolean().default(false),
  /** Tasks that one rater may judge, with gold and repeats; no bound when null. */
  mostPerRater: z.number().int().min(1).nullable().default(null),
  /** The share of tasks that are gold, and that are hidden repeats with sides swapped. */
  goldRate: z.number().min(0).max(0.5).default(0),
  repeatRate: z.number().min(0).max(0.5).default(0),
  /** Points that a score may be off its expected one and still be right. */
  goldTolerance: z.number().int().min(0).max(4).default(0),
  /** Whether raters go through the training tasks, with feedback, before they work. */
  training: z.boolean().default(false),
  qualification: qualificationSchema.nullable().default(null),
  /** Whether raters are told when an adjudicator decided otherwise than they did. */
  adjudicationFeedback: z.boolean().default(false),

  bothBad: z.boolean().default(true),
  cantJudge: z.boolean().default(true),
  comment: z.boolean().default(true),
  reasons: z.array(z.string()).default([]),
  /** Whether what was retrieved for a response is shown beside it. */
  showContext: z.boolean().default(true),
  /** Judgments after which the room sums up and suggests a pause. */
  batchSize: z.number().int().min(5).max(500).default(25),
  /** How long a rater may change a judgment; until the campaign closes when null. */
  undoWindowMs: z.number().int().min(60_000).nullable().default(null),
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
const choiceSchema = z.object({
  kind: z.literal('choice'),
  options: z.array(z.string()).min(1),
  /** Whether several may be chosen. */
  multiple: z.boolean().default(false),
})
const rankingSchema = z.object({
  kind: z.literal('ranking'),
  ties: z.boolean().default(true),
  /** Whether some responses may stay unranked. */
  partial: z.boolean().default(false),
})
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
export type DefinitionOf<Kind extends CriterionDefinition['kind']> = Extract<
  CriterionDefinition,
  { kind: Kind }
>

export interface Criterion {
  id: string
  name: string
  title: string
  isRequired: boolean
  definition: CriterionDefinition
}

export type ScaleDefinition = z.infer<typeof scaleSchema>

/** What a criterion made here may be: bounds on top of what a stored one may hold. */
const newDefinitionSchema = z.discriminatedUnion('kind', [
  preferenceSchema,
  z.object({ kind: z.literal('scale'), points: newPoints }),
  z.object({
    kind: z.literal('choice'),
    options: z
      .array(z.string().trim().min(1, 'an option has words'))
      .min(2, 'a choice has at least two options')
      .max(9, 'a choice has at most nine options, one for each number key')
      .refine((options) => new Set(options).size === options.length, 'two options are the same'),
    multiple: z.boolean().default(false),
  }),
  rankingSchema,
  textSchema,
  z.object({
    kind: z.literal('spans'),
    labels: z
      .array(z.string().trim().min(1, 'a label has words'))
      .min(1, 'spans need at least one label')
      .max(9, 'at most nine labels, one for each number key')
      .refine((labels) => new Set(labels).size === labels.length, 'two labels are the same'),
  }),
  idealSchema,
])

export const newCriterionSchema = z.object({
  title: z.string().trim().min(1, 'say what is asked').max(200),
  isRequired: z.boolean().default(true),
  definition: newDefinitionSchema,
})
export type NewCriterion = z.infer<typeof newCriterionSchema>

/** The first criterion decides what a campaign's task looks like; these may stand beside it. */
const kindsBeside = {
  pairwise: ['preference', 'choice', 'text', 'spans', 'ideal'],
  rubric: ['scale', 'choice', 'text', 'spans', 'ideal'],
  ranking: ['ranking', 'choice', 'text', 'spans', 'ideal'],
} as const satisfies Record<string, readonly CriterionDefinition['kind'][]>

/** Criteria that a campaign of a kind may ask. */
export const criterionKindsOf = (
  kind: keyof typeof kindsBeside,
): readonly CriterionDefinition['kind'][] => kindsBeside[kind]

/** A pairwise campaign's one overall question, in English unless it is asked otherwise. */
export const overallPreference = (
  points: 2 | 3 | 5 | 7 = 5,
  title = 'Which response is better?',
): NewCriterion => ({
  title,
  isRequired: true,
  definition: { kind: 'preference', points },
})

interface Asked {
  kind: keyof typeof kindsBeside
  criteria: readonly NewCriterion[]
}

/** What is wrong with the criteria of a campaign of its kind, or undefined. */
export function objectionToCriteria({ kind, criteria }: Asked): string | undefined {
  const kinds = criteria.map(({ definition }) => definition.kind)
  const foreign = kinds.find((one) => !criterionKindsOf(kind).includes(one))
  if (foreign !== undefined) return `a ${kind} campaign cannot ask for ${foreign}`
  if (kind === 'pairwise' && kinds[0] !== 'preference') {
    return 'a pairwise campaign begins with the overall preference'
  }
  if (kind === 'ranking' && kinds.filter((one) => one === 'ranking').length !== 1) {
    return 'a ranking campaign asks for one ranking'
  }
  if (kind === 'rubric' && !kinds.some((one) => one === 'scale' || one === 'choice')) {
    return 'a rubric has at least one scale or choice'
  }
  if (kinds.filter((one) => one === 'ideal').length > 1) return 'one ideal response is enough'
  if (!criteria.some(({ isRequired }) => isRequired)) return 'at least one question is required'
  const titles = criteria.map(({ title }) => title.toLowerCase())
  if (new Set(titles).size < titles.length) return 'two criteria have the same name'
  return undefined
}

/** What a person fills in to make a campaign. */
export const newCampaignSchema = z
  .object({
    name: z.string().trim().min(1, 'give the campaign a name').max(120),
    kind: z.enum(['pairwise', 'rubric', 'ranking']),
    overlap: z.coerce.number().int().min(1, 'at least one rater judges each task').max(50),
    guidelines: z.string().max(100_000).default(''),
    criteria: z.array(newCriterionSchema).min(1, 'ask at least one thing').max(12),
    settings: campaignSettingsSchema,
  })
  .superRefine((campaign, context) => {
    const objection = objectionToCriteria(campaign)
    if (objection) context.addIssue({ code: 'custom', path: ['criteria'], message: objection })
    const { adaptiveOverlap } = campaign.settings
    if (adaptiveOverlap && adaptiveOverlap.most < campaign.overlap) {
      const path = ['settings', 'adaptiveOverlap']
      const message = 'the most raters a task gets cannot be fewer than its overlap'
      context.addIssue({ code: 'custom', path, message })
    }
    if (campaign.settings.order === 'adaptive' && campaign.kind !== 'pairwise') {
      const message = 'only pairs can be chosen adaptively'
      context.addIssue({ code: 'custom', path: ['settings', 'order'], message })
    }
  })
export type NewCampaign = z.infer<typeof newCampaignSchema>

/** The minutes that a task stays in a rater's hands without a sign of life. */
export const defaultHoldMs = 30 * 60_000
