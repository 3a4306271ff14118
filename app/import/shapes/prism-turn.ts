/**
 * In: one turn of a PRISM conversation, in which several models answered the same message. Out: the
 * prompt, an answer of each, its score, and that the chosen one was preferred to the others.
 */

import { fromAssistant, fromUser, type Message } from '../message.ts'
import type { Candidate, LabelledItem, Verdict } from './labelled-item.ts'

export interface PrismCandidate {
  /** Its number among the answers of the turn. */
  number: number
  text: string
  model: string
  provider?: string | undefined
  score?: number | undefined
  isChosen: boolean
}

export interface PrismTurn {
  conversation: string
  user: string
  turn: number
  /** What was said before, of several answers the chosen one. */
  before: readonly Message[]
  prompt: string
  tags: string[]
  metadata: Record<string, unknown>
  saidAt?: number | undefined
}

/** Scores are rubrics while choices are pairs: a campaign holds one kind. */
const scoreCampaign = 'PRISM scores'

/**
 * The item of a turn with these candidates. Each is scored, and the chosen one compared with every
 * other, where `judged` holds its number; where nothing is chosen there is nothing to compare.
 */
export function prismItem(
  turn: PrismTurn,
  candidates: readonly PrismCandidate[],
  judged: ReadonlySet<number>,
): LabelledItem {
  const chosen = candidates.find((candidate) => candidate.isChosen)
  const toJudge = candidates.filter((candidate) => judged.has(candidate.number))
  return {
    prompt: {
      id: `${turn.conversation}#${turn.turn}`,
      messages: [...turn.before, ...fromUser(turn.prompt)],
      tags: turn.tags,
      metadata: { conversation_id: turn.conversation, turn: turn.turn, ...turn.metadata },
    },
    responses: candidates.map((candidate) => responseOf(turn, candidate)),
    verdicts: [
      ...toJudge.flatMap((candidate) => scoreOf(turn, candidate)),
      ...toJudge.flatMap((candidate) => (chosen ? choiceOf(turn, chosen, candidate) : [])),
    ],
  }
}

const responseOf = (turn: PrismTurn, candidate: PrismCandidate): Candidate => ({
  key: String(candidate.number),
  id: `${turn.conversation}#${turn.turn}#${candidate.number}`,
  model: candidate.model,
  messages: fromAssistant(candidate.text),
  ...(turn.saidAt === undefined ? {} : { answeredAt: turn.saidAt }),
  metadata: candidate.provider === undefined ? {} : { provider: candidate.provider },
})

const givenBy = (turn: PrismTurn) => ({
  rater: turn.user,
  ...(turn.saidAt === undefined ? {} : { judgedAt: turn.saidAt }),
})

function scoreOf(turn: PrismTurn, { number, score }: PrismCandidate): Verdict[] {
  if (score === undefined) return []
  return [
    {
      ...givenBy(turn),
      kind: 'rubric',
      campaign: scoreCampaign,
      response: String(number),
      criterion: 'score',
      answer: { score },
    },
  ]
}

function choiceOf(turn: PrismTurn, chosen: PrismCandidate, other: PrismCandidate): Verdict[] {
  if (other.isChosen) return []
  return [
    {
      ...givenBy(turn),
      kind: 'pairwise',
      a: String(chosen.number),
      b: String(other.number),
      winner: 'a',
    },
  ]
}
