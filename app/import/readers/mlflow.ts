/** Reads traces of MLflow, of its second and third schema, one whole trace a row. */

import { type Reader, type Row, refused } from '../reader.ts'
import { callAnswer, callInput } from '../shapes/call-text.ts'
import type { LoggedCall } from '../shapes/logged-call.ts'
import {
  firstString,
  listOf,
  numberOf,
  parseNested,
  recordOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { fromNanoseconds, plainAttributes } from '../shapes/otlp-values.ts'
import { documentsOf } from '../shapes/retrieved-document.ts'
import { momentOf } from '../shapes/row-values.ts'
import { type Attributes, promptVersionOf } from '../shapes/span-attributes.ts'
import { answerOf, type SpanJudgment } from '../shapes/span-judgment.ts'
import { readSpans } from '../shapes/trace-reading.ts'
import type { SpanKind, TraceSpan } from '../shapes/trace-span.ts'

export const mlflow: Reader = {
  format: 'mlflow',
  title: 'MLflow traces',
  certainty: 0.99,
  mark: (row) => {
    const { info, spans } = partsOf(row)
    const names = ['trace_id', 'request_id', 'client_request_id']
    if (!spans || !names.some((name) => info[name] !== undefined)) return null
    return 'has "info" and "data.spans"'
  },
  read: (row, context) => {
    const { info, spans } = partsOf(row)
    const traceId = firstString(info.trace_id, info.request_id)
    if (!spans || traceId === undefined)
      return refused('info', 'a trace needs its id and its spans')
    const version = linkedPrompt(info)
    const found = spans.flatMap((value) => toSpan(recordOf(value) ?? {}, traceId, version))
    return readSpans(withRequest(withAssessments(found, info), row), context)
  },
}

function partsOf(row: Row): { info: Row; spans: unknown[] | undefined } {
  const info = recordOf(parseNested(row.info)) ?? {}
  const data = recordOf(parseNested(row.data))
  const spans = parseNested(data?.spans)
  return { info, spans: Array.isArray(spans) ? spans : undefined }
}

const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['LLM', 'llm'],
  ['CHAT_MODEL', 'llm'],
  ['RETRIEVER', 'retriever'],
  ['RERANKER', 'retriever'],
  ['TOOL', 'tool'],
  ['CHAIN', 'chain'],
  ['WORKFLOW', 'chain'],
  ['AGENT', 'agent'],
])

function toSpan(span: Row, traceId: string, promptVersion: string | undefined): TraceSpan[] {
  const own = recordOf(span.context) ?? {}
  const id = firstString(own.span_id, span.span_id)
  if (id === undefined) return []
  const attributes = plainAttributes(span.attributes)
  const at = (name: string) => parseNested(attributes[`mlflow.${name}`])
  const kind = kinds.get(stringOf(at('spanType')) ?? '') ?? 'other'
  const input = at('spanInputs')
  const output = at('spanOutputs')
  const parentId = firstString(span.parent_id, span.parent_span_id)
  const status = recordOf(span.status)
  const isFailed = /ERROR/.test(firstString(status?.code, span.status_code) ?? '')
  const documents = kind === 'retriever' ? documentsOf(output) : []
  const reason = firstString(status?.message, span.status_message) ?? 'its status is an error'
  return [
    {
      id,
      traceId,
      ...(parentId === undefined ? {} : { parentId }),
      name: stringOf(span.name) ?? '',
      kind,
      startedAt: fromNanoseconds(span.start_time_unix_nano ?? span.start_time),
      endedAt: fromNanoseconds(span.end_time_unix_nano ?? span.end_time),
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      ...(kind === 'llm' ? { call: callOf(input, output, attributes, promptVersion) } : {}),
      ...(documents.length > 0 ? { documents } : {}),
      ...(isFailed ? { error: reason } : {}),
    },
  ]
}

function callOf(
  input: unknown,
  output: unknown,
  attributes: Attributes,
  promptVersion: string | undefined,
): LoggedCall {
  const request = recordOf(input) ?? {}
  const { messages, tools } = callInput(input)
  const answer = callAnswer(output)
  const at = (name: string) => parseNested(attributes[`mlflow.${name}`])
  const offered = tools.length > 0 ? tools : listOf(at('chat.tools'))
  const model = firstString(request.model, at('llm.model'), attributes['gen_ai.request.model'])
  const usage = recordOf(at('chat.tokenUsage')) ?? answer?.usage
  return {
    messages,
    outputs: answer?.outputs ?? [],
    ...(model ? { requestModel: model } : {}),
    ...(answer?.model ? { responseModel: answer.model } : {}),
    ...(promptVersion ? { promptVersion } : {}),
    parameters: { ...recordOf(at('invocation_params')), ...request },
    ...(usage ? { usage } : {}),
    ...(offered.length > 0 ? { tools: offered } : {}),
  }
}

/** The registered prompt of a trace, where it used exactly one. */
function linkedPrompt(info: Row): string | undefined {
  const tags = recordOf(parseNested(info.tags)) ?? {}
  const linked = listOf(parseNested(tags['mlflow.linkedPrompts']))
  const [prompt, ...others] = linked.map((value) => recordOf(value) ?? {})
  if (!prompt || others.length > 0) return undefined
  return promptVersionOf(stringOf(prompt.name), stringOf(prompt.version))
}

/** The request of the whole trace is what its first span was given, if that says nothing itself. */
function withRequest(spans: TraceSpan[], row: Row): TraceSpan[] {
  const request = parseNested(recordOf(parseNested(row.data))?.request)
  if (request === undefined || request === null) return spans
  return spans.map((span) =>
    span.parentId === undefined && span.input === undefined ? { ...span, input: request } : span,
  )
}

/** Assessments name their span, or speak of the whole trace: then of its first span. */
function withAssessments(spans: TraceSpan[], info: Row): TraceSpan[] {
  const assessments = listOf(parseNested(info.assessments)).flatMap(toAssessment)
  const root = spans.find((span) => span.parentId === undefined) ?? spans[0]
  return spans.map((span) => {
    const judgments = assessments
      .filter(({ spanId }) => (spanId ?? root?.id) === span.id)
      .map(({ judgment }) => judgment)
    return judgments.length > 0 ? { ...span, judgments } : span
  })
}

/** What people or models gave as feedback. Expectations are no judgment of an answer. */
function toAssessment(value: unknown): { spanId?: string; judgment: SpanJudgment }[] {
  const fields = recordOf(value) ?? {}
  const source = recordOf(fields.source) ?? {}
  const name = firstString(fields.assessment_name, fields.name)
  const given = parseNested(recordOf(fields.feedback)?.value)
  const answer =
    typeof given === 'boolean'
      ? answerOf(Number(given), undefined)
      : answerOf(numberOf(given), stringOf(given))
  if (name === undefined || !answer) return []
  const isHuman = source.source_type === 'HUMAN'
  const rater = stringOf(source.source_id) ?? (isHuman ? 'MLflow annotators' : 'MLflow judge')
  const comment = stringOf(fields.rationale)
  const judgedAt = momentOf(fields.create_time ?? fields.create_time_ms)
  const spanId = stringOf(fields.span_id)
  const judgment: SpanJudgment = {
    name,
    source: isHuman ? 'human' : 'judge',
    rater,
    ...answer,
    ...(comment ? { comment } : {}),
    ...(judgedAt === undefined ? {} : { judgedAt }),
  }
  return [{ judgment, ...(spanId === undefined ? {} : { spanId }) }]
}
