import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * What standings need of judgments is counted prompt by prompt as judgments come, so that their cost
 * does not hang on the number of judgments. A change note that was taken into the counts stays for the
 * full measurement, which needs the judgments themselves.
 */
export const up = (db: Kysely<unknown>) =>
  define(
    db,
    `
    alter table pair_count add column draw_judgments integer not null default 0;
    alter table pair_count add column draw_inverse double precision not null default 0;
    alter table pair_count add column draw_task_id text;
    alter table pair_count add column length_lead double precision;
    alter table pair_count add column sided integer;
    alter table pair_count add column first_wins integer;
    create table score_count (
      project_id text not null,
      campaign_id text not null,
      criterion_id text not null,
      prompt_id text not null,
      model_id text not null,
      total double precision not null,
      judgments integer not null,
      primary key (project_id, campaign_id, criterion_id, prompt_id, model_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, criterion_id) references criterion (project_id, id),
      foreign key (project_id, prompt_id) references prompt (project_id, id),
      foreign key (project_id, model_id) references model (project_id, id)
    );
    create index pair_count_by_prompt on pair_count (project_id, campaign_id, prompt_id);
    create index score_count_by_prompt on score_count (project_id, campaign_id, prompt_id);
    create table judged_prompt (
      project_id text not null,
      campaign_id text not null,
      prompt_id text not null,
      judgments integer not null,
      primary key (project_id, campaign_id, prompt_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, prompt_id) references prompt (project_id, id)
    );
    create table judged_rater (
      project_id text not null,
      campaign_id text not null,
      rater_id text not null,
      primary key (project_id, campaign_id, rater_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id),
      foreign key (project_id, rater_id) references rater (project_id, id)
    );
    create table counted_campaign (
      project_id text not null,
      campaign_id text not null,
      version integer not null,
      counted_at bigint not null,
      primary key (project_id, campaign_id),
      foreign key (project_id, campaign_id) references campaign (project_id, id)
    );
    alter table judgment_change add column is_counted integer not null default 0
      check (is_counted in (0, 1));
    create index judgment_change_uncounted on judgment_change (project_id, campaign_id, id)
      where is_counted = 0;
    `,
  )
