import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialects/portable.ts'
import { define } from './ddl.ts'

/** More of a prompt than this is not searched: PostgreSQL refuses longer documents. */
const searchedCharacters = 100_000

export async function up(db: Kysely<unknown>): Promise<void> {
  await define(
    db,
    `
    alter table import_batch add column sources text not null default '[]';
    alter table import_refusal add column byte_offset bigint;
    alter table import_refusal add column byte_length bigint;
    alter table prompt add column source_ordinal integer;
    alter table prompt add column source_line bigint;
    alter table prompt add column characters integer not null default 0;
    alter table prompt add column tokens integer;
    alter table prompt add column language text;
    alter table prompt add column cluster_id text;
    alter table prompt add column prepared_at bigint;
    alter table prompt add column archived_at bigint;
    alter table response add column source_ordinal integer;
    alter table response add column source_line bigint;
    alter table response add column tokens integer;
    alter table response add column language text;
    alter table model add column merged_into text;
    create index prompt_by_batch on prompt (project_id, batch_id, id);
    create index prompt_by_characters on prompt (project_id, characters, id);
    create index prompt_by_cluster on prompt (project_id, cluster_id) where cluster_id is not null;
    create index prompt_unprepared on prompt (project_id, id) where prepared_at is null;
    create table near_duplicate_key (
      project_id text not null,
      key text not null,
      prompt_id text not null,
      primary key (project_id, key, prompt_id),
      foreign key (project_id, prompt_id) references prompt (project_id, id)
    );
    create table finding_now (
      project_id text not null,
      id text not null,
      kind text not null,
      prompt_id text not null,
      response_id text,
      place text not null,
      count integer not null,
      detail text not null,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, place, kind),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, response_id) references response (project_id, id)
    );
    insert into finding_now
      select project_id, id, kind, prompt_id, response_id, response_id, 1, detail, created_at from finding;
    drop table finding;
    alter table finding_now rename to finding;
    create index finding_by_prompt on finding (project_id, prompt_id);
    create index finding_by_kind on finding (project_id, kind, prompt_id);
    create table model_change (
      project_id text not null references project (id),
      id text not null,
      kind text not null check (kind in ('renamed', 'merged', 'split', 'undone')),
      model_id text not null,
      other_model_id text,
      detail text not null,
      actor text not null,
      undone_by text,
      created_at bigint not null,
      primary key (project_id, id),
      foreign key (project_id, model_id) references model (project_id, id)
    );
    create table model_change_response (
      project_id text not null,
      change_id text not null,
      response_id text not null,
      primary key (project_id, change_id, response_id),
      foreign key (project_id, change_id) references model_change (project_id, id),
      foreign key (project_id, response_id) references response (project_id, id)
    );
    create table received_request (
      project_id text not null references project (id),
      key text not null,
      body_hash text not null,
      answer text not null,
      created_at bigint not null,
      primary key (project_id, key)
    );
    `,
  )
  await (isPostgres(db) ? searchOnPostgres(db) : searchOnSqlite(db))
}

/**
 * Words of prompts, kept by triggers in the transaction of the row itself. SQLite: an FTS5 index
 * without its own copy of the text. PostgreSQL: a table of its own with a GIN index.
 */
async function searchOnSqlite(db: Kysely<unknown>): Promise<void> {
  const words = (row: 'new' | 'prompt') =>
    `(select group_concat(substr(json_extract(value, '$.content'), 1, ${searchedCharacters}), ' ')
      from json_each(${row}.messages))`
  const statements = [
    `create virtual table prompt_search using fts5(
      words, project_id unindexed, prompt_id unindexed,
      content='', contentless_delete=1, contentless_unindexed=1,
      tokenize="unicode61 remove_diacritics 2")`,
    `insert into prompt_search (rowid, words, project_id, prompt_id)
      select rowid, ${words('prompt')}, project_id, id from prompt`,
    `create trigger prompt_search_insert after insert on prompt begin
      insert into prompt_search (rowid, words, project_id, prompt_id)
      values (new.rowid, ${words('new')}, new.project_id, new.id);
    end`,
    `create trigger prompt_search_update after update of messages on prompt begin
      delete from prompt_search where rowid = old.rowid;
      insert into prompt_search (rowid, words, project_id, prompt_id)
      values (new.rowid, ${words('new')}, new.project_id, new.id);
    end`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

async function searchOnPostgres(db: Kysely<unknown>): Promise<void> {
  const statements = [
    `create table prompt_search (
      project_id text collate "C" not null,
      prompt_id text collate "C" not null,
      words tsvector not null,
      primary key (project_id, prompt_id),
      foreign key (project_id, prompt_id) references prompt (project_id, id)
    )`,
    `create index prompt_search_words on prompt_search using gin (words)`,
    `create function prompt_words(messages text) returns tsvector language sql immutable as $$
      select to_tsvector('simple', left(coalesce(string_agg(message ->> 'content', ' '), ''), ${searchedCharacters}))
      from jsonb_array_elements(messages::jsonb) as message
    $$`,
    `create function keep_prompt_search() returns trigger language plpgsql as $$
    begin
      insert into prompt_search values (new.project_id, new.id, prompt_words(new.messages))
      on conflict (project_id, prompt_id) do update set words = excluded.words;
      return null;
    end $$`,
    `create trigger prompt_search_keep after insert or update of messages on prompt
      for each row execute function keep_prompt_search()`,
    `insert into prompt_search select project_id, id, prompt_words(messages) from prompt`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
