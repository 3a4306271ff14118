/** Campaigns as callers send and see them: fields in snake_case, moments in ISO 8601. */
import { z } from 'zod'
import {
  type CampaignSettings,
  type Criterion,
  campaignSettingsSchema,
  criterionDefinitionSchema,
  newCampaignSchema,
  newCriterionSchema,
  pairingSchema,
} from '#app/assign/campaign.ts'
import type { Campaign } from '#app/assign/campaigns.server.ts'
import { readingSnake, snakeKeys, writingSnake } from './snake-keys.ts'
import { isoTime, isoTimeOrNull, moment, sentMoment } from './times.ts'

const [all, baseline, chosen, promptVersions, modelVersions, twoDates] = pairingSchema.options

/** The settings with moments of some form in place of milliseconds. */
function settingsWith<Moment extends z.ZodType>(time: Moment) {
  const window = z.object({ from: time, until: time })
  const pairing = z.discriminatedUnion('kind', [
    all,
    baseline,
    chosen,
    promptVersions,
    modelVersions,
    twoDates.extend({ before: window, after: window }),
  ])
  return campaignSettingsSchema
    .extend({
      deadlineAt: z.union([time, z.null()]).default(null),
      pairing: pairing.default({ kind: 'all' }),
    })
    .strict()
}

/** A campaign as lists show it. */
export const campaignSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['pairwise', 'rubric', 'ranking']),
    status: z.enum(['draft', 'open', 'paused', 'closed']),
    origin: z.enum(['made', 'imported']).describe('Imported ones are records; they stay closed.'),
    overlap: z.number().int().describe('How many raters judge each task.'),
    is_simulated: z.boolean(),
    created_at: moment,
    opened_at: moment.nullable(),
    closed_at: moment.nullable(),
  })
  .meta({ id: 'Campaign' })

const count = z.number().int()

/** A campaign with what it asks and how far it is. */
export const campaignDetailSchema = campaignSchema
  .extend({
    guidelines: z.object({ version: count, text: z.string() }).nullable(),
    criteria: z.array(
      z.object({
        id: z.string(),
        name: z.string().describe('What scores of judgments call it.'),
        title: z.string(),
        is_required: z.boolean(),
        definition: criterionDefinitionSchema,
      }),
    ),
    settings: writingSnake(settingsWith(moment)),
    progress: z
      .object({
        tasks: count,
        wanted: count.describe('Judgments that are wanted altogether.'),
        submitted: count,
        held: count.describe('Tasks in raters’ hands.'),
        open: count.describe('Places that wait for a rater.'),
        raters: count,
      })
      .describe('Of the work itself, without gold, training and repeats.'),
  })
  .meta({ id: 'CampaignDetail' })

/** What is sent to make a campaign. */
export const newCampaignBody = readingSnake(
  z.strictObject({
    name: newCampaignSchema.shape.name,
    kind: newCampaignSchema.shape.kind,
    overlap: newCampaignSchema.shape.overlap.describe('How many raters judge each task.'),
    guidelines: newCampaignSchema.shape.guidelines,
    criteria: z.array(newCriterionSchema.strict()).min(1, 'ask at least one thing').max(12),
    settings: settingsWith(sentMoment).prefault({}),
  }),
)

/** A campaign as callers see it. */
export const showCampaign = (campaign: Campaign) => ({
  id: campaign.id,
  name: campaign.name,
  kind: campaign.kind,
  status: campaign.status,
  origin: campaign.origin,
  overlap: campaign.overlap,
  is_simulated: campaign.is_simulated === 1,
  created_at: isoTime(campaign.created_at),
  opened_at: isoTimeOrNull(campaign.opened_at),
  closed_at: isoTimeOrNull(campaign.closed_at),
})

export const showCriterion = ({ isRequired, ...criterion }: Criterion) => ({
  ...criterion,
  is_required: isRequired,
})

/** The settings of a campaign as callers see them. */
export function showSettings(settings: CampaignSettings) {
  const { pairing } = settings
  const windowOf = ({ from, until }: { from: number; until: number }) => ({
    from: isoTime(from),
    until: isoTime(until),
  })
  return snakeKeys({
    ...settings,
    deadlineAt: isoTimeOrNull(settings.deadlineAt),
    pairing:
      pairing.kind === 'two_dates'
        ? { ...pairing, before: windowOf(pairing.before), after: windowOf(pairing.after) }
        : pairing,
  })
}
