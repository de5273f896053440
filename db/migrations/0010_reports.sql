-- Reports: figures frozen at one moment, with the digest of their canonical form.

create table report (
  county integer not null,
  id uuid not null,
  area bigint not null,
  kind text not null,
  campaign_id uuid not null references campaign,
  as_of timestamptz not null,
  figures jsonb not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  made_by text not null,
  at timestamptz not null default now(),
  primary key (county, id)
);
select security.protect('report', 'select, insert');
