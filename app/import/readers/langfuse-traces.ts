/** Reads exported rows of Langfuse's traces: what a program was asked and what it answered. */

import type { Message } from '../message.ts'
import { type Reader, type Reading, type Row, refused } from '../reader.ts'
import { callAnswer, callInput, isSaid } from '../shapes/call-text.ts'
import { toLangfuseScore } from '../shapes/langfuse-score.ts'
import { fromCall } from '../shapes/logged-call.ts'
import {
  listOf,
  numberOf,
  parseNested,
  recordOf,
  recordsOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { momentOf } from '../shapes/row-values.ts'
import { withJudgments } from '../shapes/span-judgment.ts'
import { factsOf } from './langfuse-trace.ts'

const marks = ['timestamp', 'name', 'input', 'output', 'sessionId', 'tags']

export const langfuseTraces: Reader = {
  format: 'langfuse-traces',
  title: 'Langfuse traces',
  certainty: 0.95,
  mark: (row) => {
    const [first = row] = rowsIn(row)
    const isTrace = marks.every((name) => name in first) && !('startTime' in first)
    const holdsSteps = listOf(first.observations).some((step) => recordOf(step)?.type)
    return isTrace && !holdsSteps ? 'has "timestamp", "input", "output" and "sessionId"' : null
  },
  read: (row, context) => {
    const readings = rowsIn(row).map((trace) => readTrace(trace, context))
    return {
      records: readings.flatMap((reading) => reading.records),
      problems: readings.flatMap((reading) => reading.problems),
    }
  },
}

/** The interface wraps a page of rows in `data`. */
function rowsIn(row: Row): Row[] {
  if (!Array.isArray(row.data) || row.timestamp !== undefined) return [row]
  return recordsOf(row.data)
}

function readTrace(trace: Row, context: Parameters<Reader['read']>[1]): Reading {
  const asked = callInput(trace.input).messages
  if (asked.length === 0) return refused('input', 'the trace does not tell what was asked')
  const answer = callAnswer(trace.output)?.outputs[0]
  if (!answer) return refused('output', 'the trace has no answer')
  const id = stringOf(trace.id)
  const latency = numberOf(trace.latency)
  const started = momentOf(trace.timestamp)
  const content = fromCall({
    ...(id ? { id } : {}),
    messages: asked,
    outputs: [{ ...answer, messages: lastSaid(answer.messages) }],
    answeredAt: started,
    latencyMs: latency === undefined ? undefined : Math.round(latency * 1000),
    cost: numberOf(trace.totalCost),
    ...factsOf(trace),
  })
  const scores = listOf(parseNested(trace.scores)).flatMap(toLangfuseScore)
  return withJudgments(
    content,
    scores.map(({ judgment }) => judgment),
    context,
  )
}

/** A program may give back all its steps: the answer is the last that says something. */
function lastSaid(messages: Message[]): Message[] {
  const last = messages.findLast((message) => isSaid({ messages: [message] }))
  return last ? [last] : messages
}
