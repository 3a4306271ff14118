import type { Queries } from '#db/schema.ts'

/** The campaigns that hold the judgments of an import. */
export const campaignsOfBatch = (db: Queries, projectId: string, batchId: string) =>
  db
    .selectFrom('campaign')
    .select(['campaign.id', 'campaign.name'])
    .where('campaign.project_id', '=', projectId)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('judgment')
          .select('judgment.id')
          .whereRef('judgment.project_id', '=', 'campaign.project_id')
          .whereRef('judgment.campaign_id', '=', 'campaign.id')
          .where('judgment.batch_id', '=', batchId),
      ),
    )
    .orderBy('campaign.name')
    .execute()
