-- Match runs, links between a record and a row of a department's list, and the findings they raise.

create table match_run (
  county integer not null,
  id uuid not null,
  area bigint not null,
  batch_id uuid not null,
  department text not null,
  campaign_id uuid not null references campaign,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  task_id uuid,
  counts jsonb not null default '{}',
  steps jsonb not null default '[]',
  asked_by text not null,
  at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (county, id),
  foreign key (county, batch_id) references import_batch
);
create table link (
  county integer not null,
  run_id uuid not null,
  row_no integer not null,
  area bigint not null,
  record_id uuid not null,
  subject_id uuid not null,
  weight double precision not null,
  probability double precision not null,
  decision text not null check (decision in ('automatic', 'review', 'confirmed', 'rejected')),
  why jsonb not null,
  decided_by text,
  decided_at timestamptz,
  primary key (county, run_id, row_no, record_id),
  foreign key (county, run_id) references match_run
);
create index link_by_record on link (county, record_id);
create table finding (
  county integer not null,
  id uuid not null,
  area bigint not null,
  key text not null,
  class text not null,
  department text not null,
  path text,
  record_id uuid,
  subject_id uuid,
  -- `subject:<id>` for people in the register; for people who are only on a list a keyed digest that tells nothing.
  person_key text not null,
  -- The round: the office that answers for the person sees its findings, not the county's run.
  campaign_id uuid not null references campaign,
  run_id uuid not null,
  row_no integer,
  -- Sealed JSON {ours, theirs, name, idNumber …}: what is compared, kept so that the same check can run again.
  sealed bytea not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_because text check (closed_because in ('agrees', 'confirmed-ours', 'collected', 'explained', 'withdrawn')),
  raised_at timestamptz not null default now(),
  closed_at timestamptz,
  case_id uuid,
  -- Keyed digest of the exact pair (ours, theirs) for which the county accepted that ours is right.
  confirmed_pair bytea,
  confirmed_by text,
  primary key (county, id),
  constraint finding_confirmed_by_the_county
    check (closed_because is distinct from 'confirmed-ours' or (confirmed_pair is not null and confirmed_by is not null)),
  constraint finding_one_per_key unique (county, key),
  constraint finding_closes_with_a_reason check ((state = 'closed') = (closed_because is not null))
);
create index finding_by_record on finding (county, record_id);
create index finding_by_case on finding (county, case_id);
create index finding_open on finding (county, area, class) where state = 'open';
create index finding_by_person on finding (county, person_key) where state = 'open';
create index finding_without_case on finding (county) where state = 'open' and case_id is null;
create index finding_by_run on finding (county, run_id);
create index finding_by_department on finding (county, campaign_id, department);

-- Who stood on a department's list, as blind digests only.
create table listed_person (
  county integer not null,
  run_id uuid not null,
  id_digest bytea not null,
  area bigint not null,
  primary key (county, run_id, id_digest),
  foreign key (county, run_id) references match_run
);
select security.protect('listed_person', 'select, insert, delete');
-- After a bulk of rows the planner must know them at once, not when autovacuum comes by. The runtime role owns no table; this is all it may do.
create function security.refresh_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  analyze public.subject, public.subject_name_part, public.record, public.revision, public.identity_claim, public.vouch, public.link, public.finding;
end $$;
revoke all on function security.refresh_statistics() from public;
grant execute on function security.refresh_statistics() to qingce_app;

select security.protect('match_run', 'select, insert, update');
select security.protect('link', 'select, insert, update, delete');
select security.protect('finding', 'select, insert, update');
