/** Asking for the preparation of texts, and what it found. The work itself is `prepare-texts`. */
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'

export const preparationKind = 'prepare-texts'

/** Queues the preparation of what is new in a project, unless that is queued already. */
export const askForPreparation = (db: Db, projectId: string, now: number) =>
  inTransaction(db, async (trx) => {
    const unprepared = await findUnprepared(trx, projectId, 1)
    if (unprepared.length === 0) return undefined
    return enqueueJob(trx, { projectId, kind: preparationKind, input: {}, dedupeKey: 'all', now })
  })

/** How many prompts of a project are not prepared yet. */
export async function countUnprepared(db: Queries, projectId: string): Promise<number> {
  const { count } = await db
    .selectFrom('prompt')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .where('prepared_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/** The oldest prompts of a project that are not prepared yet. */
export const findUnprepared = (db: Queries, projectId: string, limit: number) =>
  db
    .selectFrom('prompt')
    .select(['id', 'messages', 'cluster_id'])
    .where('project_id', '=', projectId)
    .where('prepared_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute()

/** What was found in a project, by kind: in how many prompts, and how often. */
export const countFindings = (db: Queries, projectId: string, batchId?: string) =>
  db
    .selectFrom('finding')
    .select((eb) => [
      'finding.kind',
      eb.fn.count<number>('finding.prompt_id').distinct().as('prompts'),
      eb.fn.sum<number>('finding.count').as('times'),
    ])
    .where('finding.project_id', '=', projectId)
    .$if(batchId !== undefined, (query) =>
      query
        .innerJoin('prompt', (join) =>
          join
            .onRef('prompt.project_id', '=', 'finding.project_id')
            .onRef('prompt.id', '=', 'finding.prompt_id'),
        )
        .where('prompt.batch_id', '=', batchId ?? ''),
    )
    .groupBy('finding.kind')
    .orderBy('finding.kind')
    .execute()
