/** In: responses that raters wrote. Out: responses of a model of their own, each with its writer. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { ensureModel } from '#app/projects/models.server.ts'
import type { ResponseTable, Tx } from '#db/schema.ts'
import { responseKey } from './fingerprint.ts'
import type { ResponseRecord } from './import-record.ts'
import { nowhere, responseColumns } from './prepare-content.server.ts'

/** The model that stands for what raters wrote themselves. */
export const idealModel = {
  name: 'ideal response',
  version: '',
  promptVersion: '',
  parameters: {},
}

export interface WrittenResponse {
  promptId: string
  /** The rater who wrote it, who will never judge it. */
  writtenBy: string
  text: string
  writtenAt: number | null
}

/**
 * Keeps written responses beside those of models. The same words of the same writer on one prompt are
 * kept once, however often this runs. Gives how many are new.
 */
export async function recordWrittenResponses(
  trx: Tx,
  {
    projectId,
    responses,
    now,
  }: { projectId: string; responses: readonly WrittenResponse[]; now: number },
): Promise<number> {
  if (responses.length === 0) return 0
  const modelId = await ensureModel(trx, { projectId, model: idealModel, now })
  let made = 0
  for (const response of responses) {
    const inserted = await trx
      .insertInto('response')
      .values(toRow(response, { projectId, modelId, now }))
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted) made += 1
  }
  return made
}

function toRow(
  { promptId, writtenBy, text, writtenAt }: WrittenResponse,
  { projectId, modelId, now }: { projectId: string; modelId: string; now: number },
): ResponseTable {
  const record: ResponseRecord = {
    model: idealModel,
    messages: [{ role: 'assistant', content: text }],
    metadata: {},
    ...(writtenAt === null ? {} : { answeredAt: writtenAt }),
  }
  const { messages } = record
  return {
    project_id: projectId,
    id: newId(),
    prompt_id: promptId,
    model_id: modelId,
    fingerprint: sha256(responseKey({ messages, repeatOf: printJson({ writtenBy }) })),
    ...responseColumns(record, { text, place: nowhere }),
    is_text_missing: 0,
    batch_id: null,
    tokens: null,
    language: null,
    written_by: writtenBy,
    created_at: now,
  }
}
