import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table person (
      id text not null primary key,
      email text not null unique,
      name text not null,
      password_hash text,
      is_admin integer not null check (is_admin in (0, 1)),
      status text not null check (status in ('active', 'disabled')),
      settings text not null,
      created_at bigint not null
    );
    create table session (
      id text not null primary key,
      person_id text not null references person (id),
      created_at bigint not null,
      last_seen_at bigint not null,
      expires_at bigint not null,
      revoked_at bigint
    );
    create index session_by_person on session (person_id);
    create table project (
      id text not null primary key,
      slug text not null unique,
      name text not null,
      is_simulated integer not null check (is_simulated in (0, 1)),
      settings text not null,
      created_at bigint not null
    );
    create table member (
      project_id text not null references project (id),
      person_id text not null references person (id),
      role text not null check (role in ('lead', 'engineer', 'annotator')),
      created_at bigint not null,
      primary key (project_id, person_id, role)
    );
    create index member_by_person on member (person_id);
    create table invitation (
      project_id text not null references project (id),
      id text not null,
      token_hash text not null,
      email text,
      roles text not null,
      created_by text not null references person (id),
      created_at bigint not null,
      expires_at bigint not null,
      accepted_at bigint,
      accepted_by text references person (id),
      primary key (project_id, id),
      unique (project_id, token_hash)
    );
    create table api_token (
      project_id text not null references project (id),
      id text not null,
      name text not null,
      token_hash text not null,
      role text not null check (role in ('lead', 'engineer', 'annotator')),
      created_by text not null references person (id),
      created_at bigint not null,
      last_used_at bigint,
      revoked_at bigint,
      primary key (project_id, id),
      unique (project_id, token_hash)
    );
    create table audit (
      project_id text not null,
      id text not null,
      actor text not null,
      action text not null,
      subject text not null,
      detail text not null,
      created_at bigint not null,
      primary key (project_id, id)
    );
    create table model (
      project_id text not null references project (id),
      id text not null,
      name text not null,
      version text not null,
      prompt_version text not null,
      parameters text not null,
      label text not null,
      color integer not null,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, name, version, prompt_version, parameters),
      unique (project_id, label)
    );
    create table rater (
      project_id text not null references project (id),
      id text not null,
      kind text not null check (kind in ('member', 'imported', 'judge')),
      person_id text references person (id),
      external_name text,
      pseudonym text not null,
      is_simulated integer not null check (is_simulated in (0, 1)),
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, pseudonym),
      unique (project_id, person_id),
      unique (project_id, kind, external_name)
    );
    `,
  )
