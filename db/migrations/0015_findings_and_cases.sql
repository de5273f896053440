-- Findings know their person without being opened, and remember which pair of values the county confirmed; who stood on
-- a department's list, as blind digests only; and each step in the life of a case.

-- `subject:<id>` for people in the register; for people who are only on a list a keyed digest that tells nothing.
alter table finding add column person_key text not null;
-- Keyed digest of the exact pair (ours, theirs) for which the county accepted that ours is right.
alter table finding add column confirmed_pair bytea;
alter table finding add column confirmed_by text;
alter table finding add constraint finding_confirmed_by_the_county
  check (closed_because is distinct from 'confirmed-ours' or (confirmed_pair is not null and confirmed_by is not null));
create index finding_by_person on finding (county, person_key) where state = 'open';
create index finding_without_case on finding (county) where state = 'open' and case_id is null;
create index finding_by_run on finding (county, run_id);
create index finding_by_department on finding (county, department);

create table listed_person (
  county integer not null,
  run_id uuid not null,
  id_digest bytea not null,
  area bigint not null,
  primary key (county, run_id, id_digest),
  foreign key (county, run_id) references match_run
);
select security.protect('listed_person', 'select, insert, delete');

alter table case_file add column decided_at timestamptz;
alter table case_file add column proof_mime text;
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
