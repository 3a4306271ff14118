import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * A dataset may take several campaigns. A snapshot keeps the recipe it was asked with, because a
 * dataset's may be changed before its job runs; it can be described and deprecated, never altered.
 */
export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    alter table dataset add column container text not null default '';
    alter table dataset add column description text not null default '';
    alter table dataset add column schedule text;
    alter table dataset add column due_at bigint;
    alter table snapshot add column recipe text;
    alter table snapshot add column description text not null default '';
    alter table snapshot add column deprecated_at bigint;
    alter table snapshot add column deprecated_reason text;
    alter table snapshot add column problem text;
    create table dataset_campaign (
      project_id text not null,
      dataset_id text not null,
      campaign_id text not null,
      primary key (project_id, dataset_id, campaign_id),
      foreign key (project_id, dataset_id) references dataset (project_id, id),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    insert into dataset_campaign (project_id, dataset_id, campaign_id)
      select project_id, id, campaign_id from dataset;
    create index dataset_due on dataset (due_at) where due_at is not null;
    `,
  )
