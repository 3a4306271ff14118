/** What every reader gives, whatever it read: content that `import/` keeps, judgments that `rate/` records. */
import type { z } from 'zod'
import { fromAssistant, fromUser, type Message } from './message.ts'
import {
  type CampaignLine,
  campaignLineSchema,
  type TaskLine,
  taskLineSchema,
} from './rubrica-campaign-line.ts'
import {
  lineKindOf,
  type ModelRef,
  type PairwiseLine,
  type PromptLine,
  pairwiseLineSchema,
  promptLineSchema,
  type RankingLine,
  type ResponseLine,
  type RubricLine,
  rankingLineSchema,
  responseLineSchema,
  rubricLineSchema,
  type SkippedLine,
  skippedLineSchema,
} from './rubrica-line.ts'

export interface PromptRecord {
  externalId?: string
  inputKey?: string
  messages: Message[]
  tags: string[]
  metadata: Record<string, unknown>
}

export interface ResponseRecord {
  externalId?: string
  model: {
    name: string
    version: string
    promptVersion: string
    parameters: Record<string, unknown>
    /** What people read for it, where the project does not know it yet. */
    label?: string
  }
  messages: Message[]
  rendered?: Message[]
  sample?: number
  answeredAt?: number
  context?: unknown
  tools?: unknown
  finishReason?: string
  usage?: Record<string, unknown>
  latencyMs?: number
  cost?: number
  trace?: unknown
  metadata: Record<string, unknown>
}

export interface ContentRecord {
  kind: 'content'
  /** Absent where the prompt is only named, by `promptId`. */
  prompt?: PromptRecord
  promptId?: string
  responses: ResponseRecord[]
}

export type JudgmentRecord =
  | { kind: 'pairwise'; line: PairwiseLine }
  | { kind: 'rubric'; line: RubricLine }
  | { kind: 'ranking'; line: RankingLine }
  | { kind: 'skipped'; line: SkippedLine }

/** What was asked, which judgments answer. */
export type AskedRecord =
  | { kind: 'campaign'; line: CampaignLine }
  | { kind: 'task'; line: TaskLine }

/** Everything that the recording of judgments takes. */
export type RecordedRecord = JudgmentRecord | AskedRecord

export type ImportRecord = ContentRecord | RecordedRecord

/** Why a record was refused: the field where it went wrong, and the reason in words. */
export interface Problem {
  field: string
  reason: string
}

export type ReadResult = { ok: true; records: ImportRecord[] } | { ok: false; problem: Problem }

/** Reads one line of Rubrica JSONL, already parsed. Nothing is thrown: a bad line is a problem. */
export function toImportRecord(value: unknown): ReadResult {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { ok: false, problem: { field: '', reason: 'a line holds one JSON object' } }
  }
  const line = value as Record<string, unknown>
  const kind = lineKindOf(line)
  if (kind === null) {
    const known = Object.keys(line).slice(0, 8).join(', ')
    const reason = `neither a prompt, a response nor a judgment (its fields: ${known || 'none'})`
    return { ok: false, problem: { field: '', reason } }
  }
  return readers[kind](line)
}

type LineReader = (line: Record<string, unknown>) => ReadResult

const readers: Record<NonNullable<ReturnType<typeof lineKindOf>>, LineReader> = {
  prompt: (line) => parsed(promptLineSchema, line, fromPromptLine),
  response: (line) => parsed(responseLineSchema, line, fromResponseLine),
  pairwise: (line) =>
    parsed(pairwiseLineSchema, line, (found) => ({ kind: 'pairwise', line: found })),
  rubric: (line) => parsed(rubricLineSchema, line, (found) => ({ kind: 'rubric', line: found })),
  ranking: (line) => parsed(rankingLineSchema, line, (found) => ({ kind: 'ranking', line: found })),
  skipped: (line) => parsed(skippedLineSchema, line, (found) => ({ kind: 'skipped', line: found })),
  campaign: (line) =>
    parsed(campaignLineSchema, line, (found) => ({ kind: 'campaign', line: found })),
  task: (line) => parsed(taskLineSchema, line, (found) => ({ kind: 'task', line: found })),
}

function parsed<T>(
  schema: z.ZodType<T>,
  line: Record<string, unknown>,
  toRecord: (found: T) => ImportRecord,
): ReadResult {
  const result = schema.safeParse(line)
  if (result.success) return { ok: true, records: [toRecord(result.data)] }
  return { ok: false, problem: problemOf(result.error) }
}

/** The first thing a schema objects to, in words a person can act on. */
export function problemOf(error: z.ZodError): Problem {
  const issue = deepest(error.issues[0])
  if (!issue) return { field: '', reason: 'not valid' }
  return { field: issue.path.join('.'), reason: issue.message }
}

/** A union's own message says little; the branch that came furthest says more. */
function deepest(issue: z.core.$ZodIssue | undefined): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  const inner = issue.errors
    .map((branch) => deepest(branch[0]))
    .filter((found) => found !== undefined)
  const furthest = inner.sort((one, other) => other.path.length - one.path.length)[0]
  if (!furthest) return issue
  return { ...furthest, path: [...issue.path, ...furthest.path] }
}

function fromPromptLine(line: PromptLine): ContentRecord {
  return {
    kind: 'content',
    prompt: {
      externalId: line.id,
      inputKey: line.input_key,
      messages: line.messages ?? fromUser(line.prompt ?? ''),
      tags: line.tags ?? [],
      metadata: line.metadata ?? {},
    },
    responses: (line.responses ?? []).map(toResponseRecord),
  }
}

function fromResponseLine(line: ResponseLine): ContentRecord {
  const messages =
    line.prompt_messages ?? (line.prompt === undefined ? undefined : fromUser(line.prompt))
  return {
    kind: 'content',
    promptId: line.prompt_id,
    prompt: messages && {
      externalId: line.prompt_id,
      inputKey: line.input_key,
      messages,
      tags: line.tags ?? [],
      metadata: line.prompt_metadata ?? {},
    },
    responses: [toResponseRecord(line)],
  }
}

type ResponseFields = NonNullable<PromptLine['responses']>[number]

function toResponseRecord(response: ResponseFields): ResponseRecord {
  return {
    externalId: response.id,
    model: toModel(response.model, response),
    messages: response.messages ?? fromAssistant(response.content ?? ''),
    rendered: response.rendered,
    sample: response.sample,
    answeredAt: response.created_at,
    context: response.context,
    tools: response.tools,
    finishReason: response.finish_reason,
    usage: response.usage,
    latencyMs: response.latency_ms,
    cost: response.cost,
    trace: response.trace,
    metadata: response.metadata ?? {},
  }
}

function toModel(
  ref: ModelRef,
  beside: Pick<ResponseFields, 'version' | 'prompt_version' | 'parameters' | 'model_label'>,
): ResponseRecord['model'] {
  const named: Exclude<ModelRef, string> = typeof ref === 'string' ? { name: ref } : ref
  return {
    name: named.name,
    version: named.version ?? beside.version ?? '',
    promptVersion: named.prompt_version ?? beside.prompt_version ?? '',
    parameters: named.parameters ?? beside.parameters ?? {},
    ...(beside.model_label === undefined ? {} : { label: beside.model_label }),
  }
}
