/** In: a campaign's judgments. Out: measurements, stored with their method and counts. */

import { z } from 'zod'
import type { CriterionDefinition } from '#app/assign/campaign.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { forgetChanges } from '#app/rate/judgments.server.ts'
import { campaignsOfBatch } from '#app/rate/record-judgments.server.ts'
import type { Level } from '#app/stats/krippendorff-alpha.ts'
import { inTransaction } from '#db/open.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Agreement, agreement } from './agreement.ts'
import { type DriftReport, driftReport, familiesOf } from './drift.ts'
import { type JudgeReport, judgeReport } from './judge-report.ts'
import { hasJudges, tallyJudges } from './judge-votes.server.ts'
import { measureRaters, storeRaters } from './measure-raters.server.ts'
import { defaultOptions, type MeasureOptions } from './method.ts'
import { type Standings, standings } from './standings.ts'
import type { Tally } from './tally.ts'
import { mainCriterion, tagsOfPrompts, tallyJudgments } from './tally-judgments.server.ts'

/** Changes when the same judgments would give another figure. */
const codeVersion = '1'
const measurementsKept = 20

const storedKinds = ['standings', 'agreement', 'judges', 'drift'] as const
type StoredKind = (typeof storedKinds)[number]

const levelOf: Record<CriterionDefinition['kind'], Level | null> = {
  preference: 'nominal',
  scale: 'ordinal',
  choice: 'nominal',
  ranking: 'nominal',
  text: null,
  spans: null,
  ideal: null,
}

export interface Measured {
  standings: Standings
  agreement: Agreement
  tally: Tally
}

/** Computes standings and agreement anew from the judgments. Cost grows with the campaign. */
export async function measureCampaign(
  db: Queries,
  scope: { projectId: string; campaignId: string; options?: MeasureOptions },
): Promise<Measured> {
  const { projectId, campaignId, options = defaultOptions } = scope
  const tally = await tallyJudgments(db, { projectId, campaignId, sources: options.sources })
  const criteria = await listCriteria(db, projectId, campaignId)
  const main = mainCriterion(criteria)
  return {
    tally,
    standings: standings({
      pairs: [...tally.pairs.values()]
        .filter((pair) => pair.criterionId === main)
        .sort((one, other) => (pairKey(one) < pairKey(other) ? -1 : 1)),
      scores: [...tally.scores.values()],
      criterionNames: new Map(criteria.map((criterion) => [criterion.id, criterion.name])),
      models: await listModels(db, projectId),
      options,
      counts: {
        prompts: tally.prompts.size,
        raters: tally.raters.size,
        judgments: tally.judgments.size,
      },
    }),
    agreement: agreement(
      tally,
      criteria.map(({ id, name, definition }) => ({ id, name, level: levelOf[definition.kind] })),
      options,
    ),
  }
}

const pairKey = (pair: { promptId: string; modelA: string; modelB: string }) =>
  `${pair.promptId}|${pair.modelA}|${pair.modelB}`

const inputSchema = z.object({ campaignId: z.string() })

/** The job: measures a campaign and marks the changes it has seen as counted. */
export async function runMeasure(context: JobContext): Promise<{ judgments: number }> {
  const { db, job } = context
  const { campaignId } = inputSchema.parse(JSON.parse(job.input))
  const projectId = job.project_id
  const campaign = await findCampaign(db.read, projectId, campaignId)
  if (!campaign) throw new JobProblem('The campaign is gone.')
  const seen = await changesOf(db.read, projectId, campaignId)
  await context.report({ note: 'counting judgments' })
  const measured = await measureCampaign(db.read, { projectId, campaignId })
  const judges = await measureJudges(db.read, { projectId, campaignId })
  const drift = await measureDrift(db.read, { projectId, campaignId, people: measured.tally })
  const raters = await measureRaters(db.read, projectId, campaign)
  const now = Date.now()
  await inTransaction(db, async (trx) => {
    await storeMeasured(trx, { projectId, campaignId, measured, judges, drift, now })
    await storeRaters(trx, { projectId, campaignId, result: raters, now })
    await forgetChanges(trx, { projectId, ids: seen })
  })
  return { judgments: measured.tally.judgments.size }
}

/** What judging models are worth, where the campaign has any of their verdicts and compares responses. */
export async function measureJudges(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
): Promise<JudgeReport | undefined> {
  if (!(await hasJudges(db, { projectId, campaignId }))) return undefined
  const criteria = await listCriteria(db, projectId, campaignId)
  const main = criteria.find(({ definition }) => definition.kind === 'preference')
  if (!main) return undefined
  const tally = await tallyJudges(db, { projectId, campaignId, criterionId: main.id })
  return judgeReport(tally, await listModels(db, projectId))
}

/**
 * What changed between the versions of each model, where responses are scored one by one. People's
 * scores count; where a campaign has none, the judges'. Undefined without two versions of a model.
 */
export async function measureDrift(
  db: Queries,
  { projectId, campaignId, people }: { projectId: string; campaignId: string; people?: Tally },
): Promise<DriftReport | undefined> {
  const models = await listModels(db, projectId)
  if (familiesOf(models).size === 0) return undefined
  const scope = { projectId, campaignId }
  const own = people ?? (await tallyJudgments(db, { ...scope, sources: ['human'] }))
  const source = own.judgments.size > 0 ? 'human' : 'judge'
  const tally =
    source === 'human' ? own : await tallyJudgments(db, { ...scope, sources: ['judge'] })
  if (tally.scores.size === 0) return undefined
  const criteria = await listCriteria(db, projectId, campaignId)
  const report = driftReport({
    scores: [...tally.scores.values()],
    criterionNames: new Map(criteria.map(({ id, name }) => [id, name])),
    models,
    tagsOf: await tagsOfPrompts(db, projectId, tally.prompts),
    source,
    options: defaultOptions,
  })
  return report.series.length === 0 ? undefined : report
}

const mostChanges = 200_000

async function changesOf(db: Queries, projectId: string, campaignId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('judgment_change')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .limit(mostChanges)
    .execute()
  return rows.map((row) => row.id)
}

async function storeMeasured(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    measured: Measured
    judges: JudgeReport | undefined
    drift: DriftReport | undefined
    now: number
  },
): Promise<void> {
  const { projectId, campaignId, measured, judges, drift, now } = options
  const results = {
    standings: measured.standings,
    agreement: measured.agreement,
    ...(judges ? { judges } : {}),
    ...(drift ? { drift } : {}),
  }
  const counts = printJson({
    judgments: measured.tally.judgments.size,
    raters: measured.tally.raters.size,
    prompts: measured.tally.prompts.size,
  })
  for (const kind of storedKinds) {
    const result = results[kind]
    if (!result) continue
    await trx
      .insertInto('measurement')
      .values({
        project_id: projectId,
        id: newId(),
        campaign_id: campaignId,
        kind,
        method: printJson(result.method),
        seed: defaultOptions.seed,
        counts,
        result: printJson(result),
        code_version: codeVersion,
        created_at: now,
      })
      .execute()
    await forgetOldest(trx, { projectId, campaignId, kind })
  }
  await storePairCounts(trx, options)
}

async function forgetOldest(
  trx: Tx,
  { projectId, campaignId, kind }: { projectId: string; campaignId: string; kind: StoredKind },
): Promise<void> {
  const oldest = await trx
    .selectFrom('measurement')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .offset(measurementsKept)
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return
  await trx
    .deleteFrom('measurement')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .where('id', '<=', oldest.id)
    .execute()
}

async function storePairCounts(
  trx: Tx,
  {
    projectId,
    campaignId,
    measured,
  }: { projectId: string; campaignId: string; measured: Measured },
): Promise<void> {
  await trx
    .deleteFrom('pair_count')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  const rows = [...measured.tally.pairs.values()].map((pair) => ({
    project_id: projectId,
    campaign_id: campaignId,
    criterion_id: pair.criterionId,
    prompt_id: pair.promptId,
    model_a_id: pair.modelA,
    model_b_id: pair.modelB,
    wins_a: pair.winsA,
    wins_b: pair.winsB,
    ties: pair.ties,
    both_bad: pair.bothBad,
    cant_judge: pair.cantJudge,
  }))
  for (const some of groupsOf(rows, rowsAStatement(11))) {
    await trx.insertInto('pair_count').values(some).execute()
  }
}

export interface Latest<Result> {
  result: Result
  createdAt: number
}

const latest = async (db: Queries, projectId: string, campaignId: string, kind: StoredKind) =>
  db
    .selectFrom('measurement')
    .select(['result', 'created_at'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

/** The newest standings that were stored, written by `runMeasure` and by nothing else. */
export async function latestStandings(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Latest<Standings> | null> {
  const row = await latest(db, projectId, campaignId, 'standings')
  return row ? { result: JSON.parse(row.result) as Standings, createdAt: row.created_at } : null
}

/** The newest agreement that was stored. */
export async function latestAgreement(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Latest<Agreement> | null> {
  const row = await latest(db, projectId, campaignId, 'agreement')
  return row ? { result: JSON.parse(row.result) as Agreement, createdAt: row.created_at } : null
}

/** The newest report on judging models; null where the campaign has none of their verdicts. */
export async function latestJudges(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Latest<JudgeReport> | null> {
  const row = await latest(db, projectId, campaignId, 'judges')
  return row ? { result: JSON.parse(row.result) as JudgeReport, createdAt: row.created_at } : null
}

/** The newest report on versions; null where no model has two that were scored. */
export async function latestDrift(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<Latest<DriftReport> | null> {
  const row = await latest(db, projectId, campaignId, 'drift')
  return row ? { result: JSON.parse(row.result) as DriftReport, createdAt: row.created_at } : null
}

export const mostNewCounted = 1_000

/** How many judgments came or changed since the last measurement, counted up to a thousand. */
export async function newerJudgments(
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<number> {
  const rows = await db
    .selectFrom('judgment_change')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .limit(mostNewCounted)
    .execute()
  return rows.length
}

/** Queues a measurement unless one waits already. */
export const askForMeasurement = (
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
) =>
  enqueueJob(trx, { projectId, kind: 'measure', input: { campaignId }, dedupeKey: campaignId, now })

/** Queues the measurement of every campaign that an import brought judgments to. */
export async function askForBatchMeasurement(
  trx: Tx,
  { projectId, batchId, now }: { projectId: string; batchId: string; now: number },
): Promise<void> {
  for (const campaignId of await campaignsOfBatch(trx, { projectId, batchId })) {
    await askForMeasurement(trx, { projectId, campaignId, now })
  }
}

const measureModelsInput = z.object({ modelIds: z.array(z.string()) })

/** The job: has every campaign measured again that judged responses of some models. */
export async function runMeasureModels(context: JobContext): Promise<{ campaigns: number }> {
  const { db, job } = context
  const { modelIds } = measureModelsInput.parse(JSON.parse(job.input))
  const campaignIds = await campaignsOfModels(db.read, job.project_id, modelIds)
  const now = Date.now()
  await inTransaction(db, async (trx) => {
    for (const campaignId of campaignIds) {
      await askForMeasurement(trx, { projectId: job.project_id, campaignId, now })
    }
  })
  return { campaigns: campaignIds.length }
}

/** The campaigns that have figures, and tasks with responses of some models. */
async function campaignsOfModels(
  db: Queries,
  projectId: string,
  modelIds: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('campaign')
    .select('campaign.id')
    .where('campaign.project_id', '=', projectId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('measurement')
          .select('measurement.id')
          .whereRef('measurement.project_id', '=', 'campaign.project_id')
          .whereRef('measurement.campaign_id', '=', 'campaign.id'),
      ),
    )
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('task')
          .innerJoin('task_response', (join) =>
            join
              .onRef('task_response.project_id', '=', 'task.project_id')
              .onRef('task_response.task_id', '=', 'task.id'),
          )
          .innerJoin('response', (join) =>
            join
              .onRef('response.project_id', '=', 'task_response.project_id')
              .onRef('response.id', '=', 'task_response.response_id'),
          )
          .select('task.id')
          .whereRef('task.project_id', '=', 'campaign.project_id')
          .whereRef('task.campaign_id', '=', 'campaign.id')
          .where('response.model_id', 'in', modelIds),
      ),
    )
    .orderBy('campaign.id')
    .execute()
  return rows.map((row) => row.id)
}
