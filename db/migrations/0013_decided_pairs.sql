-- Pairs that people decide: how each was weighed, who said what about it, and what was settled, so that the next list that says
-- the same of the same person gets the same answer. And what a merge of two records changed, so that it can be undone.

-- How a link came to its weight: [[column, level, bits] …], the starting point first.
alter table link add column weighing json;
-- Veto by which a person has to decide; reasons for which two people have to.
alter table link add column veto text;
alter table link add column hard text[] not null default '{}';
-- Keyed digest of number, name and birth as on the list, and the list's row itself, sealed: of pairs that people decide.
alter table link add column other_digest bytea;
alter table link add column sealed bytea;
-- Where the decision about a doubtful pair stands; null for links that nobody was asked about.
alter table link add column pair_state text
  constraint link_pair_state_known check (pair_state in ('undecided', 'second-needed', 'disputed', 'confirmed', 'rejected'));
alter table link add column decision_id uuid;
update link set pair_state = case decision when 'review' then 'undecided' else decision end where decision <> 'automatic';
create index link_to_decide on link (county, run_id, pair_state, weight desc, row_no desc, record_id desc) include (area) where pair_state is not null;
create index link_to_decide_of_all_runs on link (county, pair_state, weight desc, run_id desc, row_no desc, record_id desc) include (area) where pair_state is not null;
create index link_by_pair on link (county, subject_id, other_digest) where other_digest is not null;
create index link_by_decision on link (county, decision_id) where decision_id is not null;

-- What people settled about a person of the register and somebody on any department's list. A revoked one stays and is not used.
create table pair_decision (
  county integer not null,
  id uuid not null,
  area bigint not null,
  subject_id uuid not null,
  other_digest bytea not null,
  state text not null check (state in ('second-needed', 'disputed', 'confirmed', 'rejected', 'revoked')),
  hard text[] not null default '{}',
  -- Where it was asked first.
  record_id uuid not null,
  run_id uuid not null,
  row_no integer not null,
  department text not null,
  asked_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (county, id),
  constraint pair_decision_settled_has_a_time check (state not in ('confirmed', 'rejected') or settled_at is not null)
);
create unique index pair_decision_one_in_force on pair_decision (county, subject_id, other_digest) where state <> 'revoked';
create index pair_decision_by_record on pair_decision (county, record_id);
select security.protect('pair_decision', 'select, insert, update');

-- Insert-only: every word that was said on a pair. Whoever spoke once does not count twice.
create table pair_opinion (
  county integer not null,
  id uuid not null,
  decision_id uuid not null,
  area bigint not null,
  kind text not null check (kind in ('first', 'second', 'lead', 'revoked')),
  same boolean,
  note text check (length(note) between 1 and 500),
  author text not null,
  run_id uuid not null,
  row_no integer not null,
  at timestamptz not null default now(),
  primary key (county, id),
  foreign key (county, decision_id) references pair_decision,
  constraint pair_opinion_says_something check ((kind = 'revoked') = (same is null)),
  constraint pair_opinion_revoked_with_a_reason check (kind <> 'revoked' or note is not null)
);
create unique index pair_opinion_each_from_another_person on pair_opinion (county, decision_id, author) where kind <> 'revoked';
create index pair_opinion_by_decision on pair_opinion (county, decision_id, at);
select security.protect('pair_opinion', 'select, insert');

-- A list that is wiped takes its rows along wherever pairs keep them; weights, states and opinions stay.
create function forget_rows_of_wiped_list() returns trigger language plpgsql as $$
begin
  update link l set sealed = null from match_run m
    where m.county = new.county and m.batch_id = new.id and l.county = m.county and l.run_id = m.id and l.sealed is not null;
  return null;
end $$;
create trigger import_batch_wiped_takes_rows after update of state on import_batch
  for each row when (new.state = 'wiped' and old.state <> 'wiped') execute function forget_rows_of_wiped_list();

-- A merge with all that undoing it needs: how both records stood, and whose the number was.
create table record_merge (
  county integer not null,
  id uuid not null,
  area bigint not null,
  record_id uuid not null,
  into_id uuid not null,
  state_before text not null,
  held_from_before text,
  decided_at_before timestamptz,
  issues_before jsonb not null,
  into_issues_before jsonb not null,
  held_number boolean not null,
  into_held_number boolean not null,
  note text,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  undone_by text,
  undone_at timestamptz,
  undo_reason text check (length(undo_reason) between 1 and 500),
  primary key (county, id),
  foreign key (county, record_id) references record,
  foreign key (county, into_id) references record,
  constraint record_merge_undone_with_a_reason check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null))
);
create unique index record_merge_one_in_force on record_merge (county, record_id) where undone_at is null;
create index record_merge_by_target on record_merge (county, into_id);
select security.protect('record_merge', 'select, insert, update');
