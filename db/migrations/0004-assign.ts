import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    create table campaign (
      project_id text not null references project (id),
      id text not null,
      name text not null,
      kind text not null check (kind in ('pairwise', 'rubric', 'ranking')),
      status text not null check (status in ('draft', 'open', 'paused', 'closed')),
      origin text not null check (origin in ('made', 'imported')),
      overlap integer not null check (overlap >= 0),
      hold_ms bigint not null check (hold_ms > 0),
      settings text not null,
      is_simulated integer not null check (is_simulated in (0, 1)),
      created_by text not null,
      created_at bigint not null,
      opened_at bigint,
      closed_at bigint,
      primary key (project_id, id),
      unique (project_id, name)
    );
    create table guidelines (
      project_id text not null,
      campaign_id text not null,
      version integer not null,
      text text not null,
      created_by text not null,
      created_at bigint not null,
      primary key (project_id, campaign_id, version),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    create table criterion (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      position integer not null,
      name text not null,
      title text not null,
      kind text not null
        check (kind in ('preference', 'scale', 'choice', 'ranking', 'text', 'spans', 'ideal')),
      is_required integer not null check (is_required in (0, 1)),
      definition text not null,
      primary key (project_id, id),
      unique (project_id, campaign_id, name),
      unique (project_id, campaign_id, position),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    create table campaign_rater (
      project_id text not null,
      campaign_id text not null,
      rater_id text not null,
      status text not null check (status in ('active', 'paused')),
      cursor_priority integer not null,
      cursor_slot text not null,
      side_balance integer not null,
      created_at bigint not null,
      primary key (project_id, campaign_id, rater_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id)
    );
    create index campaign_rater_by_rater on campaign_rater (project_id, rater_id);
    create table task (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      prompt_id text not null,
      fingerprint text not null,
      purpose text not null
        check (purpose in ('work', 'gold', 'training', 'qualification', 'repeat')),
      repeat_of text,
      needed integer not null check (needed >= 0),
      priority integer not null,
      selection_probability double precision
        check (selection_probability > 0 and selection_probability <= 1),
      decided text check (decided in ('a', 'b', 'tie', 'both_bad', 'cant_judge')),
      expected text,
      created_at bigint not null,
      primary key (project_id, id),
      unique (project_id, campaign_id, purpose, fingerprint),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, repeat_of) references task (project_id, id)
    );
    create index task_by_campaign on task (project_id, campaign_id, id);
    create index task_by_prompt on task (project_id, prompt_id);
    create table task_response (
      project_id text not null,
      task_id text not null,
      position integer not null check (position >= 0),
      response_id text not null,
      primary key (project_id, task_id, position),
      unique (project_id, task_id, response_id),
      foreign key (project_id, task_id) references task (project_id, id),
      foreign key (project_id, response_id) references response (project_id, id)
    );
    create index task_response_by_response on task_response (project_id, response_id);
    create table assignment (
      project_id text not null,
      id text not null,
      campaign_id text not null,
      task_id text not null,
      rater_id text,
      status text not null
        check (status in ('open', 'held', 'submitted', 'skipped', 'expired', 'released')),
      priority integer not null,
      shown_order text,
      held_at bigint,
      held_until bigint,
      opened_at bigint,
      ended_at bigint,
      active_ms bigint,
      skip_reason text,
      created_at bigint not null,
      primary key (project_id, id),
      check ((status = 'open') = (rater_id is null)),
      check (status <> 'held' or held_until is not null),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, task_id) references task (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id)
    );
    create index assignment_open on assignment (project_id, campaign_id, priority, id)
      where status = 'open';
    create index assignment_held on assignment (project_id, campaign_id, held_until)
      where status = 'held';
    create unique index assignment_once on assignment (project_id, task_id, rater_id)
      where status in ('held', 'submitted');
    create index assignment_by_task on assignment (project_id, task_id, rater_id);
    create index assignment_by_rater
      on assignment (project_id, campaign_id, rater_id, status, ended_at);
    `,
  )
