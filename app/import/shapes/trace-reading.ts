/**
 * In: the spans of traces. Out: the records of their model calls, each call or only the final
 * answer of a trace.
 */

import type { ContentRecord } from '../import-record.ts'
import { type ReadContext, type Reading, refused } from '../reader.ts'
import { finalCall, withContext } from './final-answer.ts'
import { fromCall, type LoggedCall } from './logged-call.ts'
import { type SpanJudgment, withJudgments } from './span-judgment.ts'
import { type CallSpan, endOf, finalOf, judgmentsOf, type Trace, traceOf } from './trace-calls.ts'
import { mergedSpans, spansOfTrace, type TraceSpan } from './trace-span.ts'

/**
 * The records of a row's spans. Only calls of models become prompts, and of calls within calls only
 * the innermost: the outer ones repeat its text. Spans of the same traces that other rows hold are
 * looked up, so that a call knows what was retrieved before it, and the final answer is told from
 * the steps before.
 */
export function readSpans(spans: readonly TraceSpan[], context: ReadContext): Reading {
  const byTrace = Map.groupBy(mergedSpans(spans), (span) => span.traceId)
  const readings = [...byTrace].map(([traceId, own]) => readTrace(traceId, own, context))
  const found = readings.filter((reading) => reading !== undefined)
  if (found.length === 0) return refused('', 'no model call in it')
  return {
    records: found.flatMap((reading) => reading.records),
    problems: found.flatMap((reading) => reading.problems),
  }
}

/** The reading of a row's part of a trace, undefined where the trace has no call at all. */
function readTrace(
  traceId: string,
  own: readonly TraceSpan[],
  context: ReadContext,
): Reading | undefined {
  const trace = traceOf(spansOfTrace(traceId, own, context))
  if (trace.calls.length === 0) return undefined
  const ownIds = new Set(own.map((span) => span.id))
  const isHere = (span: CallSpan): boolean => isReadHere(span, own)
  const final = finalOf(trace.calls)
  const isFinalOnly = context.rate === 'final' && trace.spans.length > 1
  if (isFinalOnly && final === undefined) {
    return trace.calls.some(isHere) ? refused('output', 'the trace ends without an answer') : empty
  }
  const rated = isFinalOnly && final ? [final] : trace.calls
  const judgments = judgmentsOf(trace, rated, ownIds, context)
  const readings = rated.filter(isHere).map((span) => {
    const call = isFinalOnly ? finalCall(span, trace) : stepCall(span, trace)
    return readCall(call, span, judgments.of.get(span.id) ?? [], context)
  })
  return {
    records: readings.flatMap((reading) => reading.records),
    problems: [...readings.flatMap((reading) => reading.problems), ...judgments.problems],
  }
}

/** Of rows that each hold a part of a call, the one with its answer reads it. */
function isReadHere(span: CallSpan, own: readonly TraceSpan[]): boolean {
  const part = own.find(({ id }) => id === span.id)
  return part?.call !== undefined && (part.call.outputs.length > 0 || !span.call.outputs.length)
}

const empty: Reading = { records: [], problems: [] }

/** A call on its own, with what was retrieved before it began. */
function stepCall(span: CallSpan, trace: Trace): LoggedCall {
  const before = trace.spans.filter((other) => {
    if (span.startedAt === undefined) return trace.spans.indexOf(other) < trace.spans.indexOf(span)
    return endOf(other) <= span.startedAt
  })
  const inputKey = trace.calls.length === 1 ? trace.root?.inputKey : undefined
  return { ...withContext(span.call, before), ...(inputKey ? { inputKey } : {}) }
}

function readCall(
  call: LoggedCall,
  span: CallSpan,
  judgments: readonly SpanJudgment[],
  context: ReadContext,
): Reading {
  if (call.messages.length === 0) return refused('input', 'the log does not tell what was asked')
  if (call.outputs.length === 0) {
    const reason = span.error ? `the call failed: ${span.error}` : 'the call has no answer'
    return refused('output', reason)
  }
  const ended = span.endedAt
  const latency =
    ended !== undefined && span.startedAt !== undefined ? ended - span.startedAt : undefined
  const content = fromCall({
    ...call,
    id: span.id,
    answeredAt: whole(ended ?? call.answeredAt ?? span.startedAt),
    latencyMs:
      call.latencyMs ?? (latency !== undefined && latency >= 0 ? whole(latency) : undefined),
  })
  return withJudgments(rendered(content, call, span), judgments, context)
}

const whole = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Math.round(value)

/** What the model really received, where that is more than what the user said. */
function rendered(content: ContentRecord, call: LoggedCall, span: CallSpan): ContentRecord {
  if (call.messages === span.call.messages) return content
  const responses = content.responses.map((response) => ({
    ...response,
    rendered: span.call.messages,
  }))
  return { ...content, responses }
}
