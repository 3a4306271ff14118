/** PRISM conversations: several models answer each message of a person, who chooses how to go on. */
import { z } from 'zod'
import type { ImportRecord } from '../import-record.ts'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import type { Reader } from '../reader.ts'
import {
  objectOf,
  optionalFlag,
  optionalName,
  optionalNumber,
  requiredNumber,
} from '../shapes/cells.ts'
import { fromItem, unknownModel } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { type PrismCandidate, prismItem } from '../shapes/prism-turn.ts'
import {
  hasAll,
  momentOf,
  reads,
  requiredName,
  requiredText,
  scalarsOf,
  tagsOf,
} from '../shapes/row-values.ts'

const utteranceSchema = objectOf({
  turn: requiredNumber,
  role: z.enum(['user', 'model'], { error: 'is neither "user" nor "model"' }),
  content: requiredText,
  model_name: optionalName,
  model_provider: optionalName,
  score: optionalNumber,
  if_chosen: optionalFlag,
  within_turn_id: optionalNumber,
})
type Utterance = z.infer<typeof utteranceSchema>

const rowSchema = z.looseObject({
  conversation_id: requiredName,
  user_id: requiredName,
  conversation_history: z.array(utteranceSchema, { error: 'is no list of messages' }),
})

export const prismConversations: Reader = {
  format: 'prism-conversations',
  title: 'PRISM',
  certainty: 0.99,
  mark: (row) => {
    if (!hasAll(row, ['conversation_id', 'user_id'])) return null
    const isScored = listOf(row.conversation_history).some(
      (message) => recordOf(message)?.if_chosen !== undefined,
    )
    return isScored ? 'has a "conversation_history" whose messages have "if_chosen"' : null
  },
  read: reads(rowSchema, (row, context) => {
    const records: ImportRecord[] = []
    const before: Message[] = []
    const shared = {
      conversation: row.conversation_id,
      user: row.user_id,
      tags: tagsOf(row, ['conversation_type']),
      metadata: scalarsOf(row, ['included_in_balanced_subset', 'split']),
      saidAt: momentOf(row.generated_datetime),
    }
    for (const { turn, asked, candidates } of turnsOf(row.conversation_history)) {
      if (asked === undefined) {
        const reason = `turn ${turn} has no message of the user, so its answers have no prompt`
        return { records, problems: [{ field: 'conversation_history', reason }] }
      }
      const numbers = new Set(candidates.map(({ number }) => number))
      const item = prismItem(
        { ...shared, turn, before: [...before], prompt: asked },
        candidates,
        numbers,
      )
      records.push(...fromItem(item, context))
      const chosen = candidates.find((candidate) => candidate.isChosen)
      if (!chosen) {
        const reason = `no answer of turn ${turn} is marked as chosen, so nothing was compared and how the conversation went on is unknown: later turns were left out`
        return { records, problems: [{ field: 'conversation_history', reason }] }
      }
      before.push(...fromUser(asked), ...fromAssistant(chosen.text))
    }
    return { records, problems: [] }
  }),
}

interface Turn {
  turn: number
  asked: string | undefined
  candidates: PrismCandidate[]
}

function turnsOf(history: readonly Utterance[]): Turn[] {
  const numbers = [...new Set(history.map(({ turn }) => turn))].sort((one, other) => one - other)
  return numbers.map((turn) => {
    const said = history.filter((utterance) => utterance.turn === turn)
    const answers = said.filter(({ role }) => role === 'model')
    return {
      turn,
      asked: said.find(({ role }) => role === 'user')?.content,
      candidates: answers.map((answer, place) => ({
        number: answer.within_turn_id ?? place,
        text: answer.content,
        model: answer.model_name ?? unknownModel,
        provider: answer.model_provider,
        score: answer.score,
        isChosen: answer.if_chosen === true,
      })),
    }
  })
}
