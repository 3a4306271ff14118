/** In: two models of a campaign. Out: the prompts on which they met, and how each came off. */
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import { mainCriterion } from './tally-judgments.server.ts'

export interface Comparison {
  promptId: string
  preview: string
  /** Verdicts for the one model, and for the other. */
  wins: number
  losses: number
  ties: number
  bothBad: number
  cantJudge: number
}

export interface ComparisonsAsked {
  projectId: string
  campaignId: string
  /** Models by their ids; `wins` are the first one's. */
  one: string
  other: string
  /** The prompt after which the page begins. */
  after: string
  limit: number
}

/** A page of the prompts on which two models met, as they were last measured, and whether more follow. */
export async function listComparisons(
  db: Queries,
  { projectId, campaignId, one, other, after, limit }: ComparisonsAsked,
): Promise<{ comparisons: Comparison[]; hasMore: boolean }> {
  const criterionId = mainCriterion(await listCriteria(db, projectId, campaignId))
  if (criterionId === undefined) return { comparisons: [], hasMore: false }
  const [modelA = '', modelB = ''] = [one, other].sort()
  const rows = await db
    .selectFrom('pair_count')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'pair_count.project_id')
        .onRef('prompt.id', '=', 'pair_count.prompt_id'),
    )
    .select([
      'pair_count.prompt_id',
      'prompt.preview',
      'wins_a',
      'wins_b',
      'ties',
      'both_bad',
      'cant_judge',
    ])
    .where('pair_count.project_id', '=', projectId)
    .where('pair_count.campaign_id', '=', campaignId)
    .where('pair_count.criterion_id', '=', criterionId)
    .where('pair_count.prompt_id', '>', after)
    .where('pair_count.model_a_id', '=', modelA)
    .where('pair_count.model_b_id', '=', modelB)
    .orderBy('pair_count.prompt_id')
    .limit(limit + 1)
    .execute()
  const comparisons = rows.slice(0, limit)
  const previews = await shownPreviews(db, projectId, comparisons)
  const told = comparisons.map((row): Comparison => {
    const [wins, losses] = one === modelA ? [row.wins_a, row.wins_b] : [row.wins_b, row.wins_a]
    return {
      promptId: row.prompt_id,
      preview: previews.get(row.prompt_id) ?? '',
      wins,
      losses,
      ties: row.ties,
      bothBad: row.both_bad,
      cantJudge: row.cant_judge,
    }
  })
  return { comparisons: told, hasMore: rows.length > limit }
}

/** What may be seen of each prompt, where the project has something removed from texts. */
async function shownPreviews(
  db: Queries,
  projectId: string,
  prompts: readonly { prompt_id: string; preview: string }[],
): Promise<Map<string, string>> {
  const { kinds } = await findRedaction(db, projectId)
  const rows = prompts.map(({ prompt_id: id, preview }) => ({ id, preview }))
  const visibility = { kinds: findingKindsIn(kinds), isOriginal: false }
  const shown = await visiblePreviews(db, projectId, { rows, visibility })
  return new Map(shown.map(({ id, preview }) => [id, preview]))
}
