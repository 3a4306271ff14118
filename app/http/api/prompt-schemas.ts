/** Prompts and responses as callers see them: without what the project removes from texts. */
import { z } from 'zod'
import type { PromptRow } from '#app/import/prompt-pages.server.ts'
import { isoTime, moment } from './times.ts'

const count = z.number().int()

/** A prompt as lists show it. */
export const promptSchema = z
  .object({
    id: z.string(),
    preview: z.string().describe('The start of the last user turn.'),
    tags: z.array(z.string()),
    models: z.array(z.string()).describe('Labels of the models that answered.'),
    characters: count,
    tokens: count.nullable(),
    language: z.string().nullable(),
    is_text_missing: z.boolean(),
    is_archived: z.boolean(),
    responses: count,
    judgments: count,
    import_id: z.string().nullable(),
    created_at: moment,
  })
  .meta({ id: 'Prompt' })

export const showPrompt = (row: PromptRow) => ({
  id: row.id,
  preview: row.preview,
  tags: row.tags,
  models: row.models,
  characters: row.characters,
  tokens: row.tokens,
  language: row.language,
  is_text_missing: row.isTextMissing,
  is_archived: row.isArchived,
  responses: row.responses,
  judgments: row.judgments,
  import_id: row.batchId,
  created_at: isoTime(row.createdAt),
})

const message = z
  .looseObject({ role: z.string(), content: z.string() })
  .describe('As it was logged: fields that other systems know may stand beside these.')
  .meta({ id: 'Message' })

const externalIds = z
  .array(z.object({ source: z.string(), id: z.string() }))
  .describe('What other systems call it.')

const logged = z.unknown().describe('As it was logged; null where it was not.')

const response = z
  .object({
    id: z.string(),
    model: z.object({
      id: z.string(),
      label: z.string(),
      name: z.string(),
      version: z.string(),
      prompt_version: z.string(),
    }),
    sample: count.describe('Which of several answers of one model to the prompt.'),
    messages: z.array(message),
    rendered: z.array(message).nullable().describe('What was sent, where it differs.'),
    context: logged,
    tools: logged,
    usage: logged,
    trace: logged,
    metadata: logged,
    finish_reason: z.string().nullable(),
    latency_ms: z.number().nullable(),
    cost: z.number().nullable(),
    characters: count,
    tokens: count.nullable(),
    language: z.string().nullable(),
    is_text_missing: z.boolean(),
    external_ids: externalIds,
    import_id: z.string().nullable(),
    answered_at: moment.nullable(),
  })
  .meta({ id: 'Response' })

/** A prompt with its conversation and what models answered. */
export const promptDetailSchema = z
  .object({
    id: z.string(),
    messages: z.array(message),
    tags: z.array(z.string()),
    metadata: logged,
    input_key: z.string().nullable(),
    characters: count,
    tokens: count.nullable(),
    language: z.string().nullable(),
    is_text_missing: z.boolean(),
    external_ids: externalIds,
    import_id: z.string().nullable(),
    archived_at: moment.nullable(),
    created_at: moment,
    responses: z.array(response).describe('The first 200, by model.'),
  })
  .meta({ id: 'PromptDetail' })
