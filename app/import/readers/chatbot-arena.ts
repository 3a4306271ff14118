/**
 * Chatbot Arena with whole conversations (the sets of 33,000, 100,000 and 140,000 battles) and the
 * judgments of MT-bench, which have the same columns.
 */
import { z } from 'zod'
import { type Reader, type ReadProblem, refused } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { pairOf } from '../shapes/conversation-pair.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { numberOf } from '../shapes/loose-value.ts'
import {
  hasAll,
  markOf,
  momentOf,
  nameOf,
  reads,
  requiredName,
  scalarsOf,
  tagsOf,
} from '../shapes/row-values.ts'

const rowSchema = z.looseObject({ model_a: requiredName, model_b: requiredName })
type ArenaRow = z.infer<typeof rowSchema>

const columns = ['conversation_a', 'conversation_b', 'winner', 'model_a', 'model_b']

const winners = new Map([
  ['model_a', 'a'],
  ['model_b', 'b'],
  ['tie', 'tie'],
  ['tie (inconsistent)', 'tie'],
  ['tie (bothbad)', 'both_bad'],
  ['both_bad', 'both_bad'],
  ['bothbad', 'both_bad'],
] as const)
type Winner = Extract<Verdict, { kind: 'pairwise' }>['winner']

const metadata = [
  'turn',
  'anony',
  'is_code',
  'is_refusal',
  'evaluation_session_id',
  'evaluation_order',
]

export const chatbotArena: Reader = {
  format: 'chatbot-arena',
  title: 'Chatbot Arena',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns.slice(0, 3)) : null),
  read: reads(rowSchema, (row, context) => {
    const [a, b] = [toMessages(row.conversation_a), toMessages(row.conversation_b)]
    if (!a) return refused('conversation_a', 'is no list of messages')
    if (!b) return refused('conversation_b', 'is no list of messages')
    const turn = numberOf(row.turn)
    const pair = pairOf(a, b, turn)
    if ('reason' in pair) return refused('conversation_b', pair.reason)
    const winner = winnerOf(row.winner)
    const records = fromItem(
      {
        prompt: {
          messages: pair.prompt,
          ...promptIdOf(row, turn),
          tags: tagsOf(row, ['language']),
          metadata: scalarsOf(row, metadata),
        },
        responses: [
          { key: 'a', model: row.model_a, messages: pair.a },
          { key: 'b', model: row.model_b, messages: pair.b },
        ],
        verdicts: winner === undefined ? [] : [verdictOf(row, winner)],
      },
      context,
    )
    return { records, problems: winner === undefined ? [unknownWinner(row.winner)] : [] }
  }),
}

const winnerOf = (value: unknown): Winner | undefined =>
  typeof value === 'string'
    ? new Map<string, Winner>(winners).get(value.trim().toLowerCase())
    : undefined

const unknownWinner = (value: unknown): ReadProblem => ({
  field: 'winner',
  reason:
    value === null || value === ''
      ? 'no winner is named, so nothing was judged'
      : '"model_a", "model_b", "tie" and "both_bad" are the verdicts we know; this is another',
})

/**
 * An id of MT-bench is a number that several turns share; the later ones are prompts of their own.
 */
function promptIdOf(row: ArenaRow, turn: number | undefined): { id?: string } {
  const id = nameOf(row.question_id) ?? nameOf(row.id)
  if (id === undefined) return {}
  const isShared = /^\d+$/.test(id) && turn !== undefined && turn > 1
  return { id: isShared ? `${id}/turn-${turn}` : id }
}

const modelNames = /^(?:gpt|claude|gemini|llama|mistral|mixtral|qwen|deepseek|command)/i

function verdictOf(row: ArenaRow, winner: Winner): Verdict {
  const rater = nameOf(row.judge) ?? nameOf(row.judge_hash) ?? 'Chatbot Arena annotators'
  return {
    kind: 'pairwise',
    a: 'a',
    b: 'b',
    winner,
    rater,
    source: modelNames.test(rater) ? 'judge' : 'human',
    judgedAt: momentOf(row.tstamp) ?? momentOf(row.timestamp),
  }
}
