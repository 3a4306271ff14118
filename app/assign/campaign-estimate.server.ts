/** Counts what a planned campaign would hold: exactly where a project is small, else on a sample. */
import { currentModels } from '#app/projects/models.server.ts'
import { quantile } from '#app/stats/quantile.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { CampaignKind, Queries } from '#db/schema.ts'
import type { CampaignSettings } from './campaign.ts'
import { type CampaignExtent, countTasks } from './campaign-estimate.ts'
import type { Candidate, ComparedModel } from './pairs.ts'

export interface ExtentInput {
  projectId: string
  kind: CampaignKind
  settings: CampaignSettings
}

/** Up to here every prompt is looked at. */
const promptsCounted = 3_000
const promptsSampled = 1_500

/** Reads up to three thousand prompts with their responses: for a reader thread. */
export async function findCampaignExtent(
  db: Queries,
  { projectId, kind, settings }: ExtentInput,
): Promise<CampaignExtent> {
  const sample = await samplePrompts(db, projectId, settings.tags)
  const eligible = await eligibleOf(db, projectId, sample.ids)
  const responses = await responsesTo(db, projectId, eligible, settings.modelIds)
  const models = await comparedModels(db, projectId)
  const counted = countTasks(responses.values(), models, { kind, settings })
  const scale = sample.ids.length > 0 ? sample.total / sample.ids.length : 0
  return {
    prompts: Math.round(responses.size * scale),
    tasks: Math.round(counted.tasks * scale),
    models: counted.models,
    pairs: counted.pairs,
    isSampled: sample.ids.length < sample.total,
    seconds: await usualSeconds(db, projectId, kind),
  }
}

async function comparedModels(db: Queries, projectId: string): Promise<Map<string, ComparedModel>> {
  const rows = await db
    .selectFrom('model')
    .select(['id', 'name', 'version', 'prompt_version', 'parameters'])
    .where('project_id', '=', projectId)
    .where('merged_into', 'is', null)
    .execute()
  return new Map(
    rows.map(({ id, prompt_version, ...model }) => [
      id,
      { ...model, promptVersion: prompt_version },
    ]),
  )
}

interface Sample {
  ids: string[]
  /** How many prompts the sample stands for. */
  total: number
}

const samplePrompts = (db: Queries, projectId: string, tags: readonly string[]): Promise<Sample> =>
  tags.length > 0 ? sampleTagged(db, projectId, tags) : sampleAny(db, projectId)

/** Fingerprints are hashes, so that the first ones by them are a fair sample. */
async function sampleAny(db: Queries, projectId: string): Promise<Sample> {
  const { total } = await db
    .selectFrom('prompt')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', projectId)
    .orderBy('fingerprint')
    .limit(total <= promptsCounted ? promptsCounted : promptsSampled)
    .execute()
  return { ids: rows.map(({ id }) => id), total }
}

/** Every so-many-th of the prompts with one of the tags. */
async function sampleTagged(
  db: Queries,
  projectId: string,
  tags: readonly string[],
): Promise<Sample> {
  const tagged = db
    .selectFrom('prompt_tag')
    .select('prompt_id')
    .distinct()
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'tag', tags))
  const { total } = await db
    .selectFrom(tagged.as('tagged'))
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const step = total <= promptsCounted ? 1 : Math.ceil(total / promptsSampled)
  const placed = db.selectFrom(tagged.as('tagged')).select((eb) => [
    'prompt_id',
    eb.fn
      .agg<number>('row_number')
      .over((over) => over.orderBy('prompt_id'))
      .as('place'),
  ])
  const rows = await db
    .selectFrom(placed.as('placed'))
    .select('prompt_id')
    .where((eb) => eb(eb('place', '%', eb.lit(step)), '=', eb.lit(0)))
    .execute()
  return { ids: rows.map((row) => row.prompt_id), total }
}

async function eligibleOf(
  db: Queries,
  projectId: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', ids))
    .where('is_text_missing', '=', 0)
    .where('archived_at', 'is', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** The responses of the chosen models by prompt; prompts without any stay in it, empty. */
async function responsesTo(
  db: Queries,
  projectId: string,
  promptIds: readonly string[],
  modelIds: readonly string[],
): Promise<Map<string, Candidate[]>> {
  const chosen = await currentModels(db, projectId, modelIds)
  const rows = await db
    .selectFrom('response')
    .select(['id', 'prompt_id', 'model_id', 'answered_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'prompt_id', promptIds))
    .where('is_text_missing', '=', 0)
    .$if(chosen.length > 0, (query) => query.where(oneOf(db, 'model_id', chosen)))
    .execute()
  const found = new Map<string, Candidate[]>(promptIds.map((id) => [id, []]))
  for (const row of rows) {
    const { id, model_id, answered_at } = row
    const response = { responseId: id, modelId: model_id, words: '', answeredAt: answered_at }
    found.get(row.prompt_id)?.push(response)
  }
  return found
}

const campaignsAsked = 5
const judgmentsAsked = 200
const fewestJudgments = 20

/** The middle of the active seconds of the newest judgments in campaigns of a kind; null for few. */
async function usualSeconds(
  db: Queries,
  projectId: string,
  kind: CampaignKind,
): Promise<number | null> {
  const campaigns = await db
    .selectFrom('campaign')
    .select('id')
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where('origin', '=', 'made')
    .orderBy('id', 'desc')
    .limit(campaignsAsked)
    .execute()
  const seconds: number[] = []
  for (const { id } of campaigns) {
    const rows = await db
      .selectFrom('judgment')
      .select('active_ms')
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', id)
      .orderBy('id', 'desc')
      .limit(judgmentsAsked)
      .execute()
    for (const row of rows)
      if (row.active_ms !== null && row.active_ms > 0) seconds.push(row.active_ms / 1000)
  }
  if (seconds.length < fewestJudgments) return null
  return quantile(
    seconds.sort((one, other) => one - other),
    0.5,
  )
}
