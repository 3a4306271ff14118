/** In: a campaign's judgments. Out: measurements, stored with their method and counts. */

import { z } from 'zod'
import type { CriterionDefinition } from '#app/assign/campaign.ts'
import { campaignProgress, findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { idsMeaning, listModels } from '#app/projects/models.server.ts'
import { listRaterProfiles, listRaters } from '#app/projects/raters.server.ts'
import { forgetChanges } from '#app/rate/judgments.server.ts'
import { campaignsOfBatch } from '#app/rate/record-judgments.server.ts'
import type { Level } from '#app/stats/krippendorff-alpha.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Agreement, agreement } from './agreement.ts'
import { completeCounts, countedTotals, storeCounts } from './counts.server.ts'
import { type DriftReport, driftReport, familiesOf } from './drift.ts'
import { shownOf } from './drift-shown.ts'
import { type JudgeReport, judgeReport } from './judge-report.ts'
import { hasJudges, tallyJudges } from './judge-votes.server.ts'
import { upToDateCounts } from './kept-counts.server.ts'
import { measureRaters, storeRaters } from './measure-raters.server.ts'
import { announceDone, announceDrift } from './measurement-news.server.ts'
import { storeResults } from './measurements.server.ts'
import { chosenIn, defaultOptions, type MeasureOptions, measureOptionsSchema } from './method.ts'
import { type Standings, standings } from './standings.ts'
import type { PairTally, RankingVote, RaterVote, ScoreTally, Tally } from './tally.ts'
import {
  mainCriterion,
  type TallyScope,
  tagsOfPrompts,
  tallyJudgments,
} from './tally-judgments.server.ts'
import { askForGates } from './watched-gates.server.ts'

const levelOf: Record<CriterionDefinition['kind'], Level | null> = {
  preference: 'nominal',
  scale: 'ordinal',
  choice: 'nominal',
  ranking: 'nominal',
  text: null,
  spans: null,
  ideal: null,
}

/** The answers that a question offers, in their order. */
export function answersOf(definition: CriterionDefinition): (string | number)[] {
  if (definition.kind === 'preference') return ['a', 'tie', 'b', 'both_bad']
  if (definition.kind === 'ranking') return ['a', 'tie', 'b']
  if (definition.kind === 'scale') return definition.points.map(({ value }) => value)
  return definition.kind === 'choice' && !definition.multiple ? [...definition.options] : []
}

export interface MeasuredStandings {
  standings: Standings
  tally: Tally
}

interface Asked {
  projectId: string
  campaignId: string
  options?: MeasureOptions
}

/** Computes standings anew from the judgments. Cost grows with the campaign. */
export async function measureStandings(db: Queries, asked: Asked): Promise<MeasuredStandings> {
  const { projectId, campaignId, options = defaultOptions } = asked
  const tally = await tallyJudgments(db, {
    projectId,
    campaignId,
    ...(await partOf(db, projectId, options)),
    keepsRaterVotes: options.control === 'raters' || options.interval === 'both',
    countsMarks: options.control === 'style',
    keepsRankings: options.strengths === 'rankings',
  })
  const { raterVotes, rankings } = tally
  return {
    tally,
    standings: await standingsFrom(db, asked, {
      pairs: [...tally.pairs.values()],
      scores: [...tally.scores.values()],
      ...(raterVotes ? { raterVotes } : {}),
      ...(rankings ? { rankings } : {}),
      totals: totalsOf(tally),
    }),
  }
}

const totalsOf = ({ prompts, raters, judgments }: Tally) => ({
  prompts: prompts.size,
  raters: raters.size,
  judgments: judgments.size,
})

interface CountedVerdicts {
  pairs: readonly PairTally[]
  scores: readonly ScoreTally[]
  raterVotes?: readonly RaterVote[]
  rankings?: readonly RankingVote[]
  totals: { prompts: number; raters: number; judgments: number }
}

/** Standings of verdicts that are counted, in whatever order. */
async function standingsFrom(
  db: Queries,
  { projectId, campaignId, options = defaultOptions }: Asked,
  { pairs, scores, raterVotes, rankings, totals }: CountedVerdicts,
): Promise<Standings> {
  const criteria = await listCriteria(db, projectId, campaignId)
  const main = mainCriterion(criteria)
  const ownVotes = raterVotes?.filter((vote) => vote.criterionId === main)
  return standings({
    pairs: pairs.filter((pair) => pair.criterionId === main),
    scores,
    ...(ownVotes ? { raterVotes: ownVotes } : {}),
    ...(rankings ? { rankings: rankings.filter((vote) => vote.criterionId === main) } : {}),
    criterionNames: new Map(criteria.map((criterion) => [criterion.id, criterion.name])),
    models: await listModels(db, projectId),
    options,
    counts: totals,
  })
}

const dayMs = 24 * 3_600_000

/** Which part of a campaign's judgments some options count, as the tally wants it said. */
async function partOf(
  db: Queries,
  projectId: string,
  { sources, tag, promptVersion, raterGroup, from, to }: MeasureOptions,
): Promise<Omit<TallyScope, 'projectId' | 'campaignId'>> {
  return {
    sources,
    tag,
    within:
      promptVersion === undefined ? undefined : await modelsOfVersion(db, projectId, promptVersion),
    raterIds: raterGroup === undefined ? undefined : await ratersInGroup(db, projectId, raterGroup),
    given: {
      from: from === undefined ? undefined : Date.parse(from),
      until: to === undefined ? undefined : Date.parse(to) + dayMs,
    },
  }
}

async function modelsOfVersion(db: Queries, projectId: string, version: string): Promise<string[]> {
  const models = await listModels(db, projectId)
  const own = models.filter((model) => model.prompt_version === version)
  const meant = await Promise.all(own.map(({ id }) => idsMeaning(db, projectId, id)))
  return meant.flat()
}

async function ratersInGroup(db: Queries, projectId: string, group: string): Promise<string[]> {
  const profiles = await listRaterProfiles(db, projectId)
  return profiles.filter(({ groups }) => groups.includes(group)).map(({ raterId }) => raterId)
}

/** Computes standings and agreement anew from the judgments. Cost grows with the campaign. */
export async function measureCampaign(
  db: Queries,
  asked: Asked,
): Promise<MeasuredStandings & { agreement: Agreement }> {
  const { projectId, campaignId, options = defaultOptions } = asked
  const measured = await measureStandings(db, asked)
  const criteria = await listCriteria(db, projectId, campaignId)
  const questions = criteria.map(({ id, name, definition }) => ({
    id,
    name,
    level: levelOf[definition.kind],
    answers: answersOf(definition),
  }))
  const raters = await listRaters(db, projectId)
  return {
    ...measured,
    agreement: agreement(measured.tally, questions, options, {
      tagsOf: await tagsOfPrompts(db, projectId, measured.tally.prompts),
      raterNames: new Map(raters.map(({ id, pseudonym }) => [id, pseudonym])),
    }),
  }
}

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
  const progress = await campaignProgress(db.read, projectId, campaignId)
  await storeCounts(db, { projectId, campaignId, tally: measured.tally })
  const now = Date.now()
  await inTransaction(db, async (trx) => {
    const { tally, standings: found, agreement: agreeing } = measured
    const results = {
      standings: found,
      agreement: agreeing,
      judges,
      drift,
      'drift-shown': drift && shownOf(drift),
    }
    const options = defaultOptions
    const totals = totalsOf(tally)
    await storeResults(trx, { projectId, campaignId, results, totals, options, now })
    await completeCounts(trx, { projectId, campaignId, raterIds: tally.raters, now })
    await storeRaters(trx, { projectId, campaignId, result: raters, now })
    await forgetChanges(trx, { projectId, ids: seen })
    if (drift) await announceDrift(trx, { projectId, campaign, report: drift, now })
    await announceDone(trx, { projectId, campaign, progress, now })
    await askForGates(trx, { projectId, now })
  })
  return { judgments: measured.tally.judgments.size }
}

/**
 * Measures the standings alone, from counts that are kept as judgments come: the cost hangs on what
 * changed and on the prompts that were judged, not on the number of judgments. Gives how many judgments
 * they rest on; undefined where the counts are not whole.
 */
export async function refreshStandings(
  db: Db,
  scope: { projectId: string; campaignId: string },
): Promise<number | undefined> {
  const counts = await upToDateCounts(db, scope, Date.now)
  if (!counts) return undefined
  const totals = await countedTotals(db.read, scope)
  const results = { standings: await standingsFrom(db.read, scope, { ...counts, totals }) }
  await inTransaction(db, (trx) =>
    storeResults(trx, { ...scope, results, totals, options: defaultOptions, now: Date.now() }),
  )
  return totals.judgments
}

/** The job: the standings alone where somebody looks at them, or everything where counts are missing. */
export async function runMeasureStandings(context: JobContext): Promise<{ judgments: number }> {
  const { db, job } = context
  const { campaignId } = inputSchema.parse(JSON.parse(job.input))
  const judgments = await refreshStandings(db, { projectId: job.project_id, campaignId })
  return judgments === undefined ? runMeasure(context) : { judgments }
}

const viewInputSchema = z.object({ campaignId: z.string(), options: measureOptionsSchema })

/** The job: measures a campaign as somebody asked for it, beside the plain measurement. */
export async function runMeasureView(context: JobContext): Promise<{ judgments: number }> {
  const { db, job } = context
  const { campaignId, options } = viewInputSchema.parse(JSON.parse(job.input))
  const projectId = job.project_id
  if (!(await findCampaign(db.read, projectId, campaignId))) {
    throw new JobProblem('The campaign is gone.')
  }
  const asked = { projectId, campaignId, options }
  const { standings: found, tally } = await measureStandings(db.read, asked)
  const now = Date.now()
  const results = { standings: found }
  await inTransaction(db, (trx) =>
    storeResults(trx, { projectId, campaignId, results, totals: totalsOf(tally), options, now }),
  )
  return { judgments: tally.judgments.size }
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
  const report = judgeReport(tally, await listModels(db, projectId))
  return report.judges.length === 0 ? undefined : report
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

export const mostNewCounted = 1_000

/**
 * How many judgments came or changed since the last measurement, counted up to a thousand.
 *
 * @param uncounted only those that the standings lack too, which are measured sooner than the rest
 */
export async function newerJudgments(
  db: Queries,
  projectId: string,
  campaignId: string,
  { uncounted = false } = {},
): Promise<number> {
  const rows = await db
    .selectFrom('judgment_change')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .$if(uncounted, (query) => query.where('is_counted', '=', 0))
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

/** Queues the standings alone, from the counts, unless they wait already. */
export const askForStandings = (
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
) =>
  enqueueJob(trx, {
    projectId,
    kind: 'measure-standings',
    input: { campaignId },
    dedupeKey: campaignId,
    now,
  })

/** What a view's job is known by: the same view is not queued twice. */
export const viewKey = (campaignId: string, options: MeasureOptions): string =>
  `${campaignId} ${chosenIn(options)}`

/** Queues a view unless the same one waits already. */
export const askForView = (
  trx: Tx,
  {
    projectId,
    campaignId,
    options,
    now,
  }: { projectId: string; campaignId: string; options: MeasureOptions; now: number },
) =>
  enqueueJob(trx, {
    projectId,
    kind: 'measure-view',
    input: { campaignId, options },
    dedupeKey: viewKey(campaignId, options),
    now,
  })

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
