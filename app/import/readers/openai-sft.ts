/** OpenAI fine-tuning: conversations whose last answer is the one to learn. */

import { type Reader, type Row, refused } from '../reader.ts'
import { readConversation } from '../shapes/answered-conversation.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { numberOf } from '../shapes/loose-value.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { callsWithObjects, isMessageList } from '../shapes/turns.ts'

/** With one of these the row says more than a conversation. */
const others = [
  'label',
  'kto_tag',
  'chosen',
  'rejected',
  'choices',
  'response',
  'responses',
  'output',
  'completion',
  'completions',
  'request',
  'prompt',
  'model',
  'winner',
  'call_type',
  'run_type',
]

export const openaiSft: Reader = {
  format: 'openai-sft',
  title: 'OpenAI fine-tuning conversations',
  certainty: 0.7,
  mark: (row) => {
    if (!isMessageList(row.messages) || others.some((name) => row[name] !== undefined)) return null
    const isPlain = row.messages.every(
      (message) =>
        typeof message.role === 'string' &&
        message.candidates === undefined &&
        !callsWithObjects(message),
    )
    return isPlain ? 'has "messages" with roles' : null
  },
  read: (row, context) => {
    if (!isMessageList(row.messages)) return refused('messages', 'is no list of messages')
    const end = row.messages.findLastIndex(isLearnt)
    const isAnswered = row.messages.some(({ role }) => role === 'assistant')
    if (end < 0 && isAnswered) {
      const reason = 'has no answer to learn: the weight of each is 0'
      return refused('messages', reason)
    }
    const kept = end < 0 ? row.messages : row.messages.slice(0, end + 1)
    const messages = toMessages(kept)
    if (!messages) return refused('messages', 'holds something that is no message')
    const reading = readConversation(
      {
        messages,
        field: 'messages',
        tools: toolsIn(row),
        details: { tags: tagsOf(row, customaryTags), metadata: scalarsOf(row, customaryMetadata) },
      },
      context,
    )
    const left = row.messages.slice(kept.length)
    if (left.length === 0 || left.every(({ role }) => role === 'assistant')) return reading
    const reason = 'goes on after the last answer to learn; what follows was left out'
    return { ...reading, problems: [...reading.problems, { field: 'messages', reason }] }
  },
}

/** An answer of weight 0 is there for the conversation, not to be learnt. */
const isLearnt = ({ role, weight }: Record<string, unknown>): boolean =>
  role === 'assistant' && numberOf(weight) !== 0

const toolsIn = (row: Row): unknown => row.tools ?? row.functions
