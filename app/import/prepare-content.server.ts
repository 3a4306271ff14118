/**
 * In: records as readers give them. Out: the same with everything computed that needs no database,
 * so that a transaction holds the writer for as short as can be.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { preview } from '#app/base/text.ts'
import { identityKey } from '#app/projects/model-identity.ts'
import type { PromptTable, ResponseTable } from '#db/schema.ts'
import { promptKey, responseKey, responseKeyOf } from './fingerprint.ts'
import type { ContentRecord, PromptRecord, ResponseRecord } from './import-record.ts'
import { lastUserText, textOf } from './message.ts'
import { namesModel } from './names-model.ts'

/** Where a record was found: the ordinal of its file in the batch, and its line. */
export interface RecordPlace {
  ordinal: number | null
  line: number | null
}

export interface PreparedPrompt {
  externalId: string | undefined
  fingerprint: string
  tags: readonly string[]
  metadata: Record<string, unknown>
  messagesText: string
  columns: Pick<
    PromptTable,
    'input_key' | 'messages' | 'preview' | 'characters' | 'source_ordinal' | 'source_line'
  >
}

export interface PreparedResponse {
  record: ResponseRecord
  externalId: string | undefined
  modelKey: string
  /** Hash of the words and the sample. */
  words: string
  namesItsModel: boolean
  columns: ResponseColumns
}

export type ResponseColumns = Pick<
  ResponseTable,
  | 'sample'
  | 'messages'
  | 'rendered'
  | 'context'
  | 'tools'
  | 'finish_reason'
  | 'usage'
  | 'latency_ms'
  | 'cost'
  | 'trace'
  | 'metadata'
  | 'characters'
  | 'answered_at'
  | 'source_ordinal'
  | 'source_line'
>

export interface PreparedContent {
  promptId: string | undefined
  prompt: PreparedPrompt | undefined
  responses: PreparedResponse[]
}

export const nowhere: RecordPlace = { ordinal: null, line: null }

/** Computes keys, hashes and column values of one record. */
export const prepareContent = (record: ContentRecord, place: RecordPlace): PreparedContent => ({
  promptId: record.promptId,
  prompt: record.prompt && preparePrompt(record.prompt, place),
  responses: record.responses.map((response) => prepareResponse(response, place)),
})

function preparePrompt(prompt: PromptRecord, place: RecordPlace): PreparedPrompt {
  const messages = printJson(prompt.messages)
  return {
    externalId: prompt.externalId,
    fingerprint: sha256(promptKey(prompt)),
    tags: prompt.tags,
    metadata: prompt.metadata,
    messagesText: messages,
    columns: {
      input_key: prompt.inputKey ?? null,
      messages,
      preview: preview(lastUserText(prompt.messages)),
      characters: textOf(prompt.messages).length,
      source_ordinal: place.ordinal,
      source_line: place.line,
    },
  }
}

function prepareResponse(record: ResponseRecord, place: RecordPlace): PreparedResponse {
  const text = textOf(record.messages)
  const columns = responseColumns(record, { text, place })
  const sample = record.sample ?? null
  return {
    record,
    externalId: record.externalId,
    modelKey: identityKey(record.model),
    words: sha256(responseKeyOf(columns.messages, { sample, repeatOf: null })),
    namesItsModel: namesModel(text, record.model.name),
    columns,
  }
}

/** Hash of what a response says; with `repeatOf`, of a second one that says the same. */
export const wordsOf = (response: ResponseRecord, repeatOf?: string): string =>
  sha256(responseKey({ messages: response.messages, sample: response.sample, repeatOf }))

const finite = (value: number | undefined, change = (given: number) => given): number | null =>
  value === undefined || !Number.isFinite(value) ? null : change(value)

const orNull = (value: unknown) => (value === undefined || value === null ? null : printJson(value))

export const responseColumns = (
  response: ResponseRecord,
  { text, place }: { text: string; place: RecordPlace },
): ResponseColumns => ({
  sample: response.sample ?? 0,
  messages: printJson(response.messages),
  rendered: orNull(response.rendered),
  context: orNull(response.context),
  tools: orNull(response.tools),
  finish_reason: response.finishReason ?? null,
  usage: orNull(response.usage),
  latency_ms: finite(response.latencyMs),
  cost: finite(response.cost),
  trace: orNull(response.trace),
  metadata: printJson(response.metadata),
  characters: text.length,
  answered_at: finite(response.answeredAt, Math.round),
  source_ordinal: place.ordinal,
  source_line: place.line,
})
