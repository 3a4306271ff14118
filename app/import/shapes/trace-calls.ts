/** In: the spans of one trace. Out: its model calls, and what judges which of them. */

import type { ReadContext, ReadProblem } from '../reader.ts'
import { isSaid } from './call-text.ts'
import type { LoggedCall } from './logged-call.ts'
import { gatheredJudgments, type SpanJudgment } from './span-judgment.ts'
import { distinct, type TraceSpan } from './trace-span.ts'

/** A span that is a call of a model. */
export type CallSpan = TraceSpan & { call: LoggedCall }

export interface Trace {
  /** In the order of their start. */
  spans: TraceSpan[]
  /** The innermost calls: those around them repeat their texts. */
  calls: CallSpan[]
  /** The step above all others that tells what the program was given. */
  root: TraceSpan | undefined
}

/** The calls and the root among the spans of a trace. */
export function traceOf(spans: TraceSpan[]): Trace {
  const ids = new Map(spans.map((span) => [span.id, span]))
  const wrappers = new Set<string>()
  for (const span of spans) {
    if (!span.call) continue
    for (const ancestor of ancestorsOf(span, ids)) wrappers.add(ancestor.id)
  }
  const roots = spans.filter(({ parentId }) => parentId === undefined || !ids.has(parentId))
  return {
    spans,
    calls: spans.filter((span): span is CallSpan => Boolean(span.call) && !wrappers.has(span.id)),
    root: roots.find((span) => span.input !== undefined && span.input !== null) ?? roots[0],
  }
}

/** The spans above a span. A log may claim a circle: each is visited once. */
function ancestorsOf(span: TraceSpan, ids: ReadonlyMap<string, TraceSpan>): TraceSpan[] {
  const above: TraceSpan[] = []
  const seen = new Set([span.id])
  let parent = span.parentId === undefined ? undefined : ids.get(span.parentId)
  while (parent && !seen.has(parent.id)) {
    seen.add(parent.id)
    above.push(parent)
    parent = parent.parentId === undefined ? undefined : ids.get(parent.parentId)
  }
  return above
}

/** When a span ended, or at least began. */
export const endOf = (span: TraceSpan): number => span.endedAt ?? span.startedAt ?? 0

/** The call that gave the answer: the last one that says something. */
export const finalOf = (calls: readonly CallSpan[]): CallSpan | undefined =>
  calls
    .toSorted((one, other) => endOf(one) - endOf(other))
    .findLast((span) => span.call.outputs.some(isSaid))

export interface TargetedJudgments {
  of: Map<string, SpanJudgment[]>
  problems: ReadProblem[]
}

/** Each judgment goes to the answer of its span: of a call its own, of a program its last. */
export function judgmentsOf(
  trace: Trace,
  rated: readonly CallSpan[],
  ownIds: ReadonlySet<string>,
  context: ReadContext,
): TargetedJudgments {
  const ids = new Map(trace.spans.map((span) => [span.id, span]))
  const found: TargetedJudgments = { of: new Map(), problems: [] }
  for (const span of trace.spans) {
    const judgments = distinct([
      ...(span.judgments ?? []),
      ...gatheredJudgments(span.id, context),
      ...(span.responseId ? gatheredJudgments(span.responseId, context) : []),
    ])
    if (judgments.length === 0) continue
    const within = trace.calls.filter(
      (call) => call === span || ancestorsOf(call, ids).some((above) => above.id === span.id),
    )
    const target = finalOf(within) ?? within.at(-1)
    if (target && rated.includes(target)) {
      found.of.set(target.id, [...(found.of.get(target.id) ?? []), ...judgments])
    } else if (ownIds.has(span.id)) {
      const reason = `it judges the step "${span.name}", which has no answer to rate`
      found.problems.push(...judgments.map(({ name }) => ({ field: name, reason })))
    }
  }
  return found
}
