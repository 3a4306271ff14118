/** What is typed into the form of a campaign: filled in from a campaign, or as a browser sends it. */
import { z } from 'zod'
import {
  type CriterionDefinition,
  campaignSettingsSchema,
  type NewCampaign,
  type NewCriterion,
} from './campaign.ts'
import { clockAt } from './zoned-time.ts'

export type CampaignKind = NewCampaign['kind']
export type PairingKind = NewCampaign['settings']['pairing']['kind']

/** A question while it is written: it may still lack words. The key is for the page alone. */
export interface DraftCriterion {
  key: string
  title: string
  isRequired: boolean
  definition: CriterionDefinition
}

/** Everything a person types, as it was typed: numbers and dates are texts until they are read. */
export interface CampaignFields {
  name: string
  kind: CampaignKind
  guidelines: string
  criteria: DraftCriterion[]
  bothBad: boolean
  cantJudge: boolean
  comment: boolean
  /** One a line. */
  reasons: string
  showContext: boolean
  batchSize: string
  /** Minutes; until the campaign closes when empty. */
  undoWindow: string

  models: string[]
  tags: string[]
  pairing: PairingKind
  baseline: string
  /** Each as `pairKey` writes it. */
  pairs: string[]
  datedModel: string
  beforeFrom: string
  beforeUntil: string
  afterFrom: string
  afterUntil: string
  pairsAPrompt: string
  responsesATask: string
  identical: 'decide' | 'leave_out'

  order: 'balanced' | 'priority' | 'adaptive' | 'disagreement'
  /** One a line, the first ones first. */
  priorityTags: string
  roundSize: string
  floor: string

  overlap: string
  adaptsOverlap: boolean
  most: string
  confidence: string

  raters: string[]
  groups: string[]
  matchLanguages: boolean
  mostPerRater: string
  goldRate: string
  repeatRate: string
  goldTolerance: string
  training: boolean
  qualifies: boolean
  qualificationTasks: string
  passMark: string
  attempts: string
  onFailure: 'stop' | 'work_anyway'
  adjudicationFeedback: boolean

  budget: string
  /** A date and a clock in `zone`. */
  deadline: string
  /** The person's time zone by its name; UTC when empty. */
  zone: string
}

export type FieldErrors = Readonly<Record<string, string>>

/** Whether a form is as it began. Its zone does not count: the browser fills it in. */
export const isAsBegun = (fields: CampaignFields, begun: CampaignFields): boolean =>
  JSON.stringify({ ...fields, zone: begun.zone }) === JSON.stringify(begun)

/** Two models as one text. */
export const pairKey = (one: string, other: string): string => [one, other].sort().join(' ')

const percentOf = (share: number): string => String(Math.round(share * 1000) / 10)
const orEmpty = (value: number | null): string => (value === null ? '' : String(value))
export const minuteMs = 60_000

export const toDrafts = (criteria: readonly NewCriterion[]): DraftCriterion[] =>
  criteria.map((criterion, place) => ({ ...criterion, key: `q${place + 1}` }))

/** The form filled in with a campaign. Dates are written as the clocks of the zone show them. */
export function fieldsOf(campaign: NewCampaign, zone = ''): CampaignFields {
  const { settings } = campaign
  const { pairing, adaptiveOrder, adaptiveOverlap, qualification } = settings
  const dated = pairing.kind === 'two_dates' ? pairing : undefined
  const day = (time: number | undefined) =>
    time === undefined ? '' : clockAt(time, 'UTC').slice(0, 10)
  return {
    name: campaign.name,
    kind: campaign.kind,
    guidelines: campaign.guidelines,
    criteria: toDrafts(campaign.criteria),
    bothBad: settings.bothBad,
    cantJudge: settings.cantJudge,
    comment: settings.comment,
    reasons: settings.reasons.join('\n'),
    showContext: settings.showContext,
    batchSize: String(settings.batchSize),
    undoWindow: settings.undoWindowMs === null ? '' : String(settings.undoWindowMs / minuteMs),
    models: [...settings.modelIds],
    tags: [...settings.tags],
    pairing: pairing.kind,
    baseline: pairing.kind === 'baseline' ? pairing.modelId : '',
    pairs:
      pairing.kind === 'chosen' ? pairing.pairs.map(([one, other]) => pairKey(one, other)) : [],
    datedModel: dated?.modelId ?? '',
    beforeFrom: day(dated?.before.from),
    beforeUntil: day(dated && dated.before.until - 1),
    afterFrom: day(dated?.after.from),
    afterUntil: day(dated && dated.after.until - 1),
    pairsAPrompt: orEmpty(settings.pairsAPrompt),
    responsesATask: orEmpty(settings.responsesATask),
    identical: settings.identical,
    order: settings.order,
    priorityTags: settings.priorityTags.join('\n'),
    roundSize: String(adaptiveOrder.roundSize),
    floor: percentOf(adaptiveOrder.floor),
    overlap: String(campaign.overlap),
    adaptsOverlap: adaptiveOverlap !== null,
    most: String(adaptiveOverlap?.most ?? 5),
    confidence: percentOf(adaptiveOverlap?.confidence ?? 0.9),
    raters: [...(settings.raterIds ?? [])],
    groups: [...settings.groups],
    matchLanguages: settings.matchLanguages,
    mostPerRater: orEmpty(settings.mostPerRater),
    goldRate: percentOf(settings.goldRate),
    repeatRate: percentOf(settings.repeatRate),
    goldTolerance: String(settings.goldTolerance),
    training: settings.training,
    qualifies: qualification !== null,
    qualificationTasks: String(qualification?.tasks ?? 10),
    passMark: percentOf(qualification?.passMark ?? 0.8),
    attempts: String(qualification?.attempts ?? 1),
    onFailure: qualification?.onFailure ?? 'stop',
    adjudicationFeedback: settings.adjudicationFeedback,
    budget: orEmpty(settings.budget),
    deadline: settings.deadlineAt === null ? '' : clockAt(settings.deadlineAt, zone),
    zone,
  }
}

/** A form with nothing chosen yet but what most campaigns want. */
export const emptyFields = (criteria: readonly NewCriterion[]): CampaignFields =>
  fieldsOf({
    name: '',
    kind: 'pairwise',
    overlap: 2,
    guidelines: '',
    criteria: [...criteria],
    settings: campaignSettingsSchema.parse({}),
  })

/** The lines of a text that say something, each once. */
export const linesOf = (text: string): string[] =>
  [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')

const draftsSchema = z.array(
  z.object({
    key: z.string(),
    title: z.string(),
    isRequired: z.boolean(),
    definition: z.looseObject({ kind: z.string() }),
  }),
)

function parsedDrafts(text: string): DraftCriterion[] {
  try {
    // What a question holds is checked when the campaign is; here it only has to be shown again.
    return draftsSchema.parse(JSON.parse(text)) as unknown as DraftCriterion[]
  } catch {
    return []
  }
}

const choices: Readonly<Record<string, readonly string[]>> = {
  kind: ['pairwise', 'rubric', 'ranking'],
  pairing: ['all', 'baseline', 'chosen', 'prompt_versions', 'model_versions', 'two_dates'],
  identical: ['decide', 'leave_out'],
  order: ['balanced', 'priority', 'adaptive', 'disagreement'],
  onFailure: ['stop', 'work_anyway'],
}

/** A form as a browser sends it; several values of one name are joined by line breaks. */
export function fieldsFrom(sent: Readonly<Record<string, string>>): CampaignFields {
  const empty = emptyFields([])
  const entries = Object.entries(empty).map(([name, standard]) => {
    const value = sent[name]
    if (name === 'criteria') return [name, parsedDrafts(value ?? '')]
    if (typeof standard === 'boolean') return [name, value === 'on']
    if (Array.isArray(standard)) return [name, linesOf(value ?? '')]
    if (value !== undefined && choices[name]?.includes(value) === false) return [name, standard]
    return [name, value === undefined ? standard : value.replaceAll('\r\n', '\n')]
  })
  return Object.fromEntries(entries) as CampaignFields
}
