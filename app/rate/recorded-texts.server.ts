/** In: records that name prompts and responses. Out: which ones are here, and what task each record speaks of. */

import type { WantedTask } from '#app/assign/imported-campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { ensureWithoutText } from '#app/import/content-without-text.server.ts'
import type { RecordedRecord } from '#app/import/import-record.ts'
import type { JudgmentGroup } from '#app/import/keep-records.server.ts'
import { listMoves, loggedModels } from '#app/import/logged-models.server.ts'
import type { ModelRef, Ranked } from '#app/import/rubrica-line.ts'
import { type ModelName, modelNames } from '#app/projects/model-names.server.ts'
import { groupsOf } from '#db/pages.ts'
import type { Purpose, Tx } from '#db/schema.ts'
import { RefusedLine } from './refused-line.ts'

/** What speaks of a task: a judgment, a skip, or what a task is beside them. */
export type PlacedRecord = Exclude<RecordedRecord, { kind: 'campaign' }>

/** The task that a record speaks of, and the responses that it names. */
export interface SpokenOf {
  task: WantedTask
  filed: readonly string[]
  idOf: (name: string) => string
}

interface KnownResponse {
  id: string
  promptId: string
  externalIds: Set<string>
  /** The model as the log named it. */
  logged: ModelName
  /** Other names of what it belongs to now. */
  others: ModelName[]
}

export interface Texts {
  /** A prompt's id here, by the id in the file. */
  prompts: Map<string, string>
  responses: Map<string, KnownResponse[]>
}

/** The prompts and responses that records name, as far as they are here. */
export async function lookUpTexts(
  trx: Tx,
  group: JudgmentGroup,
  placed: readonly { record: PlacedRecord }[],
): Promise<Texts> {
  const named = [...new Set(placed.map(({ record }) => record.line.prompt_id))]
  const prompts = new Map<string, string>()
  for (const some of groupsOf(named, 1_000)) {
    const own = await trx
      .selectFrom('prompt')
      .select('id')
      .where('project_id', '=', group.projectId)
      .where('id', 'in', some)
      .execute()
    for (const row of own) prompts.set(row.id, row.id)
    const external = await trx
      .selectFrom('external_id')
      .select(['external_id', 'target_id'])
      .where('project_id', '=', group.projectId)
      .where('source', '=', group.source)
      .where('kind', '=', 'prompt')
      .where('external_id', 'in', some)
      .execute()
    for (const row of external) prompts.set(row.external_id, row.target_id)
  }
  const responses = await responsesOf(trx, group, [...new Set(prompts.values())])
  return { prompts, responses }
}

async function responsesOf(
  trx: Tx,
  { projectId, source }: JudgmentGroup,
  promptIds: readonly string[],
): Promise<Map<string, KnownResponse[]>> {
  const byPrompt = new Map<string, KnownResponse[]>()
  const moves = await listMoves(trx, projectId)
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
      .select(['response.id', 'response.prompt_id', 'response.model_id', 'external_id.external_id'])
      .where('response.project_id', '=', projectId)
      .where('response.prompt_id', 'in', some)
      .orderBy('response.id')
      .execute()
    const responseIds = rows.map((row) => row.id)
    const logged = await loggedModels(trx, projectId, { responseIds, moves })
    const names = await modelNames(trx, projectId, [
      ...rows.map((row) => row.model_id),
      ...logged.values(),
    ])
    for (const row of rows) {
      const responses = byPrompt.get(row.prompt_id) ?? []
      const before = responses.at(-1)
      if (before?.id === row.id) {
        if (row.external_id !== null) before.externalIds.add(row.external_id)
        continue
      }
      responses.push({
        id: row.id,
        promptId: row.prompt_id,
        externalIds: new Set([row.id, ...(row.external_id === null ? [] : [row.external_id])]),
        ...names.of(row.model_id, logged.get(row.id)),
      })
      byPrompt.set(row.prompt_id, responses)
    }
  }
  return byPrompt
}

interface Wanted {
  field: string
  /** Absent where a response is named by its id alone. */
  model?: ModelRef
  responseId?: string | undefined
}

const wantedRanked = (ranked: Ranked): Wanted =>
  typeof ranked === 'object' && 'response' in ranked
    ? { field: 'ranking', responseId: ranked.response }
    : { field: 'ranking', model: ranked }

function wantedResponses(record: PlacedRecord): Wanted[] {
  if (record.kind === 'task') return []
  const { line } = record
  if (record.kind === 'ranking') {
    return record.line.ranking.flat().map((ranked) => wantedRanked(ranked))
  }
  const wanted: Wanted[] = []
  const add = (field: string, model: unknown, responseId: unknown) => {
    if (model === undefined) return
    const id = typeof responseId === 'string' ? responseId : undefined
    wanted.push({ field, model: model as ModelRef, responseId: id })
  }
  if ('model_a' in line) add('model_a', line.model_a, line.response_a)
  if ('model_b' in line) add('model_b', line.model_b, line.response_b)
  if ('model' in line) add('model', line.model, line.response)
  if (line.responses !== undefined && wanted.length === 0 && typeof line.response === 'string') {
    wanted.push({ field: 'response', responseId: line.response })
  }
  return wanted
}

/**
 * What a record speaks of. What is not here is made known by name where the import allows that.
 *
 * @throws RefusedLine where something is not here, is named twice or fits several
 */
export async function taskOf(
  trx: Tx,
  group: JudgmentGroup,
  record: PlacedRecord,
  texts: Texts,
): Promise<SpokenOf> {
  const wanted = wantedResponses(record)
  if (group.allowMissingText) await makeKnown(trx, group, record, wanted, texts)
  const promptId = texts.prompts.get(record.line.prompt_id)
  if (promptId === undefined) {
    throw new RefusedLine(
      'prompt_id',
      `no prompt "${record.line.prompt_id}" is here; import it first, or allow judgments without text`,
    )
  }
  const responses = texts.responses.get(promptId) ?? []
  const find = (one: Wanted) => fittingResponse(one, responses, record.line.prompt_id).id
  const idOf = (name: string) => find({ field: 'responses', responseId: name })
  const filed = wanted.map(find)
  if (new Set(filed).size < filed.length) {
    throw new RefusedLine('model_b', 'both sides name the same response')
  }
  const responseIds = record.line.responses?.map(idOf) ?? filed
  if (new Set(responseIds).size < responseIds.length) {
    throw new RefusedLine('responses', 'a response is named twice')
  }
  if (filed.some((id) => !responseIds.includes(id))) {
    throw new RefusedLine('responses', 'the answer names a response that is not among them')
  }
  return { task: { promptId, responseIds, purpose: purposeOf(record) }, filed, idOf }
}

const purposeOf = (record: PlacedRecord): Purpose =>
  record.kind === 'task' ? record.line.task : record.line.purpose

const isNamed = (ref: ModelRef, model: ModelName): boolean => {
  if (typeof ref === 'string') return model.name === ref || model.label === ref
  return (
    model.name === ref.name &&
    (ref.version === undefined || model.version === ref.version) &&
    (ref.prompt_version === undefined || model.promptVersion === ref.prompt_version) &&
    (ref.parameters === undefined || model.parameters === printJson(ref.parameters))
  )
}

/** Responses of a model: those logged under this name, else those that belong to it now. */
function responsesNamed(ref: ModelRef, responses: readonly KnownResponse[]): KnownResponse[] {
  const logged = responses.filter((response) => isNamed(ref, response.logged))
  if (logged.length > 0) return logged
  return responses.filter(({ others }) => others.some((model) => isNamed(ref, model)))
}

function fittingResponse(
  { field, model, responseId }: Wanted,
  responses: readonly KnownResponse[],
  promptName: string,
): KnownResponse {
  const name = model === undefined ? 'a response' : typeof model === 'string' ? model : model.name
  const of = model === undefined ? responses : responsesNamed(model, responses)
  const fitting = of.filter(
    (response) => responseId === undefined || response.externalIds.has(responseId),
  )
  if (fitting.length > 1) {
    const labels = [...new Set(fitting.map(({ logged }) => logged.label))].join('", "')
    throw new RefusedLine(
      field,
      `"${name}" is ambiguous: it fits ${fitting.length} responses to this prompt ("${labels}"); name the version or the response's id`,
    )
  }
  const found = fitting[0]
  if (found) return found
  const about = responseId === undefined ? '' : ` with the id "${responseId}"`
  throw new RefusedLine(field, `no response of "${name}"${about} to prompt "${promptName}" is here`)
}

/** Makes known by name what a judgment speaks of, where that was allowed. */
async function makeKnown(
  trx: Tx,
  group: JudgmentGroup,
  record: PlacedRecord,
  wanted: readonly Wanted[],
  texts: Texts,
): Promise<void> {
  const promptName = record.line.prompt_id
  const promptId = texts.prompts.get(promptName)
  const responses = promptId === undefined ? [] : (texts.responses.get(promptId) ?? [])
  const missing = wanted.flatMap(({ model }) =>
    model === undefined || responsesNamed(model, responses).length > 0 ? [] : [model],
  )
  if (promptId !== undefined && missing.length === 0) return
  const made = await ensureWithoutText(trx, {
    projectId: group.projectId,
    source: group.source,
    promptExternalId: promptName,
    models: missing.map((model) => {
      const named: Exclude<ModelRef, string> = typeof model === 'string' ? { name: model } : model
      return {
        name: named.name,
        version: named.version ?? '',
        promptVersion: named.prompt_version ?? '',
        parameters: named.parameters ?? {},
      }
    }),
    now: group.now,
  })
  texts.prompts.set(promptName, made)
  const found = await responsesOf(trx, group, [made])
  texts.responses.set(made, found.get(made) ?? [])
}
