/** Reads observations of Langfuse, one a row: from its interface, or exported as JSON or CSV. */

import { type Reader, type Row, refused } from '../reader.ts'
import { isObservationType, toLangfuseSpan } from '../shapes/langfuse-observation.ts'
import { recordsOf } from '../shapes/loose-value.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import { gatherSpans, type TraceSpan } from '../shapes/trace-span.ts'
import { factsOf } from './langfuse-trace.ts'

export const langfuseObservations: Reader = {
  format: 'langfuse-observations',
  title: 'Langfuse observations',
  certainty: 0.97,
  mark: (row) => {
    const [first = row] = rowsIn(row)
    return first.traceId && first.startTime && isObservationType(first.type)
      ? `has "traceId", "startTime" and the type ${first.type}`
      : null
  },
  gather: (row) => gatherSpans(spansOf(row)),
  read: (row, context) => {
    const spans = spansOf(row)
    if (spans.length === 0) return refused('id', 'an observation needs its id and its trace')
    return readSpans(spans, context)
  },
}

/** The interface wraps a page of rows in `data`. */
function rowsIn(row: Row): Row[] {
  if (!Array.isArray(row.data) || row.traceId !== undefined) return [row]
  return recordsOf(row.data)
}

const spansOf = (row: Row): TraceSpan[] =>
  rowsIn(row).flatMap((element) =>
    toLangfuseSpan(element, factsOf({ ...element, tags: element.traceTags ?? element.tags })),
  )
