/** In: a campaign's judgments, prompt by prompt. Out: figures of each rater, stored with their method. */
import type { Campaign } from '#app/assign/campaigns.server.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { shownOrderSchema } from '#app/assign/shown-order.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { expectedSchema } from '#app/rate/expected.ts'
import { answerSchema, type Score } from '#app/rate/judgment.ts'
import { primaryCriterion } from '#app/rate/primary-answer.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type RaterCounts, type RatersResult, ratersResult } from './rater-figures.ts'
import { addPrompt, emptyRatersTally, type SeenJudgment, type SeenTask } from './rater-tally.ts'

/** Changes when the same judgments would give another figure. */
const codeVersion = '1'
const measurementsKept = 20
const promptsAPage = 20
const seenPurposes = ['work', 'gold', 'repeat'] as const

interface Scope {
  projectId: string
  campaignId: string
}

/** The figures of a campaign's raters, from one walk over its prompts. Cost grows with the campaign. */
export async function measureRaters(
  db: Queries,
  projectId: string,
  campaign: Pick<Campaign, 'id' | 'kind' | 'settings'>,
): Promise<RatersResult> {
  const scope = { projectId, campaignId: campaign.id }
  const question = primaryCriterion(await listCriteria(db, projectId, campaign.id))
  const asked = { criterionId: question?.id, goldTolerance: campaign.settings.goldTolerance }
  const tally = emptyRatersTally()
  const pages = walkPages(
    promptsAPage,
    (after: string | undefined, limit) => promptsAfter(db, scope, after ?? '', limit),
    (row) => row.id,
  )
  for await (const prompts of pages) {
    const tasks = await tasksOf(db, scope, prompts)
    for (const prompt of prompts) addPrompt(tally, tasks.get(prompt.id) ?? [], asked)
  }
  return ratersResult({
    tally,
    counts: await countsOf(db, scope),
    question: question?.title ?? null,
    kind: campaign.kind,
  })
}

const promptsAfter = (
  db: Queries,
  { projectId, campaignId }: Scope,
  after: string,
  limit: number,
) =>
  db
    .selectFrom('prompt')
    .select(['id', 'characters'])
    .where('project_id', '=', projectId)
    .where('id', '>', after)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('task')
          .select('task.id')
          .whereRef('task.project_id', '=', 'prompt.project_id')
          .whereRef('task.prompt_id', '=', 'prompt.id')
          .where('task.campaign_id', '=', campaignId),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute()

/** The judged tasks of some prompts, by prompt. */
async function tasksOf(
  db: Queries,
  { projectId, campaignId }: Scope,
  prompts: readonly { id: string; characters: number }[],
): Promise<Map<string, SeenTask[]>> {
  const promptIds = prompts.map(({ id }) => id)
  const rows = await db
    .selectFrom('task')
    .select(['id', 'prompt_id', 'purpose', 'repeat_of', 'expected'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('purpose', 'in', seenPurposes)
    .where(oneOf(db, 'prompt_id', promptIds))
    // What a retired gold task expected is no longer held against anybody.
    .where((eb) => eb.or([eb('purpose', '<>', 'gold'), eb('withdrawn_at', 'is', null)]))
    .orderBy('id')
    .execute()
  const taskIds = rows.map(({ id }) => id)
  const judgments = await judgmentsOf(db, projectId, taskIds)
  const judgedIds = taskIds.filter((id) => judgments.has(id))
  const responses = await responsesOf(db, projectId, judgedIds)
  const promptCharacters = new Map(prompts.map(({ id, characters }) => [id, characters]))
  const byPrompt = new Map<string, SeenTask[]>()
  for (const row of rows) {
    const own = judgments.get(row.id)
    if (!own) continue
    const shown = responses.get(row.id) ?? []
    const task: SeenTask = {
      id: row.id,
      purpose: row.purpose,
      repeatOf: row.repeat_of,
      expected: row.expected === null ? null : expectedSchema.parse(JSON.parse(row.expected)),
      characters:
        (promptCharacters.get(row.prompt_id) ?? 0) +
        shown.reduce((sum, { characters }) => sum + characters, 0),
      responses: shown,
      judgments: own,
    }
    const before = byPrompt.get(row.prompt_id)
    if (before) before.push(task)
    else byPrompt.set(row.prompt_id, [task])
  }
  return byPrompt
}

async function judgmentsOf(db: Queries, projectId: string, taskIds: readonly string[]) {
  const rows = await db
    .selectFrom('judgment')
    .select(['id', 'task_id', 'rater_id', 'source', 'shown_order', 'active_ms', 'judged_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'task_id', taskIds))
    .where('source', 'in', ['human', 'adjudicator'])
    .where('is_extra', '=', 0)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute()
  const scores = await scoresOf(
    db,
    projectId,
    rows.map(({ id }) => id),
  )
  const byTask = new Map<string, SeenJudgment[]>()
  for (const row of rows) {
    const judgment: SeenJudgment = {
      raterId: row.rater_id,
      source: row.source === 'adjudicator' ? 'adjudicator' : 'human',
      scores: scores.get(row.id) ?? [],
      shownOrder:
        row.shown_order === null ? null : shownOrderSchema.parse(JSON.parse(row.shown_order)),
      activeMs: row.active_ms,
      judgedAt: row.judged_at,
    }
    const before = byTask.get(row.task_id)
    if (before) before.push(judgment)
    else byTask.set(row.task_id, [judgment])
  }
  return byTask
}

async function scoresOf(
  db: Queries,
  projectId: string,
  judgmentIds: readonly string[],
): Promise<Map<string, Score[]>> {
  const rows = await db
    .selectFrom('judgment_score')
    .select(['judgment_id', 'criterion_id', 'position', 'answer'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'judgment_id', judgmentIds))
    .orderBy('judgment_id')
    .orderBy('criterion_id')
    .orderBy('position')
    .execute()
  const byJudgment = new Map<string, Score[]>()
  for (const row of rows) {
    const score = {
      criterionId: row.criterion_id,
      position: row.position,
      answer: answerSchema.parse(JSON.parse(row.answer)),
    }
    const before = byJudgment.get(row.judgment_id)
    if (before) before.push(score)
    else byJudgment.set(row.judgment_id, [score])
  }
  return byJudgment
}

async function responsesOf(db: Queries, projectId: string, taskIds: readonly string[]) {
  const rows = await db
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select(['task_response.task_id', 'response.id', 'response.characters'])
    .where('task_response.project_id', '=', projectId)
    .where(oneOf(db, 'task_response.task_id', taskIds))
    .orderBy('task_response.task_id')
    .orderBy('task_response.position')
    .execute()
  const byTask = new Map<string, SeenTask['responses'][number][]>()
  for (const { task_id, id, characters } of rows) {
    const before = byTask.get(task_id)
    if (before) before.push({ id, characters })
    else byTask.set(task_id, [{ id, characters }])
  }
  return byTask
}

/** Skips by reason, and the judgments of each rater that do not count. */
async function countsOf(
  db: Queries,
  { projectId, campaignId }: Scope,
): Promise<Map<string, RaterCounts>> {
  const counts = new Map<string, { skips: RaterCounts['skips'][number][] } & RaterCounts>()
  const countsFor = (raterId: string) => {
    const known = counts.get(raterId) ?? { skips: [], extra: 0, withdrawn: 0 }
    counts.set(raterId, known)
    return known
  }
  const skips = await db
    .selectFrom('assignment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'assignment.project_id')
        .onRef('task.id', '=', 'assignment.task_id'),
    )
    .select((eb) => [
      'assignment.rater_id',
      'assignment.skip_reason',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.campaign_id', '=', campaignId)
    .where('assignment.status', '=', 'skipped')
    .where('task.purpose', '=', 'work')
    .groupBy(['assignment.rater_id', 'assignment.skip_reason'])
    .orderBy('assignment.rater_id')
    .orderBy('assignment.skip_reason')
    .execute()
  for (const { rater_id, skip_reason, count } of skips) {
    if (rater_id !== null) countsFor(rater_id).skips.push({ reason: skip_reason ?? '', count })
  }
  const apart = await db
    .selectFrom('judgment')
    .select((eb) => [
      'rater_id',
      eb.fn.countAll<number>().filterWhere('withdrawn_at', 'is not', null).as('withdrawn'),
      eb.fn.countAll<number>().filterWhere('withdrawn_at', 'is', null).as('extra'),
    ])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('source', '=', 'human')
    .where((eb) => eb.or([eb('is_extra', '=', 1), eb('withdrawn_at', 'is not', null)]))
    .groupBy('rater_id')
    .execute()
  for (const { rater_id, extra, withdrawn } of apart) {
    Object.assign(countsFor(rater_id), { extra, withdrawn })
  }
  return counts
}

/** Stores the figures of a campaign's raters; the newest few are kept. */
export async function storeRaters(
  trx: Tx,
  { projectId, campaignId, result, now }: Scope & { result: RatersResult; now: number },
): Promise<void> {
  await trx
    .insertInto('measurement')
    .values({
      project_id: projectId,
      id: newId(),
      campaign_id: campaignId,
      kind: 'raters',
      chosen: '',
      method: printJson(result.method),
      seed: 0,
      counts: printJson({
        raters: result.raters.length,
        judgments: result.raters.reduce((sum, { judgments }) => sum + judgments, 0),
      }),
      result: printJson(result),
      code_version: codeVersion,
      created_at: now,
    })
    .execute()
  const oldest = await newest(trx, { projectId, campaignId })
    .offset(measurementsKept)
    .executeTakeFirst()
  if (!oldest) return
  await trx
    .deleteFrom('measurement')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', 'raters')
    .where('id', '<=', oldest.id)
    .execute()
}

const newest = (db: Queries, { projectId, campaignId }: Scope) =>
  db
    .selectFrom('measurement')
    .select(['id', 'result', 'created_at'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', 'raters')
    .orderBy('id', 'desc')
    .limit(1)

/** The newest figures of a campaign's raters that were stored. */
export async function latestRaters(
  db: Queries,
  scope: Scope,
): Promise<{ result: RatersResult; createdAt: number } | null> {
  const row = await newest(db, scope).executeTakeFirst()
  return row ? { result: JSON.parse(row.result) as RatersResult, createdAt: row.created_at } : null
}
