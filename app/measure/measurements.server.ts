/** In: what was measured. Out: rows that keep it, and the newest of each kind again. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Tx } from '#db/schema.ts'
import type { Agreement } from './agreement.ts'
import type { Consensus } from './consensus.ts'
import type { DriftReport } from './drift.ts'
import type { DriftShown } from './drift-shown.ts'
import type { JudgeReport } from './judge-report.ts'
import { chosenIn, defaultOptions, type MeasureOptions } from './method.ts'
import type { ModelStandings, Standings } from './standings.ts'

/** Changes when the same judgments would give another result; older ones are measured anew. */
const codeVersion = '7'
const measurementsKept = 20
/** Every version of every model is in them, which may be many megabytes. */
const driftReportsKept = 2
/** Views are asked for again in no time, and there may be many. */
const viewsKept = 2

interface Scope {
  projectId: string
  campaignId: string
}

/** What a measurement may hold; undefined where there was nothing to measure, absent where it was not tried. */
export interface Results {
  standings?: Standings
  agreement?: Agreement
  judges?: JudgeReport | undefined
  drift?: DriftReport | undefined
  'drift-shown'?: DriftShown | undefined
  consensus?: Consensus | undefined
}

type StoredKind = keyof Results
const storedKinds: readonly StoredKind[] = [
  'standings',
  'agreement',
  'judges',
  'drift',
  'drift-shown',
  'consensus',
]

/**
 * Keeps results, each as a row of its own, and lets the oldest of each kind go; all of a kind where
 * there is nothing left to measure, so that no figure outlives what it was made of.
 */
export async function storeResults(
  trx: Tx,
  {
    projectId,
    campaignId,
    results,
    totals,
    options,
    now,
  }: Scope & {
    results: Results
    /** How much they rest on. */
    totals: { judgments: number; raters: number; prompts: number }
    options: MeasureOptions
    now: number
  },
): Promise<void> {
  const chosen = chosenIn(options)
  const counts = printJson(totals)
  for (const kind of storedKinds) {
    const result = results[kind]
    if (!result) {
      if (kind in results) await forgetAll(trx, { projectId, campaignId, kind, chosen })
      continue
    }
    const { body, pairs } = withPairsApart(kind, result)
    await trx
      .insertInto('measurement')
      .values({
        project_id: projectId,
        id: newId(),
        campaign_id: campaignId,
        kind,
        chosen,
        method: printJson(result.method),
        seed: options.seed,
        counts,
        result: printJson(body),
        pairs,
        code_version: codeVersion,
        created_at: now,
      })
      .execute()
    await forgetOldest(trx, { projectId, campaignId, kind, chosen })
  }
}

/** Pairs are kept beside the rest, so that who does not show them need not read them. */
function withPairsApart(
  kind: StoredKind,
  result: NonNullable<Results[StoredKind]>,
): { body: object; pairs: string | null } {
  if (kind !== 'standings' || !('pairs' in result)) return { body: result, pairs: null }
  const { pairs, ...body } = result
  return { body, pairs: printJson(pairs) }
}

const forgetAll = (
  trx: Tx,
  { projectId, campaignId, kind, chosen }: Scope & { kind: StoredKind; chosen: string },
) =>
  trx
    .deleteFrom('measurement')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .where('chosen', '=', chosen)
    .execute()

async function forgetOldest(
  trx: Tx,
  { projectId, campaignId, kind, chosen }: Scope & { kind: StoredKind; chosen: string },
): Promise<void> {
  const oldest = await newestOf(trx, { projectId, campaignId, kind, chosen })
    .offset(mostKeptOf(kind, chosen))
    .executeTakeFirst()
  if (!oldest) return
  await trx
    .deleteFrom('measurement')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .where('chosen', '=', chosen)
    .where('id', '<=', oldest.id)
    .execute()
}

function mostKeptOf(kind: StoredKind, chosen: string): number {
  if (chosen !== '') return viewsKept
  return kind === 'drift' ? driftReportsKept : measurementsKept
}

export interface Latest<Result> {
  result: Result
  createdAt: number
}

const newestOf = (
  db: Queries,
  { projectId, campaignId, kind, chosen }: Scope & { kind: StoredKind; chosen: string },
) =>
  db
    .selectFrom('measurement')
    .select(['id', 'result', 'created_at'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('kind', '=', kind)
    .where('chosen', '=', chosen)
    .orderBy('id', 'desc')
    .limit(1)

/** The newest result of a kind; null where there is none. Written by the measuring jobs alone. */
const latestOf =
  <Kind extends StoredKind>(kind: Kind) =>
  async (
    db: Queries,
    projectId: string,
    campaignId: string,
    options: MeasureOptions = defaultOptions,
  ): Promise<Latest<NonNullable<Results[Kind]>> | null> => {
    const chosen = chosenIn(options)
    const row = await newestOf(db, { projectId, campaignId, kind, chosen })
      .where('code_version', '=', codeVersion)
      .executeTakeFirst()
    return row
      ? {
          result: JSON.parse(row.result) as NonNullable<Results[Kind]>,
          createdAt: row.created_at,
        }
      : null
  }

/** The newest standings of a campaign, plain or in a view of it, without what each pair of models did. */
export const latestStandings: (
  ...asked: Parameters<typeof latestWithPairs>
) => Promise<Latest<ModelStandings> | null> = latestOf('standings')

/** The newest standings of a campaign, plain or in a view of it, with every pair of models. */
export async function latestWithPairs(
  db: Queries,
  projectId: string,
  campaignId: string,
  options: MeasureOptions = defaultOptions,
): Promise<Latest<Standings> | null> {
  const scope = { projectId, campaignId, kind: 'standings', chosen: chosenIn(options) } as const
  const row = await newestOf(db, scope)
    .select('pairs')
    .where('code_version', '=', codeVersion)
    .executeTakeFirst()
  if (!row) return null
  const result = { ...JSON.parse(row.result), pairs: JSON.parse(row.pairs ?? '[]') } as Standings
  return { result, createdAt: row.created_at }
}

/** The newest agreement of a campaign's raters. */
export const latestAgreement = latestOf('agreement')
/** The newest report on judging models; null where the campaign has none of their verdicts. */
export const latestJudges = latestOf('judges')
/** The newest report on versions, with each of them; null where no model has two that were scored. */
export const latestDrift = latestOf('drift')
/** What the pages show of it: small, however many versions there are. */
export const latestDriftShown = latestOf('drift-shown')
/** The newest consensus; null where nobody asked for one, or the campaign asks nothing to agree on. */
export const latestConsensus = latestOf('consensus')
