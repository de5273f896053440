-- The next version of a scheme while it is made: its draft, every edit, and dry runs over what is stored. Drafts hold no people.

create table scheme_draft (
  id uuid primary key,
  scheme text not null,
  base_version text not null,
  version text not null check (length(version) between 1 and 40),
  definition jsonb not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  state text not null default 'editing' check (state in ('editing', 'submitted', 'approved', 'published', 'withdrawn')),
  -- Counts up with every edit; who edits names the revision they saw.
  revision integer not null default 1 check (revision >= 1),
  author text not null,
  -- Everybody who had a hand in it: author, editors, who submitted it. None of them approves.
  hands text[] not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  submitted_by text,
  submitted_at timestamptz,
  -- What the approver said when the draft went back.
  returned_because text check (length(returned_because) between 1 and 1000),
  approved_by text,
  approved_at timestamptz,
  published_by text,
  published_at timestamptz,
  foreign key (scheme, base_version) references scheme_version (scheme, version),
  constraint scheme_draft_is_approved_by_a_second_person check (approved_by is null or not approved_by = any (hands)),
  constraint scheme_draft_is_published_once_approved check (state not in ('approved', 'published') or (approved_by is not null and submitted_by is not null)),
  constraint scheme_draft_author_has_a_hand_in_it check (author = any (hands))
);
-- Two drafts may not grow towards the same version.
create unique index scheme_draft_one_open_per_version on scheme_draft (scheme, version) where state in ('editing', 'submitted', 'approved');

-- Every edit, with what stood there before and after. Insert-only.
create table scheme_edit (
  draft_id uuid not null references scheme_draft,
  revision integer not null check (revision >= 2),
  at timestamptz not null default now(),
  who text not null,
  edit jsonb not null,
  path text not null,
  was jsonb,
  now jsonb,
  primary key (draft_id, revision)
);

-- What would become of stored records under a draft, over the area of the one who asked. Counts only.
create table dry_run (
  county integer not null,
  id uuid not null,
  area bigint not null,
  draft_id uuid not null references scheme_draft,
  -- Hash of the definition it ran over: an edit makes it old.
  hash text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  task_id uuid,
  counts jsonb not null,
  areas jsonb not null,
  rules jsonb not null,
  options jsonb not null,
  asked_by text not null,
  at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (county, id)
);
create index dry_run_by_draft on dry_run (draft_id, at);

-- Records that would newly fail: which, by what rule, at which item. No values.
create table dry_run_sample (
  county integer not null,
  run_id uuid not null,
  no integer not null check (no between 1 and 20),
  area bigint not null,
  record_id uuid not null,
  severity text not null check (severity in ('block', 'explain', 'note')),
  rule text not null,
  path text not null,
  primary key (county, run_id, no),
  foreign key (county, record_id) references record
);
create index dry_run_sample_by_run on dry_run_sample (run_id);

grant select, insert, update on scheme_draft to qingce_app;
grant select, insert on scheme_edit to qingce_app;
select security.protect('dry_run', 'select, insert, update');
select security.protect('dry_run_sample', 'select, insert, delete');
