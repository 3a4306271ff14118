/**
 * In: prompts and responses as they were imported. Out: what people should know of them before any
 * rater does: language, tokens, personal data and secrets, near-duplicates.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { insertRows } from '#db/insert-rows.ts'
import { inTransaction } from '#db/open.ts'
import type { FindingTable, NearDuplicateKeyTable, Queries, Tx } from '#db/schema.ts'
import type { Message } from './message.ts'
import { textOf } from './message.ts'
import { countUnprepared, findUnprepared } from './preparation.server.ts'
import { findPersonalData } from './prepare/detect-personal-data.ts'
import { areNearDuplicates, signatureOf } from './prepare/near-duplicate.ts'
import { type MeasuredText, openTextMeasurer } from './prepare/text-measurer.server.ts'

const promptsATransaction = 50
const pauseMs = 5
/** Longer texts are looked at as far as this: nobody rates by what comes after. */
const mostCharacters = 200_000
/** Prompts made from one template share keys by the thousand; so many of each are compared. */
const mostOfAKey = 20
const mostCompared = 40

/** The job: prepares what is not prepared yet. It goes by what is left, so it may be killed anywhere. */
export async function runPreparation({ db, job, signal, report }: JobContext): Promise<unknown> {
  const projectId = job.project_id
  const measurer = openTextMeasurer()
  try {
    let done = 0
    const total = await countUnprepared(db.read, projectId)
    for (;;) {
      if (signal.aborted) throw signal.reason
      const prompts = await findUnprepared(db.read, projectId, promptsATransaction)
      if (prompts.length === 0) return { prepared: done }
      const group = await prepareGroup(db.read, projectId, { prompts, measure: measurer.measure })
      await inTransaction(db, (trx) => keepGroup(trx, projectId, group))
      done += prompts.length
      await report({ done, total: Math.max(total, done), note: 'languages, tokens, findings' })
      await sleep(pauseMs)
    }
  } finally {
    measurer.close()
  }
}

interface PreparedText extends MeasuredText {
  id: string
}

interface PreparedGroup {
  prompts: (PreparedText & { clusterId: string | null })[]
  responses: PreparedText[]
  findings: FindingTable[]
  keys: NearDuplicateKeyTable[]
  /** Prompts that stand for a cluster since this group. */
  representatives: string[]
}

type Unprepared = Awaited<ReturnType<typeof findUnprepared>>[number]

async function prepareGroup(
  db: Queries,
  projectId: string,
  {
    prompts,
    measure,
  }: { prompts: readonly Unprepared[]; measure: (texts: string[]) => Promise<MeasuredText[]> },
): Promise<PreparedGroup> {
  const now = Date.now()
  const group: PreparedGroup = {
    prompts: [],
    responses: [],
    findings: [],
    keys: [],
    representatives: [],
  }
  const clusters = await clusterPrompts(db, projectId, prompts, group)
  const responses = await responsesOf(db, projectId, prompts)
  const texts = [...prompts, ...responses].map(({ messages }) => textAt(messages))
  const measured = await measure(texts)
  const found = (place: number) => ({
    text: texts[place] ?? '',
    measures: measured[place] ?? { language: null, tokens: 0 },
  })
  for (const [place, { id }] of prompts.entries()) {
    const { text, measures } = found(place)
    group.prompts.push({ id, clusterId: clusters.get(id) ?? null, ...measures })
    group.findings.push(...findingsIn(text, { projectId, promptId: id, responseId: null, now }))
  }
  for (const [place, { id, prompt_id }] of responses.entries()) {
    const { text, measures } = found(prompts.length + place)
    group.responses.push({ id, ...measures })
    group.findings.push(
      ...findingsIn(text, { projectId, promptId: prompt_id, responseId: id, now }),
    )
  }
  return group
}

const responsesOf = (db: Queries, projectId: string, prompts: readonly Unprepared[]) =>
  db
    .selectFrom('response')
    .select(['id', 'prompt_id', 'messages'])
    .where('project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'prompt_id',
        prompts.map(({ id }) => id),
      ),
    )
    .where('tokens', 'is', null)
    .execute()

const textAt = (messages: string): string =>
  textOf(JSON.parse(messages) as Message[]).slice(0, mostCharacters)

function findingsIn(
  text: string,
  place: { projectId: string; promptId: string; responseId: string | null; now: number },
): FindingTable[] {
  const byKind = Map.groupBy(findPersonalData(text), (finding) => finding.kind)
  return [...byKind].map(([kind, found]) => ({
    project_id: place.projectId,
    id: newId(),
    kind,
    prompt_id: place.promptId,
    response_id: place.responseId,
    place: place.responseId ?? place.promptId,
    count: found.length,
    // Where, never what: a finding must not be one more copy of a secret.
    detail: printJson({ spans: found.slice(0, 50).map(({ start, end }) => [start, end]) }),
    created_at: place.now,
  }))
}

// ---- Near-duplicates ----------------------------------------------------------------------------

/** What stands for what: the user's words, for two systems may ask the same. */
function wordsOf(messages: string): string {
  const turns = (JSON.parse(messages) as Message[]).filter(({ role }) => role !== 'system')
  return textOf(turns).slice(0, mostCharacters)
}

/**
 * The cluster of each prompt that has near-duplicates. Near-duplication is not transitive, so each
 * prompt is compared with those that stand for a cluster, and only those have keys.
 */
async function clusterPrompts(
  db: Queries,
  projectId: string,
  prompts: readonly Unprepared[],
  group: PreparedGroup,
): Promise<Map<string, string>> {
  const signed = prompts.map((prompt) => {
    const words = wordsOf(prompt.messages)
    const { exact, bands } = signatureOf(words)
    const keys = [`x${exact}`, ...bands.map((band, place) => `${place}:${band.toString(36)}`)]
    return { id: prompt.id, words, keys }
  })
  const known = await knownByKey(db, projectId, [...new Set(signed.flatMap(({ keys }) => keys))])
  const texts = await textsOf(db, projectId, known)
  const clusters = new Map<string, string>()
  for (const { id, words, keys } of signed) {
    const found = representativeOf(id, { words, keys, known, texts })
    if (found !== undefined) {
      clusters.set(id, found)
      if (!group.representatives.includes(found)) group.representatives.push(found)
      continue
    }
    texts.set(id, words)
    for (const key of keys) {
      const holders = known.get(key) ?? []
      if (holders.includes(id)) continue
      known.set(key, [...holders, id])
      if (holders.length >= mostOfAKey) continue
      group.keys.push({ project_id: projectId, key, prompt_id: id })
    }
  }
  return clusters
}

async function knownByKey(
  db: Queries,
  projectId: string,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('near_duplicate_key')
    .select(['key', 'prompt_id'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'key', keys))
    .execute()
  const byKey = new Map<string, string[]>()
  for (const { key, prompt_id } of rows) byKey.set(key, [...(byKey.get(key) ?? []), prompt_id])
  return byKey
}

async function textsOf(
  db: Queries,
  projectId: string,
  known: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, string>> {
  const ids = [...new Set([...known.values()].flat())]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('prompt')
    .select(['id', 'messages'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', ids))
    .execute()
  return new Map(rows.map(({ id, messages }) => [id, wordsOf(messages)]))
}

function representativeOf(
  id: string,
  {
    words,
    keys,
    known,
    texts,
  }: {
    words: string
    keys: readonly string[]
    known: ReadonlyMap<string, readonly string[]>
    texts: ReadonlyMap<string, string>
  },
): string | undefined {
  const [exact = '', ...bands] = keys
  const same = known.get(exact)?.find((other) => other !== id)
  if (same !== undefined) return same
  const candidates = new Set(bands.flatMap((band) => known.get(band) ?? []))
  candidates.delete(id)
  return [...candidates]
    .slice(0, mostCompared)
    .find((other) => areNearDuplicates(words, texts.get(other) ?? ''))
}

// ---- Keeping ------------------------------------------------------------------------------------

async function keepGroup(trx: Tx, projectId: string, group: PreparedGroup): Promise<void> {
  const now = Date.now()
  for (const { id, language, tokens, clusterId } of group.prompts) {
    await trx
      .updateTable('prompt')
      .set({ language, tokens, cluster_id: clusterId, prepared_at: now })
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  for (const id of group.representatives) {
    await trx
      .updateTable('prompt')
      .set({ cluster_id: id })
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  for (const { id, language, tokens } of group.responses) {
    await trx
      .updateTable('response')
      .set({ language, tokens })
      .where('project_id', '=', projectId)
      .where('id', '=', id)
      .execute()
  }
  const places = [...new Set(group.findings.map(({ place }) => place))]
  if (places.length > 0) {
    await trx
      .deleteFrom('finding')
      .where('project_id', '=', projectId)
      .where(oneOf(trx, 'place', places))
      .where('kind', '!=', 'names-its-model')
      .execute()
  }
  await insertRows(trx, 'finding', group.findings)
  await insertNewKeys(trx, projectId, group.keys)
}

/** A prompt whose text came late, or a run that was killed, may have left keys already. */
async function insertNewKeys(
  trx: Tx,
  projectId: string,
  keys: readonly NearDuplicateKeyTable[],
): Promise<void> {
  if (keys.length === 0) return
  const ids = [...new Set(keys.map(({ prompt_id }) => prompt_id))]
  const rows = await trx
    .selectFrom('near_duplicate_key')
    .select(['key', 'prompt_id'])
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'key', [...new Set(keys.map(({ key }) => key))]))
    .where(oneOf(trx, 'prompt_id', ids))
    .execute()
  const known = new Set(rows.map(({ key, prompt_id }) => `${key}|${prompt_id}`))
  const fresh = keys.filter(({ key, prompt_id }) => !known.has(`${key}|${prompt_id}`))
  await insertRows(trx, 'near_duplicate_key', fresh)
}
