/** In: a campaign's judgments of people and of judging models. Out: their votes on the same pairs. */
import { firstShown } from '#app/assign/shown-order.ts'
import { walkPages } from '#db/pages.ts'
import type { Queries } from '#db/schema.ts'
import { addJudgeVote, emptyJudgeTally, type JudgeTally } from './judge-tally.ts'
import { sidesOfTasks } from './task-sides.server.ts'

const judgmentsAPage = 1_000

interface Scope {
  projectId: string
  campaignId: string
  /** The question that compares two responses. */
  criterionId: string
}

/** Whether a campaign has a verdict of a judging model. */
export async function hasJudges(
  db: Queries,
  { projectId, campaignId }: Omit<Scope, 'criterionId'>,
): Promise<boolean> {
  const row = await db
    .selectFrom('rater')
    .select('rater.id')
    .where('rater.project_id', '=', projectId)
    .where('rater.kind', '=', 'judge')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('judgment')
          .select('judgment.id')
          .whereRef('judgment.project_id', '=', 'rater.project_id')
          .whereRef('judgment.rater_id', '=', 'rater.id')
          .where('judgment.campaign_id', '=', campaignId),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Counts people's and judges' votes on each pair of each prompt. Cost grows with the campaign. */
export async function tallyJudges(db: Queries, scope: Scope): Promise<JudgeTally> {
  const tally = emptyJudgeTally()
  const pages = walkPages(
    judgmentsAPage,
    (after: string | undefined, limit) => votesAfter(db, scope, after ?? '', limit),
    (row) => row.id,
  )
  for await (const page of pages) {
    const sides = await sidesOfTasks(db, scope.projectId, [
      ...new Set(page.map((row) => row.task_id)),
    ])
    for (const row of page) {
      const [a, b] = sides.get(row.task_id) ?? []
      if (!a || !b || row.winner === null || a.modelId === b.modelId) continue
      addJudgeVote(tally, {
        promptId: row.prompt_id,
        judge: row.source === 'judge' ? row.pseudonym : null,
        winner: row.winner,
        a,
        b,
        first: firstShown(row.shown_order),
      })
    }
  }
  return tally
}

const votesAfter = (
  db: Queries,
  { projectId, campaignId, criterionId }: Scope,
  after: string,
  limit: number,
) =>
  db
    .selectFrom('judgment')
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id')
        .on('judgment_score.criterion_id', '=', criterionId),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.source',
      'judgment.shown_order',
      'task.prompt_id',
      'rater.pseudonym',
      'judgment_score.winner',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .where('judgment.id', '>', after)
    .where('judgment.source', 'in', ['human', 'judge'])
    .where('judgment.is_extra', '=', 0)
    .where('judgment.withdrawn_at', 'is', null)
    .where('task.purpose', '=', 'work')
    .orderBy('judgment.id')
    .limit(limit)
    .execute()
