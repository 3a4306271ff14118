/** A task with all that a dataset may want of it. Every target is a pure function of these. */
import type { Message } from '#app/import/message.ts'
import type { Answer } from '#app/rate/judgment.ts'
import type { CampaignKind, CriterionKind, Purpose, Source, Winner } from '#db/schema.ts'

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
  /** Read with the history alone. */
  facts?: ResponseFacts
}

/** What a log said of a response beside its words. */
export interface ResponseFacts {
  /** As the fields of a Rubrica line. */
  fields: Record<string, unknown>
  /** Whether it came after a response of its model that says the same. */
  saysTheSame: boolean
}

/** What a task is beside its judgments. */
export interface TaskFacts {
  needed: number
  priority: number
  selectionProbability: number | null
  decided: Winner | null
  /** What a gold, training or qualification task is held to. */
  expected: { answers: { criterion: string; answer: Answer }[]; explanation: string } | null
  doubt: number | null
  withdrawn: string | null
  withdrawnAt: number | null
  /** The purpose of the task that this one repeats. */
  repeats: Purpose | null
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
  withdrawnAt: number | null
  shownOrder: readonly number[] | null
  guidelinesVersion: number | null
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
  campaign: ExportedCampaign
  promptId: string
  prompt: Message[]
  isPromptMissing: boolean
  purpose: Purpose
  responses: ExportedResponse[]
  judgments: ExportedJudgment[]
  skips: ExportedSkip[]
  /** Read with the history alone. */
  facts?: TaskFacts
}

export interface ExportedCampaign {
  name: string
  kind: CampaignKind
  /** Names of its criteria, in the order in which they are asked. */
  criteria: readonly { name: string; kind: CriterionKind }[]
  /** Scale of each criterion that has one: lowest and highest point. */
  scales: ReadonlyMap<string, readonly [number, number]>
}

/** A prompt with all its tasks in the campaigns that a dataset takes. */
export interface JudgedPrompt {
  id: string
  /** 64 hexadecimal digits made from its content; prompts are walked in their order. */
  fingerprint: string
  /** The same for all near-duplicates of it; null where it has none, or nobody has looked yet. */
  cluster: string | null
  isPrepared: boolean
  /** Kinds of personal data and secrets found in it or its responses, and not removed. */
  found: string[]
  messages: Message[]
  inputKey: string | null
  tags: string[]
  metadata: Record<string, unknown>
  isTextMissing: boolean
  tasks: JudgedTask[]
}
