import type { Queries } from '#db/schema.ts'

/** The models of a project with all that makes each, in the order of their ids, after one of them. */
export const listModelsAfter = (
  db: Queries,
  projectId: string,
  { after = '', limit }: { after?: string; limit: number },
) =>
  db
    .selectFrom('model')
    .select([
      'id',
      'label',
      'name',
      'version',
      'prompt_version',
      'parameters',
      'merged_into',
      'created_at',
    ])
    .where('project_id', '=', projectId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()

export type ModelListed = Awaited<ReturnType<typeof listModelsAfter>>[number]
