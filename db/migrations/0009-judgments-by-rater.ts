import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * A rater's judgments are always those of one campaign. With the rater alone in second place the
 * index looked as good as the one by task to PostgreSQL, as long as it had not counted the table, and
 * whether a rater had judged a task was found by reading everything that the rater ever judged.
 */
export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    drop index judgment_by_rater;
    create index judgment_by_rater on judgment (project_id, campaign_id, rater_id, id);
    `,
  )
