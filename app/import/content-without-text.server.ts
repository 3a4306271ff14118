/** In: what a judgment speaks of whose texts are not here. Out: rows that stand for them until they come. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { ensureModel } from '#app/projects/models.server.ts'
import type { Tx } from '#db/schema.ts'
import { responseKey } from './fingerprint.ts'
import type { ResponseRecord } from './import-record.ts'
import { lookUpTargets } from './known-content.server.ts'
import { nowhere, responseColumns } from './prepare-content.server.ts'

/**
 * Makes known, without their texts, a prompt and models that a recorded judgment speaks of. Gives the
 * prompt's id. Used only where the person allowed judgments on texts that are not here.
 */
export async function ensureWithoutText(
  trx: Tx,
  options: {
    projectId: string
    source: string
    promptExternalId: string
    models: ResponseRecord['model'][]
    now: number
  },
): Promise<string> {
  const { projectId, source, promptExternalId, models, now } = options
  const targets = await lookUpTargets(trx, projectId, source, {
    prompt: [promptExternalId],
    response: [],
  })
  const promptId =
    targets.get(`prompt:${promptExternalId}`) ?? (await promptWithoutText(trx, options))
  for (const model of models) {
    const modelId = await ensureModel(trx, { projectId, model, now })
    await trx
      .insertInto('response')
      .values({
        project_id: projectId,
        id: newId(),
        prompt_id: promptId,
        model_id: modelId,
        fingerprint: sha256(responseKey({ messages: [], repeatOf: 'text missing' })),
        ...responseColumns({ model, messages: [], metadata: {} }, { text: '', place: nowhere }),
        tokens: null,
        language: null,
        is_text_missing: 1,
        batch_id: null,
        created_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return promptId
}

async function promptWithoutText(
  trx: Tx,
  {
    projectId,
    source,
    promptExternalId,
    now,
  }: { projectId: string; source: string; promptExternalId: string; now: number },
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('prompt')
    .values({
      project_id: projectId,
      id,
      fingerprint: sha256(printJson({ missing: [source, promptExternalId] })),
      input_key: null,
      messages: '[]',
      preview: '',
      metadata: '{}',
      is_text_missing: 1,
      batch_id: null,
      source_ordinal: null,
      source_line: null,
      characters: 0,
      prepared_at: now,
      language: null,
      tokens: null,
      cluster_id: null,
      archived_at: null,
      created_at: now,
    })
    .execute()
  await trx
    .insertInto('external_id')
    .values({
      project_id: projectId,
      source,
      kind: 'prompt',
      external_id: promptExternalId,
      target_id: id,
    })
    .execute()
  return id
}
