/** ShareGPT conversations, and LLaMA-Factory's pairs of answers to such a conversation. */

import type { Message } from '../message.ts'
import { type ReadContext, type Reader, type Row, refused } from '../reader.ts'
import { readConversation } from '../shapes/answered-conversation.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { recordOf } from '../shapes/loose-value.ts'
import { withTools } from '../shapes/offered-tools.ts'
import { pairOfAnswers, readPair } from '../shapes/preference-pair.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { isMessageList, toAnswer, withSystem } from '../shapes/turns.ts'

export const sharegpt: Reader = {
  format: 'sharegpt',
  title: 'ShareGPT conversations',
  certainty: 0.9,
  mark: (row) => {
    const turns = row.conversations ?? row.conversation
    const first = isMessageList(turns) ? turns[0] : undefined
    if (!first || row.kto_tag !== undefined || row.label !== undefined) return null
    const isPair = recordOf(row.chosen) !== undefined && recordOf(row.rejected) !== undefined
    const isShared = typeof first.from === 'string' && first.value !== undefined
    if (isPair) return 'has "conversations", "chosen" and "rejected"'
    return isShared ? 'has "conversations" with "from" and "value"' : null
  },
  read: (row, context) => {
    const field = row.conversations === undefined ? 'conversation' : 'conversations'
    const turns = toMessages(row[field])
    if (!turns) return refused(field, 'is no list of turns')
    const messages = withSystem(row.system, turns)
    if (row.chosen !== undefined && row.rejected !== undefined)
      return readRanking(row, messages, context)
    return readConversation({ messages, field, tools: row.tools, details: detailsOf(row) }, context)
  },
}

const readRanking = (row: Row, prompt: Message[], context: ReadContext) => {
  const [chosen, rejected] = [toAnswer(row.chosen), toAnswer(row.rejected)]
  if (!chosen) return refused('chosen', 'is no turn')
  if (!rejected) return refused('rejected', 'is no turn')
  const reading = readPair(
    pairOfAnswers(prompt, { chosen, rejected }),
    { rater: 'ShareGPT conversations annotators', prompt: detailsOf(row) },
    context,
  )
  return { ...reading, records: withTools(reading.records, row.tools) }
}

const detailsOf = (row: Row) => ({
  tags: tagsOf(row, customaryTags),
  metadata: scalarsOf(row, customaryMetadata),
})
