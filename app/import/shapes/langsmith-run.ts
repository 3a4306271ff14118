/** In: a run of LangSmith, from its interface, an export or what a tracer sends. Out: its spans. */
import { callAnswer, callInput } from './call-text.ts'
import type { LoggedCall } from './logged-call.ts'
import {
  firstString,
  listOf,
  memberOf,
  parseNested,
  recordOf,
  recordsOf,
  stringOf,
} from './loose-value.ts'
import { documentsOf } from './retrieved-document.ts'
import { momentOf } from './row-values.ts'
import { promptVersionOf } from './span-attributes.ts'
import { mergedSpans, type SpanKind, type TraceSpan } from './trace-span.ts'

type Fields = Record<string, unknown>

/** All runs of a row as spans: the run, those below it, and the halves that a tracer sends. */
export function langSmithSpans(row: Fields): TraceSpan[] {
  const batches = [row.post, row.patch, row.runs].flatMap(recordsOf)
  const runs = batches.length > 0 ? wholeRuns(batches) : [row]
  return mergedSpans(runs.flatMap((run) => spansOf(run, undefined)))
}

/** The halves of a run together: what a later one says holds. */
function wholeRuns(halves: readonly Fields[]): Fields[] {
  const byId = new Map<string, Fields>()
  for (const half of halves) {
    const id = firstString(half.id, placeOf(half.dotted_order).id) ?? ''
    const said = Object.entries(half).filter(([, value]) => value !== null && value !== undefined)
    byId.set(id, { ...byId.get(id), ...Object.fromEntries(said) })
  }
  return [...byId.values()]
}

function spansOf(run: Fields, parent: TraceSpan | undefined): TraceSpan[] {
  const spans = toSpans(run, parent)
  const [own] = spans
  const children = recordsOf(parseNested(run.child_runs))
  return [...spans, ...children.flatMap((child) => spansOf(child, own ?? parent))]
}

const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['llm', 'llm'],
  ['retriever', 'retriever'],
  ['tool', 'tool'],
  ['chain', 'chain'],
  ['prompt', 'chain'],
  ['parser', 'chain'],
])

/** The time and the id that end a run's place in its trace. */
const place = /(\d{8})T(\d{2})(\d{2})(\d{2})(\d{3})\d*Z([0-9a-f-]+)$/i

function placeOf(order: unknown): { startedAt?: number; id?: string } {
  const [, day, hours, minutes, seconds, rest, id] = place.exec(stringOf(order) ?? '') ?? []
  if (day === undefined) return {}
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  return { startedAt: momentOf(`${date}T${hours}:${minutes}:${seconds}.${rest}Z`), id }
}

function toSpans(run: Fields, parent: TraceSpan | undefined): TraceSpan[] {
  const told = placeOf(run.dotted_order)
  const id = firstString(run.id, told.id)
  if (id === undefined) return []
  const parentId = firstString(run.parent_run_id, parent?.id)
  const input = parseNested(run.inputs) ?? undefined
  const output = parseNested(run.outputs) ?? undefined
  const kind =
    kinds.get(stringOf(run.run_type) ?? '') ?? (isModelRun(run, output) ? 'llm' : 'other')
  const documents = kind === 'retriever' ? documentsOf(output) : []
  const example = stringOf(run.reference_example_id)
  const error = stringOf(run.error)
  const span: TraceSpan = {
    id,
    traceId: firstString(run.trace_id, parent?.traceId) ?? id,
    ...(parentId === undefined ? {} : { parentId }),
    name: stringOf(run.name) ?? '',
    kind,
    startedAt: momentOf(run.start_time) ?? told.startedAt,
    endedAt: momentOf(run.end_time),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
    ...(documents.length > 0 ? { documents } : {}),
    ...(example === undefined ? {} : { inputKey: `langsmith-example:${example}` }),
    ...(error === undefined ? {} : { error }),
  }
  return kind === 'llm' ? withCalls(span, run) : [span]
}

/** What a tracer sends at the end of a run may leave out its type. */
const isModelRun = (run: Fields, output: unknown): boolean =>
  run.run_type === undefined &&
  (memberOf(output, 'choices') !== undefined ||
    memberOf(output, 'generations') !== undefined ||
    memberOf(run, 'extra', 'metadata', 'ls_model_type') !== undefined)

/** A run may ask a model several prompts at once: each is a call. */
function withCalls(span: TraceSpan, run: Fields): TraceSpan[] {
  const asked = promptsIn(span.input)
  const answered = memberOf(span.output, 'generations')
  if (asked.length < 2 || !Array.isArray(answered) || answered.length !== asked.length) {
    return [{ ...span, call: callOf(run, asked.length === 1 ? asked[0] : span.input, span.output) }]
  }
  return asked.map((input, at) => ({
    ...span,
    id: `${span.id}#${at}`,
    call: callOf(run, input, { ...recordOf(span.output), generations: [answered[at]] }),
  }))
}

/** The prompts of a LangChain model: lists of messages, or texts. */
function promptsIn(input: unknown): unknown[] {
  const messages = memberOf(input, 'messages')
  if (Array.isArray(messages) && messages.length > 0 && messages.every(Array.isArray)) {
    const arePairs = messages.every((pair) =>
      pair.every((value: unknown) => typeof value === 'string'),
    )
    return arePairs ? [] : messages
  }
  return listOf(memberOf(input, 'prompts'))
}

function callOf(run: Fields, input: unknown, output: unknown): LoggedCall {
  const extra = recordOf(parseNested(run.extra)) ?? {}
  const metadata = recordOf(parseNested(extra.metadata)) ?? {}
  const settings = recordOf(extra.invocation_params) ?? {}
  const request = recordOf(parseNested(run.inputs)) ?? {}
  const { messages, tools } = input === undefined ? { messages: [], tools: [] } : callInput(input)
  const answer = output === undefined ? undefined : callAnswer(output)
  const asked = firstString(
    request.model,
    settings.model,
    settings.model_name,
    metadata.ls_model_name,
  )
  const version = versionIn(metadata)
  const usage = recordOf(memberOf(output, 'usage_metadata')) ?? answer?.usage
  const offered = [tools, listOf(request.tools), listOf(settings.tools)].find((list) => list.length)
  const example = stringOf(run.reference_example_id)
  const tags = listOf(parseNested(run.tags)).flatMap((tag) => stringOf(tag) ?? [])
  return {
    messages,
    outputs: answer?.outputs ?? [],
    ...(asked ? { requestModel: asked } : {}),
    ...(answer?.model ? { responseModel: answer.model } : {}),
    ...(version ? { promptVersion: version } : {}),
    ...(example ? { inputKey: `langsmith-example:${example}` } : {}),
    parameters: { ...settingsIn(metadata), ...settings, ...request },
    ...(usage ? { usage } : {}),
    ...(offered ? { tools: offered } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...aboutRun(run),
  }
}

function aboutRun(run: Fields): Pick<LoggedCall, 'metadata'> {
  const project = stringOf(run.session_name)
  return project ? { metadata: { project } } : {}
}

/** The prompt of the hub, or the version that the program names. */
function versionIn(metadata: Fields): string | undefined {
  return promptVersionOf(
    firstString(metadata.lc_hub_repo, metadata.prompt_name),
    firstString(metadata.lc_hub_commit_hash, metadata.prompt_version),
  )
}

/** Settings that LangChain repeats in metadata. */
const settingsIn = (metadata: Fields): Fields =>
  Object.fromEntries(
    ['temperature', 'max_tokens'].flatMap((name) => {
      const value = metadata[`ls_${name}`]
      return value === undefined || value === null ? [] : [[name, value]]
    }),
  )
