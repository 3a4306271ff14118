import { z } from 'zod'
import { problemOf } from '../import-record.ts'
import { type Reader, refused } from '../reader.ts'
import { toConversation } from '../shapes/conversation.ts'
import { fromCall } from '../shapes/logged-call.ts'

const stateSchema = z.looseObject({ messages: z.array(z.looseObject({ type: z.string() })).min(1) })
const kinds = new Set(['human', 'ai', 'system', 'tool', 'function'])
const answerSchema = z.looseObject({
  id: z.string().optional(),
  response_metadata: z.looseObject({ model_name: z.string().optional() }).optional(),
})

/** The messages of a LangChain or LangGraph state: the last answer is the response. */
export const langchainMessages: Reader = {
  format: 'langchain-messages',
  title: 'LangChain messages',
  certainty: 0.95,
  mark: (row) => {
    const state = stateSchema.safeParse(row)
    if (!state.success) return null
    const isLangChain = state.data.messages.every(
      ({ type, role }) => kinds.has(type) && role === undefined,
    )
    return isLangChain ? 'has "messages" whose "type" is human, ai, system or tool' : null
  },
  read: (row) => {
    const state = stateSchema.safeParse(row)
    if (!state.success) return { records: [], problems: [problemOf(state.error)] }
    const conversation = toConversation(state.data.messages)
    if (!conversation)
      return refused('messages', 'the messages could not be read as a conversation')
    const { messages, tools } = conversation
    const end = messages.findLastIndex(({ role }) => role !== 'assistant')
    const answer = messages.slice(end + 1)
    if (answer.length === 0) return refused('messages', 'the conversation ends without an answer')
    if (end < 0) return refused('messages', 'nothing stands before the answer')
    const last = answerSchema.safeParse(state.data.messages.at(-1))
    const model = last.success ? last.data.response_metadata?.model_name : undefined
    const call = fromCall({
      ...(last.success && last.data.id !== undefined ? { id: last.data.id } : {}),
      ...(model === undefined ? {} : { responseModel: model }),
      messages: messages.slice(0, end + 1),
      outputs: [{ messages: answer }],
      tools,
    })
    return { records: [call], problems: [] }
  },
}
