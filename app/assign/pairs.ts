/** In: the responses that models gave to one prompt. Out: which of them meet in a task. */
import { seededRandom } from '#app/stats/seeded-random.ts'
import type { Pairing } from './campaign.ts'
import { drawOrder } from './shown-order.ts'

export interface Candidate {
  responseId: string
  modelId: string
  /** Equal for two responses that say the same. */
  words: string
  /** When it was given; null where the log does not say. */
  answeredAt?: number | null
}

/** What makes two models differ. */
export interface ComparedModel {
  name: string
  version: string
  promptVersion: string
  /** Canonical JSON. */
  parameters: string
}

export interface Pair {
  a: Candidate
  b: Candidate
  isIdentical: boolean
}

export interface PairsWanted {
  pairing: Pairing
  /** By model's id; only pairings that compare models by what they are look into it. */
  models: ReadonlyMap<string, ComparedModel>
  /** Pairs a prompt gives at most; all when null. */
  limit: number | null
  identical: 'decide' | 'leave_out'
  /** The prompt's place in the campaign, from 0. */
  turn: number
}

/**
 * The pairs of one prompt in canonical order: a is the response whose model's id sorts first, so that
 * one pair of models has one orientation throughout a campaign; of two answers of one model, a is the
 * one of the earlier window.
 *
 * With a limit, prompts take turns through the list of pairs that the pairing allows, so that after
 * as many prompts as there are pairs every pair was met equally often.
 */
export function pairsOf(candidates: readonly Candidate[], wanted: PairsWanted): Pair[] {
  const { limit, turn } = wanted
  const all = allowedPairs(candidates, wanted)
    .map(([a, b]) => ({ a, b, isIdentical: a.words === b.words }))
    .filter((pair) => wanted.identical === 'decide' || !pair.isIdentical)
  if (limit === null || limit >= all.length) return all
  return Array.from({ length: limit }, (_, step) => all[(turn * limit + step) % all.length]).filter(
    (pair) => pair !== undefined,
  )
}

function allowedPairs(
  candidates: readonly Candidate[],
  { pairing, models }: PairsWanted,
): [Candidate, Candidate][] {
  if (pairing.kind === 'two_dates') return acrossDates(candidates, pairing)
  const firsts = firstOfEachModel(candidates)
  const all = firsts.flatMap((a, place) =>
    firsts.slice(place + 1).map((b): [Candidate, Candidate] => [a, b]),
  )
  return all.filter(([a, b]) => mayMeet(pairing, a.modelId, b.modelId, models))
}

/** The first response of each model, in the order of the models' ids. */
export function firstOfEachModel(candidates: readonly Candidate[]): Candidate[] {
  const firsts = new Map<string, Candidate>()
  for (const candidate of candidates) {
    if (!firsts.has(candidate.modelId)) firsts.set(candidate.modelId, candidate)
  }
  return [...firsts.values()].sort((one, other) => (one.modelId < other.modelId ? -1 : 1))
}

function mayMeet(
  pairing: Exclude<Pairing, { kind: 'two_dates' }>,
  a: string,
  b: string,
  models: ReadonlyMap<string, ComparedModel>,
): boolean {
  if (pairing.kind === 'all') return true
  if (pairing.kind === 'baseline') return a === pairing.modelId || b === pairing.modelId
  if (pairing.kind === 'chosen') {
    return pairing.pairs.some(
      ([one, other]) => (one === a && other === b) || (one === b && other === a),
    )
  }
  const one = models.get(a)
  const other = models.get(b)
  if (!one || !other || one.name !== other.name) return false
  if (pairing.kind === 'model_versions') {
    return one.promptVersion === other.promptVersion && one.version !== other.version
  }
  return (
    one.promptVersion !== other.promptVersion &&
    one.version === other.version &&
    one.parameters === other.parameters
  )
}

function acrossDates(
  candidates: readonly Candidate[],
  { modelId, before, after }: Extract<Pairing, { kind: 'two_dates' }>,
): [Candidate, Candidate][] {
  const own = candidates.filter((candidate) => candidate.modelId === modelId)
  const within = ({ from, until }: { from: number; until: number }) =>
    own.filter(({ answeredAt }) => answeredAt != null && answeredAt >= from && answeredAt < until)
  const [a] = within(before)
  const b = within(after).find((candidate) => candidate.responseId !== a?.responseId)
  return a && b ? [[a, b]] : []
}

/** A pairing whose models are named as they stand today, after merges. */
export function pairingToday(pairing: Pairing, current: (modelId: string) => string): Pairing {
  if (pairing.kind === 'baseline' || pairing.kind === 'two_dates') {
    return { ...pairing, modelId: current(pairing.modelId) }
  }
  if (pairing.kind !== 'chosen') return pairing
  return {
    ...pairing,
    pairs: pairing.pairs.map(([one, other]): [string, string] => [current(one), current(other)]),
  }
}

/**
 * The responses that one prompt's ranking task holds, in canonical order. With a size below their
 * number, prompts take turns: models are shuffled once a round and dealt out in a circle, so that in
 * each round every model sits in equally many tasks, and over rounds every pair of models meets about
 * equally often.
 *
 * @param turn the prompt's place in the campaign, from 0
 */
export function rankedTogether(
  candidates: readonly Candidate[],
  { size, turn }: { size: number | null; turn: number },
): Candidate[] {
  const firsts = firstOfEachModel(candidates)
  const count = firsts.length
  if (size === null || size >= count) return firsts
  const round = Math.floor(turn / count)
  const order = drawOrder(count, seededRandom(round + 1))
  const start = ((turn % count) * size) % count
  // Where the size divides the circle it closes early: the next lap starts one place further on.
  const lap = Math.floor(((turn % count) * size) / leastCommonMultiple(count, size))
  const places = Array.from({ length: size }, (_, step) => order[(start + lap + step) % count] ?? 0)
  return places.sort((one, other) => one - other).flatMap((place) => firsts[place] ?? [])
}

function leastCommonMultiple(one: number, other: number): number {
  let [a, b] = [one, other]
  while (b > 0) [a, b] = [b, a % b]
  return (one * other) / a
}

/** What makes a task one question: its prompt and its responses, in whatever order. */
export const taskKey = (promptId: string, responseIds: readonly string[]): string =>
  [promptId, ...[...responseIds].sort()].join('|')
