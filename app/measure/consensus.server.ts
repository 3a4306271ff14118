/** In: a campaign's judgments. Out: the likely answer of each unit, stored beside the other figures. */
import { z } from 'zod'
import type { Criterion } from '#app/assign/campaign.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { listRaters } from '#app/projects/raters.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type Consensus, type ConsensusUnit, consensus } from './consensus.ts'
import { answersOf } from './measure.server.ts'
import { latestAgreement, latestConsensus, storeResults } from './measurements.server.ts'
import { defaultOptions } from './method.ts'
import { mainCriterion, tallyJudgments } from './tally-judgments.server.ts'
import { sidesOfTasks } from './task-sides.server.ts'

export const consensusKind = 'measure-consensus'

interface Scope {
  projectId: string
  campaignId: string
}

/** The question that a consensus is sought on: the one of the standings, or a rubric's first. */
export function consensusQuestion(criteria: readonly Criterion[]): Criterion | undefined {
  const main = mainCriterion([...criteria])
  return (
    criteria.find(({ id }) => id === main) ??
    criteria.find(({ definition }) => answersOf(definition).length > 1)
  )
}

/** Reckons the consensus anew from people's judgments. Cost grows with the campaign. */
export async function measureConsensus(db: Queries, { projectId, campaignId }: Scope) {
  const { sources } = defaultOptions
  const tally = await tallyJudgments(db, { projectId, campaignId, sources })
  const question = consensusQuestion(await listCriteria(db, projectId, campaignId))
  if (!question) return { tally, result: undefined }
  const raters = await listRaters(db, projectId)
  const prefix = `${question.id}|`
  const units = [...tally.units]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, unit]) => [key.slice(prefix.length), unit] as const)
  const result = consensus({
    criterion: question.name,
    units: new Map(units),
    answers: answersOf(question.definition),
    raterNames: new Map(raters.map(({ id, pseudonym }) => [id, pseudonym])),
    sources,
  })
  return { tally, result }
}

const inputSchema = z.object({ campaignId: z.string() })

/** The job: reckons the consensus of a campaign. The plain measurement does without it. */
export async function runMeasureConsensus({ db, job }: JobContext): Promise<{ units: number }> {
  const { campaignId } = inputSchema.parse(JSON.parse(job.input))
  const projectId = job.project_id
  if (!(await findCampaign(db.read, projectId, campaignId))) {
    throw new JobProblem('The campaign is gone.')
  }
  const { tally, result } = await measureConsensus(db.read, { projectId, campaignId })
  const totals = {
    judgments: tally.judgments.size,
    raters: tally.raters.size,
    prompts: tally.prompts.size,
  }
  const stored = { projectId, campaignId, results: { consensus: result }, totals }
  await inTransaction(db, (trx) =>
    storeResults(trx, { ...stored, options: defaultOptions, now: Date.now() }),
  )
  return { units: result?.method.units ?? 0 }
}

const askForConsensus = (trx: Tx, { projectId, campaignId, now }: Scope & { now: number }) =>
  enqueueJob(trx, {
    projectId,
    kind: consensusKind,
    input: { campaignId },
    dedupeKey: campaignId,
    now,
  })

/**
 * The consensus as it was last reckoned. One that is not there, or older than the agreement of the same
 * raters, is asked for, once that is there itself.
 */
export async function consensusOf(
  db: Db,
  { now, ...scope }: Scope & { now: number },
): Promise<{ result: Consensus | null; isWaiting: boolean }> {
  const { projectId, campaignId } = scope
  const found = await latestConsensus(db.read, projectId, campaignId)
  // Standings follow every judgment; what is measured from all judgments at once is the measure here.
  const agreement = await latestAgreement(db.read, projectId, campaignId)
  if (agreement === null) return { result: found?.result ?? null, isWaiting: true }
  const isFresh = found !== null && found.createdAt >= agreement.createdAt
  if (isFresh) return { result: found.result, isWaiting: false }
  const criteria = await listCriteria(db.read, projectId, campaignId)
  if (!consensusQuestion(criteria)) return { result: null, isWaiting: false }
  await inTransaction(db, (trx) => askForConsensus(trx, { ...scope, now }))
  return { result: found?.result ?? null, isWaiting: true }
}

/** A unit with what its task sets side by side. */
export interface ShownUnit extends ConsensusUnit {
  preview: string
  /** The models that the unit is about, in the task's order. */
  modelIds: string[]
}

/** Some units as a page shows them; `ofPairs` where the question is about both responses of a task. */
export async function shownUnits(
  db: Queries,
  projectId: string,
  { units, ofPairs }: { units: readonly ConsensusUnit[]; ofPairs: boolean },
): Promise<ShownUnit[]> {
  if (units.length === 0) return []
  const sides = await sidesOfTasks(db, projectId, [...new Set(units.map((one) => one.task_id))])
  const prompts = await db
    .selectFrom('prompt')
    .select(['id', 'preview'])
    .where('project_id', '=', projectId)
    .where('id', 'in', [...new Set(units.map((one) => one.prompt_id))])
    .execute()
  const { kinds } = await findRedaction(db, projectId)
  const visibility = { kinds: findingKindsIn(kinds), isOriginal: false }
  const visible = await visiblePreviews(db, projectId, { rows: prompts, visibility })
  const previews = new Map(visible.map(({ id, preview }) => [id, preview]))
  return units.map((unit) => {
    const all = (sides.get(unit.task_id) ?? []).map(({ modelId }) => modelId)
    const places = ofPairs ? [0, 1] : placesOf(unit.part)
    return {
      ...unit,
      preview: previews.get(unit.prompt_id) ?? '',
      modelIds: places.flatMap((place) => all[place] ?? []),
    }
  })
}

/** Which responses a unit is about: `0:1-2` is two of a ranking, `2` one of a rubric. */
function placesOf(part: string): number[] {
  const [position = '0', pair] = part.split(':')
  return pair ? pair.split('-').map(Number) : [Number(position)]
}
