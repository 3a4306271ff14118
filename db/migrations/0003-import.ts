import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table import_batch (
      project_id text not null references project (id),
      id text not null,
      source text not null,
      format text not null,
      options text not null,
      files text not null,
      status text not null check (status in ('received', 'queued', 'done', 'failed', 'cancelled')),
      counts text not null,
      job_id text,
      created_by text not null,
      created_at bigint not null,
      finished_at bigint,
      primary key (project_id, id)
    );
    create table import_refusal (
      project_id text not null,
      batch_id text not null,
      ordinal integer not null,
      file text not null,
      line bigint not null,
      field text not null,
      reason text not null,
      raw text not null,
      primary key (project_id, batch_id, ordinal),
      foreign key (project_id, batch_id) references import_batch (project_id, id)
    );
    create table field_mapping (
      project_id text not null references project (id),
      id text not null,
      name text not null,
      header_hash text not null,
      mapping text not null,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, name)
    );
    create index field_mapping_by_header on field_mapping (project_id, header_hash);
    create table prompt (
      project_id text not null references project (id),
      id text not null,
      fingerprint text not null,
      input_key text,
      messages text not null,
      preview text not null,
      metadata text not null,
      is_text_missing integer not null check (is_text_missing in (0, 1)),
      batch_id text,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, fingerprint),
      foreign key (project_id, batch_id) references import_batch (project_id, id)
    );
    create table prompt_tag (
      project_id text not null,
      prompt_id text not null,
      tag text not null,
      primary key (project_id, prompt_id, tag),
      foreign key (project_id, prompt_id) references prompt (project_id, id)
    );
    create index prompt_tag_by_tag on prompt_tag (project_id, tag, prompt_id);
    create table response (
      project_id text not null,
      id text not null,
      prompt_id text not null,
      model_id text not null,
      fingerprint text not null,
      sample integer not null,
      messages text not null,
      rendered text,
      context text,
      tools text,
      finish_reason text,
      usage text,
      latency_ms double precision,
      cost double precision,
      trace text,
      metadata text not null,
      characters integer not null,
      is_text_missing integer not null check (is_text_missing in (0, 1)),
      answered_at bigint,
      batch_id text,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, prompt_id, model_id, fingerprint),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, model_id) references model (project_id, id),
      foreign key (project_id, batch_id) references import_batch (project_id, id)
    );
    create index response_by_model on response (project_id, model_id, prompt_id);
    create table external_id (
      project_id text not null references project (id),
      source text not null,
      kind text not null check (kind in ('prompt', 'response')),
      external_id text not null,
      target_id text not null,
      primary key (project_id, source, kind, external_id)
    );
    create index external_id_by_target on external_id (project_id, target_id);
    create table finding (
      project_id text not null,
      id text not null,
      kind text not null check (kind in ('names-its-model')),
      prompt_id text not null,
      response_id text not null,
      detail text not null,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, response_id, kind),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, response_id) references response (project_id, id)
    );
    `,
  )
