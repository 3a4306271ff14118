/** In: a prompt of a project, and what of personal data its reader may see. Out: its page. */
import { printJson } from '#app/base/canonical-json.ts'
import { preview } from '#app/base/text.ts'
import type { Queries } from '#db/schema.ts'
import { lastUserText, type Message } from './message.ts'
import { redactMessages } from './prepare/redact.ts'
import { externalNames, lineagesOf, nearDuplicatesOf } from './prompt-lineage.server.ts'
import { visiblePreviews } from './prompt-previews.server.ts'
import type {
  PromptView,
  ResponseView,
  ShownContext,
  ShownStep,
  ShownTrace,
  ShownTurn,
} from './prompt-view.ts'
import { findPrompt, listFindings, listResponses } from './prompts.server.ts'
import { documentsOf } from './shapes/retrieved-document.ts'
import { partsOf, type ShownText, showText, type Visibility, visibleText } from './shown-text.ts'

type Row = Awaited<ReturnType<typeof listResponses>>[number]

/** Everything the page of a prompt shows; undefined where there is no such prompt. */
export async function viewPrompt(
  db: Queries,
  projectId: string,
  { id, visibility }: { id: string; visibility: Visibility },
): Promise<PromptView | undefined> {
  const prompt = await findPrompt(db, projectId, id)
  if (!prompt) return undefined
  const rows = await listResponses(db, projectId, id)
  const [lineage = null, ...lineages] = await lineagesOf(db, projectId, [prompt, ...rows])
  const named = await externalNames(db, projectId, [id, ...rows.map((row) => row.id)])
  const namesOf = (target: string) =>
    (named.get(target) ?? []).map((name) => ({ ...name, id: visibleText(name.id, visibility) }))
  const turns = showMessages(prompt.messages, visibility)
  const duplicates = await nearDuplicatesOf(db, projectId, { id, clusterId: prompt.cluster_id })
  return {
    id,
    title: preview(visibleText(lastUserText(prompt.messages), visibility), 90),
    turns,
    isTextMissing: prompt.is_text_missing === 1,
    tags: prompt.tags,
    inputKey: prompt.input_key === null ? null : visibleText(prompt.input_key, visibility),
    metadata: showObject(prompt.metadata, visibility),
    characters: prompt.characters,
    tokens: prompt.tokens,
    language: prompt.language,
    isPrepared: prompt.prepared_at !== null,
    archivedAt: prompt.archived_at,
    createdAt: prompt.created_at,
    lineage,
    externalNames: namesOf(id),
    responses: rows.map((row, place) => ({
      ...showResponse(row, prompt.messages, visibility),
      lineage: lineages[place] ?? null,
      externalNames: namesOf(row.id),
    })),
    findings: await findingsOf(db, projectId, { id, rows, visibility }),
    duplicates: await visiblePreviews(db, projectId, { rows: duplicates, visibility }),
  }
}

async function findingsOf(
  db: Queries,
  projectId: string,
  { id, rows, visibility }: { id: string; rows: readonly Row[]; visibility: Visibility },
): Promise<PromptView['findings']> {
  const labels = new Map(rows.map((row) => [row.id, row.label]))
  const removed: ReadonlySet<string> = visibility.kinds
  return (await listFindings(db, projectId, id)).map((finding) => ({
    id: finding.id,
    kind: finding.kind,
    count: finding.count,
    model: finding.response_id === null ? null : (labels.get(finding.response_id) ?? 'a response'),
    isRemoved: removed.has(finding.kind),
  }))
}

type ShownResponse = Omit<ResponseView, 'lineage' | 'externalNames'>

function showResponse(row: Row, asked: readonly Message[], visibility: Visibility): ShownResponse {
  const isOther = row.rendered !== null && printJson(row.rendered) !== printJson(asked)
  return {
    id: row.id,
    model: {
      label: row.label,
      color: row.color,
      name: row.name,
      version: row.version,
      promptVersion: row.prompt_version,
      parameters: settingsOf(row.parameters),
    },
    isTextMissing: row.is_text_missing === 1,
    turns: showMessages(row.messages, visibility),
    sample: row.sample,
    language: row.language,
    characters: row.characters,
    tokens: row.tokens,
    usage: settingsOf(row.usage ?? '{}'),
    latencyMs: row.latency_ms,
    cost: row.cost,
    finishReason: row.finish_reason,
    answeredAt: row.answered_at,
    rendered: isOther ? showMessages(row.rendered ?? [], visibility) : null,
    context: row.context === null ? null : showContext(JSON.parse(row.context), visibility),
    trace: row.trace === null ? null : showTrace(JSON.parse(row.trace), visibility),
    tools: row.tools === null ? null : showObject(JSON.parse(row.tools), visibility),
    metadata: showObject(JSON.parse(row.metadata), visibility),
  }
}

/** @example settingsOf('{"temperature":0}') // ['temperature = 0'] */
const settingsOf = (json: string): string[] =>
  Object.entries(JSON.parse(json) as Record<string, unknown>).map(
    ([name, value]) => `${name} = ${typeof value === 'string' ? value : printJson(value)}`,
  )

function showMessages(messages: readonly Message[], visibility: Visibility): ShownTurn[] {
  const visible = visibility.isOriginal
    ? messages
    : redactMessages(messages, visibility.kinds).messages
  return visible.map(({ role, content, tool_calls = [], name, ...more }) => ({
    role,
    name: typeof name === 'string' ? name : null,
    content: { text: content, parts: partsOf(content, visibility) },
    calls: tool_calls.map((call) => ({
      name: call.function?.name ?? call.type ?? 'a tool',
      arguments: showJson(call.function ? call.function.arguments : call, visibility),
    })),
    more: Object.keys(more).length > 0 ? showJson(more, visibility) : null,
  }))
}

/** JSON as people read it; a text that holds JSON is that JSON. */
function showJson(value: unknown, visibility: Visibility): ShownText {
  const found = typeof value === 'string' ? parsedOr(value) : value
  const text = typeof found === 'string' ? found : JSON.stringify(found ?? {}, null, 2)
  return showText(text, visibility)
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const showObject = (value: unknown, visibility: Visibility): ShownText | null =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)
    ? null
    : showJson(value, visibility)

function showContext(context: unknown, visibility: Visibility): ShownContext | null {
  const documents = documentsOf(typeof context === 'string' ? [context] : context)
  const isKnown = Array.isArray(context) ? documents.length === context.length : true
  if (documents.length === 0 || !isKnown) {
    const json = showObject(context, visibility)
    return json && { form: 'json', json }
  }
  return {
    form: 'documents',
    documents: documents.map(({ text, title, id, score }) => ({
      title: title ?? id ?? null,
      score: score ?? null,
      text: showText(text, visibility),
    })),
  }
}

function showTrace(trace: unknown, visibility: Visibility): ShownTrace | null {
  const steps = Array.isArray(trace) ? trace.map((step) => showStep(step, visibility)) : []
  if (steps.length > 0 && steps.every((step) => step !== null)) return { form: 'steps', steps }
  const json = showObject(trace, visibility)
  return json && { form: 'json', json }
}

/** A step as import keeps those of tracers: a name, a kind, and the start of what went in and out. */
function showStep(step: unknown, visibility: Visibility): ShownStep | null {
  if (step === null || typeof step !== 'object' || Array.isArray(step)) return null
  const { name, kind, input, output } = step as Record<string, unknown>
  if (typeof name !== 'string') return null
  const shown = (value: unknown) => (value === undefined ? null : showJson(value, visibility))
  return {
    name: visibleText(name, visibility),
    kind: typeof kind === 'string' ? kind : '',
    input: shown(input),
    output: shown(output),
  }
}
