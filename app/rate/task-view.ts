/** A task as a rater may see it: nothing here can tell which model wrote what. */

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
  answers: (
    | { kind: 'preference'; criterionId: string; winner: string; strength?: number }
    | { kind: 'scale'; criterionId: string; score: number }
  )[]
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
