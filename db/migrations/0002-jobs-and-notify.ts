import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table job (
      project_id text not null references project (id),
      id text not null,
      kind text not null,
      input text not null,
      status text not null
        check (status in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
      dedupe_key text,
      run_after bigint not null,
      lease_until bigint,
      leased_by text,
      attempts integer not null,
      cursor text,
      done bigint not null,
      total bigint not null,
      note text not null,
      result text,
      error text,
      created_at bigint not null,
      started_at bigint,
      finished_at bigint,
      primary key (project_id, id)
    );
    create unique index job_queued_once on job (project_id, kind, dedupe_key)
      where status = 'queued' and dedupe_key is not null;
    create index job_waiting on job (run_after) where status = 'queued';
    create index job_running on job (lease_until) where status = 'running';
    create table webhook (
      project_id text not null references project (id),
      id text not null,
      url text not null,
      secret text not null,
      events text not null,
      status text not null check (status in ('active', 'paused')),
      created_at bigint not null,
      primary key (project_id, id)
    );
    create table webhook_delivery (
      project_id text not null,
      id text not null,
      webhook_id text not null,
      event text not null,
      body text not null,
      attempts integer not null,
      next_attempt_at bigint,
      response_status integer,
      delivered_at bigint,
      created_at bigint not null,
      primary key (project_id, id),
      foreign key (project_id, webhook_id) references webhook (project_id, id)
    );
    create index webhook_delivery_waiting on webhook_delivery (next_attempt_at)
      where next_attempt_at is not null;
    create table message (
      project_id text not null references project (id),
      id text not null,
      person_id text not null references person (id),
      kind text not null,
      content text not null,
      read_at bigint,
      created_at bigint not null,
      primary key (project_id, id)
    );
    create index message_by_person on message (project_id, person_id, id);
    `,
  )
