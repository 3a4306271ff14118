/** In: votes of people and of judging models, one by one. Out: what comparing them needs, no more. */
import type { Winner } from '#db/schema.ts'

/** The answers that count, in the order of every table of them. */
export const voteKinds = ['a', 'b', 'tie', 'both_bad'] as const
export type VoteKind = (typeof voteKinds)[number]

/** What one party said of a pair: how often each answer, and which of them could lean on side or length. */
export interface Votes {
  counts: Record<VoteKind, number>
  /** Decisive votes whose side is known, and those that went to the side shown first. */
  sided: number
  first: number
}

/** A pair of models on one prompt, in one orientation. */
export interface JudgedPair {
  promptId: string
  modelA: string
  modelB: string
  /** Which response is longer; null where they are as long as each other. */
  longer: 'a' | 'b' | null
  people: Votes
  judges: Map<string, Votes>
}

export interface JudgeTally {
  pairs: Map<string, JudgedPair>
}

export const emptyJudgeTally = (): JudgeTally => ({ pairs: new Map() })

export interface JudgeVote {
  promptId: string
  /** The judging model by name; null for a person. */
  judge: string | null
  winner: Winner
  a: { modelId: string; characters: number }
  b: { modelId: string; characters: number }
  /** Which was shown first, where it is known. */
  first: 'a' | 'b' | null
}

const noVotes = (): Votes => ({ counts: { a: 0, b: 0, tie: 0, both_bad: 0 }, sided: 0, first: 0 })

/** Counts a vote; can't judge says nothing and is left out. */
export function addJudgeVote(tally: JudgeTally, vote: JudgeVote): void {
  if (vote.winner === 'cant_judge') return
  const isForward = vote.a.modelId <= vote.b.modelId
  const turn = <Side extends string>(side: Side) =>
    isForward ? side : side === 'a' ? 'b' : side === 'b' ? 'a' : side
  const [a, b] = isForward ? [vote.a, vote.b] : [vote.b, vote.a]
  const key = [vote.promptId, a.modelId, b.modelId].join('|')
  const pair = tally.pairs.get(key) ?? {
    promptId: vote.promptId,
    modelA: a.modelId,
    modelB: b.modelId,
    longer: a.characters === b.characters ? null : a.characters > b.characters ? 'a' : 'b',
    people: noVotes(),
    judges: new Map<string, Votes>(),
  }
  tally.pairs.set(key, pair)
  const votes = vote.judge === null ? pair.people : (pair.judges.get(vote.judge) ?? noVotes())
  if (vote.judge !== null) pair.judges.set(vote.judge, votes)
  const winner = turn(vote.winner) as VoteKind
  votes.counts[winner] += 1
  if (vote.first === null || (winner !== 'a' && winner !== 'b')) return
  votes.sided += 1
  if (winner === turn(vote.first)) votes.first += 1
}

export const votesIn = ({ counts }: Votes): number =>
  counts.a + counts.b + counts.tie + counts.both_bad

/** The first model's share of some votes, ties and both bad as half; undefined without a vote. */
export function scoreOfA(votes: Votes): number | undefined {
  const count = votesIn(votes)
  if (count === 0) return undefined
  return (votes.counts.a + (votes.counts.tie + votes.counts.both_bad) / 2) / count
}

/** The votes of several judges on a pair together. */
export function together(all: Iterable<Votes>): Votes {
  const sum = noVotes()
  for (const { counts, sided, first } of all) {
    for (const kind of voteKinds) sum.counts[kind] += counts[kind]
    sum.sided += sided
    sum.first += first
  }
  return sum
}
