/** The form of a campaign: what was typed goes in, a campaign or words beside each field come out. */
import { type NewCampaign, newCampaignSchema } from './campaign.ts'
import {
  type CampaignFields,
  type DraftCriterion,
  emptyFields,
  linesOf,
  minuteMs,
} from './campaign-fields.ts'
import { timeOnClock } from './zoned-time.ts'

interface NumberField {
  name: keyof CampaignFields
  least: number
  most: number
  /** Whether nothing may be typed, which reads as null. */
  isOptional?: boolean
}

const numberFields = [
  { name: 'overlap', least: 1, most: 50 },
  { name: 'batchSize', least: 5, most: 500 },
  { name: 'undoWindow', least: 1, most: 1_000_000, isOptional: true },
  { name: 'pairsAPrompt', least: 1, most: 10_000, isOptional: true },
  { name: 'responsesATask', least: 2, most: 10, isOptional: true },
  { name: 'roundSize', least: 5, most: 2_000 },
  { name: 'floor', least: 5, most: 100 },
  { name: 'most', least: 2, most: 50 },
  { name: 'confidence', least: 50, most: 99.9 },
  { name: 'mostPerRater', least: 1, most: 1_000_000, isOptional: true },
  { name: 'goldRate', least: 0, most: 50 },
  { name: 'repeatRate', least: 0, most: 50 },
  { name: 'goldTolerance', least: 0, most: 4 },
  { name: 'qualificationTasks', least: 1, most: 200 },
  { name: 'passMark', least: 0, most: 100 },
  { name: 'attempts', least: 1, most: 10 },
  { name: 'budget', least: 1, most: 100_000_000, isOptional: true },
] as const satisfies readonly NumberField[]

type NumberName = (typeof numberFields)[number]['name']
const percentNames: readonly string[] = [
  'floor',
  'confidence',
  'goldRate',
  'repeatRate',
  'passMark',
]

/** Fields that count only while something else is chosen; what stands in them then is let be. */
const countsFor = (fields: CampaignFields): Partial<Record<NumberName, boolean>> => ({
  pairsAPrompt: fields.kind === 'pairwise',
  responsesATask: fields.kind === 'ranking',
  roundSize: fields.order === 'adaptive',
  floor: fields.order === 'adaptive',
  most: fields.adaptsOverlap,
  confidence: fields.adaptsOverlap,
  qualificationTasks: fields.qualifies,
  passMark: fields.qualifies,
  attempts: fields.qualifies,
})

function readNumbers(fields: CampaignFields, errors: Record<string, string>) {
  const counts = countsFor(fields)
  const standard = emptyFields([])
  const found = {} as Record<NumberName, number>
  const blank = new Set<NumberName>()
  for (const field of numberFields) {
    const { name, least, most } = field
    const text = (counts[name] === false ? standard[name] : fields[name]).trim().replace(',', '.')
    const isPercent = percentNames.includes(name)
    const value = Number(text)
    if (text === '' && 'isOptional' in field) blank.add(name)
    else if (text === '' || !(value >= least && value <= most) || !(isPercent || value % 1 === 0)) {
      const unit = isPercent ? ' percent' : ''
      const bounds = `from ${least} to ${most.toLocaleString('en')}${unit}`
      errors[name] = `give a ${isPercent ? '' : 'whole '}number ${bounds}`
    }
    found[name] = value
  }
  return {
    whole: (name: NumberName) => found[name],
    optional: (name: NumberName) => (blank.has(name) ? null : found[name]),
    share: (name: NumberName) => found[name] / 100,
  }
}

/** The moments of a window of whole days, UTC; the last day belongs to it. */
function windowOf(
  [from, until]: readonly ['beforeFrom' | 'afterFrom', 'beforeUntil' | 'afterUntil'],
  fields: CampaignFields,
  errors: Record<string, string>,
) {
  const start = timeOnClock(fields[from].slice(0, 10), 'UTC')
  const end = timeOnClock(fields[until].slice(0, 10), 'UTC')
  if (start === null) errors[from] = 'choose the first day'
  if (end === null) errors[until] = 'choose the last day'
  if (start !== null && end !== null && end < start) {
    errors[until] = 'the last day comes before the first'
  }
  return { from: start ?? 0, until: (end ?? 0) + 86_400_000 }
}

function pairingOf(fields: CampaignFields, errors: Record<string, string>): unknown {
  // A ranking or a rubric has no pairs to choose.
  if (fields.kind !== 'pairwise') return { kind: 'all' }
  if (fields.pairing === 'baseline') return { kind: 'baseline', modelId: fields.baseline }
  if (fields.pairing === 'chosen') {
    return { kind: 'chosen', pairs: fields.pairs.map((pair) => pair.split(' ')) }
  }
  if (fields.pairing !== 'two_dates') return { kind: fields.pairing }
  const before = windowOf(['beforeFrom', 'beforeUntil'], fields, errors)
  const after = windowOf(['afterFrom', 'afterUntil'], fields, errors)
  const isRead = !['beforeFrom', 'beforeUntil', 'afterFrom', 'afterUntil'].some(
    (one) => errors[one],
  )
  if (isRead && after.from < before.until) {
    errors.afterFrom = 'the later days begin before the earlier ones end'
  }
  return { kind: 'two_dates', modelId: fields.datedModel, before, after }
}

function deadlineOf(fields: CampaignFields, errors: Record<string, string>, now: number) {
  if (fields.deadline.trim() === '') return null
  const time = timeOnClock(fields.deadline, fields.zone)
  if (time === null) errors.deadline = 'give a date and a time'
  else if (time <= now) errors.deadline = 'this moment has passed'
  return time
}

/** Blank lines of options and labels are not meant. */
function written({ title, isRequired, definition }: DraftCriterion) {
  const meant = (lines: unknown) =>
    Array.isArray(lines) ? lines.map((one) => String(one).trim()).filter(Boolean) : []
  if (definition.kind === 'choice') {
    return { title, isRequired, definition: { ...definition, options: meant(definition.options) } }
  }
  if (definition.kind === 'spans') {
    return { title, isRequired, definition: { ...definition, labels: meant(definition.labels) } }
  }
  return { title, isRequired, definition }
}

/** Which field of the form shows what was wrong with a part of a campaign. */
const fieldFor: Readonly<Record<string, string>> = {
  'settings.pairing.pairs': 'pairs',
  'settings.adaptiveOverlap': 'most',
  'settings.order': 'order',
  'settings.priorityTags': 'priorityTags',
}

function fieldOf(path: string, fields: CampaignFields): string {
  if (path === 'settings.pairing.modelId') {
    return fields.pairing === 'two_dates' ? 'datedModel' : 'baseline'
  }
  return fieldFor[path] ?? path
}

const mostReasons = 20
const longestReason = 80

function reasonsOf(text: string, errors: Record<string, string>): string[] {
  const reasons = linesOf(text)
  if (reasons.length > mostReasons) errors.reasons = `offer at most ${mostReasons} reasons`
  const long = reasons.find((reason) => reason.length > longestReason)
  if (long !== undefined) {
    errors.reasons = `“${long.slice(0, 20)}…” is longer than ${longestReason} characters`
  }
  return reasons
}

export type ReadCampaign =
  | { ok: true; campaign: NewCampaign }
  | { ok: false; errors: Record<string, string> }

/** Reads a filled-in form. Errors stand under the names of the form's fields. */
export function readCampaign(fields: CampaignFields, now: number): ReadCampaign {
  const errors: Record<string, string> = {}
  const { whole, optional, share } = readNumbers(fields, errors)
  const isPairwise = fields.kind === 'pairwise'
  const undo = optional('undoWindow')
  const result = newCampaignSchema.safeParse({
    name: fields.name,
    kind: fields.kind,
    overlap: errors.overlap ? 1 : whole('overlap'),
    guidelines: fields.guidelines,
    criteria: fields.criteria.map(written),
    settings: {
      modelIds: fields.models,
      tags: fields.tags,
      pairing: pairingOf(fields, errors),
      pairsAPrompt: isPairwise && !errors.pairsAPrompt ? optional('pairsAPrompt') : null,
      responsesATask:
        fields.kind === 'ranking' && !errors.responsesATask ? optional('responsesATask') : null,
      identical: fields.identical,
      order: fields.order,
      priorityTags: fields.order === 'priority' ? linesOf(fields.priorityTags) : [],
      adaptiveOrder:
        errors.roundSize || errors.floor
          ? undefined
          : { roundSize: whole('roundSize'), floor: share('floor') },
      adaptiveOverlap:
        fields.adaptsOverlap && !errors.most && !errors.confidence
          ? { most: whole('most'), confidence: share('confidence') }
          : null,
      budget: errors.budget ? null : optional('budget'),
      deadlineAt: deadlineOf(fields, errors, now),
      raterIds: fields.raters.length > 0 ? fields.raters : null,
      groups: fields.groups,
      matchLanguages: fields.matchLanguages,
      mostPerRater: errors.mostPerRater ? null : optional('mostPerRater'),
      goldRate: errors.goldRate ? 0 : share('goldRate'),
      repeatRate: errors.repeatRate ? 0 : share('repeatRate'),
      goldTolerance: errors.goldTolerance ? 0 : whole('goldTolerance'),
      training: fields.training,
      qualification:
        fields.qualifies && !errors.qualificationTasks && !errors.passMark && !errors.attempts
          ? {
              tasks: whole('qualificationTasks'),
              passMark: share('passMark'),
              attempts: whole('attempts'),
              onFailure: fields.onFailure,
            }
          : null,
      adjudicationFeedback: fields.adjudicationFeedback,
      bothBad: fields.bothBad,
      cantJudge: fields.cantJudge,
      comment: fields.comment,
      reasons: reasonsOf(fields.reasons, errors),
      showContext: fields.showContext,
      batchSize: errors.batchSize ? undefined : whole('batchSize'),
      undoWindowMs: undo === null || errors.undoWindow ? null : undo * minuteMs,
    },
  })
  if (!result.success) {
    for (const { path, message } of result.error.issues) {
      errors[fieldOf(path.join('.'), fields)] ??= message
    }
  }
  if (!result.success || Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, campaign: result.data }
}

/** The campaign that a form plans, words aside; undefined while a number or a choice is missing. */
export function readPlan(
  fields: CampaignFields,
): Pick<NewCampaign, 'kind' | 'overlap' | 'settings'> | undefined {
  const wordless = { name: 'Plan', guidelines: '', reasons: '', deadline: '' }
  const read = readCampaign({ ...fields, ...wordless, criteria: standIns[fields.kind] }, 0)
  return read.ok ? read.campaign : undefined
}

const standIn = (definition: DraftCriterion['definition']): DraftCriterion[] => [
  { key: 'q', title: 'Question', isRequired: true, definition },
]

const standIns: Readonly<Record<CampaignFields['kind'], DraftCriterion[]>> = {
  pairwise: standIn({ kind: 'preference', points: 5 }),
  rubric: standIn({ kind: 'choice', options: ['Yes', 'No'], multiple: false }),
  ranking: standIn({ kind: 'ranking', ties: true, partial: false }),
}
