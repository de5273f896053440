-- Published definitions, and the rounds in which they are used.

create table scheme_version (
  scheme text not null,
  version text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  definition jsonb not null,
  published_at timestamptz not null default now(),
  primary key (scheme, version),
  constraint scheme_version_is_published_once unique (hash)
);
create table campaign (
  id uuid primary key,
  scheme text not null,
  version text not null,
  name_zh text not null,
  name_en text not null,
  area bigint not null,
  hi bigint not null,
  reference_date date not null,
  starts_on date not null,
  ends_on date not null,
  foreign key (scheme, version) references scheme_version,
  constraint campaign_ends_after_it_starts check (starts_on <= ends_on)
);
grant select, insert on scheme_version, campaign to qingce_app;
