/** What a rater sees of his or her own work: nothing of anybody else's verdicts. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { ShownAnswer } from './judgment.ts'
import type { ShownDocument, ShownMessage, ShownResponse } from './task-view.ts'

export type WorkState =
  | 'open'
  /** Training tasks come first. */
  | 'training'
  /** The qualification set comes first. */
  | 'qualifying'
  | 'empty'
  | 'paused'
  /** A lead paused this rater alone. */
  | 'stopped'
  | 'failed'
  | 'limit'
  | 'closed'

export interface WorkCampaign {
  id: string
  name: string
  kind: 'pairwise' | 'rubric' | 'ranking'
  state: WorkState
  judged: number
  /** Tasks left for this rater, counted up to `mostLeftCounted`. */
  left: number
  /** How long a task took this rater in the middle of the last ones; null before there are enough. */
  medianMs: number | null
  deadlineAt: number | null
}

/** States in which the room has something for the rater. */
export const canWork = (state: WorkState): boolean =>
  state === 'open' || state === 'training' || state === 'qualifying'

/** The time that the tasks left will take, in whole minutes, at least one; null where unknown. */
export function minutesLeft({ left, medianMs }: Pick<WorkCampaign, 'left' | 'medianMs'>) {
  return medianMs === null || left === 0
    ? null
    : Math.max(1, Math.round((left * medianMs) / 60_000))
}

interface StateInput {
  status: 'draft' | 'open' | 'paused' | 'closed'
  /** The rater's own row in the campaign, if he or she began. */
  rater: {
    status: 'active' | 'paused'
    phase: 'training' | 'qualifying' | 'working' | 'failed'
  } | null
  judged: number
  left: number
  mostPerRater: number | null
  /** What the campaign puts before counted work. */
  begins: 'training' | 'qualifying' | 'working'
}

/** How a campaign stands for one rater: what stops most comes first. */
export function workState(input: StateInput): WorkState {
  const { status, rater, judged, left, mostPerRater, begins } = input
  if (status === 'closed') return 'closed'
  if (rater?.phase === 'failed') return 'failed'
  if (status === 'paused') return 'paused'
  if (rater?.status === 'paused') return 'stopped'
  if (mostPerRater !== null && judged >= mostPerRater) return 'limit'
  const phase = rater?.phase ?? begins
  if (phase === 'training' || phase === 'qualifying') return phase
  return left === 0 ? 'empty' : 'open'
}

/** An item that a lead decided otherwise than this rater did. */
export interface WorkMessage {
  id: string
  isRead: boolean
  at: number
  campaign: string
  preview: string
  reason: string
  /** For each place on the adjudicator's page, the place on this rater's. */
  places: number[]
  criteria: Criterion[]
  given: ShownAnswer[]
  expected: ShownAnswer[]
}

/** The same with the task as the rater saw it. */
export interface OpenedMessage extends WorkMessage {
  prompt: ShownMessage[]
  responses: ShownResponse[]
  context?: ShownDocument[]
}
