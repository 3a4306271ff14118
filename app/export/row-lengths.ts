/** How long a row is, as a policy and a target count it. */

import type { Message } from '#app/import/message.ts'
import { type CanonicalRow, completionsOf } from './canonical-row.ts'
import type { Policy } from './policy.ts'
import type { Limits } from './targets/target.ts'

export interface RowLength {
  prompt: number
  /** The longest of its completions. */
  completion: number
  total: number
}

const charactersOf = (messages: readonly Message[]): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0)

const measured = (
  row: CanonicalRow,
  count: (messages: readonly Message[]) => number,
): RowLength => {
  const prompt = count(row.prompt)
  const completion = Math.max(0, ...completionsOf(row).map(({ messages }) => count(messages)))
  return { prompt, completion, total: prompt + completion }
}

export const lengthInCharacters = (row: CanonicalRow): RowLength => measured(row, charactersOf)

/** @param countTokens given by the caller, because a vocabulary takes much memory */
export const lengthInTokens = (
  row: CanonicalRow,
  countTokens: (text: string) => number,
): RowLength =>
  measured(row, (messages) => messages.reduce((sum, { content }) => sum + countTokens(content), 0))

/** Counting tokens takes long: it is done only where a limit asks for it. */
export const needsTokens = (
  { tokenizer, mostPrompt, mostCompletion, mostTotal }: Policy,
  limits: Limits = {},
): boolean =>
  limits.mostTokensOfRow !== undefined ||
  (tokenizer === 'o200k' && [mostPrompt, mostCompletion, mostTotal].some((most) => most !== null))

/** Whether a row is longer than its policy or its target allows. */
export function isTooLong(
  policy: Policy,
  limits: Limits,
  { characters, tokens }: { characters: RowLength; tokens: RowLength | null },
): boolean {
  const own = policy.tokenizer === 'o200k' && tokens ? tokens : characters
  const over = (length: number, most: number | null | undefined) =>
    most !== null && most !== undefined && length > most
  return (
    over(own.prompt, policy.mostPrompt) ||
    over(own.completion, policy.mostCompletion) ||
    over(own.total, policy.mostTotal) ||
    over(tokens?.total ?? 0, limits.mostTokensOfRow)
  )
}

/** Upper ends of the steps of a histogram of lengths. */
export const lengthSteps = [128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 131_072] as const

/** Which step a length falls into; the one after the last for what is longer. */
export const stepOf = (length: number): number => {
  const step = lengthSteps.findIndex((most) => length <= most)
  return step < 0 ? lengthSteps.length : step
}
