/** What a recipe makes of a prompt: rows with where they come from, and why other things gave none. */
import { printJson } from '#app/base/canonical-json.ts'
import type { CanonicalRow, Completion, RowOrigin } from './canonical-row.ts'
import type { ExportedResponse, JudgedPrompt } from './judged-task.ts'
import type { DropRule, Policy } from './policy.ts'

/** What leads from a row back to its judgments. */
export interface RowLineage {
  tasks: readonly string[]
  raters: readonly string[]
  /** What was decided, in a form that two snapshots can be compared by. */
  verdict: string
  /** The share of raters who saw the better response first; null where nobody knows. */
  betterFirst: number | null
}

export interface MadeRow<Row extends CanonicalRow = CanonicalRow> {
  row: Row
  lineage: RowLineage
}

/** A pair without a winner, for a file of its own. */
export interface UndecidedPair {
  origin: RowOrigin
  prompt: JudgedPrompt['messages']
  a: Completion
  b: Completion
  verdict: 'tie' | 'both_bad'
  lineage: RowLineage
}

export interface MadeOfPrompt {
  rows: MadeRow[]
  undecided: UndecidedPair[]
  drops: DropRule[]
}

export const nothingMade = (...drops: DropRule[]): MadeOfPrompt => ({
  rows: [],
  undecided: [],
  drops,
})

/** How probable each verdict on a pair is, by a model of the raters. */
export type Posterior = Readonly<Record<'a' | 'b' | 'tie' | 'both_bad', number>>

export interface RecipeContext {
  policy: Policy
  /** Of a contest; where the policy decides by them. */
  posteriorOf?: (contest: string) => Posterior | undefined
  /** Hexadecimal digits of a text. */
  hash: (text: string) => string
}

/** A recipe: makes rows of a prompt and all that was said of it. */
export type MakeRows = (prompt: JudgedPrompt, context: RecipeContext) => MadeOfPrompt

export const completionOf = (response: ExportedResponse): Completion => ({
  id: response.id,
  model: response.model.label,
  messages: response.messages,
})

/**
 * A row's id: the prompt's fingerprint, so that ids sort as rows do, then a hash of what the row is
 * about.
 */
export const rowIdOf = (
  { fingerprint }: JudgedPrompt,
  { hash }: RecipeContext,
  about: unknown,
): string => `${fingerprint.slice(0, 16)}-${hash(printJson(about)).slice(0, 12)}`

/** Raters' pseudonyms as the policy shows them; null where it leaves them out. */
export function ratersShown(
  raters: readonly string[],
  { policy, hash }: RecipeContext,
): string[] | null {
  if (policy.raters === 'left out') return null
  const shown =
    policy.raters === 'pseudonyms'
      ? raters
      : raters.map((name) => hash(`${policy.splits.seed}|${name}`).slice(0, 10))
  return [...new Set(shown)].sort()
}
