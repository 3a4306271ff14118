/** A task as a rater may see it: nothing here can tell which model wrote what. */
import type { ShownAnswer } from './judgment.ts'

export interface ShownMessage {
  role: string
  content: string
  toolCalls?: { name: string; arguments: string }[]
}

export interface ShownResponse {
  messages: ShownMessage[]
}

/** An answer the rater gave before, in shown terms. */
export interface EarlierAnswer {
  revision: number
  answers: ShownAnswer[]
  comment: string
  reasons: string[]
}

export interface TaskView {
  assignmentId: string
  heldUntil: number
  prompt: ShownMessage[]
  responses: ShownResponse[]
  earlier?: EarlierAnswer
}

/** Tasks left for a rater are counted up to here: beyond it the number tells nobody anything. */
export const mostLeftCounted = 100
