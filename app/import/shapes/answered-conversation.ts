/** In: a whole conversation. Out: the records of its last answer and of the prompt before it. */
import { counted } from '#app/base/text.ts'
import type { Message } from '../message.ts'
import { type ReadContext, type Reading, refused } from '../reader.ts'
import { fromItem, type LabelledItem } from './labelled-item.ts'
import { withTools } from './offered-tools.ts'
import { splitAtLastAnswer } from './turns.ts'

/** The records of a conversation nobody judged: its last answer responds to all before it. */
export function readConversation(
  conversation: {
    messages: readonly Message[]
    /** Where the conversation is in the row, for problems. */
    field: string
    tools?: unknown
    details?: Omit<LabelledItem['prompt'], 'messages'>
  },
  context: Pick<ReadContext, 'hash'>,
): Reading {
  const { field, details } = conversation
  const { prompt, answer, rest } = splitAtLastAnswer(conversation.messages)
  if (prompt.length === 0) {
    return refused(field, 'begins with an answer: there is no prompt before it')
  }
  const records = fromItem(
    {
      prompt: { ...details, messages: prompt },
      responses: answer.length === 0 ? [] : [{ key: 'answer', messages: answer }],
      verdicts: [],
    },
    context,
  )
  const reason = `goes on after its last answer: ${counted(rest.length, 'message')} left out`
  return {
    records: withTools(records, conversation.tools),
    problems: rest.length === 0 ? [] : [{ field, reason }],
  }
}
