import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table measurement (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      kind text not null check (kind in ('standings', 'agreement')),
      method text not null,
      seed bigint not null,
      counts text not null,
      result text not null,
      code_version text not null,
      created_at bigint not null,
      primary key (project_id, id),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    create index measurement_newest on measurement (project_id, campaign_id, kind, id);
    create table pair_count (
      project_id text not null,
      campaign_id text not null,
      criterion_id text not null,
      prompt_id text not null,
      model_a_id text not null,
      model_b_id text not null,
      wins_a integer not null,
      wins_b integer not null,
      ties integer not null,
      both_bad integer not null,
      cant_judge integer not null,
      primary key (project_id, campaign_id, criterion_id, prompt_id, model_a_id, model_b_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, criterion_id) references criterion (project_id, id),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, model_a_id) references model (project_id, id),
      foreign key (project_id, model_b_id) references model (project_id, id)
    );
    create table dataset (
      project_id text not null,
      id text not null,
      name text not null,
      target text not null,
      campaign_id text not null,
      policy text not null,
      created_by text not null,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, name),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    create table snapshot (
      project_id text not null,
      id text not null,
      dataset_id text not null,
      number integer not null,
      status text not null check (status in ('queued', 'ready', 'failed')),
      manifest text,
      sha256 text,
      row_count bigint,
      job_id text,
      created_by text not null,
      created_at bigint not null,
      finished_at bigint,
      primary key (project_id, id),
      unique (project_id, dataset_id, number),
      foreign key (project_id, dataset_id) references dataset (project_id, id)
    );
    `,
  )
