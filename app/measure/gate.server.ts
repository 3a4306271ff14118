/** In: two models of a project by name. Out: the gate's answer from all judgments of their pairs. */
import { type Campaign, listCampaigns, listCriteria } from '#app/assign/campaigns.server.ts'
import { idsMeaning, listModels, type ModelRow } from '#app/projects/models.server.ts'
import type { Queries } from '#db/schema.ts'
import { type GateResult, type GateRule, judgeGate } from './gate.ts'
import type { MeasureOptions } from './method.ts'
import { addPairTally, type PairTally } from './tally.ts'
import { mainCriterion, tallyJudgments } from './tally-judgments.server.ts'

export interface GateAsked extends GateRule {
  projectId: string
  /** Ids, labels or names of models. */
  candidate: string
  baseline: string
  sources: MeasureOptions['sources']
  /** Only prompts with this tag. */
  tag?: string | undefined
  /** Only this campaign, by id or name; all of the project otherwise. */
  campaign?: string | undefined
}

export interface GateAnswer extends GateResult {
  candidate: string
  baseline: string
  tag: string | null
  campaigns: string[]
  sources: MeasureOptions['sources']
}

/** What was asked for does not exist, in words. */
export class GateProblem extends Error {}

/**
 * Asks the gate. The judgments are read now, so that the answer is never behind them; only those on
 * pairs of the two models are read. Throws a GateProblem where a model, campaign or tag is not there, or
 * a name means several, so that a slip of the pen is never taken for a lack of evidence.
 */
export async function askGate(db: Queries, asked: GateAsked): Promise<GateAnswer> {
  const { projectId, tag } = asked
  const models = await listModels(db, projectId)
  const candidate = modelNamed(models, asked.candidate, 'candidate')
  const baseline = modelNamed(models, asked.baseline, 'baseline')
  if (candidate.id === baseline.id) {
    throw new GateProblem(`Candidate and baseline are the same model, ${candidate.label}.`)
  }
  const asking = await campaignsAsked(db, asked)
  if (tag !== undefined) await requireTag(db, projectId, tag)
  const among = [
    await idsMeaning(db, projectId, candidate.id),
    await idsMeaning(db, projectId, baseline.id),
  ]
  const pairs = new Map<string, PairTally>()
  const campaigns: string[] = []
  for (const campaign of asking) {
    const scope = { projectId, campaignId: campaign.id }
    const criterionId = mainCriterion(await listCriteria(db, projectId, campaign.id))
    const tally = await tallyJudgments(db, { ...scope, sources: asked.sources, among, tag })
    const own = [...tally.pairs.values()].filter(
      (pair) =>
        pair.criterionId === criterionId &&
        [pair.modelA, pair.modelB].every((id) => id === candidate.id || id === baseline.id) &&
        pair.modelA !== pair.modelB,
    )
    if (own.length > 0) campaigns.push(campaign.name)
    for (const pair of own) addPairTally(pairs, pair)
  }
  const facing = [...pairs.values()].map((pair) =>
    pair.modelA === candidate.id ? pair : turned(pair),
  )
  return {
    ...judgeGate(facing, asked),
    candidate: candidate.label,
    baseline: baseline.label,
    tag: tag ?? null,
    campaigns,
    sources: asked.sources,
  }
}

/** The gate's answer, or why it has none, as values that may cross threads. */
export type GateReply = { answer: GateAnswer } | { problem: string }

/** `askGate`, with what was wrong with the question as a value. */
export async function replyOfGate(db: Queries, asked: GateAsked): Promise<GateReply> {
  try {
    return { answer: await askGate(db, asked) }
  } catch (error) {
    if (error instanceof GateProblem) return { problem: error.message }
    throw error
  }
}

/** The campaigns that compare responses, or the one that was named. */
async function campaignsAsked(
  db: Queries,
  { projectId, campaign: wanted }: GateAsked,
): Promise<Campaign[]> {
  const comparing = (await listCampaigns(db, projectId)).filter(({ kind }) => kind !== 'rubric')
  if (wanted === undefined) return comparing
  const byId = comparing.filter(({ id }) => id === wanted)
  const found = byId.length > 0 ? byId : comparing.filter(({ name }) => name === wanted)
  if (found.length === 1) return found
  const names = comparing.map(({ name }) => `"${name}"`).join(', ')
  throw new GateProblem(
    found.length > 1
      ? `Several campaigns are called "${wanted}"; name one by its id: ${found.map(({ id }) => id).join(', ')}.`
      : `The project has no campaign "${wanted}" that compares responses; ${names ? `it has ${names}` : 'it has none'}.`,
  )
}

async function requireTag(db: Queries, projectId: string, tag: string): Promise<void> {
  const row = await db
    .selectFrom('prompt_tag')
    .select('tag')
    .where('project_id', '=', projectId)
    .where('tag', '=', tag)
    .limit(1)
    .executeTakeFirst()
  if (!row) throw new GateProblem(`No prompt of the project has the tag "${tag}".`)
}

const turned = (pair: PairTally): PairTally => ({
  ...pair,
  modelA: pair.modelB,
  modelB: pair.modelA,
  winsA: pair.winsB,
  winsB: pair.winsA,
})

function modelNamed(models: readonly ModelRow[], wanted: string, role: string): ModelRow {
  const ways = [
    models.filter(({ id }) => id === wanted),
    models.filter(({ label }) => label === wanted),
    models.filter(({ name }) => name === wanted),
  ]
  const found = ways.find((some) => some.length > 0) ?? []
  const [first] = found
  if (first && found.length === 1) return first
  const listed = (some: readonly ModelRow[]) => some.map(({ label }) => `"${label}"`).join(', ')
  throw new GateProblem(
    first
      ? `The ${role} "${wanted}" may be ${listed(found)}; name one of them.`
      : `The project has no model "${wanted}"${models.length > 0 ? `; it has ${listed(models.slice(0, 20))}` : ''}.`,
  )
}
