/** What a rater's page and the server say to each other. */
import { z } from 'zod'
import { type Submission, submissionSchema } from './judgment.ts'
import type { RoomState } from './queue.ts'
import type { Feedback, TaskView } from './task-view.ts'

/** Tasks the page has already, so that they are not sent again. */
const have = z.array(z.string()).max(20).default([])
const assignmentId = z.string().min(1)
const reason = z.string().trim().min(1, 'say why').max(2_000)

/** A draft larger than this is kept on the device only. */
export const mostDraftCharacters = 300_000

export const deskMessageSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('claim'), have }),
  z.object({ intent: z.literal('submit'), have, submission: submissionSchema }),
  z.object({
    intent: z.literal('skip'),
    have,
    assignmentId,
    reason,
    activeMs: z.number().int().min(0).nullable().default(null),
  }),
  /** The page closes: what was not begun goes back. */
  z.object({ intent: z.literal('release'), assignmentIds: z.array(z.string()).max(20) }),
  /** The page is in use: what is in hand stays in hand. */
  z.object({ intent: z.literal('alive') }),
  /** What is being answered, so that another device can go on with it. */
  z.object({
    intent: z.literal('draft'),
    assignmentId,
    version: z.number().int().min(1),
    baseRevision: z.number().int().min(0),
    content: z.unknown(),
  }),
  /** Something about the task itself that a lead should see; it stays to be judged. */
  z.object({ intent: z.literal('flag'), assignmentId, reason }),
])
export type DeskMessage = z.infer<typeof deskMessageSchema>

export type SubmitProblem = 'not-yours' | 'skipped' | 'stale' | 'invalid' | 'closed'

/** What became of a submit. */
export type Saved =
  | {
      ok: true
      assignmentId: string
      revision: number
      /** Kept, but not counted: it came after the task had all it needs, or was withdrawn. */
      isExtra: boolean
      /** What the rater should know of it, where there is something. */
      note?: string
    }
  | { ok: false; assignmentId: string; reason: SubmitProblem; message: string }

/** How far a rater is in the training round or the qualification set. */
export interface Onboarding {
  phase: 'training' | 'qualifying'
  done: number
  total: number
}

/** How a qualification sitting ended. */
export interface SittingResult {
  isPassed: boolean
  right: number
  total: number
  /** Whether another sitting follows at once. */
  isRepeated: boolean
}

export interface DeskReply {
  saved?: Saved
  /** After a training task. */
  feedback?: Feedback
  sitting?: SittingResult
  onboarding?: Onboarding
  /** The version of the draft that the server has now; above the one sent when that was older. */
  draftVersion?: number
  /** Tasks in hand that were taken out of the campaign meanwhile. */
  withdrawn?: string[]
  state: RoomState
  tasks: TaskView[]
}

export type { Submission }
