/** In: the two sides of a preference as a set holds them. Out: a prompt and two answers to it. */
import { printJson } from '#app/base/canonical-json.ts'
import type { Message } from '../message.ts'
import type { ReadContext, Reading } from '../reader.ts'
import { type Candidate, fromItem, type LabelledItem } from './labelled-item.ts'
import { isSameTurn, withBegunAnswer } from './turns.ts'

export interface Pair {
  prompt: Message[]
  chosen: Message[]
  rejected: Message[]
}

/** A pair, or why there is none: the field at fault and the reason. */
export type PairResult = Pair | { field: string; reason: string }

interface Sides {
  chosen: Message[]
  rejected: Message[]
}

/**
 * The pair of two whole conversations: what both begin with is the prompt. They must part at an
 * answer; where they part at what the user said, they answer different prompts.
 */
export function pairOfConversations({ chosen, rejected }: Sides): PairResult {
  let shared = 0
  while (shared < chosen.length && isEqual(chosen[shared], rejected[shared])) shared += 1
  if (shared === chosen.length || shared === rejected.length) {
    const before = chosen.slice(0, shared)
    shared = before.findLastIndex((message) => message.role === 'assistant')
  }
  if (shared <= 0) {
    const reason = 'begins differently from "chosen": the two do not answer the same prompt'
    return { field: 'rejected', reason }
  }
  return parted({ chosen, rejected, prompt: chosen.slice(0, shared) }, shared)
}

/** The pair of a prompt and two answers, each of which may repeat the prompt before it. */
export function pairOfAnswers(prompt: Message[], { chosen, rejected }: Sides): PairResult {
  return parted({ prompt, chosen, rejected }, 0)
}

function parted({ prompt, chosen, rejected }: Pair, shared: number): PairResult {
  const sides = { chosen: chosen.slice(shared), rejected: rejected.slice(shared) }
  for (const [field, side] of Object.entries(sides)) {
    const first = withoutPrompt(prompt, side)[0]
    if (!first) return { field, reason: 'holds no answer after the prompt' }
    if (first.role !== 'assistant') {
      const reason = `goes on with a ${first.role} message that the prompt does not hold`
      return { field, reason }
    }
  }
  const better = withBegunAnswer(prompt, withoutPrompt(prompt, sides.chosen))
  const worse = withBegunAnswer(prompt, withoutPrompt(prompt, sides.rejected))
  return { prompt: better.prompt, chosen: better.answer, rejected: worse.answer }
}

/** What follows the prompt, where a side repeats it; a system message may be left out there. */
function withoutPrompt(prompt: readonly Message[], side: Message[]): Message[] {
  const spoken = prompt.filter((message) => message.role !== 'system')
  for (const repeated of [prompt, spoken]) {
    const isRepeated =
      repeated.length > 0 && repeated.every((message, at) => isSameTurn(message, side[at]))
    if (isRepeated) return side.slice(repeated.length)
  }
  return side
}

const isEqual = (one: Message | undefined, other: Message | undefined): boolean =>
  one !== undefined && other !== undefined && printJson(one) === printJson(other)

/** What a set says of a pair beside its texts. */
export interface PairDetails {
  rater: string
  prompt?: Omit<LabelledItem['prompt'], 'messages'>
  chosen?: Partial<Candidate>
  rejected?: Partial<Candidate>
  strength?: number
}

/** The records of a pair: two answers, and that the chosen one was preferred. */
export function readPair(
  pair: PairResult,
  details: PairDetails,
  context: Pick<ReadContext, 'hash'>,
): Reading {
  if ('reason' in pair) return { records: [], problems: [pair] }
  const records = fromItem(
    {
      prompt: { ...details.prompt, messages: pair.prompt },
      responses: [
        { ...details.chosen, key: 'chosen', messages: pair.chosen },
        { ...details.rejected, key: 'rejected', messages: pair.rejected },
      ],
      verdicts: [
        {
          kind: 'pairwise',
          a: 'chosen',
          b: 'rejected',
          winner: 'a',
          rater: details.rater,
          ...(details.strength === undefined ? {} : { strength: details.strength }),
        },
      ],
    },
    context,
  )
  return { records, problems: [] }
}
