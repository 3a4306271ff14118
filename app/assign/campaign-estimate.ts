/** In: which responses may meet. Out: how many tasks and judgments that makes, how long, how precise. */
import { plannedHalfWidth } from '#app/stats/planned-precision.ts'
import type { CriterionDefinition, NewCampaign } from './campaign.ts'
import { type CampaignFields, pairKey } from './campaign-fields.ts'
import { type Candidate, type ComparedModel, pairsOf } from './pairs.ts'

/** What prompts with their responses give a campaign. */
export function countTasks(
  prompts: Iterable<readonly Candidate[]>,
  models: ReadonlyMap<string, ComparedModel>,
  { kind, settings }: Pick<NewCampaign, 'kind' | 'settings'>,
): { tasks: number; models: number; pairs: number } {
  const modelsSeen = new Set<string>()
  const pairsSeen = new Set<string>()
  let tasks = 0
  for (const responses of prompts) {
    const present = new Set(responses.map(({ modelId }) => modelId))
    if (kind === 'pairwise') {
      // Identical responses are not known for such here: they count as tasks.
      const all = { limit: null, identical: 'decide', turn: 0 } as const
      const pairs = pairsOf(responses, { pairing: settings.pairing, models, ...all })
      for (const { a, b } of pairs) {
        pairsSeen.add(pairKey(a.modelId, b.modelId))
        modelsSeen.add(a.modelId).add(b.modelId)
      }
      tasks += Math.min(pairs.length, settings.pairsAPrompt ?? pairs.length)
    } else if (kind === 'rubric' || present.size > 1) {
      for (const id of present) modelsSeen.add(id)
      tasks += kind === 'rubric' ? present.size : 1
    }
  }
  return { tasks, models: modelsSeen.size, pairs: pairsSeen.size }
}

/** What a project says about a planned campaign. */
export interface CampaignExtent {
  /** Prompts that the filter lets through. */
  prompts: number
  tasks: number
  /** Models that are met, and pairs of models. */
  models: number
  pairs: number
  /** Whether tasks were counted on a sample of the prompts. */
  isSampled: boolean
  /** The middle of how long raters took, active, in earlier campaigns of the kind. */
  seconds: number | null
}

export interface CampaignPlan {
  tasks: number
  /** The most there may be, where raters are added until a task is clear. */
  judgments: { least: number; most: number }
  isBudgetReached: boolean
  hours: { least: number; most: number }
  secondsEach: number
  isTimeKnown: boolean
  /** Half the widths of 95 % intervals: of a model's win rate, and of one model against another. */
  precision: { ofModel: number | null; ofPair: number | null } | null
  /** Half the width of a mean score, in standard deviations of the scores. */
  scorePrecision: number | null
}

/** Seconds that reading and a first answer take: of two responses, of one, or of several. */
export const assumedSeconds: Readonly<Record<NewCampaign['kind'], number>> = {
  pairwise: 60,
  rubric: 75,
  ranking: 120,
}

/** Seconds that each question after the first takes on top, where nothing is known yet. */
const assumedForQuestion: Readonly<Record<CriterionDefinition['kind'], number>> = {
  preference: 10,
  scale: 10,
  choice: 10,
  ranking: 60,
  text: 30,
  spans: 45,
  ideal: 180,
}

function assumedFor({ kind, criteria }: Pick<NewCampaign, 'kind' | 'criteria'>): number {
  const others = criteria.slice(1)
  return others.reduce(
    (sum, { definition }) => sum + assumedForQuestion[definition.kind],
    assumedSeconds[kind],
  )
}

/** How alike verdicts on one prompt are taken to be: the design effect is 2 for three of them. */
export const assumedCorrelation = 0.5

const precisionOf = (count: number, clusterSize: number) =>
  plannedHalfWidth({ count, clusterSize, correlation: assumedCorrelation })

type Planned = Pick<NewCampaign, 'kind' | 'criteria' | 'overlap' | 'settings'>

/** What a campaign of such an extent costs and tells. The precision is that of the least judgments. */
export function planOf(extent: CampaignExtent, planned: Planned): CampaignPlan {
  const { kind, overlap, settings } = planned
  const { tasks } = extent
  const bounded = (count: number) => Math.round(Math.min(count, settings.budget ?? count))
  const wanted = tasks * overlap
  const least = bounded(wanted)
  const most = bounded(tasks * (settings.adaptiveOverlap?.most ?? overlap))
  const secondsEach = extent.seconds ?? assumedFor(planned)
  // Gold tasks and repeats are judged on top of the work.
  const onTop = 1 / Math.max(0.1, 1 - settings.goldRate - settings.repeatRate)
  const hoursOf = (count: number) => (count * onTop * secondsEach) / 3600
  return {
    tasks,
    judgments: { least, most },
    isBudgetReached: settings.budget !== null && settings.budget < wanted,
    hours: { least: hoursOf(least), most: hoursOf(most) },
    secondsEach,
    isTimeKnown: extent.seconds !== null,
    ...precisionsOf(extent, kind, least),
  }
}

function precisionsOf(
  { prompts, models, pairs }: CampaignExtent,
  kind: NewCampaign['kind'],
  judgments: number,
): Pick<CampaignPlan, 'precision' | 'scorePrecision'> {
  const perPrompt = prompts > 0 ? judgments / prompts : 0
  const widthOf = (share: number) => precisionOf(judgments * share, perPrompt * share)
  if (kind === 'rubric') {
    // A score with a deviation of one is twice as spread as a proportion of one half.
    const half = models > 0 ? widthOf(1 / models) : null
    return { precision: null, scorePrecision: half === null ? null : half * 2 }
  }
  if (judgments === 0) return { precision: null, scorePrecision: null }
  if (kind === 'ranking') {
    return { precision: { ofModel: widthOf(1), ofPair: null }, scorePrecision: null }
  }
  const ofModel = pairs > 1 && models > 1 ? widthOf(Math.min(1, 2 / models)) : null
  return {
    precision: { ofModel, ofPair: pairs > 0 ? widthOf(1 / pairs) : null },
    scorePrecision: null,
  }
}

const estimated = [
  'kind',
  'models',
  'tags',
  'pairing',
  'baseline',
  'pairs',
  'datedModel',
  'beforeFrom',
  'beforeUntil',
  'afterFrom',
  'afterUntil',
  'pairsAPrompt',
  'responsesATask',
] as const satisfies readonly (keyof CampaignFields)[]

/** The part of a form on which the extent depends, as an address. */
export function extentSearch(fields: CampaignFields): string {
  const search = new URLSearchParams()
  for (const name of estimated) {
    const value = fields[name]
    const text = typeof value === 'string' ? value : value.join('\n')
    if (text !== '') search.set(name, text)
  }
  return search.toString()
}
