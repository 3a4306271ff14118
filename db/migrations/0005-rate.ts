import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table draft (
      project_id text not null,
      assignment_id text not null,
      rater_id text not null,
      version integer not null,
      content text not null,
      updated_at bigint not null,
      primary key (project_id, assignment_id),
      foreign key (project_id, assignment_id) references assignment (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id)
    );
    create table judgment (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      task_id text not null,
      rater_id text not null,
      assignment_id text,
      source text not null check (source in ('human', 'judge', 'adjudicator')),
      revision integer not null check (revision >= 1),
      answer_hash text not null,
      is_extra integer not null check (is_extra in (0, 1)),
      withdrawn_at bigint,
      withdrawn_reason text,
      shown_order text,
      guidelines_version integer,
      shown_hash text,
      comment text not null,
      reasons text not null,
      active_ms bigint,
      batch_id text,
      judged_at bigint,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, task_id, rater_id),
      unique (project_id, assignment_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, task_id) references task (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id),
      foreign key (project_id, assignment_id) references assignment (project_id, id),
      foreign key (project_id, batch_id) references import_batch (project_id, id)
    );
    create index judgment_by_campaign on judgment (project_id, campaign_id, id);
    create index judgment_by_rater on judgment (project_id, rater_id, campaign_id, id);
    create table judgment_score (
      project_id text not null,
      judgment_id text not null,
      criterion_id text not null,
      position integer not null check (position >= -1),
      response_id text,
      answer text not null,
      winner text check (winner in ('a', 'b', 'tie', 'both_bad', 'cant_judge')),
      strength integer check (strength between 1 and 3),
      score double precision,
      primary key (project_id, judgment_id, criterion_id, position),
      foreign key (project_id, judgment_id) references judgment (project_id, id),
      foreign key (project_id, criterion_id) references criterion (project_id, id),
      foreign key (project_id, response_id) references response (project_id, id)
    );
    create table judgment_revision (
      project_id text not null,
      judgment_id text not null,
      revision integer not null,
      content text not null,
      judged_at bigint,
      created_at bigint not null,
      primary key (project_id, judgment_id, revision),
      foreign key (project_id, judgment_id) references judgment (project_id, id)
    );
    create table judgment_change (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      judgment_id text not null,
      kind text not null check (kind in ('saved', 'revised', 'withdrawn')),
      created_at bigint not null,
      primary key (project_id, id),
      foreign key (project_id, judgment_id) references judgment (project_id, id)
    );
    create index judgment_change_by_campaign on judgment_change (project_id, campaign_id, id);
    `,
  )
