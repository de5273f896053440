-- Files that come in: base lists and departments' extracts. Each row of a file has exactly one outcome.

create table import_batch (
  county integer not null,
  id uuid not null,
  area bigint not null,
  kind text not null check (kind in ('base-list', 'extract')),
  department text,
  campaign_id uuid references campaign,
  scheme text not null,
  file_name text not null,
  file_sha256 text not null,
  file_bytes integer not null,
  sheet text,
  state text not null default 'uploaded' check (state in ('uploaded', 'mapped', 'running', 'done', 'failed', 'wiped')),
  headings jsonb not null default '[]',
  mapping jsonb not null default '{}',
  as_of date,
  purpose text,
  task_id uuid,
  -- What a run makes of the file, as sealed files: the checked rows of a department's list for matching, and the returned rows as they
  -- came, without refused texts, for the error workbook. `refused` counts cells that named a military unit.
  prepared_sha256 text check (prepared_sha256 ~ '^[0-9a-f]{64}$'),
  returned_sha256 text check (returned_sha256 ~ '^[0-9a-f]{64}$'),
  refused integer not null default 0 check (refused >= 0),
  rows integer not null default 0,
  accepted integer not null default 0,
  returned integer not null default 0,
  sent_by text not null,
  at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (county, id),
  constraint import_every_row_has_one_outcome check (state <> 'done' or accepted + returned = rows)
);
create table import_row (
  county integer not null,
  batch_id uuid not null,
  row_no integer not null,
  area bigint not null,
  outcome text not null check (outcome in ('accepted', 'returned')),
  issues jsonb not null default '[]',
  subject_id uuid,
  primary key (county, batch_id, row_no),
  foreign key (county, batch_id) references import_batch
);
create index import_row_returned on import_row (county, batch_id, row_no) where outcome = 'returned';
-- The headings a supplier used last time, kept per office so that the next file maps itself.
create table column_mapping (
  area bigint not null,
  kind text not null,
  department text not null default '',
  mapping jsonb not null,
  at timestamptz not null default now(),
  primary key (area, kind, department)
);
select security.protect('import_batch', 'select, insert, update');
select security.protect('import_row', 'select, insert, delete');
select security.protect('column_mapping', 'select, insert, update');
