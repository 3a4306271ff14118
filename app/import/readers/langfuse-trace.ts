/** Reads single traces of Langfuse as they are downloaded: a trace with all its observations. */

import { type Reader, type Row, refused } from '../reader.ts'
import { isObservationType, toLangfuseSpan } from '../shapes/langfuse-observation.ts'
import { scoreColumns, toLangfuseScore } from '../shapes/langfuse-score.ts'
import { listOf, parseNested, recordOf, recordsOf, stringOf } from '../shapes/loose-value.ts'
import { momentOf } from '../shapes/row-values.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import type { TraceSpan } from '../shapes/trace-span.ts'

export const langfuseTrace: Reader = {
  format: 'langfuse-trace',
  title: 'Langfuse trace',
  certainty: 0.99,
  mark: (row) => {
    const [first] = observationsIn(row)
    if (!first || !isObservationType(first.type) || !first.startTime) return null
    if (recordOf(row.trace)) return 'has "trace" and "observations"'
    return row.scores === undefined ? 'has "observations"' : 'has "observations" and "scores"'
  },
  read: (row, context) => {
    const observations = observationsIn(row)
    const trace = recordOf(row.trace) ?? (row.id === undefined ? undefined : row)
    const traceId = stringOf(trace?.id) ?? stringOf(observations[0]?.traceId)
    if (traceId === undefined) return refused('observations', 'the trace has no id')
    const facts = factsOf(trace ?? {})
    const spans = observations.flatMap((observation) =>
      toLangfuseSpan({ traceId, ...observation, scores: undefined }, facts),
    )
    const root = rootOf(traceId, trace ?? {})
    const scores = [
      ...listOf(trace?.scores),
      ...listOf(trace?.corrections),
      ...listOf(trace === row ? [] : row.scores),
    ]
    return readSpans(withScores([root, ...spans.map(underRoot(root))], scores), context)
  },
}

const observationsIn = (row: Row): Row[] => recordsOf(parseNested(row.observations))

/** What a trace tells of its calls: tags, and where it ran. */
export function factsOf(trace: Row) {
  const tags = listOf(parseNested(trace.tags)).flatMap((tag) => stringOf(tag) ?? [])
  const about = {
    session: stringOf(trace.sessionId),
    environment: stringOf(trace.environment),
    release: stringOf(trace.release),
  }
  const metadata = {
    ...Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
    ...scoreColumns(trace),
  }
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  }
}

/** The trace itself as the step above all others. */
function rootOf(traceId: string, trace: Row): TraceSpan {
  const input = parseNested(trace.input) ?? undefined
  const output = parseNested(trace.output) ?? undefined
  return {
    id: `trace-${traceId}`,
    traceId,
    name: stringOf(trace.name) ?? '',
    kind: 'chain',
    startedAt: momentOf(trace.timestamp),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  }
}

const underRoot =
  (root: TraceSpan) =>
  (span: TraceSpan): TraceSpan => ({ ...span, parentId: span.parentId ?? root.id })

function withScores(spans: TraceSpan[], scores: readonly unknown[]): TraceSpan[] {
  const found = scores.flatMap(toLangfuseScore)
  const [root] = spans
  return spans.map((span) => {
    const judgments = found
      .filter(({ observationId }) => (observationId ?? root?.id) === span.id)
      .map(({ judgment }) => judgment)
    return judgments.length > 0 ? { ...span, judgments } : span
  })
}
