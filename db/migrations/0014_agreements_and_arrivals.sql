-- What a department's list stands on: the agreement it comes under, the authorisations of people for economic checks, what its supplier's
-- headings and words mean, when it is due, how it comes in without a person at a page, and when it is wiped.

create table agreement (
  county integer not null,
  id uuid not null,
  area bigint not null,
  scheme text not null,
  department text not null,
  purpose text not null check (length(purpose) between 1 and 200),
  -- Field keys of the department; columns that feed any other are not read.
  fields text[] not null check (cardinality(fields) > 0),
  from_on date not null,
  to_on date not null,
  document text not null check (length(document) between 1 and 100),
  -- Days a list is kept after it came in.
  keep_days integer not null default 180 check (keep_days between 1 and 3650),
  signed_by text not null,
  at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by text,
  revoked_because text check (length(revoked_because) between 1 and 200),
  primary key (county, id),
  constraint agreement_ends_after_it_begins check (to_on >= from_on),
  constraint agreement_is_revoked_with_a_reason check ((revoked_at is null) = (revoked_because is null) and (revoked_at is null) = (revoked_by is null))
);
create index agreement_by_department on agreement (county, scheme, department);

-- Who signed that departments may be asked about them. The person is a blind digest of the ID number.
create table authorisation (
  county integer not null,
  id uuid not null,
  area bigint not null,
  scheme text not null,
  person_digest bytea not null,
  from_on date not null,
  to_on date not null,
  -- The paper's number, or the record that holds the signature.
  document text not null,
  record_id uuid,
  entered_by text not null,
  at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_because text,
  primary key (county, id),
  constraint authorisation_once_per_paper unique (county, scheme, person_digest, document),
  constraint authorisation_ends_after_it_begins check (to_on >= from_on),
  constraint authorisation_is_revoked_with_a_reason check ((revoked_at is null) = (revoked_because is null))
);
create index authorisation_by_record on authorisation (county, record_id) where record_id is not null;

-- What the headings of a supplier's file meant, one row a version; a file with other headings is held against the newest.
create table supplier_mapping (
  county integer not null,
  area bigint not null,
  -- Department key of the office that sends.
  supplier text not null,
  scheme text not null,
  kind text not null check (kind in ('base-list', 'extract')),
  department text not null default '',
  version integer not null check (version >= 1),
  headings jsonb not null,
  mapping jsonb not null,
  batch_id uuid,
  saved_by text not null,
  at timestamptz not null default now(),
  constraint supplier_mapping_one_per_version primary key (county, area, supplier, scheme, kind, department, version)
);
insert into supplier_mapping (county, area, supplier, scheme, kind, department, version, headings, mapping, batch_id, saved_by)
  select distinct on (b.county, b.area, b.department, b.scheme) b.county, b.area, b.department, b.scheme, 'extract', b.department, 1,
    (select coalesce(jsonb_agg(k), '[]') from jsonb_object_keys(m.mapping) as k), m.mapping, b.id, b.sent_by
  from import_batch b join column_mapping m on m.area = b.area and m.kind = b.kind and m.department = b.department
  where b.kind = 'extract' order by b.county, b.area, b.department, b.scheme, b.at desc;
drop table column_mapping;

-- A supplier's word for one of our codes.
create table supplier_word (
  county integer not null,
  id uuid not null,
  area bigint not null,
  supplier text not null,
  scheme text not null,
  department text not null,
  field text not null,
  word text not null check (length(word) between 1 and 60),
  code text not null,
  said_by text not null,
  at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by text,
  primary key (county, id)
);
create unique index supplier_word_means_one_code on supplier_word (county, area, supplier, scheme, department, field, word) where revoked_at is null;

-- When a department's lists are due in a round.
create table arrival_plan (
  county integer not null,
  campaign_id uuid not null references campaign,
  department text not null,
  area bigint not null,
  period text not null check (period in ('once', 'weekly', 'monthly', 'quarterly')),
  -- Day of the month (1–28), day of the week (1 Monday – 7), or days after the round's first day.
  day integer not null check (day between 0 and 366),
  remind_days integer not null default 3 check (remind_days between 0 and 60),
  set_by text not null,
  at timestamptz not null default now(),
  primary key (county, campaign_id, department)
);

-- A supplier's machine may send lists with a token. Only the digest is kept.
create table intake_token (
  county integer not null,
  id uuid not null,
  area bigint not null,
  scheme text not null,
  department text not null,
  agreement_id uuid not null,
  label text not null check (length(label) between 1 and 80),
  digest bytea not null,
  daily_requests integer not null check (daily_requests between 1 and 10000),
  ends_on date not null,
  issued_by text not null,
  at timestamptz not null default now(),
  revoked_at timestamptz,
  revoked_by text,
  primary key (county, id),
  foreign key (county, agreement_id) references agreement
);
create unique index intake_token_is_known_by_its_digest on intake_token (digest);
-- Every request with a token, also the refused ones.
create table intake_request (
  county integer not null,
  id uuid not null,
  area bigint not null,
  token_id uuid not null,
  key text,
  request_digest text,
  outcome text not null,
  batch_id uuid,
  at timestamptz not null default now(),
  primary key (county, id),
  foreign key (county, token_id) references intake_token
);
create index intake_request_by_token on intake_request (county, token_id, at);
create unique index intake_request_happens_once on intake_request (county, token_id, key) where batch_id is not null;

-- Files that the worker took from the inbox folder: never one twice.
create table inbox_file (
  county integer not null,
  department text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  area bigint not null,
  file_name text not null,
  outcome text not null check (outcome in ('taken', 'returned')),
  problem text,
  batch_id uuid,
  at timestamptz not null default now(),
  primary key (county, department, sha256)
);

alter table import_batch
  add column supplier text not null default '',
  add column agreement_id uuid,
  add column came_by text not null default 'page' check (came_by in ('page', 'inbox', 'http')),
  -- {format, encoding, delimiter, evidence}: as what the file was read.
  add column reading jsonb not null default '{}',
  -- Headings that were not read: no item asks for them, or the agreement leaves them out.
  add column unread jsonb not null default '[]',
  -- Accepted rows whose person has no authorisation in force, at the last match.
  add column left_out integer not null default 0 check (left_out >= 0),
  add column keep_until date,
  add column wiped_at timestamptz,
  add column wiped_by text,
  add column wiped_because text;
update import_batch set supplier = coalesce(department, ''), keep_until = (at at time zone 'Asia/Shanghai')::date + 180;
-- Lists that were wiped before it was written down when and why.
update import_batch set wiped_at = coalesce(finished_at, at), wiped_because = '升级前已清除 / wiped before the upgrade' where state = 'wiped';
alter table import_batch add constraint import_wiped_says_when_and_why check ((state = 'wiped') = (wiped_at is not null) and (wiped_at is null) = (wiped_because is null));
create index import_batch_to_wipe on import_batch (keep_until) where state <> 'wiped';

select security.protect('agreement', 'select, insert, update');
select security.protect('authorisation', 'select, insert, update');
select security.protect('supplier_mapping', 'select, insert');
select security.protect('supplier_word', 'select, insert, update');
select security.protect('arrival_plan', 'select, insert, update');
select security.protect('intake_token', 'select, insert, update');
select security.protect('intake_request', 'select, insert, update');
select security.protect('inbox_file', 'select, insert');
