/** In: what records name. Out: what of it is here already, in a few queries whatever is stored. */
import { ensureLoggedModel, type LoggedModel } from '#app/projects/models.server.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Tx } from '#db/schema.ts'
import { listMoves, loggedModels, withTargets } from './logged-models.server.ts'
import { loggedFingerprint } from './moved-fingerprint.ts'
import type { PreparedContent } from './prepare-content.server.ts'

export interface KnownPrompt {
  id: string
  fingerprint: string
  isTextMissing: boolean
  metadata: string
  messages: string
}

export interface KnownResponse {
  id: string
  modelId: string
  fingerprint: string
  isTextMissing: boolean
}

export interface Known {
  promptByFingerprint: Map<string, KnownPrompt>
  promptById: Map<string, KnownPrompt>
  /** `kind:external id` to our id. */
  targets: Map<string, string>
  tags: Set<string>
  models: Map<string, LoggedModel>
  /** `prompt|model|fingerprint`: under the model it has, and under the one it was logged as. */
  responses: Map<string, KnownResponse>
  /** `prompt|model it was logged as` to a response recorded without its text. */
  missing: Map<string, KnownResponse>
  /** Responses that have an external id of this source. */
  identified: Set<string>
}

export interface LookUp {
  projectId: string
  /** External ids are unique within it. */
  source: string
  records: readonly PreparedContent[]
  now: number
}

/** Looks up prompts, responses and ids; makes known the models that are new. */
export async function lookUpContent(
  trx: Tx,
  { projectId, source, records, now }: LookUp,
): Promise<Known> {
  const responses = records.flatMap((record) => record.responses)
  const targets = await lookUpTargets(trx, projectId, source, {
    prompt: records.flatMap((record) => [record.promptId, record.prompt?.externalId]),
    response: responses.map((response) => response.externalId),
  })
  const fingerprints = records.flatMap(({ prompt }) => (prompt ? [prompt.fingerprint] : []))
  const byId = [...targets].filter(([key]) => key.startsWith('prompt:')).map(([, id]) => id)
  const prompts = await selectPrompts(trx, projectId, { fingerprints, ids: byId })
  const models = new Map<string, LoggedModel>()
  for (const { record, modelKey } of responses) {
    if (models.has(modelKey)) continue
    models.set(modelKey, await ensureLoggedModel(trx, { projectId, model: record.model, now }))
  }
  const ids = prompts.map((prompt) => prompt.id)
  return {
    promptByFingerprint: new Map(prompts.map((prompt) => [prompt.fingerprint, prompt])),
    promptById: new Map(prompts.map((prompt) => [prompt.id, prompt])),
    targets,
    models,
    tags: await selectTags(trx, projectId, ids),
    ...(await selectResponses(trx, { projectId, source, promptIds: ids, models })),
  }
}

/** Our ids for external ones, as `kind:external id`. */
export async function lookUpTargets(
  trx: Tx,
  projectId: string,
  source: string,
  wanted: Record<'prompt' | 'response', readonly (string | undefined)[]>,
): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  for (const kind of ['prompt', 'response'] as const) {
    const ids = [...new Set(wanted[kind].filter((id) => id !== undefined))]
    if (ids.length === 0) continue
    const rows = await trx
      .selectFrom('external_id')
      .select(['external_id', 'target_id'])
      .where('project_id', '=', projectId)
      .where('source', '=', source)
      .where('kind', '=', kind)
      .where(oneOf(trx, 'external_id', ids))
      .execute()
    for (const row of rows) targets.set(`${kind}:${row.external_id}`, row.target_id)
  }
  return targets
}

async function selectPrompts(
  trx: Tx,
  projectId: string,
  wanted: { fingerprints: readonly string[]; ids: readonly string[] },
): Promise<KnownPrompt[]> {
  const found = new Map<string, KnownPrompt>()
  for (const [column, values] of [
    ['fingerprint', wanted.fingerprints],
    ['id', wanted.ids],
  ] as const) {
    if (values.length === 0) continue
    const rows = await trx
      .selectFrom('prompt')
      .select(['id', 'fingerprint', 'is_text_missing', 'metadata', 'messages'])
      .where('project_id', '=', projectId)
      .where(oneOf(trx, column, [...new Set(values)]))
      .execute()
    for (const { is_text_missing, ...prompt } of rows) {
      found.set(prompt.id, { ...prompt, isTextMissing: is_text_missing === 1 })
    }
  }
  return [...found.values()]
}

async function selectTags(
  trx: Tx,
  projectId: string,
  promptIds: readonly string[],
): Promise<Set<string>> {
  if (promptIds.length === 0) return new Set()
  const rows = await trx
    .selectFrom('prompt_tag')
    .select(['prompt_id', 'tag'])
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'prompt_id', promptIds))
    .execute()
  return new Set(rows.map((row) => `${row.prompt_id}|${row.tag}`))
}

async function selectResponses(
  trx: Tx,
  wanted: {
    projectId: string
    source: string
    promptIds: readonly string[]
    models: ReadonlyMap<string, LoggedModel>
  },
): Promise<Pick<Known, 'responses' | 'missing' | 'identified'>> {
  const { projectId, source, promptIds, models } = wanted
  const moves = await listMoves(trx, projectId)
  const merged = new Set(moves.map((move) => move.model_id))
  // A renamed model's placeholder waits for its text under either name; a merged one's does not.
  const formerNames = (id: string) =>
    [...models.values()].flatMap(({ currentId, loggedId }) =>
      currentId === id && loggedId !== id && !merged.has(loggedId) ? [loggedId] : [],
    )
  const responses = new Map<string, KnownResponse>()
  const missing = new Map<string, KnownResponse>()
  const identified = new Set<string>()
  if (models.size === 0 || promptIds.length === 0) return { responses, missing, identified }
  const here = [...models.values()].flatMap((model) => [model.currentId, model.loggedId])
  const rows = await trx
    .selectFrom('response')
    .leftJoin('external_id', (join) =>
      join
        .onRef('external_id.project_id', '=', 'response.project_id')
        .onRef('external_id.target_id', '=', 'response.id')
        .on('external_id.kind', '=', 'response')
        .on('external_id.source', '=', source),
    )
    .select([
      'response.id',
      'response.prompt_id',
      'response.model_id',
      'response.fingerprint',
      'response.is_text_missing',
      'external_id.external_id',
    ])
    .where('response.project_id', '=', projectId)
    .where(oneOf(trx, 'response.prompt_id', promptIds))
    .where(oneOf(trx, 'response.model_id', withTargets(here, moves)))
    .execute()
  const responseIds = rows.map((row) => row.id)
  const logged = await loggedModels(trx, projectId, { responseIds, moves })
  for (const row of rows) {
    const response = {
      id: row.id,
      modelId: row.model_id,
      fingerprint: row.fingerprint,
      isTextMissing: row.is_text_missing === 1,
    }
    const loggedAs = logged.get(row.id) ?? row.model_id
    const asLogged = `${row.prompt_id}|${loggedAs}|${loggedFingerprint(row.fingerprint)}`
    if (loggedAs === row.model_id || !responses.has(asLogged)) responses.set(asLogged, response)
    responses.set(`${row.prompt_id}|${row.model_id}|${row.fingerprint}`, response)
    if (response.isTextMissing) {
      const names = [loggedAs, ...formerNames(loggedAs)]
      for (const name of names) missing.set(`${row.prompt_id}|${name}`, response)
    }
    if (row.external_id !== null) identified.add(row.id)
  }
  return { responses, missing, identified }
}
