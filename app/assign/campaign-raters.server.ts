import type { Queries } from '#db/schema.ts'

/** The raters of a campaign with what each did. */
export async function listCampaignRaters(db: Queries, projectId: string, campaignId: string) {
  const judged = await db
    .selectFrom('judgment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select((eb) => [
      'rater.id',
      'rater.pseudonym',
      'rater.is_simulated',
      eb.fn.countAll<number>().as('judged'),
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .groupBy(['rater.id', 'rater.pseudonym', 'rater.is_simulated'])
    .execute()
  const ended = await db
    .selectFrom('assignment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'assignment.project_id')
        .onRef('rater.id', '=', 'assignment.rater_id'),
    )
    .select((eb) => [
      'rater.id',
      'rater.pseudonym',
      'rater.is_simulated',
      'assignment.status',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.campaign_id', '=', campaignId)
    .where('assignment.status', 'in', ['held', 'skipped'])
    .groupBy(['rater.id', 'rater.pseudonym', 'rater.is_simulated', 'assignment.status'])
    .execute()
  const raters = new Map(judged.map((row) => [row.id, { ...row, skipped: 0, held: 0 }]))
  for (const { status, count, ...rater } of ended) {
    const before = raters.get(rater.id) ?? { ...rater, judged: 0, skipped: 0, held: 0 }
    if (status === 'skipped') before.skipped = count
    else before.held = count
    raters.set(rater.id, before)
  }
  return [...raters.values()].sort((one, other) => (one.pseudonym < other.pseudonym ? -1 : 1))
}
