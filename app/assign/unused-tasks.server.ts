/** In: a campaign that may still make tasks. Out: how many each pair of models has, and some at random. */
import { oneOf } from '#db/dialects/portable.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries } from '#db/schema.ts'
import { campaignPrompts } from './campaign-prompts.server.ts'
import type { Campaign } from './campaigns.server.ts'
import type { Models } from './make-tasks.server.ts'
import { pairKey, pairsOfTasks } from './pair-states.server.ts'
import { type Candidate, pairingToday, pairsOf } from './pairs.ts'

/** A task that the campaign has not made; a is the response whose model sorts first. */
export interface UnusedTask {
  promptId: string
  responseIds: [string, string]
  /** Tasks that the campaign has made of the prompt. */
  madeOfPrompt: number
}

export interface UnusedPair {
  modelA: string
  modelB: string
  /** Tasks of the pair that could be made among the prompts looked at. */
  unused: number
  /** Some of them, each equally likely to be here. */
  tasks: UnusedTask[]
}

export interface UnusedTasks {
  pairs: Map<string, UnusedPair>
  /** The share of the campaign's prompts looked at; a task's probability is to be multiplied by it. */
  share: number
}

export interface UnusedSearch {
  projectId: string
  campaign: Campaign
  /** Tasks that the round is to have. */
  size: number
  models: Models
  random: () => number
  signal: AbortSignal
}

/** Prompts that one round looks at; of more, a run of this length from a random place. */
const mostPrompts = 20_000
const promptsAPage = 500
/** Tasks kept of all pairs together, and of each pair at least. */
const mostKept = 100_000
const leastKept = 20

/**
 * Walks the campaign's prompts and counts, for each pair of models that may meet, the tasks not made
 * yet, keeping an even sample of them. Memory grows with the pairs, not with the prompts.
 *
 * A campaign of very many prompts is looked at in part: every prompt has the same chance to be in it.
 */
export async function unusedTasks(db: Queries, search: UnusedSearch): Promise<UnusedTasks> {
  const { projectId, campaign, models } = search
  const { today } = models
  const wanted = {
    pairing: pairingToday(campaign.settings.pairing, today),
    models: models.compared,
    limit: null,
    identical: 'decide' as const,
    turn: 0,
  }
  // Where one model is compared over time the pairing names it.
  const isOverTime = campaign.settings.pairing.kind === 'two_dates'
  const chosen = new Set(isOverTime ? [] : campaign.settings.modelIds.map(today))
  const kept = keptOfPair(search.size, chosen.size > 0 ? chosen.size : models.compared.size)
  const found: UnusedTasks = { pairs: new Map(), share: 1 }
  const limit = campaign.settings.pairsAPrompt
  for await (const promptIds of promptsInTurn(db, search, found)) {
    if (search.signal.aborted) throw search.signal.reason
    const made = await madeTasks(db, { projectId, campaignId: campaign.id, promptIds })
    const responses = await responsesOf(db, { projectId, promptIds, today })
    for (const [promptId, candidates] of responses) {
      const own = made.get(promptId)
      if (limit !== null && (own?.size ?? 0) >= limit) continue
      const meeting =
        chosen.size > 0 ? candidates.filter((one) => chosen.has(one.modelId)) : candidates
      for (const { a, b } of pairsOf(meeting, wanted)) {
        if (own?.has(responsesKey(a.responseId, b.responseId))) continue
        const responseIds: UnusedTask['responseIds'] = [a.responseId, b.responseId]
        const task = { promptId, responseIds, madeOfPrompt: own?.size ?? 0 }
        keep(found, { a, b, task }, { kept, random: search.random })
      }
    }
  }
  return found
}

/** As many as a round could draw of one pair, as long as memory allows for all pairs. */
function keptOfPair(size: number, models: number): number {
  const pairs = Math.max(1, (models * (models - 1)) / 2)
  const fair = Math.floor(mostKept / pairs)
  return Math.max(leastKept, Math.min(size, fair))
}

/**
 * Counts a task and keeps it with the probability that leaves an even sample.
 * Source: J. S. Vitter, ACM Transactions on Mathematical Software 11 (1985) 37–57, algorithm R.
 */
function keep(
  { pairs }: UnusedTasks,
  { a, b, task }: { a: Candidate; b: Candidate; task: UnusedTask },
  { kept, random }: { kept: number; random: () => number },
): void {
  const key = pairKey(a.modelId, b.modelId)
  const pair = pairs.get(key) ?? { modelA: a.modelId, modelB: b.modelId, unused: 0, tasks: [] }
  pairs.set(key, pair)
  pair.unused += 1
  if (pair.tasks.length < kept) {
    pair.tasks.push(task)
    return
  }
  const place = Math.floor(random() * pair.unused)
  if (place < kept) pair.tasks[place] = task
}

const responsesKey = (one: string, other: string) =>
  one < other ? `${one}|${other}` : `${other}|${one}`

/** The ids of the prompts to look at, a page at a time; says in `found` which share of all they are. */
async function* promptsInTurn(
  db: Queries,
  { projectId, campaign, random }: UnusedSearch,
  found: UnusedTasks,
): AsyncGenerator<string[]> {
  const all = () => campaignPrompts(db, projectId, campaign.settings)
  const { count } = await all()
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const walk = (from: string | undefined) =>
    walkPages(
      promptsAPage,
      (after: string | undefined, limit) =>
        all()
          .select('prompt.id')
          .$if(after !== undefined, (query) => query.where('prompt.id', '>', after ?? ''))
          .$if(after === undefined && from !== undefined, (query) =>
            query.where('prompt.id', '>=', from ?? ''),
          )
          .orderBy('prompt.id')
          .limit(limit)
          .execute(),
      (row) => row.id,
    )
  if (count <= mostPrompts) {
    for await (const page of walk(undefined)) yield page.map((row) => row.id)
    return
  }
  found.share = mostPrompts / count
  const first = await all()
    .select('prompt.id')
    .orderBy('prompt.id')
    .offset(Math.floor(random() * count))
    .limit(1)
    .executeTakeFirst()
  let left = mostPrompts
  for (const from of [first?.id, undefined]) {
    for await (const page of walk(from)) {
      yield page.slice(0, left).map((row) => row.id)
      left -= page.length
      if (left <= 0) return
    }
  }
}

/** By prompt the pairs of responses that the campaign made a task of. */
async function madeTasks(
  db: Queries,
  {
    projectId,
    campaignId,
    promptIds,
  }: { projectId: string; campaignId: string; promptIds: readonly string[] },
): Promise<Map<string, Set<string>>> {
  const rows = await db
    .selectFrom('task')
    .select(['id', 'prompt_id'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'prompt_id', promptIds))
    .where('campaign_id', '=', campaignId)
    .where('purpose', '=', 'work')
    .execute()
  const pairs = await pairsOfTasks(db, { projectId, taskIds: rows.map((row) => row.id) })
  const made = new Map<string, Set<string>>()
  for (const row of rows) {
    const own = made.get(row.prompt_id) ?? new Set()
    const pair = pairs.get(row.id)
    if (pair) own.add(responsesKey(pair.a.responseId, pair.b.responseId))
    made.set(row.prompt_id, own)
  }
  return made
}

/** By prompt the responses to it, without their texts. */
async function responsesOf(
  db: Queries,
  {
    projectId,
    promptIds,
    today,
  }: { projectId: string; promptIds: readonly string[]; today: (modelId: string) => string },
): Promise<Map<string, Candidate[]>> {
  const rows = await db
    .selectFrom('response')
    .select(['id', 'prompt_id', 'model_id', 'answered_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'prompt_id', promptIds))
    .where('is_text_missing', '=', 0)
    .orderBy('prompt_id')
    .orderBy('model_id')
    .orderBy('sample')
    .orderBy('id')
    .execute()
  const found = new Map<string, Candidate[]>()
  for (const row of rows) {
    const own = found.get(row.prompt_id) ?? []
    own.push({
      responseId: row.id,
      modelId: today(row.model_id),
      words: row.id,
      answeredAt: row.answered_at,
    })
    found.set(row.prompt_id, own)
  }
  return found
}

/** Which of some tasks set one text against the same text. */
export async function identicalAmong(
  db: Queries,
  projectId: string,
  tasks: readonly UnusedTask[],
): Promise<Set<UnusedTask>> {
  const rows = await db
    .selectFrom('response')
    .select(['id', 'messages'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', [...new Set(tasks.flatMap((task) => task.responseIds))]))
    .execute()
  const words = new Map(rows.map((row) => [row.id, row.messages]))
  return new Set(tasks.filter(({ responseIds: [a, b] }) => words.get(a) === words.get(b)))
}
