import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * A lead may ask for the same judgments in another way (ties dropped, one tag, at equal length). Each
 * such view is measured and kept under the choices that make it; the plain one has none.
 */
export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    alter table measurement add column chosen text not null default '';
    drop index measurement_newest;
    create index measurement_newest on measurement (project_id, campaign_id, kind, chosen, id);
    `,
  )
