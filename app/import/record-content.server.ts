/**
 * In: prompts and responses as readers give them. Out: rows, and for each record what became of it.
 * Everything a group needs is looked up in a few queries; nothing grows with what is there already.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { preview } from '#app/base/text.ts'
import { identityKey } from '#app/projects/model-identity.ts'
import { ensureModel } from '#app/projects/models.server.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { PromptTable, ResponseTable, Schema, Tx } from '#db/schema.ts'
import { promptKey, responseKey } from './fingerprint.ts'
import type { ContentRecord, Problem, PromptRecord, ResponseRecord } from './import-record.ts'
import { lastUserText, textOf } from './message.ts'

export interface ContentOutcome {
  prompts: number
  responses: number
  /** A prompt that was there gained something. */
  isMerged: boolean
  /** Everything the record says was there. */
  isUnchanged: boolean
  problems: Problem[]
}

export interface ContentGroup {
  projectId: string
  /** Null for what a judgment alone made known. */
  batchId: string | null
  /** External ids are unique within it. */
  source: string
  records: readonly ContentRecord[]
  now: number
}

/** Keeps the content of one group of records. Must run in a transaction. */
export async function recordContent(trx: Tx, group: ContentGroup): Promise<ContentOutcome[]> {
  const known = await lookUp(trx, group)
  const fresh = newRows()
  const outcomes = group.records.map((record) => keepRecord(record, { group, known, fresh }))
  await insertAll(trx, group.projectId, fresh)
  return outcomes
}

interface KnownPrompt {
  id: string
  fingerprint: string
  isTextMissing: boolean
  metadata: string
}

interface KnownResponse {
  id: string
  fingerprint: string
  isTextMissing: boolean
}

interface Known {
  promptByFingerprint: Map<string, KnownPrompt>
  promptById: Map<string, KnownPrompt>
  /** `kind:external id` to our id. */
  targets: Map<string, string>
  tags: Set<string>
  models: Map<string, string>
  /** `prompt|model|fingerprint` */
  responses: Map<string, KnownResponse>
  /** `prompt|model` to a response recorded without its text. */
  missing: Map<string, KnownResponse>
  /** Responses that have an external id of this source. */
  identified: Set<string>
}

interface NewRows {
  prompts: PromptTable[]
  tags: Schema['prompt_tag'][]
  responses: ResponseTable[]
  externalIds: Schema['external_id'][]
  findings: Schema['finding'][]
  promptUpdates: Map<string, Partial<PromptTable>>
  responseUpdates: Map<string, Partial<ResponseTable>>
}

const newRows = (): NewRows => ({
  prompts: [],
  tags: [],
  responses: [],
  externalIds: [],
  findings: [],
  promptUpdates: new Map(),
  responseUpdates: new Map(),
})

const fingerprintOf = (prompt: PromptRecord) => sha256(promptKey(prompt))
const wordsOf = (response: ResponseRecord, repeatOf?: string) =>
  sha256(responseKey({ messages: response.messages, sample: response.sample, repeatOf }))

async function lookUp(trx: Tx, { projectId, source, records, now }: ContentGroup): Promise<Known> {
  const responses = records.flatMap((record) => record.responses)
  const targets = await lookUpTargets(trx, projectId, source, {
    prompt: records.flatMap((record) => [record.promptId, record.prompt?.externalId]),
    response: responses.map((response) => response.externalId),
  })
  const fingerprints = records.flatMap((record) =>
    record.prompt ? [fingerprintOf(record.prompt)] : [],
  )
  const byId = [...targets].filter(([key]) => key.startsWith('prompt:')).map(([, id]) => id)
  const prompts = await selectPrompts(trx, projectId, { fingerprints, ids: byId })
  const models = new Map<string, string>()
  for (const { model } of responses) {
    const key = identityKey(model)
    if (!models.has(key)) models.set(key, await ensureModel(trx, { projectId, model, now }))
  }
  const ids = prompts.map((prompt) => prompt.id)
  return {
    promptByFingerprint: new Map(prompts.map((prompt) => [prompt.fingerprint, prompt])),
    promptById: new Map(prompts.map((prompt) => [prompt.id, prompt])),
    targets,
    models,
    tags: await selectTags(trx, projectId, ids),
    ...(await selectResponses(trx, projectId, source, ids, [...models.values()])),
  }
}

async function lookUpTargets(
  trx: Tx,
  projectId: string,
  source: string,
  wanted: Record<'prompt' | 'response', (string | undefined)[]>,
): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  for (const kind of ['prompt', 'response'] as const) {
    const ids = [...new Set(wanted[kind].filter((id) => id !== undefined))]
    for (const some of groupsOf(ids, 1_000)) {
      const rows = await trx
        .selectFrom('external_id')
        .select(['external_id', 'target_id'])
        .where('project_id', '=', projectId)
        .where('source', '=', source)
        .where('kind', '=', kind)
        .where('external_id', 'in', some)
        .execute()
      for (const row of rows) targets.set(`${kind}:${row.external_id}`, row.target_id)
    }
  }
  return targets
}

async function selectPrompts(
  trx: Tx,
  projectId: string,
  { fingerprints, ids }: { fingerprints: string[]; ids: string[] },
): Promise<KnownPrompt[]> {
  const select = (column: 'fingerprint' | 'id', values: readonly string[]) =>
    trx
      .selectFrom('prompt')
      .select(['id', 'fingerprint', 'is_text_missing', 'metadata'])
      .where('project_id', '=', projectId)
      .where(column, 'in', values)
      .execute()
  const found = new Map<string, KnownPrompt>()
  for (const [column, values] of [
    ['fingerprint', fingerprints],
    ['id', ids],
  ] as const) {
    for (const some of groupsOf([...new Set(values)], 1_000)) {
      for (const row of await select(column, some)) {
        const { is_text_missing, ...prompt } = row
        found.set(row.id, { ...prompt, isTextMissing: is_text_missing === 1 })
      }
    }
  }
  return [...found.values()]
}

async function selectTags(trx: Tx, projectId: string, promptIds: string[]): Promise<Set<string>> {
  const tags = new Set<string>()
  for (const some of groupsOf(promptIds, 1_000)) {
    const rows = await trx
      .selectFrom('prompt_tag')
      .select(['prompt_id', 'tag'])
      .where('project_id', '=', projectId)
      .where('prompt_id', 'in', some)
      .execute()
    for (const row of rows) tags.add(`${row.prompt_id}|${row.tag}`)
  }
  return tags
}

async function selectResponses(
  trx: Tx,
  projectId: string,
  source: string,
  promptIds: string[],
  modelIds: string[],
): Promise<Pick<Known, 'responses' | 'missing' | 'identified'>> {
  const responses = new Map<string, KnownResponse>()
  const missing = new Map<string, KnownResponse>()
  const identified = new Set<string>()
  if (modelIds.length === 0) return { responses, missing, identified }
  for (const some of groupsOf(promptIds, 500)) {
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
      .where('response.prompt_id', 'in', some)
      .where('response.model_id', 'in', modelIds)
      .execute()
    for (const row of rows) {
      const response = {
        id: row.id,
        fingerprint: row.fingerprint,
        isTextMissing: row.is_text_missing === 1,
      }
      const pair = `${row.prompt_id}|${row.model_id}`
      responses.set(`${pair}|${row.fingerprint}`, response)
      if (response.isTextMissing) missing.set(pair, response)
      if (row.external_id !== null) identified.add(row.id)
    }
  }
  return { responses, missing, identified }
}

interface Keeping {
  group: ContentGroup
  known: Known
  fresh: NewRows
}

function keepRecord(record: ContentRecord, keeping: Keeping): ContentOutcome {
  const outcome: ContentOutcome = {
    prompts: 0,
    responses: 0,
    isMerged: false,
    isUnchanged: false,
    problems: [],
  }
  const found = keepPrompt(record, keeping)
  if ('problem' in found) return { ...outcome, problems: [found.problem] }
  let gained = found.isMerged
  for (const [place, response] of record.responses.entries()) {
    const field = record.responses.length > 1 ? `responses.${place}` : ''
    const kept = keepResponse(response, found.promptId, keeping)
    if (kept === 'new') outcome.responses += 1
    else if (kept === 'filled') gained = true
    else if (kept !== 'same')
      outcome.problems.push({ field: joinField(field, kept.field), reason: kept.reason })
  }
  outcome.prompts = found.isNew ? 1 : 0
  const isPromptRecord = record.promptId === undefined
  outcome.isMerged = !found.isNew && (gained || (isPromptRecord && outcome.responses > 0))
  outcome.isUnchanged =
    !found.isNew && !outcome.isMerged && outcome.responses === 0 && outcome.problems.length === 0
  return outcome
}

const joinField = (outer: string, inner: string) => [outer, inner].filter(Boolean).join('.')

type KeptPrompt = { promptId: string; isNew: boolean; isMerged: boolean } | { problem: Problem }

function keepPrompt(record: ContentRecord, keeping: Keeping): KeptPrompt {
  const { known } = keeping
  const { prompt } = record
  if (!prompt) {
    const promptId = known.targets.get(`prompt:${record.promptId}`)
    if (promptId !== undefined) return { promptId, isNew: false, isMerged: false }
    const reason = `no prompt "${record.promptId}" was imported; import the prompts first, or give "prompt" beside it`
    return { problem: { field: 'prompt_id', reason } }
  }
  const fingerprint = fingerprintOf(prompt)
  const named = known.targets.get(`prompt:${prompt.externalId}`)
  const same = known.promptByFingerprint.get(fingerprint)
  if (prompt.externalId !== undefined && named !== undefined && named !== same?.id) {
    const before = known.promptById.get(named)
    if (before?.isTextMissing && !same) return fillPrompt(before, prompt, fingerprint, keeping)
    const reason = `the id "${prompt.externalId}" already belongs to a prompt with another text`
    return { problem: { field: 'id', reason } }
  }
  const promptId = same?.id ?? newPrompt(prompt, fingerprint, keeping)
  const isNamedNow = nameTarget('prompt', prompt.externalId, promptId, keeping)
  const hasNewTags = addTags(promptId, prompt.tags, keeping)
  const hasNewMetadata = same ? addMetadata(same, prompt.metadata, keeping) : false
  return {
    promptId,
    isNew: !same,
    isMerged: same !== undefined && (isNamedNow || hasNewTags || hasNewMetadata),
  }
}

function newPrompt(prompt: PromptRecord, fingerprint: string, { group, known, fresh }: Keeping) {
  const id = newId()
  fresh.prompts.push({
    project_id: group.projectId,
    id,
    fingerprint,
    ...promptText(prompt),
    metadata: printJson(prompt.metadata),
    is_text_missing: 0,
    batch_id: group.batchId,
    created_at: group.now,
  })
  const row = { id, fingerprint, isTextMissing: false, metadata: printJson(prompt.metadata) }
  known.promptByFingerprint.set(fingerprint, row)
  known.promptById.set(id, row)
  return id
}

const promptText = (prompt: PromptRecord) => ({
  input_key: prompt.inputKey ?? null,
  messages: printJson(prompt.messages),
  preview: preview(lastUserText(prompt.messages)),
})

/** A prompt that was known by name alone gets its text. */
function fillPrompt(
  before: KnownPrompt,
  prompt: PromptRecord,
  fingerprint: string,
  keeping: Keeping,
): KeptPrompt {
  keeping.fresh.promptUpdates.set(before.id, {
    ...keeping.fresh.promptUpdates.get(before.id),
    fingerprint,
    ...promptText(prompt),
    metadata: printJson(prompt.metadata),
    is_text_missing: 0,
  })
  keeping.known.promptByFingerprint.set(fingerprint, before)
  before.isTextMissing = false
  before.fingerprint = fingerprint
  addTags(before.id, prompt.tags, keeping)
  return { promptId: before.id, isNew: false, isMerged: true }
}

function addTags(promptId: string, tags: readonly string[], { group, known, fresh }: Keeping) {
  let added = false
  for (const tag of tags) {
    const key = `${promptId}|${tag}`
    if (tag === '' || known.tags.has(key)) continue
    known.tags.add(key)
    fresh.tags.push({ project_id: group.projectId, prompt_id: promptId, tag })
    added = true
  }
  return added
}

/** Keys that were not there are added; those that were keep what they said first. */
function addMetadata(prompt: KnownPrompt, more: Record<string, unknown>, { fresh }: Keeping) {
  const before = JSON.parse(prompt.metadata) as Record<string, unknown>
  const after = printJson({ ...more, ...before })
  if (after === prompt.metadata) return false
  prompt.metadata = after
  fresh.promptUpdates.set(prompt.id, { ...fresh.promptUpdates.get(prompt.id), metadata: after })
  return true
}

/** Notes an external id; true when it is new. */
function nameTarget(
  kind: 'prompt' | 'response',
  externalId: string | undefined,
  targetId: string,
  { group, known, fresh }: Keeping,
): boolean {
  const key = `${kind}:${externalId}`
  if (externalId === undefined || known.targets.has(key)) return false
  known.targets.set(key, targetId)
  if (kind === 'response') known.identified.add(targetId)
  fresh.externalIds.push({
    project_id: group.projectId,
    source: group.source,
    kind,
    external_id: externalId,
    target_id: targetId,
  })
  return true
}

type KeptResponse = 'new' | 'same' | 'filled' | Problem

function keepResponse(response: ResponseRecord, promptId: string, keeping: Keeping): KeptResponse {
  const { known } = keeping
  const { externalId } = response
  const modelId = must(known.models.get(identityKey(response.model)), 'the model of a response')
  const pair = `${promptId}|${modelId}`
  const words = wordsOf(response)
  const same = known.responses.get(`${pair}|${words}`)
  const named = known.targets.get(`response:${externalId}`)
  if (externalId !== undefined && named !== undefined) {
    const repeat = known.responses.get(`${pair}|${wordsOf(response, externalId)}`)
    if (named === same?.id || named === repeat?.id) return 'same'
    return {
      field: 'id',
      reason: `the id "${externalId}" already belongs to a response with another prompt, model or text`,
    }
  }
  const placeholder = known.missing.get(pair)
  if (placeholder) return fillResponse(placeholder, response, { pair, words }, keeping)
  const isAnotherLogEntry =
    same !== undefined && externalId !== undefined && known.identified.has(same.id)
  if (same && !isAnotherLogEntry) {
    return nameTarget('response', externalId, same.id, keeping) ? 'filled' : 'same'
  }
  const fingerprint = isAnotherLogEntry ? wordsOf(response, externalId) : words
  const id = newResponse(response, { promptId, modelId, fingerprint }, keeping)
  nameTarget('response', externalId, id, keeping)
  return 'new'
}

function newResponse(
  response: ResponseRecord,
  place: { promptId: string; modelId: string; fingerprint: string },
  { group, known, fresh }: Keeping,
): string {
  const id = newId()
  const text = textOf(response.messages)
  fresh.responses.push({
    project_id: group.projectId,
    id,
    prompt_id: place.promptId,
    model_id: place.modelId,
    fingerprint: place.fingerprint,
    ...responseText(response),
    is_text_missing: 0,
    batch_id: group.batchId,
    created_at: group.now,
  })
  known.responses.set(`${place.promptId}|${place.modelId}|${place.fingerprint}`, {
    id,
    fingerprint: place.fingerprint,
    isTextMissing: false,
  })
  if (namesModel(text, response.model.name)) {
    fresh.findings.push({
      project_id: group.projectId,
      id: newId(),
      kind: 'names-its-model',
      prompt_id: place.promptId,
      response_id: id,
      detail: printJson({ name: response.model.name }),
      created_at: group.now,
    })
  }
  return id
}

const orNull = (value: unknown) => (value === undefined || value === null ? null : printJson(value))

const responseText = (response: ResponseRecord) => ({
  sample: response.sample ?? 0,
  messages: printJson(response.messages),
  rendered: orNull(response.rendered),
  context: orNull(response.context),
  tools: orNull(response.tools),
  finish_reason: response.finishReason ?? null,
  usage: orNull(response.usage),
  latency_ms: response.latencyMs ?? null,
  cost: response.cost ?? null,
  trace: orNull(response.trace),
  metadata: printJson(response.metadata),
  characters: textOf(response.messages).length,
  answered_at: response.answeredAt ?? null,
})

/** A response that was known by its model alone gets its text. */
function fillResponse(
  placeholder: KnownResponse,
  response: ResponseRecord,
  { pair, words }: { pair: string; words: string },
  keeping: Keeping,
): KeptResponse {
  keeping.known.missing.delete(pair)
  keeping.known.responses.set(`${pair}|${words}`, { ...placeholder, fingerprint: words })
  keeping.fresh.responseUpdates.set(placeholder.id, {
    ...responseText(response),
    fingerprint: words,
    is_text_missing: 0,
  })
  nameTarget('response', response.externalId, placeholder.id, keeping)
  return 'filled'
}

/** Whether a text gives its model away by name; very short names would match by chance. */
function namesModel(text: string, name: string): boolean {
  if (name.length < 4) return false
  const at = text.toLowerCase().indexOf(name.toLowerCase())
  if (at < 0) return false
  const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character)
  return !isWord(text[at - 1]) && !isWord(text[at + name.length])
}

async function insertAll(trx: Tx, projectId: string, fresh: NewRows): Promise<void> {
  for (const rows of groupsOf(fresh.prompts, rowsAStatement(9))) {
    await trx.insertInto('prompt').values(rows).execute()
  }
  for (const [id, change] of fresh.promptUpdates) {
    await trx
      .updateTable('prompt')
      .set(change)
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  for (const rows of groupsOf(fresh.tags, rowsAStatement(3))) {
    await trx.insertInto('prompt_tag').values(rows).execute()
  }
  for (const rows of groupsOf(fresh.responses, rowsAStatement(21))) {
    await trx.insertInto('response').values(rows).execute()
  }
  for (const [id, change] of fresh.responseUpdates) {
    await trx
      .updateTable('response')
      .set(change)
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  for (const rows of groupsOf(fresh.externalIds, rowsAStatement(5))) {
    await trx.insertInto('external_id').values(rows).execute()
  }
  for (const rows of groupsOf(fresh.findings, rowsAStatement(7))) {
    await trx.insertInto('finding').values(rows).execute()
  }
}

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
        ...responseText({ model, messages: [], metadata: {} }),
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
