/** In: a message of OpenAssistant with the replies nested in it. Out: a prompt for each question. */
import { problemOf } from '../import-record.ts'
import type { Message } from '../message.ts'
import type { ReadContext, Reading, ReadProblem } from '../reader.ts'
import { listOf } from './loose-value.ts'
import {
  isDeleted,
  type OasstMessage,
  oasstMessageSchema,
  recordsOfPrompt,
  turnOf,
} from './oasst-message.ts'

interface Reply {
  message: OasstMessage
  field: string
}

/**
 * The records of a tree, its question first and then depth first. A deleted message leaves with all
 * that follows on it; a message that cannot be read, too, and says why.
 */
export function readReplies(
  root: unknown,
  field: string,
  earlier: readonly Message[],
  context: Pick<ReadContext, 'hash'>,
): Reading {
  const reading: Reading = { records: [], problems: [] }
  const first = replyOf(root, field, reading.problems)
  const open = first ? [{ ...first, earlier }] : []
  for (let next = open.pop(); next; next = open.pop()) {
    const { message, earlier: before } = next
    const replies = repliesOf(next, reading.problems)
    if (message.role === 'prompter') {
      const answers = replies.map((reply) => reply.message)
      reading.records.push(...recordsOfPrompt(before, message, answers, context))
    }
    const path = [...before, ...turnOf(message)]
    open.push(...replies.toReversed().map((reply) => ({ ...reply, earlier: path })))
  }
  return reading
}

const withField = (field: string, name: string): string =>
  field === '' ? name : `${field}.${name}`

function repliesOf({ message, field }: Reply, problems: ReadProblem[]): Reply[] {
  return listOf(message.replies).flatMap((value, place) => {
    const reply = replyOf(value, withField(field, `replies.${place}`), problems)
    if (reply?.message.role !== message.role) return reply ?? []
    const reason = `answers a message of the same role, "${message.role}"`
    problems.push({ field: withField(reply.field, 'role'), reason, raw: value })
    return []
  })
}

/** A message that can be used. */
function replyOf(value: unknown, field: string, problems: ReadProblem[]): Reply | undefined {
  const parsed = oasstMessageSchema.safeParse(value)
  if (!parsed.success) {
    const problem = problemOf(parsed.error)
    problems.push({ field: withField(field, problem.field), reason: problem.reason, raw: value })
    return undefined
  }
  return isDeleted(parsed.data) ? undefined : { message: parsed.data, field }
}
