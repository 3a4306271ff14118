/** Reads runs of LangSmith: exported, with the runs below them, or as a tracer sends them. */

import { type Reader, refused } from '../reader.ts'
import { langSmithSpans } from '../shapes/langsmith-run.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import { gatherSpans } from '../shapes/trace-span.ts'

const isRun = (value: unknown): boolean => {
  const run = recordOf(value)
  return typeof run?.run_type === 'string' && run.inputs !== undefined
}

/** What a tracer sends at the end of a run has no type, but a place in its trace. */
const isEndOfRun = (value: unknown): boolean => {
  const run = recordOf(value)
  return typeof run?.dotted_order === 'string' && run.outputs !== undefined
}

export const langSmith: Reader = {
  format: 'langsmith',
  title: 'LangSmith runs',
  certainty: 0.97,
  mark: (row) => {
    if (isRun(row)) return 'has "run_type" and "inputs"'
    if (isEndOfRun(row)) return 'has "dotted_order" and "outputs"'
    const runs = [row.post, row.patch, row.runs].flatMap(listOf)
    return runs.some((run) => isRun(run) || isEndOfRun(run)) ? 'has runs with "inputs"' : null
  },
  gather: (row) => gatherSpans(langSmithSpans(row)),
  read: (row, context) => {
    const spans = langSmithSpans(row)
    if (spans.length === 0) return refused('id', 'a run needs its id')
    return readSpans(spans, context)
  },
}
