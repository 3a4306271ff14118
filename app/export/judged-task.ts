/** A task with all that a dataset may want of it. Every target is a pure function of these. */
import type { Message } from '#app/import/message.ts'
import type { Answer } from '#app/rate/judgment.ts'
import type { CampaignKind, Purpose, Source, Winner } from '#db/schema.ts'

export interface ExportedModel {
  label: string
  name: string
  version: string
  promptVersion: string
  parameters: Record<string, unknown>
}

export interface ExportedResponse {
  /** Made from its content, so the same on every database. */
  id: string
  model: ExportedModel
  messages: Message[]
  isTextMissing: boolean
}

export interface ExportedScore {
  criterion: string
  position: number
  answer: Answer
  winner: Winner | null
  score: number | null
}

export interface ExportedRevision {
  revision: number
  scores: ExportedScore[]
  comment: string
  reasons: string[]
  activeMs: number | null
  judgedAt: number | null
}

export interface ExportedJudgment {
  rater: string
  source: Source
  isExtra: boolean
  withdrawn: string | null
  shownOrder: number[] | null
  /** The answer that stands, and before it those it replaced. */
  latest: ExportedRevision
  earlier: ExportedRevision[]
}

export interface ExportedSkip {
  rater: string
  reason: string
  at: number | null
}

export interface JudgedTask {
  /** Made from its content. */
  id: string
  promptId: string
  prompt: Message[]
  isPromptMissing: boolean
  purpose: Purpose
  responses: ExportedResponse[]
  judgments: ExportedJudgment[]
  skips: ExportedSkip[]
}

export interface ExportedCampaign {
  name: string
  kind: CampaignKind
  /** Scale of each criterion that has one: lowest and highest point. */
  scales: ReadonlyMap<string, readonly [number, number]>
}

/** Judgments that count for a dataset: work, not withdrawn, not extra, of the wished sources. */
export const countedJudgments = (
  task: JudgedTask,
  sources: readonly Source[],
): ExportedJudgment[] =>
  task.purpose === 'work'
    ? task.judgments.filter(
        (judgment) =>
          !judgment.isExtra && judgment.withdrawn === null && sources.includes(judgment.source),
      )
    : []
