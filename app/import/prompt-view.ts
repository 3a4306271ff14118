/** A prompt with all that belongs to it, as its page shows it: nothing in it is hidden from its reader. */
import type { ExternalName, Lineage } from './prompt-lineage.server.ts'
import type { ShownText } from './shown-text.ts'

export interface ShownTurn {
  role: string
  /** The name of a tool or a speaker, where the log gives one. */
  name: string | null
  content: ShownText
  calls: { name: string; arguments: ShownText }[]
  /** What else the log says of the message, as JSON. */
  more: ShownText | null
}

export interface ShownDocument {
  title: string | null
  score: number | null
  text: ShownText
}

export interface ShownStep {
  name: string
  kind: string
  input: ShownText | null
  output: ShownText | null
}

/** Named texts such as what was retrieved: read where the form is known, else as JSON. */
export type ShownContext =
  | { form: 'documents'; documents: ShownDocument[] }
  | { form: 'json'; json: ShownText }
export type ShownTrace = { form: 'steps'; steps: ShownStep[] } | { form: 'json'; json: ShownText }

export interface ResponseView {
  id: string
  model: {
    label: string
    color: number
    name: string
    version: string
    promptVersion: string
    /** @example ['temperature = 0'] */
    parameters: string[]
  }
  isTextMissing: boolean
  turns: ShownTurn[]
  sample: number
  language: string | null
  characters: number
  tokens: number | null
  usage: string[]
  latencyMs: number | null
  cost: number | null
  finishReason: string | null
  answeredAt: number | null
  /** What the model was really given, where that is not the prompt as it stands. */
  rendered: ShownTurn[] | null
  context: ShownContext | null
  trace: ShownTrace | null
  tools: ShownText | null
  metadata: ShownText | null
  lineage: Lineage | null
  externalNames: ExternalName[]
}

export interface FindingView {
  id: string
  kind: string
  count: number
  /** The label of the model whose response it stands in; null for the prompt itself. */
  model: string | null
  isRemoved: boolean
}

export interface PromptView {
  id: string
  title: string
  turns: ShownTurn[]
  isTextMissing: boolean
  tags: string[]
  inputKey: string | null
  metadata: ShownText | null
  characters: number
  tokens: number | null
  language: string | null
  isPrepared: boolean
  archivedAt: number | null
  createdAt: number
  lineage: Lineage | null
  externalNames: ExternalName[]
  responses: ResponseView[]
  findings: FindingView[]
  duplicates: { id: string; preview: string }[]
}
