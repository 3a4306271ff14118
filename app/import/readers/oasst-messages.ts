/**
 * OpenAssistant's messages, a row each. They name the message they answer, in whatever order; a row
 * may also hold the replies to it, and is a tree then.
 */

import type { Message } from '../message.ts'
import { type ReadContext, type Reader, type Reading, type Row, refused } from '../reader.ts'
import { jsonText, parseNested } from '../shapes/loose-value.ts'
import {
  isDeleted,
  type OasstMessage,
  oasstMessageSchema,
  recordsOfPrompt,
  turnOf,
  unfinishedTree,
} from '../shapes/oasst-message.ts'
import { readReplies } from '../shapes/oasst-replies.ts'
import { hasAll, nameOf, reads } from '../shapes/row-values.ts'

const columns = ['message_id', 'parent_id', 'text', 'role']

/** What other rows ask of a message: enough to be a turn, an answer, or both. */
const noted = [
  'message_id',
  'parent_id',
  'text',
  'role',
  'deleted',
  'rank',
  'labels',
  'model_name',
  'created_date',
  'synthetic',
  'review_count',
  'review_result',
]

const messageKey = (id: string): string => `oasst-message|${id}`
const replyKey = (parent: string): string => `oasst-reply|${parent}|`

export const oasstMessages: Reader = {
  format: 'oasst-messages',
  title: 'OASST messages',
  certainty: 0.99,
  mark: (row) =>
    hasAll(row, columns) && (row.role === 'prompter' || row.role === 'assistant')
      ? 'has "message_id", "parent_id" and a "role" of "prompter" or "assistant"'
      : null,
  gather: (row) => {
    const id = nameOf(row.message_id)
    const parent = nameOf(row.parent_id)
    if (id === undefined || Array.isArray(row.replies)) return []
    const text = jsonText(Object.fromEntries(noted.map((name) => [name, row[name]])))
    const found: [string, string][] = [[messageKey(id), text]]
    if (parent !== undefined) found.push([replyKey(parent) + id, text])
    return found
  },
  read: reads(oasstMessageSchema, (row, context) => {
    const reason = unfinishedTree(row.tree_state)
    if (reason !== undefined) return refused('tree_state', reason)
    const path = pathTo(row, context)
    if ('missing' in path) {
      return refused('parent_id', `the message "${path.missing}" before it is not in this import`)
    }
    if (path.isDeleted) return nothing()
    if (Array.isArray(row.replies)) return readReplies(row, '', path.turns, context)
    if (row.role === 'assistant') return nothing()
    const answers = context
      .list(replyKey(row.message_id))
      .flatMap((text) => messageOf(text) ?? [])
      .filter((answer) => answer.role === 'assistant' && !isDeleted(answer))
    return { records: recordsOfPrompt(path.turns, row, answers, context), problems: [] }
  }),
}

/** What is read elsewhere or is not to be read: an answer comes with the message it answers. */
const nothing = (): Reading => ({ records: [], problems: [] })

const messageOf = (text: string | undefined): OasstMessage | undefined =>
  oasstMessageSchema.safeParse(text === undefined ? undefined : parseNested(text)).data

/** The turns before a message, or the id of one that cannot be found. */
function pathTo(
  row: OasstMessage,
  context: ReadContext,
): { turns: Message[]; isDeleted: boolean } | { missing: string } {
  const turns: Message[][] = []
  const seen = new Set([row.message_id])
  let isGone = isDeleted(row)
  let parent = parentOf(row)
  while (parent !== undefined) {
    const message = seen.has(parent) ? undefined : messageOf(context.find(messageKey(parent)))
    if (!message) return { missing: parent }
    seen.add(parent)
    turns.push(turnOf(message))
    isGone ||= isDeleted(message)
    parent = parentOf(message)
  }
  return { turns: turns.reverse().flat(), isDeleted: isGone }
}

const parentOf = (row: Row): string | undefined => nameOf(row.parent_id)
