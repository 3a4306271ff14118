/** What may be changed about models afterwards, and what is remembered of it. */
import { z } from 'zod'

const name = z.string().trim().max(200, 'make it shorter: 200 characters at most')

/** The words of a rename form. */
export const modelNamesSchema = z.object({
  label: name.min(1, 'give the model a label'),
  name: name.min(1, 'give the model a name'),
  version: name,
  promptVersion: name,
})

export type ModelNames = z.infer<typeof modelNamesSchema>

/** Which responses of a model are split off. */
export const splitBySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('import'), batchId: z.string().min(1) }),
  z.object({ kind: z.literal('metadata'), key: z.string().min(1), value: z.json() }),
  z.object({ kind: z.literal('logged-as'), modelId: z.string().min(1) }),
])

export type SplitBy = z.infer<typeof splitBySchema>

const moved = {
  from: z.string(),
  into: z.string(),
  /** Tells apart what says the same as something that is there already; see `markedFingerprint`. */
  mark: z.string(),
}

export const mergedDetail = z.object({
  ...moved,
  /** Models merged into this one before, which follow it. */
  followers: z.array(z.string()),
})

export const splitDetail = z.object({ ...moved, by: splitBySchema, byWords: z.string() })

export const undoneDetail = z.object({ ...moved, undone: z.enum(['merged', 'split']) })

export const renamedDetail = z.object({ before: modelNamesSchema, after: modelNamesSchema })

export type MovedDetail = z.infer<typeof mergedDetail | typeof splitDetail | typeof undoneDetail>

/** Why something about models cannot be done, in words for people; the field where there is one. */
export class ModelProblem extends Error {
  readonly field: string
  constructor(reason: string, field = '') {
    super(reason)
    this.field = field
  }
}

/** A part of a model's responses that may be split off. */
export interface SplitOption {
  by: SplitBy
  label: string
  /** How many responses, among those that were looked at. */
  count: number
}

/** What a model may be split by. */
export interface SplitChoices {
  modelId: string
  /** Groups in the order in which they are offered. */
  groups: { title: string; options: SplitOption[] }[]
  lookedAt: number
  isCapped: boolean
}
