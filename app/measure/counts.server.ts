/**
 * In: judgments that came, changed or went. Out: what standings need of a campaign, counted prompt by
 * prompt, so that their cost hangs on what changed and not on how much was judged before.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { markCounted, markUncounted } from '#app/rate/judgments.server.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { groupsOf, rowsAStatement, walkPages } from '#db/pages.ts'
import type { JudgedPromptTable, PairCountTable, Queries, ScoreCountTable, Tx } from '#db/schema.ts'
import type { PairTally, ScoreTally, Tally } from './tally.ts'
import { tallyJudgments } from './tally-judgments.server.ts'

export interface Scope {
  projectId: string
  campaignId: string
}

/** Change notes that are taken in at once: on SQLite raters wait to write meanwhile. */
const mostChanges = 100
const countsAPage = 5_000

type PairRow = Omit<PairCountTable, 'draw_judgments' | 'draw_inverse'> & {
  draw_judgments: number
  draw_inverse: number
}

const toPairRow = ({ projectId, campaignId }: Scope, pair: PairTally): PairRow => ({
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
  draw_judgments: pair.draws?.judgments ?? 0,
  draw_inverse: pair.draws?.inverse ?? 0,
  draw_task_id: pair.draws?.taskId ?? null,
  length_lead: pair.lengthLead ?? null,
  sided: pair.sided ?? null,
  first_wins: pair.firstWins ?? null,
})

/** Gives the same string object for equal texts: ids of models come with every row. */
function sharedTexts(): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const one = known.get(text)
    if (one !== undefined) return one
    known.set(text, text)
    return text
  }
}

function toPair(
  row: Omit<PairRow, 'project_id' | 'campaign_id'>,
  shared: (text: string) => string,
): PairTally {
  const pair: PairTally = {
    criterionId: shared(row.criterion_id),
    promptId: row.prompt_id,
    modelA: shared(row.model_a_id),
    modelB: shared(row.model_b_id),
    winsA: row.wins_a,
    winsB: row.wins_b,
    ties: row.ties,
    bothBad: row.both_bad,
    cantJudge: row.cant_judge,
  }
  if (row.draw_task_id !== null) {
    pair.draws = {
      judgments: row.draw_judgments,
      inverse: row.draw_inverse,
      taskId: row.draw_task_id,
    }
  }
  if (row.length_lead !== null) pair.lengthLead = row.length_lead
  if (row.sided !== null) pair.sided = row.sided
  if (row.first_wins !== null) pair.firstWins = row.first_wins
  return pair
}

const toScoreRow = ({ projectId, campaignId }: Scope, score: ScoreTally): ScoreCountTable => ({
  project_id: projectId,
  campaign_id: campaignId,
  criterion_id: score.criterionId,
  prompt_id: score.promptId,
  model_id: score.modelId,
  total: score.sum,
  judgments: score.count,
})

const toScore = (
  row: Omit<ScoreCountTable, 'project_id' | 'campaign_id'>,
  shared: (text: string) => string,
): ScoreTally => ({
  criterionId: shared(row.criterion_id),
  promptId: row.prompt_id,
  modelId: shared(row.model_id),
  sum: row.total,
  count: row.judgments,
})

const byPrompt = ['pair_count', 'score_count', 'judged_prompt'] as const

/** What is counted of one prompt, as rows. */
interface PromptRows {
  pairs: PairRow[]
  scores: ScoreCountTable[]
  judgments: number
}

/** Prompts that are written anew at once: raters wait to write meanwhile. */
const promptsAtOnce = 100
const pauseMs = 5

/**
 * Brings the stored counts of a campaign to what all its judgments say, prompt by prompt where they
 * differ, so that nobody who judges waits for it. `completeCounts` then says that they are whole.
 */
export async function storeCounts(
  db: Db,
  { tally, ...scope }: Scope & { tally: Tally },
): Promise<void> {
  const wanted = rowsOfTally(scope, tally)
  const known = rowsByPrompt(scope, {
    ...(await readCounts(db.read, scope)),
    judgmentsByPrompt: await storedJudgments(db.read, scope),
  })
  const differing = [...new Set([...wanted.keys(), ...known.keys()])]
    .filter((id) => JSON.stringify(wanted.get(id)) !== JSON.stringify(known.get(id)))
    .sort()
  for (const some of groupsOf(differing, promptsAtOnce)) {
    await inTransaction(db, (trx) => replacePrompts(trx, scope, { promptIds: some, wanted }))
    await sleep(pauseMs)
  }
}

const rowsOfTally = (scope: Scope, { pairs, scores, judgmentsByPrompt }: Tally) =>
  rowsByPrompt(scope, { pairs: pairs.values(), scores: scores.values(), judgmentsByPrompt })

function rowsByPrompt(
  scope: Scope,
  {
    pairs,
    scores,
    judgmentsByPrompt,
  }: {
    pairs: Iterable<PairTally>
    scores: Iterable<ScoreTally>
    judgmentsByPrompt: ReadonlyMap<string, number>
  },
): Map<string, PromptRows> {
  const found = new Map<string, PromptRows>()
  for (const [id, judgments] of judgmentsByPrompt) {
    found.set(id, { pairs: [], scores: [], judgments })
  }
  for (const pair of pairs) found.get(pair.promptId)?.pairs.push(toPairRow(scope, pair))
  for (const score of scores) found.get(score.promptId)?.scores.push(toScoreRow(scope, score))
  for (const rows of found.values()) {
    rows.pairs.sort((one, other) => (keyOfPair(one) < keyOfPair(other) ? -1 : 1))
    rows.scores.sort((one, other) => (keyOfScore(one) < keyOfScore(other) ? -1 : 1))
  }
  return found
}

const keyOfPair = (row: PairRow) => `${row.criterion_id}|${row.model_a_id}|${row.model_b_id}`
const keyOfScore = (row: ScoreCountTable) => `${row.criterion_id}|${row.model_id}`

async function storedJudgments(
  db: Queries,
  { projectId, campaignId }: Scope,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  const pages = walkPages(
    countsAPage,
    (after: string | undefined, limit) =>
      db
        .selectFrom('judged_prompt')
        .select(['prompt_id', 'judgments'])
        .where('project_id', '=', projectId)
        .where('campaign_id', '=', campaignId)
        .where('prompt_id', '>', after ?? '')
        .orderBy('prompt_id')
        .limit(limit)
        .execute(),
    (row) => row.prompt_id,
  )
  for await (const page of pages) for (const row of page) found.set(row.prompt_id, row.judgments)
  return found
}

async function replacePrompts(
  trx: Tx,
  scope: Scope,
  { promptIds, wanted }: { promptIds: readonly string[]; wanted: ReadonlyMap<string, PromptRows> },
): Promise<void> {
  await deletePrompts(trx, scope, promptIds)
  const rows = promptIds.flatMap((id) => wanted.get(id) ?? [])
  await insertRows(trx, {
    pairs: rows.flatMap(({ pairs }) => pairs),
    scores: rows.flatMap(({ scores }) => scores),
    prompts: promptIds.flatMap((prompt_id) => {
      const judgments = wanted.get(prompt_id)?.judgments
      const { projectId, campaignId } = scope
      const own = { project_id: projectId, campaign_id: campaignId, prompt_id }
      return judgments === undefined ? [] : [{ ...own, judgments }]
    }),
  })
}

async function deletePrompts(
  trx: Tx,
  { projectId, campaignId }: Scope,
  promptIds: readonly string[],
): Promise<void> {
  for (const table of byPrompt) {
    await trx
      .deleteFrom(table)
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaignId)
      .where(oneOf(trx, 'prompt_id', promptIds))
      .execute()
  }
}

/**
 * Says that the counts of a campaign are whole, once they are stored. Changes that are noted still may
 * have come while they were: those are counted again.
 */
export async function completeCounts(
  trx: Tx,
  { raterIds, now, ...scope }: Scope & { raterIds: ReadonlySet<string>; now: number },
): Promise<void> {
  const { projectId, campaignId } = scope
  await trx
    .deleteFrom('judged_rater')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  await insertRaters(trx, scope, raterIds)
  await markUncounted(trx, scope)
  await trx
    .insertInto('counted_campaign')
    .values({ project_id: projectId, campaign_id: campaignId, version: 1, counted_at: now })
    .onConflict((clash) =>
      clash.columns(['project_id', 'campaign_id']).doUpdateSet((eb) => ({
        version: eb('counted_campaign.version', '+', 1),
        counted_at: now,
      })),
    )
    .execute()
}

async function insertRows(
  trx: Tx,
  rows: {
    pairs: readonly PairRow[]
    scores: readonly ScoreCountTable[]
    prompts: readonly JudgedPromptTable[]
  },
): Promise<void> {
  for (const some of groupsOf(rows.pairs, rowsAStatement(17))) {
    await trx.insertInto('pair_count').values(some).execute()
  }
  for (const some of groupsOf(rows.scores, rowsAStatement(7))) {
    await trx.insertInto('score_count').values(some).execute()
  }
  for (const some of groupsOf(rows.prompts, rowsAStatement(4))) {
    await trx.insertInto('judged_prompt').values(some).execute()
  }
}

async function insertRaters(
  trx: Tx,
  { projectId, campaignId }: Scope,
  raterIds: Iterable<string>,
): Promise<void> {
  const rows = [...raterIds].map((rater_id) => ({
    project_id: projectId,
    campaign_id: campaignId,
    rater_id,
  }))
  for (const some of groupsOf(rows, rowsAStatement(3))) {
    await trx
      .insertInto('judged_rater')
      .values(some)
      .onConflict((clash) => clash.doNothing())
      .execute()
  }
}

/** What a fold changed: the counts of some prompts as they are now. */
export interface Folded {
  /** The version of the counts that it made. */
  version: number
  promptIds: string[]
  pairs: PairTally[]
  scores: ScoreTally[]
}

/**
 * Takes the next change notes into the counts: the prompts that they are about are counted again from
 * their judgments. Undefined where nothing waits, or where the counts of the campaign are not whole.
 */
export async function foldChanges(
  trx: Tx,
  { now, ...scope }: Scope & { now: number },
): Promise<Folded | undefined> {
  const { projectId, campaignId } = scope
  // First the row of the campaign: whoever else counts waits for this transaction.
  const counted = await trx
    .updateTable('counted_campaign')
    .set((eb) => ({ version: eb('version', '+', 1), counted_at: now }))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('judgment_change')
          .select('judgment_change.id')
          .where('judgment_change.project_id', '=', projectId)
          .where('judgment_change.campaign_id', '=', campaignId)
          .where('judgment_change.is_counted', '=', 0),
      ),
    )
    .returning('version')
    .executeTakeFirst()
  if (!counted) return undefined
  const changes = await trx
    .selectFrom('judgment_change')
    .select(['id', 'judgment_id'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('is_counted', '=', 0)
    .orderBy('id')
    .limit(mostChanges)
    .execute()
  const touched = await touchedBy(
    trx,
    scope,
    changes.map((change) => change.judgment_id),
  )
  const tally = await tallyJudgments(trx, {
    ...scope,
    sources: ['human'],
    taskIds: touched.taskIds,
  })
  const wanted = rowsOfTally(scope, tally)
  await replacePrompts(trx, scope, { promptIds: touched.promptIds, wanted })
  await insertRaters(trx, scope, tally.raters)
  await dropIdleRaters(trx, scope, touched.raterIds)
  await markCounted(trx, { projectId, ids: changes.map((change) => change.id) })
  return {
    version: counted.version,
    promptIds: touched.promptIds,
    pairs: [...tally.pairs.values()],
    scores: [...tally.scores.values()],
  }
}

/** The prompts that some judgments are about, all tasks of those in the campaign, and who gave them. */
async function touchedBy(
  trx: Tx,
  { projectId, campaignId }: Scope,
  judgmentIds: readonly string[],
): Promise<{ promptIds: string[]; taskIds: string[]; raterIds: string[] }> {
  const judged = await trx
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .select(['task.prompt_id', 'judgment.rater_id'])
    .where('judgment.project_id', '=', projectId)
    .where(oneOf(trx, 'judgment.id', judgmentIds))
    .execute()
  const promptIds = [...new Set(judged.map((row) => row.prompt_id))]
  const tasks = await trx
    .selectFrom('task')
    .select('id')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where(oneOf(trx, 'prompt_id', promptIds))
    .execute()
  return {
    promptIds,
    taskIds: tasks.map((task) => task.id),
    raterIds: [...new Set(judged.map((row) => row.rater_id))],
  }
}

/** Forgets those of some raters who have no judgment left that counts. */
async function dropIdleRaters(
  trx: Tx,
  { projectId, campaignId }: Scope,
  raterIds: readonly string[],
): Promise<void> {
  await trx
    .deleteFrom('judged_rater')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where(oneOf(trx, 'rater_id', raterIds))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('judgment')
            .innerJoin('task', (join) =>
              join
                .onRef('task.project_id', '=', 'judgment.project_id')
                .onRef('task.id', '=', 'judgment.task_id'),
            )
            .select('judgment.id')
            .whereRef('judgment.project_id', '=', 'judged_rater.project_id')
            .whereRef('judgment.rater_id', '=', 'judged_rater.rater_id')
            .whereRef('judgment.campaign_id', '=', 'judged_rater.campaign_id')
            .where('judgment.source', '=', 'human')
            .where('judgment.is_extra', '=', 0)
            .where('judgment.withdrawn_at', 'is', null)
            .where('task.purpose', '=', 'work'),
        ),
      ),
    )
    .execute()
}

/** The version of a campaign's counts; undefined where they are not whole. */
export async function countsVersion(
  db: Queries,
  { projectId, campaignId }: Scope,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('counted_campaign')
    .select('version')
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirst()
  return row?.version
}

/** How many judgments, raters and prompts the counts stand for. */
export async function countedTotals(
  db: Queries,
  { projectId, campaignId }: Scope,
): Promise<{ prompts: number; raters: number; judgments: number }> {
  const { prompts, judgments } = await db
    .selectFrom('judged_prompt')
    .select((eb) => [
      eb.fn.countAll<number>().as('prompts'),
      eb.fn.coalesce(eb.fn.sum<number>('judgments'), eb.lit(0)).as('judgments'),
    ])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const { raters } = await db
    .selectFrom('judged_rater')
    .select((eb) => eb.fn.countAll<number>().as('raters'))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  return { prompts, raters, judgments }
}

/** Reads all counts of a campaign, in the order of prompts and models. */
export async function readCounts(
  db: Queries,
  { projectId, campaignId }: Scope,
): Promise<{ pairs: PairTally[]; scores: ScoreTally[] }> {
  const pairs: PairTally[] = []
  const scores: ScoreTally[] = []
  const shared = sharedTexts()
  const pairKey = ['criterion_id', 'prompt_id', 'model_a_id', 'model_b_id'] as const
  const pairPages = walkPages(
    countsAPage,
    (after: string[] | undefined, limit) =>
      db
        .selectFrom('pair_count')
        .select([...pairKey, 'wins_a', 'wins_b', 'ties', 'both_bad', 'cant_judge'])
        .select(['draw_judgments', 'draw_inverse', 'draw_task_id'])
        .select(['length_lead', 'sided', 'first_wins'])
        .where('project_id', '=', projectId)
        .where('campaign_id', '=', campaignId)
        .$if(after !== undefined, (query) =>
          query.where((eb) =>
            eb(eb.refTuple(...pairKey), '>', eb.tuple(...quadruple(after ?? []))),
          ),
        )
        .orderBy('criterion_id')
        .orderBy('prompt_id')
        .orderBy('model_a_id')
        .orderBy('model_b_id')
        .limit(limit)
        .execute(),
    (row) => pairKey.map((key) => row[key]),
  )
  for await (const page of pairPages) for (const row of page) pairs.push(toPair(row, shared))
  const scoreKey = ['criterion_id', 'prompt_id', 'model_id'] as const
  const scorePages = walkPages(
    countsAPage,
    (after: string[] | undefined, limit) =>
      db
        .selectFrom('score_count')
        .select([...scoreKey, 'total', 'judgments'])
        .where('project_id', '=', projectId)
        .where('campaign_id', '=', campaignId)
        .$if(after !== undefined, (query) =>
          query.where((eb) => eb(eb.refTuple(...scoreKey), '>', eb.tuple(...triple(after ?? [])))),
        )
        .orderBy('criterion_id')
        .orderBy('prompt_id')
        .orderBy('model_id')
        .limit(limit)
        .execute(),
    (row) => scoreKey.map((key) => row[key]),
  )
  for await (const page of scorePages) for (const row of page) scores.push(toScore(row, shared))
  return { pairs, scores }
}

const triple = ([a = '', b = '', c = '']: readonly string[]) => [a, b, c] as const
const quadruple = ([a = '', b = '', c = '', d = '']: readonly string[]) => [a, b, c, d] as const
