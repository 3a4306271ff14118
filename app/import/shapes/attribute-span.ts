/** In: the attributes and events of a span in any convention. Out: what the span was and did. */
import { genAiCall } from './gen-ai-call.ts'
import { callInEvents, type GenAiEvent, isCallEvent, judgmentsInEvents } from './gen-ai-events.ts'
import type { LoggedCall } from './logged-call.ts'
import { openInferenceCall, openInferenceDocuments } from './openinference-call.ts'
import { documentsOf } from './retrieved-document.ts'
import { type Attributes, attributeAt, listAt, textAt } from './span-attributes.ts'
import type { SpanKind, TraceSpan } from './trace-span.ts'

const openInferenceKinds: ReadonlyMap<string, SpanKind> = new Map([
  ['LLM', 'llm'],
  ['RETRIEVER', 'retriever'],
  ['RERANKER', 'retriever'],
  ['TOOL', 'tool'],
  ['CHAIN', 'chain'],
  ['AGENT', 'agent'],
])

const operations: ReadonlyMap<string, SpanKind> = new Map([
  ['chat', 'llm'],
  ['text_completion', 'llm'],
  ['completion', 'llm'],
  ['generate_content', 'llm'],
  ['retrieval', 'retriever'],
  ['execute_tool', 'tool'],
  ['invoke_agent', 'agent'],
  ['create_agent', 'agent'],
  ['invoke_workflow', 'chain'],
])

const workflowKinds: ReadonlyMap<string, SpanKind> = new Map([
  ['workflow', 'chain'],
  ['task', 'chain'],
  ['agent', 'agent'],
  ['tool', 'tool'],
])

/** What kind of step the attributes tell. `spanKind` is the kind that stands beside them. */
export function kindOf(attributes: Attributes, spanKind?: string): SpanKind {
  const told = textAt(attributes, 'openinference.span.kind') ?? spanKind
  const known = told && openInferenceKinds.get(told.toUpperCase())
  if (known) return known
  const operation = textAt(attributes, 'gen_ai.operation.name', 'llm.request.type')
  if (operation) return operations.get(operation) ?? 'other'
  const vercel = textAt(attributes, 'ai.operationId')
  if (vercel) return vercelKind(vercel)
  const workflow = textAt(attributes, 'traceloop.span.kind')
  if (workflow) return workflowKinds.get(workflow) ?? 'other'
  return isAnswered(attributes) ? 'llm' : 'other'
}

function vercelKind(operation: string): SpanKind {
  if (/\.do(Generate|Stream)$/.test(operation)) return 'llm'
  return operation === 'ai.toolCall' ? 'tool' : 'chain'
}

const isAnswered = (attributes: Attributes): boolean =>
  ['gen_ai.output.messages', 'gen_ai.completion', 'llm.output_messages'].some(
    (name) => attributeAt(attributes, name) !== undefined || listAt(attributes, name).length > 0,
  )

/** The call that attributes tell, in OpenInference's names where they use them. */
export function callInAttributes(attributes: Attributes): LoggedCall {
  const isOpenInference =
    listAt(attributes, 'llm.input_messages').length > 0 ||
    attributeAt(attributes, 'llm.model_name') !== undefined ||
    attributeAt(attributes, 'input.value') !== undefined
  if (!isOpenInference) return genAiCall(attributes)
  const call = openInferenceCall(attributes)
  if (call.messages.length > 0 && call.outputs.length > 0) return call
  const other = genAiCall(attributes)
  return other.outputs.length > call.outputs.length ? { ...call, ...other } : call
}

/** Where it came from, for raters and for sorting prompts. */
function aboutCall(attributes: Attributes): Pick<LoggedCall, 'tags' | 'metadata'> {
  const session = textAt(attributes, 'gen_ai.conversation.id', 'session.id')
  const tags = listAt(attributes, 'tag.tags').filter((tag) => typeof tag === 'string')
  return {
    ...(tags.length > 0 ? { tags } : {}),
    ...(session ? { metadata: { session } } : {}),
  }
}

type Told = Pick<
  TraceSpan,
  'kind' | 'input' | 'output' | 'call' | 'documents' | 'judgments' | 'responseId'
>

/** What attributes and events together tell of a span. */
export function spanInAttributes(
  attributes: Attributes,
  events: readonly GenAiEvent[] = [],
  spanKind?: string,
): Told {
  const isTold = events.some(isCallEvent)
  const told = kindOf(attributes, spanKind)
  const kind = told === 'other' && isTold ? 'llm' : told
  const documents = documentsOf(openInferenceDocuments(attributes))
  const judgments = judgmentsInEvents(events).map(({ judgment }) => judgment)
  const responseId = textAt(attributes, 'gen_ai.response.id')
  return {
    kind,
    ...valuesOf(attributes),
    ...(kind === 'llm' ? { call: callOf(attributes, events) } : {}),
    ...(documents.length > 0 ? { documents } : {}),
    ...(judgments.length > 0 ? { judgments } : {}),
    ...(responseId ? { responseId } : {}),
  }
}

function callOf(attributes: Attributes, events: readonly GenAiEvent[]): LoggedCall {
  const inAttributes = callInAttributes(attributes)
  const inEvents = callInEvents(events)
  return {
    ...inEvents,
    ...inAttributes,
    ...aboutCall(attributes),
    messages: inAttributes.messages.length > 0 ? inAttributes.messages : inEvents.messages,
    outputs: inAttributes.outputs.length > 0 ? inAttributes.outputs : inEvents.outputs,
  }
}

/** What a step was given and gave, whatever names tell it. */
function valuesOf(attributes: Attributes): Pick<TraceSpan, 'input' | 'output'> {
  const first = (...names: string[]) =>
    names.map((name) => attributeAt(attributes, name)).find((value) => value !== undefined)
  const input = first(
    'input.value',
    'gen_ai.input.messages',
    'traceloop.entity.input',
    'ai.prompt',
    'gen_ai.tool.call.arguments',
    'ai.toolCall.args',
    'input',
  )
  const output = first(
    'output.value',
    'gen_ai.output.messages',
    'traceloop.entity.output',
    'ai.response.text',
    'gen_ai.tool.call.result',
    'ai.toolCall.result',
    'output',
  )
  return {
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  }
}
