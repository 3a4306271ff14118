import type { Kysely } from 'kysely'
import { isPostgres } from '../dialects/portable.ts'
import { define } from './ddl.ts'

/** What qualification, lanes, adaptive work, adjudication and the lead's view of raters need. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const text = isPostgres(db) ? 'text collate "C"' : 'text'
  await define(
    db,
    `
    create index job_by_key on job (project_id, kind, dedupe_key, id);
    create index prompt_by_language on prompt (project_id, language, id)
      where language is not null;
    alter table rater add column groups ${text} not null default '[]';
    alter table rater add column languages ${text} not null default '[]';
    alter table response add column written_by ${text};
    alter table campaign add column slots_made bigint not null default 0;
    alter table campaign add column has_authored integer not null default 0
      check (has_authored in (0, 1));
    alter table campaign_rater add column cursors ${text} not null default '{}';
    alter table campaign_rater add column phase ${text} not null default 'working'
      check (phase in ('training', 'qualifying', 'working', 'failed'));
    alter table campaign_rater add column sitting integer not null default 0;
    alter table campaign_rater add column judged integer not null default 0;
    alter table campaign_rater add column side_pairs ${text} not null default '{}';
    update campaign_rater set judged = (
      select count(*) from judgment j
      where j.project_id = campaign_rater.project_id and j.rater_id = campaign_rater.rater_id
        and j.campaign_id = campaign_rater.campaign_id and j.source = 'human'
    );
    update campaign set slots_made = (
      select count(*) from assignment a
      where a.project_id = campaign.project_id and a.campaign_id = campaign.id
        and a.status in ('open', 'held', 'submitted')
    );
    alter table campaign_rater add column paused_reason ${text};
    alter table campaign_rater drop column cursor_priority;
    alter table campaign_rater drop column cursor_slot;
    alter table task add column withdrawn_at bigint;
    alter table task add column withdrawn_reason ${text};
    alter table task add column doubt double precision;
    create index task_in_doubt on task (project_id, campaign_id, doubt, id) where doubt > 0;
    create index judgment_adjudicated on judgment (project_id, campaign_id, id)
      where source = 'adjudicator';
    create index message_unread on message (project_id, person_id, id) where read_at is null;
    create index task_by_purpose on task (project_id, campaign_id, purpose, id)
      where purpose <> 'work';
    create index task_by_repeated on task (project_id, repeat_of) where repeat_of is not null;
    alter table assignment add column lane ${text} not null default '';
    drop index assignment_open;
    create index assignment_open on assignment (project_id, campaign_id, lane, priority, id)
      where status = 'open';
    alter table draft add column base_revision integer not null default 0;
    create table flag (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      task_id text not null,
      rater_id text not null,
      assignment_id text not null,
      reason text not null,
      created_at bigint not null,
      resolved_at bigint,
      resolved_by text,
      primary key (project_id, id),
      unique (project_id, task_id, rater_id),
      foreign key (project_id, task_id) references task (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id),
      foreign key (project_id, assignment_id) references assignment (project_id, id)
    );
    create index flag_open on flag (project_id, campaign_id, id) where resolved_at is null;
    alter table measurement rename to measurement_before;
    drop index measurement_newest;
    create table measurement (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      kind text not null,
      method text not null,
      seed bigint not null,
      counts text not null,
      result text not null,
      code_version text not null,
      created_at bigint not null,
      primary key (project_id, id),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    insert into measurement
      select project_id, id, campaign_id, kind, method, seed, counts, result, code_version, created_at
      from measurement_before;
    drop table measurement_before;
    create index measurement_newest on measurement (project_id, campaign_id, kind, id);
    `,
  )
}
