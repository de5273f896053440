-- Cases: findings of one person and class group, sent to the office that answers for the person, with a clock.

create table case_file (
  county integer not null,
  id uuid not null,
  area bigint not null,
  class_group text not null,
  subject_id uuid,
  record_id uuid,
  person_key text not null,
  person_name text not null,
  state text not null default 'open' check (state in ('open', 'answered', 'closed')),
  routed_by text not null check (routed_by in ('registration', 'residence', 'collector', 'person')),
  opened_at timestamptz not null default now(),
  due_on date not null,
  answer text check (answer in ('correct-ours', 'confirm-ours', 'cannot-tell', 'unreachable')),
  answer_note text,
  proof_sha256 text,
  proof_mime text,
  answered_by text,
  answered_at timestamptz,
  decided_by text,
  decided_at timestamptz,
  times_reopened integer not null default 0,
  closed_at timestamptz,
  primary key (county, id),
  constraint case_answer_is_whole check ((answer is null) = (answered_at is null))
);
create unique index case_one_open_per_person_and_group on case_file (county, person_key, class_group) where state <> 'closed';
create index case_by_area_and_state on case_file (county, area, state, due_on);
create index case_by_record on case_file (county, record_id) where record_id is not null;
select security.protect('case_file', 'select, insert, update');

-- Insert-only history of a case.
create table case_step (
  county integer not null,
  id uuid not null,
  case_id uuid not null,
  area bigint not null,
  kind text not null check (kind in ('answered', 'accepted', 'sent-back', 'reopened', 'closed')),
  actor text not null,
  note text,
  at timestamptz not null default now(),
  primary key (county, id),
  foreign key (county, case_id) references case_file
);
create index case_step_by_case on case_step (county, case_id, at);
select security.protect('case_step', 'select, insert');
-- When a person is handed over, the history of their cases goes along; what a step says stays as it was written.
grant update (area) on case_step to qingce_app;
