/** LLaMA-Factory's first version of its own form: messages of typed parts, alone or in pairs. */

import { type Reader, type Row, refused } from '../reader.ts'
import { readConversation } from '../shapes/answered-conversation.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { pairOfConversations, readPair } from '../shapes/preference-pair.ts'
import { hasAll, markOf, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { isMessageList } from '../shapes/turns.ts'

const pairColumns = ['chosen_messages', 'rejected_messages']

export const llamaFactoryV1: Reader = {
  format: 'llama-factory-v1',
  title: 'LLaMA-Factory messages',
  certainty: 0.99,
  mark: (row) => {
    if (hasAll(row, pairColumns)) return markOf(pairColumns)
    return isMessageList(row.messages) && row.messages.some(hasValueParts)
      ? 'has "messages" whose parts have a "value"'
      : null
  },
  read: (row, context) => {
    const details = {
      tags: tagsOf(row, customaryTags),
      metadata: scalarsOf(row, customaryMetadata),
    }
    if (!pairColumns.some((name) => row[name] !== undefined)) {
      const messages = toMessages(row.messages)
      if (!messages) return refused('messages', 'is no list of messages')
      const conversation = { messages, field: 'messages', tools: row.tools, details }
      return readConversation(conversation, context)
    }
    const [chosen, rejected] = [messagesIn(row, 0), messagesIn(row, 1)]
    if (!chosen) return refused('chosen_messages', 'is no list of messages')
    if (!rejected) return refused('rejected_messages', 'is no list of messages')
    const pair = pairOfConversations({ chosen, rejected })
    if ('reason' in pair) return refused(`${pair.field}_messages`, pair.reason)
    return readPair(pair, { rater: 'LLaMA-Factory messages annotators', prompt: details }, context)
  },
}

const messagesIn = (row: Row, side: 0 | 1) => toMessages(row[pairColumns[side] ?? ''])

const hasValueParts = (message: Record<string, unknown>): boolean =>
  listOf(message.content).some((part) => recordOf(part)?.value !== undefined)
