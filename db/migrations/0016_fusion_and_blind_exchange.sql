-- Several departments' lists of one round fused into a proposal for the base list, and exchanges of keyed digests that show no list.
-- Every row of every list has exactly one outcome.

create table fusion (
  county integer not null,
  id uuid not null,
  area bigint not null,
  campaign_id uuid not null references campaign,
  purpose text not null check (length(purpose) between 1 and 200),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'proposed', 'accepting', 'accepted', 'discarded', 'failed')),
  -- [{batch, department, asOf, rows}] in the order in which rows and people are numbered.
  lists jsonb not null,
  task_id uuid,
  counts jsonb not null default '{}',
  steps jsonb not null default '[]',
  asked_by text not null,
  at timestamptz not null default now(),
  finished_at timestamptz,
  settled_by text,
  settled_at timestamptz,
  primary key (county, id),
  constraint fusion_settled_by_somebody check ((state in ('accepted', 'discarded')) = (settled_by is not null))
);
create table fusion_person (
  county integer not null,
  fusion_id uuid not null,
  no integer not null check (no >= 1),
  area bigint not null,
  state text not null check (state in ('proposed', 'registered', 'added', 'left-out', 'merged')),
  reason text,
  conflicts integer not null default 0 check (conflicts >= 0),
  -- Sealed JSON: what each row of each list says, from which the values are chosen.
  sealed bytea not null,
  record_id uuid,
  primary key (county, fusion_id, no),
  foreign key (county, fusion_id) references fusion,
  constraint fusion_left_out_with_a_reason check ((state = 'left-out') = (reason is not null)),
  constraint fusion_added_has_a_record check (state <> 'added' or record_id is not null)
);
create index fusion_person_by_state on fusion_person (county, fusion_id, state, no);
create index fusion_person_with_conflicts on fusion_person (county, fusion_id, no) where conflicts > 0;
create table fusion_row (
  county integer not null,
  fusion_id uuid not null,
  batch_id uuid not null,
  row_no integer not null,
  area bigint not null,
  outcome text not null check (outcome in ('fused', 'duplicate', 'left-out')),
  person_no integer,
  duplicate_of integer,
  reason text,
  primary key (county, fusion_id, batch_id, row_no),
  foreign key (county, fusion_id) references fusion,
  constraint fusion_row_says_what_became_of_it check (
    (outcome = 'fused' and person_no is not null and duplicate_of is null and reason is null)
    or (outcome = 'duplicate' and person_no is not null and duplicate_of is not null and reason is null)
    or (outcome = 'left-out' and duplicate_of is null and reason is not null))
);
create index fusion_row_by_person on fusion_row (county, fusion_id, person_no);
create table fusion_doubt (
  county integer not null,
  fusion_id uuid not null,
  no integer not null check (no >= 1),
  area bigint not null,
  person_a integer not null,
  person_b integer not null,
  weight double precision not null,
  probability double precision not null,
  why jsonb not null,
  decision text not null default 'undecided' check (decision in ('undecided', 'same', 'different')),
  decided_by text,
  decided_at timestamptz,
  primary key (county, fusion_id, no),
  foreign key (county, fusion_id) references fusion,
  constraint fusion_doubt_between_two check (person_a < person_b),
  constraint fusion_doubt_decided_by_somebody check ((decision = 'undecided') = (decided_by is null))
);
create index fusion_doubt_open on fusion_doubt (county, fusion_id, person_a, person_b) where decision = 'undecided';

create table blind_exchange (
  county integer not null,
  id uuid not null,
  area bigint not null,
  campaign_id uuid not null references campaign,
  department text not null,
  purpose text not null check (length(purpose) between 1 and 200),
  suite text not null check (suite in ('sha256', 'sm3')),
  state text not null default 'waiting' check (state in ('waiting', 'made', 'returned', 'failed')),
  task_id uuid,
  -- Sealed JSON {key, salt}: the agreed key, and what makes the row ids of this exchange.
  sealed bytea not null,
  fingerprint text not null,
  people integer not null default 0 check (people >= 0),
  -- Sealed files: the tokens handed out, and the records they stand for.
  tokens_sha256 text check (tokens_sha256 ~ '^[0-9a-f]{64}$'),
  records_sha256 text check (records_sha256 ~ '^[0-9a-f]{64}$'),
  as_of date,
  batch_id uuid,
  run_id uuid,
  counts jsonb not null default '{}',
  made_by text not null,
  at timestamptz not null default now(),
  returned_at timestamptz,
  primary key (county, id),
  constraint blind_exchange_made_has_its_files check (state in ('waiting', 'failed') or (tokens_sha256 is not null and records_sha256 is not null)),
  constraint blind_exchange_returned_has_a_run check ((state = 'returned') = (run_id is not null and as_of is not null))
);

select security.protect('fusion', 'select, insert, update');
select security.protect('fusion_person', 'select, insert, update, delete');
select security.protect('fusion_row', 'select, insert, update, delete');
select security.protect('fusion_doubt', 'select, insert, update, delete');
select security.protect('blind_exchange', 'select, insert, update');
