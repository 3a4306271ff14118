/**
 * What every dataset is made of. A recipe turns judged tasks into these rows; a target turns a row into
 * what one trainer reads, and knows nothing of judgments.
 */
import type { Message } from '#app/import/message.ts'

export const recipes = [
  'preference',
  'unpaired',
  'demonstration',
  'ranking',
  'scores',
  'prompt',
] as const
export type Recipe = (typeof recipes)[number]

/** Where a row comes from, and how sure it is; kept beside it in every format that has room. */
export interface RowOrigin {
  /** Made from its content, so the same on every database. */
  id: string
  promptId: string
  campaign: string
  tags: readonly string[]
  raters: number
  /** Who judged, as the policy shows them; null where it does not. */
  raterNames: readonly string[] | null
  /** The share of raters who could judge that said what the row says. */
  agreement: number
  /** How probable the verdict is by a model of the raters; null where none was asked. */
  posterior: number | null
}

/** A continuation of the prompt, and whose it is. */
export interface Completion {
  /** Made from its content. */
  id: string
  model: string
  messages: readonly Message[]
}

interface Asked {
  origin: RowOrigin
  /** The conversation before the completions; a system message, where there is one, is first. */
  prompt: readonly Message[]
  /** Definitions of the tools that the model could call, as JSON Schema functions. */
  tools?: readonly unknown[]
}

export interface PreferenceRow extends Asked {
  recipe: 'preference'
  chosen: Completion
  rejected: Completion
  /** From 0 to 1: how much better, where raters said so; null where they did not. */
  margin: number | null
}

export interface UnpairedRow extends Asked {
  recipe: 'unpaired'
  completion: Completion
  isGood: boolean
}

export interface DemonstrationRow extends Asked {
  recipe: 'demonstration'
  completion: Completion
  /** Where the completion was written by a rater rather than by a model. */
  isIdeal: boolean
  score: number | null
}

export interface RankingRow extends Asked {
  recipe: 'ranking'
  /** Rank 1 is the best; equal ranks are ties. */
  ranked: readonly { completion: Completion; rank: number; score: number }[]
}

export interface ScoresRow extends Asked {
  recipe: 'scores'
  completion: Completion
  /** Each criterion's mean over raters, and what each of them gave. */
  scores: Readonly<Record<string, { mean: number; byRater: readonly number[] }>>
}

export interface PromptRow extends Asked {
  recipe: 'prompt'
  /** What a grader holds answers against, where a person wrote or chose one. */
  reference: string | null
}

export type CanonicalRow =
  | PreferenceRow
  | UnpairedRow
  | DemonstrationRow
  | RankingRow
  | ScoresRow
  | PromptRow

/** The completions of a row, in the order in which a target names them. */
export function completionsOf(row: CanonicalRow): readonly Completion[] {
  switch (row.recipe) {
    case 'preference':
      return [row.chosen, row.rejected]
    case 'ranking':
      return row.ranked.map(({ completion }) => completion)
    case 'prompt':
      return []
    default:
      return [row.completion]
  }
}
