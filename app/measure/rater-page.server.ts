/** In: a campaign. Out: what a lead's page about its raters shows. */
import { listRaterStates, type RaterState } from '#app/assign/campaign-raters.server.ts'
import type { Campaign } from '#app/assign/campaigns.server.ts'
import { answerSchema } from '#app/rate/judgment.ts'
import type { Language } from '#app/ui/languages.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'
import { askForMeasurement, mostNewCounted, newerJudgments } from './measure.server.ts'
import { latestRaters } from './measure-raters.server.ts'
import type { RaterRow, RatersResult } from './rater-figures.ts'
import { type RatersSay, ratersSayIn } from './raters-words.ts'

/** A rater with figures; null before the first measurement that saw him or her. */
export interface RaterOnPage extends RaterState {
  row: RaterRow | null
}

/**
 * The raters of a campaign with their newest stored figures. Where judgments came since, a measurement
 * is asked for, once, and the page says that it is behind.
 */
export async function ratersOfCampaign(
  db: Db,
  options: { projectId: string; campaign: Campaign; withNames: boolean; now: number },
) {
  const { projectId, campaign, withNames, now } = options
  const scope = { projectId, campaignId: campaign.id }
  const measured = await latestRaters(db.read, scope)
  const newer = await newerJudgments(db.read, projectId, campaign.id)
  if (newer > 0 || measured === null) {
    await inTransaction(db, (trx) => askForMeasurement(trx, { ...scope, now }))
  }
  return {
    raters: await withFigures(db.read, { ...scope, withNames, result: measured?.result ?? null }),
    method: measured?.result.method ?? null,
    freshness: {
      measuredAt: measured?.createdAt ?? null,
      newer,
      isNewerCapped: newer >= mostNewCounted,
      now,
    },
    setUp: await setUpOf(db.read, scope),
  }
}

async function withFigures(
  db: Queries,
  options: {
    projectId: string
    campaignId: string
    withNames: boolean
    result: RatersResult | null
  },
): Promise<RaterOnPage[]> {
  const rows = new Map(options.result?.raters.map((row) => [row.rater_id, row]))
  const states = await listRaterStates(db, { ...options, raterIds: [...rows.keys()] })
  return states
    .filter(({ kind }) => kind !== 'judge')
    .map((state) => ({ ...state, row: rows.get(state.id) ?? null }))
}

/** Whether a campaign has what some figures need. */
async function setUpOf(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
) {
  const has = async (purpose: 'gold' | 'repeat') =>
    (await db
      .selectFrom('task')
      .select('id')
      .where('project_id', '=', projectId)
      .where('campaign_id', '=', campaignId)
      .where('purpose', '=', purpose)
      .limit(1)
      .executeTakeFirst()) !== undefined
  return { hasGold: await has('gold'), hasRepeats: await has('repeat') }
}

export interface LastJudgment {
  id: string
  promptId: string
  preview: string
  verdict: string
  purpose: string
  judgedAt: number | null
  activeMs: number | null
  isExtra: boolean
  withdrawnReason: string | null
  comment: string
}

const lastShown = 15

/** A rater's newest judgments in a campaign. */
export async function lastJudgments(
  db: Queries,
  options: { projectId: string; campaignId: string; raterId: string; language?: Language },
): Promise<LastJudgment[]> {
  const { projectId, campaignId, raterId, language = 'en' } = options
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .select([
      'judgment.id',
      'prompt.id as prompt_id',
      'prompt.preview',
      'task.purpose',
      'judgment.judged_at',
      'judgment.active_ms',
      'judgment.is_extra',
      'judgment.withdrawn_at',
      'judgment.withdrawn_reason',
      'judgment.shown_order',
      'judgment.comment',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.rater_id', '=', raterId)
    .where('judgment.source', '=', 'human')
    .orderBy('judgment.id', 'desc')
    .limit(lastShown)
    .execute()
  const verdicts = await verdictsOf(
    db,
    projectId,
    rows.map(({ id, shown_order }) => ({ id, shownOrder: shown_order })),
    ratersSayIn(language),
  )
  return rows.map((row) => ({
    id: row.id,
    promptId: row.prompt_id,
    preview: row.preview,
    verdict: verdicts.get(row.id) ?? '',
    purpose: row.purpose,
    judgedAt: row.judged_at,
    activeMs: row.active_ms,
    isExtra: row.is_extra === 1,
    withdrawnReason: row.withdrawn_at === null ? null : (row.withdrawn_reason ?? ''),
    comment: row.comment,
  }))
}

/** What judgments said, in a few words, as it was shown. */
async function verdictsOf(
  db: Queries,
  projectId: string,
  judgments: readonly { id: string; shownOrder: string | null }[],
  say: RatersSay,
): Promise<Map<string, string>> {
  if (judgments.length === 0) return new Map()
  const scores = await db
    .selectFrom('judgment_score')
    .innerJoin('criterion', (join) =>
      join
        .onRef('criterion.project_id', '=', 'judgment_score.project_id')
        .onRef('criterion.id', '=', 'judgment_score.criterion_id'),
    )
    .select(['judgment_score.judgment_id', 'judgment_score.answer', 'criterion.title'])
    .where('judgment_score.project_id', '=', projectId)
    .where(
      'judgment_score.judgment_id',
      'in',
      judgments.map(({ id }) => id),
    )
    .orderBy('criterion.position')
    .orderBy('judgment_score.position')
    .execute()
  const orders = new Map(judgments.map(({ id, shownOrder }) => [id, shownOrder]))
  const verdicts = new Map<string, string[]>()
  for (const { judgment_id, answer, title } of scores) {
    const words = wordsOf(answer, orders.get(judgment_id) ?? null, say)
    if (words === undefined) continue
    const own = verdicts.get(judgment_id) ?? []
    own.push(scores.length > judgments.length ? `${title}: ${words}` : words)
    verdicts.set(judgment_id, own)
  }
  return new Map([...verdicts].map(([id, words]) => [id, words.join(' · ')]))
}

function wordsOf(answer: string, shownOrder: string | null, say: RatersSay): string | undefined {
  const found = answerSchema.parse(JSON.parse(answer))
  if (found.kind === 'scale') return String(found.score)
  if (found.kind === 'choice') return found.choice
  if (found.kind === 'choices') return found.choices.join(', ')
  if (found.kind === 'ranking') {
    return found.ranking.map((tied) => tied.map((place) => place + 1).join(' = ')).join(' > ')
  }
  if (found.kind !== 'preference') return undefined
  if (found.winner !== 'a' && found.winner !== 'b') return say(`verdict.${found.winner}`)
  if (shownOrder === null) return say('verdict.better', { letter: found.winner.toUpperCase() })
  const isFirst = shownOrder === (found.winner === 'a' ? '[0,1]' : '[1,0]')
  return say(isFirst ? 'verdict.first' : 'verdict.second')
}
