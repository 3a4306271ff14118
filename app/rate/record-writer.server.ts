/** In: records whose campaign and task are known. Out: judgments, skips and what tasks are held to, each written once. */
import type { CriterionDefinition } from '#app/assign/campaign.ts'
import {
  ensureCriterion,
  ensureRecordedTasks,
  type RecordedCampaign,
  type RecordedTask,
  recordSkip,
  wantedTaskKey,
  widenScale,
} from '#app/assign/imported-campaigns.server.ts'
import { recordTask } from '#app/assign/recorded-task.server.ts'
import type { JudgmentGroup, JudgmentOutcome } from '#app/import/keep-records.server.ts'
import type { TaskLine } from '#app/import/rubrica-campaign-line.ts'
import { ensureNamedRater } from '#app/projects/raters.server.ts'
import { groupsOf } from '#db/pages.ts'
import type { Tx } from '#db/schema.ts'
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
import type { PlacedRecord, SpokenOf } from './recorded-texts.server.ts'
import { RefusedLine } from './refused-line.ts'

/** A record whose campaign, prompt and responses are known. */
export interface Resolved extends SpokenOf {
  place: number
  record: PlacedRecord
  campaign: RecordedCampaign
}

interface Existing {
  judgment: Revision['judgment']
  words: Words
}

export interface Writer {
  record: (resolved: Resolved) => Promise<JudgmentOutcome>
  flush: () => Promise<void>
}

/** Opens what writes a group's records one after another; what it keeps back is written by `flush`. */
export async function openWriter(
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
