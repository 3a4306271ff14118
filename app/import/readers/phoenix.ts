/** Reads spans of Phoenix: of its REST interface, as rows of its tables, and its annotations. */

import { type Reader, type Row, refused } from '../reader.ts'
import { spanInAttributes } from '../shapes/attribute-span.ts'
import type { GenAiEvent } from '../shapes/gen-ai-events.ts'
import {
  listOf,
  numberOf,
  parseNested,
  recordOf,
  recordsOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { plainAttributes } from '../shapes/otlp-values.ts'
import { momentOf } from '../shapes/row-values.ts'
import { type Attributes, attributeAt, textAt } from '../shapes/span-attributes.ts'
import { answerOf, gatherJudgments, type SpanJudgment } from '../shapes/span-judgment.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import { gatherSpans, type TraceSpan } from '../shapes/trace-span.ts'

export const phoenix: Reader = {
  format: 'phoenix',
  title: 'Phoenix spans',
  certainty: 0.97,
  mark: (row) => {
    const [first = row] = rowsIn(row)
    if (isAnnotation(first)) return 'has "annotator_kind" and "span_id"'
    if (recordOf(first.context)?.span_id && first.span_kind) {
      return 'has "context.span_id" and "span_kind"'
    }
    if (
      first['context.span_id'] &&
      Object.keys(first).some((key) => key.startsWith('attributes.'))
    ) {
      return 'has the columns "context.span_id" and "attributes.…"'
    }
    return null
  },
  gather: (row) =>
    rowsIn(row).flatMap((element) => {
      if (!isAnnotation(element)) return gatherSpans(toSpan(element))
      const target = stringOf(element.span_id)
      return target === undefined ? [] : gatherJudgments(target, toJudgment(element))
    }),
  read: (row, context) => {
    const rows = rowsIn(row)
    const spans = rows.filter((element) => !isAnnotation(element)).flatMap(toSpan)
    if (spans.length > 0) return readSpans(spans, context)
    const annotations = rows.filter(isAnnotation)
    if (annotations.length === 0) return refused('context', 'a span needs its id and its trace')
    const problems = annotations.flatMap((annotation) => {
      const id = stringOf(annotation.span_id) ?? ''
      if (toJudgment(annotation).length === 0) {
        return [{ field: 'result', reason: 'the annotation has neither a score nor a label' }]
      }
      if (context.find(`span|${id}`) !== undefined) return []
      return [{ field: 'span_id', reason: `the span "${id}" is not in the files of this import` }]
    })
    return { records: [], problems }
  },
}

/** The interface wraps a page of rows in `data`. */
function rowsIn(row: Row): Row[] {
  if (!Array.isArray(row.data) || row.span_kind !== undefined) return [row]
  return recordsOf(row.data)
}

const isAnnotation = (row: Row): boolean =>
  row.annotator_kind !== undefined && row.span_id !== undefined

function toSpan(row: Row): TraceSpan[] {
  const id = textAt(row, 'context.span_id')
  const traceId = textAt(row, 'context.trace_id')
  if (id === undefined || traceId === undefined) return []
  const parentId = stringOf(row.parent_id)
  const events = listOf(parseNested(row.events)).flatMap(toEvent)
  const told = spanInAttributes(attributesOf(row), events, stringOf(row.span_kind))
  const judgments = [
    ...(told.judgments ?? []),
    ...listOf(parseNested(row.annotations)).flatMap((value) => toJudgment(recordOf(value) ?? {})),
  ]
  const isFailed = row.status_code === 'ERROR'
  return [
    {
      id,
      traceId,
      ...(parentId === undefined ? {} : { parentId }),
      name: stringOf(row.name) ?? '',
      startedAt: momentOf(row.start_time),
      endedAt: momentOf(row.end_time),
      ...told,
      ...(judgments.length > 0 ? { judgments } : {}),
      ...(isFailed ? { error: stringOf(row.status_message) ?? 'its status is an error' } : {}),
    },
  ]
}

/** Attributes as an object, or as the columns of a table; a table writes lists as JSON. */
function attributesOf(row: Row): Attributes {
  const columns = Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
    name.startsWith('attributes.') && value !== null && value !== ''
      ? [[name.slice('attributes.'.length), value]]
      : [],
  )
  return { ...recordOf(parseNested(row.attributes)), ...Object.fromEntries(columns) }
}

function toEvent(value: unknown): GenAiEvent[] {
  const fields = recordOf(value)
  const name = stringOf(fields?.name)
  if (!fields || name === undefined) return []
  const at = momentOf(fields.timestamp)
  return [{ name, fields: plainAttributes(fields.attributes), ...(at === undefined ? {} : { at }) }]
}

/** Annotations of people are a person's, those of models or code a judge's. */
function toJudgment(annotation: Row): SpanJudgment[] {
  const name = stringOf(annotation.name)
  const result = recordOf(parseNested(annotation.result)) ?? annotation
  const answer = answerOf(numberOf(result.score), stringOf(result.label))
  if (name === undefined || !answer) return []
  const isHuman = stringOf(annotation.annotator_kind)?.toUpperCase() === 'HUMAN'
  const named = stringOf(annotation.user_id) ?? stringOf(annotation.identifier)
  const unnamed = isHuman
    ? 'Phoenix annotators'
    : `Phoenix ${stringOf(annotation.annotator_kind) ?? 'LLM'}`
  const model = attributeAt(annotation, 'metadata.model')
  const comment = stringOf(result.explanation)
  const judgedAt = momentOf(annotation.created_at)
  return [
    {
      name,
      source: isHuman ? 'human' : 'judge',
      rater: (isHuman ? named : (stringOf(model) ?? named)) ?? unnamed,
      ...answer,
      ...(comment ? { comment } : {}),
      ...(judgedAt === undefined ? {} : { judgedAt }),
    },
  ]
}
