/** In: the responses that models gave to one prompt. Out: which of them meet in a task. */

export interface Candidate {
  responseId: string
  modelId: string
  /** Equal for two responses that say the same. */
  words: string
}

export interface Pair {
  a: Candidate
  b: Candidate
  isIdentical: boolean
}

/**
 * The pairs of one prompt in canonical order: a is the response whose model's id sorts first, so that
 * one pair of models has one orientation throughout a campaign.
 *
 * With a limit, prompts take turns through the list of pairs, so that after as many prompts as there
 * are pairs every pair was met equally often.
 *
 * @param turn the prompt's place in the campaign, from 0
 */
export function pairsOf(
  candidates: readonly Candidate[],
  { limit, turn }: { limit: number | null; turn: number },
): Pair[] {
  const ordered = [...candidates].sort((one, other) => (one.modelId < other.modelId ? -1 : 1))
  const all = ordered.flatMap((a, place) =>
    ordered.slice(place + 1).map((b) => ({ a, b, isIdentical: a.words === b.words })),
  )
  if (limit === null || limit >= all.length) return all
  return Array.from({ length: limit }, (_, step) => all[(turn * limit + step) % all.length]).filter(
    (pair) => pair !== undefined,
  )
}

/** What makes a task one question: its prompt and its responses, in whatever order. */
export const taskKey = (promptId: string, responseIds: readonly string[]): string =>
  [promptId, ...[...responseIds].sort()].join('|')
