import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * What is told to other systems is told once: a delivery may carry a key of what it speaks of. A gate
 * that is watched keeps its question and its last answer.
 */
export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    alter table webhook_delivery add column dedupe_key text;
    alter table webhook_delivery add column error text;
    create unique index webhook_delivery_once on webhook_delivery (project_id, webhook_id, dedupe_key)
      where dedupe_key is not null;
    create table watched_gate (
      project_id text not null references project (id),
      id text not null,
      question text not null,
      verdict text,
      answer text,
      error text,
      answered_at bigint,
      created_by text not null,
      created_at bigint not null,
      primary key (project_id, id)
    );
    `,
  )
