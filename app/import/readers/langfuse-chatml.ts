import type { Reader, Reading, Row } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { fromCall } from '../shapes/logged-call.ts'

/** One half of an observation as Langfuse normalised it: messages, or why there are none. */
interface Half {
  success: boolean
  data?: unknown
}

const isHalf = (value: unknown): value is Half =>
  value !== null && typeof value === 'object' && 'success' in value

function halvesOf(value: unknown): { input: Half; output: Half } | undefined {
  if (value === null || typeof value !== 'object') return undefined
  const { input, output } = value as Row
  return isHalf(input) && isHalf(output) ? { input, output } : undefined
}

/** Observations by their ids, each with the messages that Langfuse found in its input and output. */
export const langfuseChatml: Reader = {
  format: 'langfuse-chatml',
  title: 'Langfuse normalised messages',
  certainty: 0.97,
  mark: (row) => {
    const values = Object.values(row)
    if (values.length === 0 || !values.every((value) => halvesOf(value) !== undefined)) return null
    return 'holds observations by id, each with "input" and "output" that say "success"'
  },
  read: (row) => {
    const readings = Object.entries(row).map(([id, value]) => readObservation(id, value))
    const found = {
      records: readings.flatMap(({ records }) => records),
      problems: readings.flatMap(({ problems }) => problems),
    }
    if (found.records.length > 0) return found
    const reason = 'no observation in it has both a conversation and an answer'
    return { records: [], problems: [...found.problems, { field: '', reason }] }
  },
}

/** A tool's or a chain's observation has no conversation on one of its sides, and is no call. */
function readObservation(id: string, value: unknown): Reading {
  const halves = halvesOf(value)
  const messages = halves?.input.success ? toMessages(halves.input.data) : undefined
  const answer = halves?.output.success ? toMessages(halves.output.data) : undefined
  const isAnswer = answer?.every((message) => message.role === 'assistant') ?? false
  if (!messages || !answer || !isAnswer || answer.length === 0) return { records: [], problems: [] }
  return { records: [fromCall({ id, messages, outputs: [{ messages: answer }] })], problems: [] }
}
