/**
 * In: prompts and responses as readers give them. Out: rows, and for each record what became of it.
 * Everything a group needs is looked up in a few queries; nothing grows with what is there already.
 */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { insertRows } from '#db/insert-rows.ts'
import type { PromptTable, ResponseTable, Schema, Tx } from '#db/schema.ts'
import type { Problem } from './import-record.ts'
import {
  type Known,
  type KnownPrompt,
  type KnownResponse,
  lookUpContent,
} from './known-content.server.ts'
import { markedFingerprint } from './moved-fingerprint.ts'
import {
  type PreparedContent,
  type PreparedPrompt,
  type PreparedResponse,
  wordsOf,
} from './prepare-content.server.ts'

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
  records: readonly PreparedContent[]
  now: number
}

/** Keeps the content of one group of records. Must run in a transaction. */
export async function recordContent(trx: Tx, group: ContentGroup): Promise<ContentOutcome[]> {
  const known = await lookUpContent(trx, group)
  const fresh = newRows()
  const outcomes = group.records.map((record) => keepRecord(record, { group, known, fresh }))
  await insertAll(trx, group.projectId, fresh)
  return outcomes
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

interface Keeping {
  group: ContentGroup
  known: Known
  fresh: NewRows
}

function keepRecord(record: PreparedContent, keeping: Keeping): ContentOutcome {
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
    const kept = keepResponse(response, found, keeping)
    if (kept === 'new') outcome.responses += 1
    else if (kept === 'filled') gained = true
    else if (kept !== 'same') {
      outcome.problems.push({ field: joinField(field, kept.field), reason: kept.reason })
    }
  }
  outcome.prompts = found.isNew ? 1 : 0
  const isPromptRecord = record.promptId === undefined
  outcome.isMerged = !found.isNew && (gained || (isPromptRecord && outcome.responses > 0))
  outcome.isUnchanged =
    !found.isNew && !outcome.isMerged && outcome.responses === 0 && outcome.problems.length === 0
  return outcome
}

const joinField = (outer: string, inner: string) => [outer, inner].filter(Boolean).join('.')

interface FoundPrompt {
  promptId: string
  isNew: boolean
  isMerged: boolean
  /** What was sent, where it differs from what the prompt says: another template, another system. */
  rendered: string | null
}

type KeptPrompt = FoundPrompt | { problem: Problem }

function keepPrompt(record: PreparedContent, keeping: Keeping): KeptPrompt {
  const { known } = keeping
  const { prompt } = record
  if (!prompt) {
    const promptId = known.targets.get(`prompt:${record.promptId}`)
    if (promptId !== undefined) return { promptId, isNew: false, isMerged: false, rendered: null }
    const reason = `no prompt "${record.promptId}" was imported; import the prompts first, or give "prompt" beside it`
    return { problem: { field: 'prompt_id', reason } }
  }
  const named = known.targets.get(`prompt:${prompt.externalId}`)
  const same = known.promptByFingerprint.get(prompt.fingerprint)
  if (prompt.externalId !== undefined && named !== undefined && named !== same?.id) {
    const before = known.promptById.get(named)
    if (before?.isTextMissing && !same) return fillPrompt(before, prompt, keeping)
    const reason = `the id "${prompt.externalId}" already belongs to a prompt with another text; if the two come from different systems, name another source for this import`
    return { problem: { field: 'id', reason } }
  }
  const promptId = same?.id ?? newPrompt(prompt, keeping)
  const isNamedNow = nameTarget('prompt', prompt.externalId, promptId, keeping)
  const hasNewTags = addTags(promptId, prompt.tags, keeping)
  const hasNewMetadata = same ? addMetadata(same, prompt.metadata, keeping) : false
  return {
    promptId,
    isNew: !same,
    isMerged: same !== undefined && (isNamedNow || hasNewTags || hasNewMetadata),
    rendered: same && same.messages !== prompt.messagesText ? prompt.messagesText : null,
  }
}

function newPrompt(prompt: PreparedPrompt, { group, known, fresh }: Keeping): string {
  const id = newId()
  const metadata = printJson(prompt.metadata)
  fresh.prompts.push({
    project_id: group.projectId,
    id,
    fingerprint: prompt.fingerprint,
    ...prompt.columns,
    metadata,
    is_text_missing: 0,
    batch_id: group.batchId,
    prepared_at: null,
    language: null,
    tokens: null,
    cluster_id: null,
    archived_at: null,
    created_at: group.now,
  })
  const { fingerprint, messagesText: messages } = prompt
  const row = { id, fingerprint, isTextMissing: false, metadata, messages }
  known.promptByFingerprint.set(fingerprint, row)
  known.promptById.set(id, row)
  return id
}

/** A prompt that was known by name alone gets its text. */
function fillPrompt(before: KnownPrompt, prompt: PreparedPrompt, keeping: Keeping): KeptPrompt {
  keeping.fresh.promptUpdates.set(before.id, {
    ...keeping.fresh.promptUpdates.get(before.id),
    fingerprint: prompt.fingerprint,
    ...prompt.columns,
    metadata: printJson(prompt.metadata),
    is_text_missing: 0,
    prepared_at: null,
  })
  keeping.known.promptByFingerprint.set(prompt.fingerprint, before)
  before.isTextMissing = false
  before.fingerprint = prompt.fingerprint
  before.messages = prompt.messagesText
  addTags(before.id, prompt.tags, keeping)
  return { promptId: before.id, isNew: false, isMerged: true, rendered: null }
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

function keepResponse(
  response: PreparedResponse,
  prompt: FoundPrompt,
  keeping: Keeping,
): KeptResponse {
  const { known } = keeping
  const { externalId, words } = response
  const model = must(known.models.get(response.modelKey), 'the model of a response')
  // What was moved to another model since is still met under the one it was logged as.
  const asLogged = `${prompt.promptId}|${model.loggedId}`
  const pair = `${prompt.promptId}|${model.currentId}`
  const find = (fingerprint: string) =>
    known.responses.get(`${asLogged}|${fingerprint}`) ??
    known.responses.get(`${pair}|${fingerprint}`)
  const same = find(words)
  const named = known.targets.get(`response:${externalId}`)
  if (externalId !== undefined && named !== undefined) {
    const repeat = find(wordsOf(response.record, externalId))
    if (named === same?.id || named === repeat?.id) return 'same'
    const reason = `the id "${externalId}" already belongs to a response with another prompt, model or text`
    return { field: 'id', reason }
  }
  const placeholder = known.missing.get(asLogged)
  if (placeholder?.isTextMissing) {
    return fillResponse(placeholder, response, prompt.promptId, keeping)
  }
  const isAnotherLogEntry =
    same !== undefined && externalId !== undefined && known.identified.has(same.id)
  if (same && !isAnotherLogEntry) {
    return nameTarget('response', externalId, same.id, keeping) ? 'filled' : 'same'
  }
  const fingerprint = isAnotherLogEntry ? wordsOf(response.record, externalId) : words
  const id = newResponse(response, { prompt, modelId: model.currentId, fingerprint }, keeping)
  nameTarget('response', externalId, id, keeping)
  return 'new'
}

function newResponse(
  response: PreparedResponse,
  place: { prompt: FoundPrompt; modelId: string; fingerprint: string },
  { group, known, fresh }: Keeping,
): string {
  const id = newId()
  const { promptId, rendered } = place.prompt
  const { columns } = response
  fresh.responses.push({
    project_id: group.projectId,
    id,
    prompt_id: promptId,
    model_id: place.modelId,
    fingerprint: place.fingerprint,
    ...columns,
    rendered: columns.rendered ?? rendered,
    is_text_missing: 0,
    batch_id: group.batchId,
    tokens: null,
    language: null,
    written_by: null,
    created_at: group.now,
  })
  known.responses.set(`${promptId}|${place.modelId}|${place.fingerprint}`, {
    id,
    modelId: place.modelId,
    fingerprint: place.fingerprint,
    isTextMissing: false,
  })
  if (response.namesItsModel) {
    fresh.findings.push({
      project_id: group.projectId,
      id: newId(),
      kind: 'names-its-model',
      prompt_id: promptId,
      response_id: id,
      place: id,
      count: 1,
      detail: printJson({ name: response.record.model.name }),
      created_at: group.now,
    })
  }
  return id
}

/** A response that was known by its model alone gets its text. */
function fillResponse(
  placeholder: KnownResponse,
  response: PreparedResponse,
  promptId: string,
  keeping: Keeping,
): KeptResponse {
  const { known, fresh } = keeping
  const { words } = response
  const pair = `${promptId}|${placeholder.modelId}`
  // Where models were merged, another response of the same model may say the same.
  const taken = new Set(known.responses.has(`${pair}|${words}`) ? [words] : [])
  const mark = sha256(response.modelKey).slice(0, 16)
  const fingerprint = markedFingerprint(words, mark, taken)
  placeholder.isTextMissing = false
  placeholder.fingerprint = fingerprint
  known.responses.set(`${pair}|${fingerprint}`, placeholder)
  fresh.responseUpdates.set(placeholder.id, {
    ...response.columns,
    fingerprint,
    is_text_missing: 0,
  })
  nameTarget('response', response.externalId, placeholder.id, keeping)
  return 'filled'
}

async function insertAll(trx: Tx, projectId: string, fresh: NewRows): Promise<void> {
  await insertRows(trx, 'prompt', fresh.prompts)
  for (const [id, change] of fresh.promptUpdates) {
    await trx
      .updateTable('prompt')
      .set(change)
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  await insertRows(trx, 'prompt_tag', fresh.tags)
  await insertRows(trx, 'response', fresh.responses)
  for (const [id, change] of fresh.responseUpdates) {
    await trx
      .updateTable('response')
      .set(change)
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  await insertRows(trx, 'external_id', fresh.externalIds)
  await insertRows(trx, 'finding', fresh.findings)
}
