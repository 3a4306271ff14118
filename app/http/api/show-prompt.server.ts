import { redactMessages } from '#app/import/prepare/redact.ts'
import { type ExternalName, externalNames } from '#app/import/prompt-lineage.server.ts'
import { findPrompt, listResponses } from '#app/import/prompts.server.ts'
import { type Visibility, visibleText } from '#app/import/shown-text.ts'
import type { Queries } from '#db/schema.ts'
import { isoTime, isoTimeOrNull } from './times.ts'

type Row = Awaited<ReturnType<typeof listResponses>>[number]

interface Showing {
  visibility: Visibility
  namesOf: (id: string) => ExternalName[]
}

/** A prompt with its responses as callers see it; undefined where there is none such. */
export async function findShownPrompt(
  db: Queries,
  projectId: string,
  { id, visibility }: { id: string; visibility: Visibility },
) {
  const prompt = await findPrompt(db, projectId, id)
  if (!prompt) return undefined
  const rows = await listResponses(db, projectId, id)
  const names = await externalNames(db, projectId, [id, ...rows.map((row) => row.id)])
  const namesOf = (target: string) =>
    (names.get(target) ?? []).map((name) => ({ ...name, id: visibleText(name.id, visibility) }))
  const showing = { visibility, namesOf }
  return {
    id,
    messages: redactMessages(prompt.messages, visibility.kinds).messages,
    tags: prompt.tags.map((tag) => visibleText(tag, visibility)),
    metadata: visibleJson(JSON.stringify(prompt.metadata), visibility),
    input_key: prompt.input_key === null ? null : visibleText(prompt.input_key, visibility),
    characters: prompt.characters,
    tokens: prompt.tokens,
    language: prompt.language,
    is_text_missing: prompt.is_text_missing === 1,
    external_ids: namesOf(id),
    import_id: prompt.batch_id,
    archived_at: isoTimeOrNull(prompt.archived_at),
    created_at: isoTime(prompt.created_at),
    responses: rows.map((row) => showResponse(row, showing)),
  }
}

function showResponse(row: Row, { visibility, namesOf }: Showing) {
  const { kinds } = visibility
  return {
    id: row.id,
    model: {
      id: row.model_id,
      label: row.label,
      name: row.name,
      version: row.version,
      prompt_version: row.prompt_version,
    },
    sample: row.sample,
    messages: redactMessages(row.messages, kinds).messages,
    rendered: row.rendered && redactMessages(row.rendered, kinds).messages,
    context: visibleJson(row.context, visibility),
    tools: visibleJson(row.tools, visibility),
    usage: visibleJson(row.usage, visibility),
    trace: visibleJson(row.trace, visibility),
    metadata: visibleJson(row.metadata, visibility),
    finish_reason: row.finish_reason,
    latency_ms: row.latency_ms,
    cost: row.cost,
    characters: row.characters,
    tokens: row.tokens,
    language: row.language,
    is_text_missing: row.is_text_missing === 1,
    external_ids: namesOf(row.id),
    import_id: row.batch_id,
    answered_at: isoTimeOrNull(row.answered_at),
  }
}

/** JSON that was stored, without what is removed. */
function visibleJson(stored: string | null, visibility: Visibility): unknown {
  if (stored === null) return null
  // Within a list, so that a bare number that is removed leaves JSON behind as well.
  const [value]: unknown[] = JSON.parse(visibleText(`[${stored}]`, visibility))
  return value
}
