/** A task as a rater may see it: nothing here can tell which model wrote what. */
import type { ShownAnswer } from './judgment.ts'

export interface ShownMessage {
  role: string
  content: string
  toolCalls?: { name: string; arguments: string }[]
}

/** Something that was retrieved for a response. */
export interface ShownDocument {
  title: string
  text: string
}

export interface ShownResponse {
  messages: ShownMessage[]
  /** What was retrieved for it, where the campaign shows that and it differs between responses. */
  context?: ShownDocument[]
}

/** An answer the rater gave before, in shown terms. */
export interface EarlierAnswer {
  revision: number
  answers: ShownAnswer[]
  comment: string
  reasons: string[]
}

/** A draft that the server keeps: what it says is the room's own. */
export interface KeptDraft {
  version: number
  baseRevision: number
  content: unknown
}

/**
 * What a rater may know of why a task is there. Gold tasks and hidden repeats look like work.
 */
export type ShownPhase = 'training' | 'qualifying' | 'working'

export interface TaskView {
  assignmentId: string
  heldUntil: number
  phase: ShownPhase
  prompt: ShownMessage[]
  responses: ShownResponse[]
  /** What was retrieved, where all responses had the same. */
  context?: ShownDocument[]
  draft?: KeptDraft
  earlier?: EarlierAnswer
}

/** What a training task says after it was answered. */
export interface Feedback {
  assignmentId: string
  isRight: boolean
  expected: ShownAnswer[]
  explanation: string
}

/** Tasks left for a rater are counted up to here: beyond it the number tells nobody anything. */
export const mostLeftCounted = 100

/** A response as one text: what marked spans count in, and what an ideal response is compared to. */
export const plainText = (messages: readonly ShownMessage[]): string =>
  messages.map((message) => message.content).join('\n\n')
