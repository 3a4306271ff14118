/** In: the messages of stored chat completions. Out: their prompts, under the completions' ids. */

import type { ReadContext, Reader, Reading, Row } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { fromCall } from '../shapes/logged-call.ts'
import { jsonText, listOf, parseNested, recordOf, stringOf } from '../shapes/loose-value.ts'

interface StoredMessage {
  completionId: string
  place: number
  message: Row
}

const numbered = /^(chatcmpl-.+)-(\d+)$/

/** A message by its id: the completion's, and its place in the conversation. */
function storedMessage(value: unknown): StoredMessage | undefined {
  const fields = recordOf(value)
  const [, completionId, place] = stringOf(fields?.id)?.match(numbered) ?? []
  if (!fields || completionId === undefined || stringOf(fields.role) === undefined) return undefined
  const content = fields.content_parts ?? fields.content ?? null
  const { id: _id, content_parts: _parts, ...message } = fields
  return { completionId, place: Number(place), message: { ...message, content } }
}

const storedIn = (row: Row): StoredMessage[] =>
  (Array.isArray(row.data) ? row.data : [row]).flatMap((value) => storedMessage(value) ?? [])

const prefixOf = (completionId: string) => `stored-message ${completionId} `

/**
 * What OpenAI lists as the messages of a stored completion (pages of a list, or one message a row),
 * whose ids are the completion's with a number. The completions themselves come in a file of their
 * own.
 */
export const openaiStoredMessages: Reader = {
  format: 'openai-stored-messages',
  title: 'Messages of OpenAI stored completions',
  certainty: 0.99,
  mark: (row) => {
    const isPage = row.object === 'list' && storedMessage(listOf(row.data)[0]) !== undefined
    return isPage || storedMessage(row)
      ? 'holds messages whose ids are those of chat completions with a number'
      : null
  },
  gather: (row) =>
    storedIn(row).map((stored) => [
      prefixOf(stored.completionId) + String(stored.place).padStart(8, '0'),
      jsonText(stored),
    ]),
  read: (row, context) => {
    const own = storedIn(row)
    const reading: Reading = { records: [], problems: [] }
    for (const completionId of new Set(own.map((stored) => stored.completionId))) {
      const { records, problems } = readConversation(completionId, own, context, row)
      reading.records.push(...records)
      reading.problems.push(...problems)
    }
    if (own.length === 0) {
      const reason = 'no message with the id of a completion is in it'
      reading.problems.push({ field: 'data', reason })
    }
    return reading
  },
}

/** The row that holds a conversation's first message reads it, with what other rows add. */
function readConversation(
  completionId: string,
  inRow: readonly StoredMessage[],
  context: ReadContext,
  row: Row,
): Reading {
  const own = inRow.filter((stored) => stored.completionId === completionId)
  const all = gathered(completionId, context)
  const stored = all.length > 0 ? all : own
  const first = Math.min(...stored.map(({ place }) => place))
  if (!own.some(({ place }) => place === first)) return { records: [], problems: [] }
  const highest = Math.max(...stored.map(({ place }) => place))
  const isWhole = first === 0 && highest === new Set(stored.map(({ place }) => place)).size - 1
  const isCut = row.has_more === true && own.some(({ place }) => place === highest)
  const field = 'data'
  if (!isWhole || isCut) {
    const reason = `messages of "${completionId}" are missing; import all pages of its list together`
    return { records: [], problems: [{ field, reason }] }
  }
  const messages = toMessages(stored.map(({ message }) => message))
  if (!messages) {
    const reason = `the messages of "${completionId}" cannot be read as a conversation`
    return { records: [], problems: [{ field, reason }] }
  }
  return { records: [fromCall({ promptId: completionId, messages, outputs: [] })], problems: [] }
}

const gathered = (completionId: string, context: ReadContext): StoredMessage[] =>
  context.list(prefixOf(completionId)).flatMap((text): StoredMessage[] => {
    const fields = recordOf(parseNested(text))
    const message = recordOf(fields?.message)
    return message ? [{ completionId, place: Number(fields?.place), message }] : []
  })
