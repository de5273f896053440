-- The dated administrative tree: 12-digit statistical codes; every node covers a closed range of codes.

create table area (
  code bigint primary key check (code between 110000000000 and 999999999999),
  level smallint not null check (level between 1 and 5),
  parent bigint not null,
  hi bigint not null,
  name text collate "C" not null,
  full_name text not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  edition text not null,
  valid_from date not null,
  valid_to date,
  constraint area_covers_itself check (hi >= code)
);
create index area_children on area (parent, code);
create index area_by_name on area (name, level);
create index area_by_pinyin on area (pinyin, level);
create index area_by_initials on area (initials, level);
create table area_load (
  edition text not null,
  part text not null,
  rows integer not null,
  loaded_at timestamptz not null default now(),
  primary key (edition, part)
);
grant select on area, area_load to qingce_app;
