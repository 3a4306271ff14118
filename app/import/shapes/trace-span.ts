/** In: the steps of a program that calls models, as tracers log them. Out: one form for all tracers. */

import type { ReadContext } from '../reader.ts'
import type { CallOutput, LoggedCall } from './logged-call.ts'
import { jsonText } from './loose-value.ts'
import type { RetrievedDocument } from './retrieved-document.ts'
import type { SpanJudgment } from './span-judgment.ts'

export type SpanKind = 'llm' | 'retriever' | 'tool' | 'chain' | 'agent' | 'other'

export interface TraceSpan {
  id: string
  parentId?: string
  traceId: string
  name: string
  kind: SpanKind
  /** Milliseconds since 1970, with a fraction where the log is finer. */
  startedAt?: number
  endedAt?: number
  input?: unknown
  output?: unknown
  /** Of a model call: what was asked and answered. */
  call?: LoggedCall
  /** The provider's id of the answer; judgments may go by it. */
  responseId?: string
  documents?: RetrievedDocument[]
  judgments?: SpanJudgment[]
  /** What stays the same for the whole trace when the program changes, such as a dataset's item. */
  inputKey?: string
  /** Why the step failed, where it did. */
  error?: string
  /** Whether other rows may hold more messages of the same call. */
  isPiece?: boolean
}

/** The spans of a row as they are noted for the rows that hold the rest of their traces. */
export const gatherSpans = (spans: readonly TraceSpan[]): [key: string, text: string][] =>
  spans.flatMap((span, place) => {
    const start = String(Math.round((span.startedAt ?? 0) * 1000)).padStart(17, '0')
    const half =
      span.isPiece || isHalf(span) ? `|${span.call?.outputs.length ? 'answer' : place}` : ''
    const key = `trace|${span.traceId}|${start}|${span.id}${half}`
    return [
      [key, jsonText(span)],
      [`span|${span.id}`, span.traceId],
    ] as [string, string][]
  })

/** A call without its answer, or an answer without its prompt: the other half may be elsewhere. */
const isHalf = ({ call }: TraceSpan): boolean =>
  call !== undefined && (call.outputs.length === 0 || call.messages.length === 0)

/**
 * All spans of a trace in the order of their start: those that were gathered from other rows, and
 * those of the row itself. Spans with one id are one span.
 */
export function spansOfTrace(
  traceId: string,
  own: readonly TraceSpan[],
  context: Pick<ReadContext, 'list'>,
): TraceSpan[] {
  const gathered = context.list(`trace|${traceId}|`).map((text) => JSON.parse(text) as TraceSpan)
  const known = new Set(gathered.map((span) => span.id))
  const spans = [...gathered, ...own.filter((span) => !known.has(span.id))]
  return mergedSpans(spans).sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0))
}

/** One span for each id: what a later row says completes what an earlier one said. */
export function mergedSpans(spans: readonly TraceSpan[]): TraceSpan[] {
  const byId = new Map<string, TraceSpan>()
  for (const span of spans) {
    const before = byId.get(span.id)
    byId.set(span.id, before ? merged(before, span) : span)
  }
  return [...byId.values()]
}

function merged(before: TraceSpan, after: TraceSpan): TraceSpan {
  const call =
    before.call && after.call
      ? mergedCall(before.call, after.call, Boolean(before.isPiece && after.isPiece))
      : (before.call ?? after.call)
  const judgments = distinct([...(before.judgments ?? []), ...(after.judgments ?? [])])
  return {
    ...before,
    ...present(after),
    name: before.name || after.name,
    kind: before.kind === 'other' ? after.kind : before.kind,
    ...(before.startedAt === undefined ? {} : { startedAt: before.startedAt }),
    ...(call ? { call } : {}),
    ...(judgments.length > 0 ? { judgments } : {}),
  }
}

/** Pieces of one call follow each other; otherwise the later row is the fuller one. */
function mergedCall(before: LoggedCall, after: LoggedCall, arePieces: boolean): LoggedCall {
  const messages = arePieces ? distinct([...before.messages, ...after.messages]) : after.messages
  const outputs: CallOutput[] = arePieces
    ? distinct([...before.outputs, ...after.outputs])
    : after.outputs
  return {
    ...before,
    ...present(after),
    messages: messages.length > 0 ? messages : before.messages,
    outputs: outputs.length > 0 ? outputs : before.outputs,
    parameters: { ...before.parameters, ...after.parameters },
  }
}

const present = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
  ) as Partial<T>

/** Each value once, as the same row may be both gathered and read. */
export function distinct<T>(values: readonly T[]): T[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = jsonText(value)
    return seen.has(key) ? false : seen.add(key)
  })
}
