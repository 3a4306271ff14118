/**
 * In: judgments that people or models gave elsewhere, as an import reads them. Out: judgments of a
 * closed campaign, with their raters; what cannot be recorded says why.
 */

import type { CriterionDefinition } from '#app/assign/campaign.ts'
import { findCampaignByName } from '#app/assign/campaigns.server.ts'
import {
  ensureCriterion,
  ensureImportedCampaign,
  ensureRecordedTasks,
  type RecordedCampaign,
  type RecordedTask,
  recordSkip,
  type WantedTask,
  wantedTaskKey,
  widenScale,
} from '#app/assign/imported-campaigns.server.ts'
import { recordCampaign } from '#app/assign/recorded-campaign.server.ts'
import { recordTask } from '#app/assign/recorded-task.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { ensureWithoutText } from '#app/import/content-without-text.server.ts'
import type { RecordedRecord } from '#app/import/import-record.ts'
import type {
  JudgmentGroup,
  JudgmentOutcome,
  RecordJudgments,
} from '#app/import/keep-records.server.ts'
import { listMoves, loggedModels } from '#app/import/logged-models.server.ts'
import type { TaskLine } from '#app/import/rubrica-campaign-line.ts'
import type { ModelRef, Ranked } from '#app/import/rubrica-line.ts'
import { type ModelName, modelNames } from '#app/projects/model-names.server.ts'
import { ensureNamedRater } from '#app/projects/raters.server.ts'
import { groupsOf } from '#db/pages.ts'
import type { CampaignKind, Purpose, Queries, Tx } from '#db/schema.ts'
import type { Expected } from './expected.ts'
import { revisionContentSchema, type Score } from './judgment.ts'
import {
  addScores,
  insertJudgments,
  type NewJudgment,
  type Revision,
  reviseJudgment,
  scoresOf,
  type Words,
} from './judgments.server.ts'
import {
  type AnsweredRecord,
  type AnswerPlaces,
  answersOf,
  type NamedAnswer,
  plainAnswer,
} from './recorded-answers.ts'
import { merged, newJudgment, overlaps, says } from './recorded-judgment.ts'
import { RefusedLine } from './refused-line.ts'

const unnamedCampaign = 'Imported judgments'

/** What speaks of a task: a judgment, a skip, or what a task is beside them. */
type PlacedRecord = Exclude<RecordedRecord, { kind: 'campaign' }>

/** A record whose campaign, prompt and responses are known. */
interface Resolved {
  place: number
  record: PlacedRecord
  campaign: RecordedCampaign
  task: WantedTask
  filed: readonly string[]
  idOf: (name: string) => string
}

/** Records one group of judgments. Must run in a transaction; never throws for a bad record. */
export const recordJudgments: RecordJudgments = async (trx, group) => {
  const outcomes: JudgmentOutcome[] = group.records.map(() => ({ kind: 'unchanged' }))
  const refuse = (place: number, error: unknown) => {
    if (!(error instanceof RefusedLine)) throw error
    outcomes[place] = { kind: 'refused', problem: error.problem }
  }
  const placed: { place: number; record: PlacedRecord }[] = []
  for (const [place, record] of group.records.entries()) {
    if (record.kind !== 'campaign') placed.push({ place, record })
    else outcomes[place] = await recordCampaign(trx, { ...group, line: record.line })
  }
  const texts = await lookUpTexts(trx, group, placed)
  const campaigns = new Map<string, RecordedCampaign | RefusedLine>()
  const resolved: Resolved[] = []
  for (const { place, record } of placed) {
    try {
      const campaign = await campaignOf(trx, group, record, campaigns)
      const found = await taskOf(trx, group, record, texts)
      resolved.push({ place, record, campaign, ...found })
    } catch (error) {
      refuse(place, error)
    }
  }
  const writer = await openWriter(trx, group, resolved)
  for (const one of resolved) {
    try {
      outcomes[one.place] = await writer.record(one)
    } catch (error) {
      refuse(one.place, error)
    }
  }
  await writer.flush()
  return outcomes
}

// ---- Which campaign ---------------------------------------------------------------------------

async function campaignOf(
  trx: Tx,
  group: JudgmentGroup,
  record: PlacedRecord,
  known: Map<string, RecordedCampaign | RefusedLine>,
): Promise<RecordedCampaign> {
  const name = record.line.campaign ?? group.campaign ?? unnamedCampaign
  const kind = kindOf(record)
  const key = `${kind} ${isOfAnyKind(record)} ${name}`
  const found = known.get(key) ?? (await ensureCampaign(trx, group, { name, kind, record }))
  known.set(key, found)
  if (found instanceof RefusedLine) throw found
  return found
}

function kindOf(record: PlacedRecord): CampaignKind {
  if (record.kind === 'pairwise' || record.kind === 'ranking') return record.kind
  const { responses } = record.line
  if (responses !== undefined) return kindOfMany[responses.length] ?? 'ranking'
  if (record.kind !== 'skipped') return 'rubric'
  return record.line.model === undefined && record.line.response === undefined
    ? 'pairwise'
    : 'rubric'
}

/** What a task asks as a rule, by how many responses it shows. */
const kindOfMany: readonly (CampaignKind | undefined)[] = [undefined, 'rubric', 'pairwise']

/** Lines that campaigns of each kind have: skips, tasks, and questions beside the main one. */
const isOfAnyKind = (record: PlacedRecord): boolean =>
  record.kind === 'skipped' ||
  record.kind === 'task' ||
  (record.kind === 'rubric' && record.line.responses !== undefined)

async function ensureCampaign(
  trx: Tx,
  { projectId, isSimulated, now }: JudgmentGroup,
  { name, kind, record }: { name: string; kind: CampaignKind; record: PlacedRecord },
): Promise<RecordedCampaign | RefusedLine> {
  const known = await findCampaignByName(trx, projectId, name)
  const campaign =
    known ?? (await ensureImportedCampaign(trx, { projectId, name, kind, isSimulated, now }))
  if (campaign.kind === kind || isOfAnyKind(record)) return campaign
  return new RefusedLine(
    'campaign',
    `the campaign "${name}" holds ${campaign.kind} judgments; one campaign holds one kind`,
  )
}

// ---- Which texts ------------------------------------------------------------------------------

interface KnownResponse {
  id: string
  promptId: string
  externalIds: Set<string>
  /** The model as the log named it. */
  logged: ModelName
  /** Other names of what it belongs to now. */
  others: ModelName[]
}

interface Texts {
  /** A prompt's id here, by the id in the file. */
  prompts: Map<string, string>
  responses: Map<string, KnownResponse[]>
}

async function lookUpTexts(
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

async function taskOf(
  trx: Tx,
  group: JudgmentGroup,
  record: PlacedRecord,
  texts: Texts,
): Promise<Pick<Resolved, 'task' | 'filed' | 'idOf'>> {
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

// ---- Writing ----------------------------------------------------------------------------------

interface Existing {
  judgment: Revision['judgment']
  words: Words
}

interface Writer {
  record: (resolved: Resolved) => Promise<JudgmentOutcome>
  flush: () => Promise<void>
}

async function openWriter(
  trx: Tx,
  group: JudgmentGroup,
  resolved: readonly Resolved[],
): Promise<Writer> {
  const { projectId, now } = group
  const tasks = await tasksByCampaign(trx, group, resolved)
  const taskResponses = new Map(
    [...tasks.values()].flatMap((some) =>
      [...some.values()].map((task) => [task.id, task.responseIds]),
    ),
  )
  const responseIdsOf = (taskId: string) => taskResponses.get(taskId) ?? []
  const raters = new Map<string, string>()
  const criteria = new Map<string, string>()
  const scales = new Set<string>()
  const pending = new Map<string, NewJudgment>()
  const judged = await judgedPairs(trx, projectId, [...taskResponses.keys()])

  const raterOf = async (name: string, kind: 'imported' | 'judge') => {
    const key = `${kind} ${name}`
    const { isSimulated } = group
    const id =
      raters.get(key) ?? (await ensureNamedRater(trx, { projectId, name, kind, isSimulated, now }))
    raters.set(key, id)
    return id
  }
  const criterionOf = async (
    campaign: RecordedCampaign,
    name: string,
    definition: CriterionDefinition,
  ) => {
    const campaignId = campaign.id
    const key = `${campaignId} ${name}`
    const id =
      criteria.get(key) ?? (await ensureCriterion(trx, { projectId, campaignId, name, definition }))
    criteria.set(key, id)
    return id
  }
  const flush = async () => {
    await insertJudgments(trx, [...pending.values()], responseIdsOf)
    for (const key of pending.keys()) judged.add(key)
    pending.clear()
  }

  const recordAnswer = async (
    { record, campaign }: { record: AnsweredRecord; campaign: RecordedCampaign },
    task: RecordedTask,
    places: AnswerPlaces,
  ): Promise<JudgmentOutcome> => {
    const { line } = record
    const kind = line.source === 'judge' ? 'judge' : 'imported'
    const raterId = await raterOf(line.rater, kind)
    const scores: Score[] = []
    for (const { name, definition, position, answer } of answersOf(record, places)) {
      const criterionId = await criterionOf(campaign, name, definition)
      scores.push({ criterionId, position, answer })
      const widening = `${criterionId} ${answer.kind === 'scale' ? answer.score : ''}`
      if (answer.kind === 'scale' && campaign.origin === 'imported' && !scales.has(widening)) {
        scales.add(widening)
        await widenScale(trx, { projectId, criterionId, score: answer.score })
      }
    }
    const key = `${task.id}|${raterId}`
    const waiting = pending.get(key)
    if (waiting && !isAnotherRevision(line, waiting) && !overlaps(waiting.words.scores, scores)) {
      waiting.words = merged(waiting.words, line, scores)
      return { kind: 'merged' }
    }
    if (waiting) await flush()
    if (judged.has(key)) {
      const existing = await findExisting(trx, projectId, task.id, raterId)
      return change(trx, {
        existing,
        record,
        scores,
        responseIds: task.responseIds,
        group,
        campaign,
      })
    }
    if (campaign.origin === 'made') {
      throw new RefusedLine(
        'campaign',
        'this campaign was made here; recorded judgments go to a campaign of their own',
      )
    }
    const about = { group, campaignId: campaign.id, taskId: task.id }
    pending.set(key, newJudgment({ ...about, record, places, raterId, scores }))
    return { kind: 'created' }
  }

  return {
    flush,
    record: async ({ record, campaign, task: wanted, filed, idOf }) => {
      const task = tasks.get(campaign.id)?.get(wantedTaskKey(wanted))
      if (!task) {
        throw new RefusedLine(
          'campaign',
          'this campaign was made here and never asked this question',
        )
      }
      const places = { responseIds: task.responseIds, filed, idOf }
      if (record.kind === 'task') {
        const expected = await expectedOf(record.line, places, (answer) =>
          criterionOf(campaign, answer.name, answer.definition),
        )
        const mayChange = campaign.origin === 'imported'
        const about = { projectId, taskId: task.id, line: record.line }
        return recordTask(trx, { ...about, expected, mayChange, now })
      }
      if (record.kind !== 'skipped') return recordAnswer({ record, campaign }, task, places)
      const { line } = record
      const isNew = await recordSkip(trx, {
        projectId,
        campaignId: campaign.id,
        taskId: task.id,
        raterId: await raterOf(line.rater, 'imported'),
        reason: line.skipped,
        at: line.created_at ?? null,
        now,
      })
      return { kind: isNew ? 'skip' : 'unchanged' }
    },
  }
}

/** What a task is held to. Undefined where its line does not say. */
async function expectedOf(
  { expected }: TaskLine,
  places: AnswerPlaces,
  criterionOf: (answer: NamedAnswer) => Promise<string>,
): Promise<Expected | undefined> {
  if (expected === undefined) return undefined
  const scores: Score[] = []
  for (const [place, given] of expected.answers.entries()) {
    const named = plainAnswer(given, places)
    if (!named) throw new RefusedLine(`expected.answers.${place}`, 'it holds no answer')
    const { position, answer } = named
    scores.push({ criterionId: await criterionOf(named), position, answer })
  }
  return { scores, explanation: expected.explanation ?? '' }
}

const isAnotherRevision = (line: AnsweredRecord['line'], waiting: NewJudgment): boolean =>
  line.replaces === true && line.revision !== waiting.revision

async function tasksByCampaign(
  trx: Tx,
  { projectId, now }: JudgmentGroup,
  resolved: readonly Resolved[],
): Promise<Map<string, Map<string, RecordedTask>>> {
  const byCampaign = new Map<string, Map<string, RecordedTask>>()
  for (const campaign of new Map(resolved.map((one) => [one.campaign.id, one.campaign])).values()) {
    const tasks = resolved.filter((one) => one.campaign.id === campaign.id).map((one) => one.task)
    const found = await ensureRecordedTasks(trx, {
      projectId,
      campaignId: campaign.id,
      tasks,
      mayMake: campaign.origin === 'imported',
      now,
    })
    byCampaign.set(campaign.id, found)
  }
  return byCampaign
}

async function judgedPairs(trx: Tx, projectId: string, taskIds: readonly string[]) {
  const pairs = new Set<string>()
  for (const some of groupsOf(taskIds, 1_000)) {
    const rows = await trx
      .selectFrom('judgment')
      .select(['task_id', 'rater_id'])
      .where('project_id', '=', projectId)
      .where('task_id', 'in', some)
      .execute()
    for (const row of rows) pairs.add(`${row.task_id}|${row.rater_id}`)
  }
  return pairs
}

async function findExisting(
  trx: Tx,
  projectId: string,
  taskId: string,
  raterId: string,
): Promise<Existing> {
  const judgment = await trx
    .selectFrom('judgment')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('task_id', '=', taskId)
    .where('rater_id', '=', raterId)
    .executeTakeFirstOrThrow()
  return {
    judgment,
    words: {
      scores: await scoresOf(trx, projectId, judgment.id),
      comment: judgment.comment,
      reasons: JSON.parse(judgment.reasons) as string[],
    },
  }
}

interface Change {
  existing: Existing
  record: AnsweredRecord
  scores: readonly Score[]
  responseIds: readonly string[]
  group: JudgmentGroup
  campaign: RecordedCampaign
}

/** A line about a task that its rater judged before: known, added to, revised, or refused. */
async function change(trx: Tx, made: Change): Promise<JudgmentOutcome> {
  const { existing, record, scores, responseIds, group, campaign } = made
  const { judgment, words } = existing
  const { line } = record
  const isNext = line.replaces === true && (line.revision ?? 1) > judgment.revision
  if (!isNext && (await isSaid(trx, existing, line, scores))) return { kind: 'unchanged' }
  if (campaign.origin === 'made') {
    throw new RefusedLine('campaign', 'this campaign was made here; its judgments change only here')
  }
  if (isNext) {
    await reviseJudgment(trx, {
      judgment,
      words: { scores, comment: line.comment ?? '', reasons: line.reasons ?? [] },
      responseIds,
      activeMs: line.active_ms ?? null,
      judgedAt: line.created_at ?? null,
      now: group.now,
    })
    return { kind: 'merged' }
  }
  const isSameRevision =
    line.revision !== undefined &&
    line.revision === judgment.revision &&
    (line.created_at ?? null) === judgment.judged_at
  if (isSameRevision || !overlaps(words.scores, scores)) {
    const all = merged(words, line, scores)
    await addScores(trx, { judgment, words: all, added: scores, responseIds, now: group.now })
    return { kind: 'merged' }
  }
  if (!isNewer(line, judgment)) {
    throw new RefusedLine(
      'rater',
      `"${line.rater}" has judged this already, differently, and this line is not newer`,
    )
  }
  const changed = merged(words, line, scores)
  await reviseJudgment(trx, {
    judgment,
    words: { ...changed, comment: line.comment ?? '', reasons: line.reasons ?? [] },
    responseIds,
    activeMs: line.active_ms ?? judgment.active_ms,
    judgedAt: line.created_at ?? null,
    now: group.now,
  })
  return { kind: 'merged' }
}

/** Whether everything in a line is known: it stands, or an earlier revision had it. */
async function isSaid(
  trx: Tx,
  { judgment, words }: Existing,
  line: AnsweredRecord['line'],
  scores: readonly Score[],
): Promise<boolean> {
  if (says(words, line, scores)) return true
  // A line of a revision that holds all of itself is not known by what was said before it.
  if (line.replaces === true && line.revision === judgment.revision) return false
  return saidEarlier(trx, judgment, line, scores)
}

async function saidEarlier(
  trx: Tx,
  judgment: Revision['judgment'],
  line: AnsweredRecord['line'],
  scores: readonly Score[],
): Promise<boolean> {
  const rows = await trx
    .selectFrom('judgment_revision')
    .select('content')
    .where('project_id', '=', judgment.project_id)
    .where('judgment_id', '=', judgment.id)
    .execute()
  return rows.some((row) =>
    says(revisionContentSchema.parse(JSON.parse(row.content)), line, scores),
  )
}

function isNewer(line: AnsweredRecord['line'], judgment: Revision['judgment']): boolean {
  const isLater = (line.created_at ?? 0) > (judgment.judged_at ?? 0)
  if (line.created_at !== undefined && judgment.judged_at !== null) {
    return (
      isLater ||
      (line.created_at === judgment.judged_at && (line.revision ?? 1) > judgment.revision)
    )
  }
  return isLater || (line.revision ?? 1) > judgment.revision
}

/** The campaigns that an import brought judgments to. */
export async function campaignsOfBatch(
  db: Queries,
  { projectId, batchId }: { projectId: string; batchId: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('judgment')
    .select('campaign_id')
    .distinct()
    .where('project_id', '=', projectId)
    .where('batch_id', '=', batchId)
    .execute()
  return rows.map((row) => row.campaign_id)
}
