/** In: an observation of Langfuse, from its interface or an export. Out: a span of a trace. */
import { callAnswer, callInput } from './call-text.ts'
import { toLangfuseScore } from './langfuse-score.ts'
import type { LoggedCall } from './logged-call.ts'
import {
  firstString,
  listOf,
  memberOf,
  numberOf,
  parseNested,
  recordOf,
  stringOf,
} from './loose-value.ts'
import { documentsOf } from './retrieved-document.ts'
import { momentOf } from './row-values.ts'
import { promptVersionOf } from './span-attributes.ts'
import type { SpanKind, TraceSpan } from './trace-span.ts'

type Fields = Record<string, unknown>

const kinds: ReadonlyMap<string, SpanKind> = new Map([
  ['GENERATION', 'llm'],
  ['RETRIEVER', 'retriever'],
  ['TOOL', 'tool'],
  ['AGENT', 'agent'],
  ['CHAIN', 'chain'],
  ['SPAN', 'chain'],
])

/** Whether a value names a type of observations. */
export const isObservationType = (type: unknown): boolean =>
  typeof type === 'string' &&
  (kinds.has(type) || /^(EVENT|EMBEDDING|EVALUATOR|GUARDRAIL)$/.test(type))

/** What a trace tells of all its observations. */
export interface TraceFacts {
  tags?: string[]
  metadata?: Fields
}

/** The span of an observation; none where it has no id or no trace. */
export function toLangfuseSpan(observation: Fields, facts: TraceFacts = {}): TraceSpan[] {
  const id = stringOf(observation.id)
  const traceId = stringOf(observation.traceId)
  if (id === undefined || traceId === undefined) return []
  const kind = kinds.get(stringOf(observation.type) ?? '') ?? 'other'
  const input = parseNested(observation.input)
  const output = parseNested(observation.output)
  const parentId = stringOf(observation.parentObservationId)
  const documents = kind === 'retriever' ? documentsOf(output) : []
  const judgments = listOf(parseNested(observation.scores)).flatMap(toLangfuseScore)
  const isFailed = observation.level === 'ERROR'
  return [
    {
      id,
      traceId,
      ...(parentId === undefined ? {} : { parentId }),
      name: stringOf(observation.name) ?? '',
      kind,
      startedAt: momentOf(observation.startTime),
      endedAt: momentOf(observation.endTime),
      ...(hasValue(input) ? { input } : {}),
      ...(hasValue(output) ? { output } : {}),
      ...(kind === 'llm' ? { call: { ...callOf(observation), ...facts } } : {}),
      ...(documents.length > 0 ? { documents } : {}),
      ...(judgments.length > 0 ? { judgments: judgments.map(({ judgment }) => judgment) } : {}),
      ...(isFailed
        ? { error: stringOf(observation.statusMessage) ?? 'its level is an error' }
        : {}),
    },
  ]
}

const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

function callOf(observation: Fields): LoggedCall {
  const { messages, tools } = callInput(observation.input)
  const answer = callAnswer(observation.output)
  const asked = firstString(
    observation.model,
    observation.providedModelName,
    memberOf(parseNested(observation.input), 'model'),
  )
  const version = promptVersionOf(
    stringOf(observation.promptName),
    stringOf(observation.promptVersion),
  )
  const usage = recordOf(parseNested(observation.usageDetails ?? observation.usage))
  const cost = costOf(observation)
  const offered = tools.length > 0 ? tools : toolsIn(observation)
  return {
    messages,
    outputs: answer?.outputs ?? [],
    ...(asked ? { requestModel: asked } : {}),
    ...(answer?.model ? { responseModel: answer.model } : {}),
    ...(version ? { promptVersion: version } : {}),
    parameters: parametersOf(observation.modelParameters),
    ...(usage && Object.keys(usage).length > 0 ? { usage } : {}),
    ...(cost === undefined ? {} : { cost }),
    ...(offered.length > 0 ? { tools: offered } : {}),
  }
}

function costOf(observation: Fields): number | undefined {
  const details = recordOf(parseNested(observation.costDetails))
  return numberOf(observation.totalCost) ?? numberOf(details?.total)
}

/** Definitions of tools: by their names, or in what the provider gave back. */
function toolsIn(observation: Fields): unknown[] {
  const named = recordOf(parseNested(observation.toolDefinitions))
  const repeated = listOf(memberOf(parseNested(observation.output), 'tools'))
  return repeated.length > 0 ? repeated : Object.values(named ?? {}).map(parseNested)
}

/** Settings by the names that models know them by; numbers may be written as text. */
function parametersOf(value: unknown): Fields {
  const settings = recordOf(parseNested(value)) ?? {}
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      numberOf(setting) ?? setting,
    ]),
  )
}
