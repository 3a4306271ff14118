/** In: an import. Out: why records of it were refused, summed up. */
import type { Queries } from '#db/schema.ts'

/** Refusals that a summary looks at: the first ones tell what is wrong with a file. */
const mostSummed = 10_000
const mostReasons = 50

/** Why records of an import were refused, the most frequent reasons first. */
export async function sumRefusals(
  db: Queries,
  { projectId, batchId }: { projectId: string; batchId: string },
): Promise<{ field: string; reason: string; count: number }[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('import_refusal')
        .select(['field', 'reason'])
        .where('project_id', '=', projectId)
        .where('batch_id', '=', batchId)
        .orderBy('ordinal')
        .limit(mostSummed)
        .as('refused'),
    )
    .select((eb) => ['field', 'reason', eb.fn.countAll<number>().as('count')])
    .groupBy(['field', 'reason'])
    .orderBy('count', 'desc')
    .orderBy('field')
    .orderBy('reason')
    .limit(mostReasons)
    .execute()
}
