-- What a terminal brought and the office did not take, because both had changed the same: kept whole and sealed until somebody decides.

create table kept_version (
  county integer not null,
  id uuid not null,
  area bigint not null,
  record_id uuid not null,
  -- The piece of work of the terminal; applied at most once.
  entry uuid not null,
  device uuid not null,
  operator text not null,
  based_on integer not null check (based_on >= 0),
  head_then integer not null check (head_then >= 0),
  reason text not null check (reason in ('conflict', 'late', 'faults', 'version')),
  -- Paths on which the two contradict each other.
  paths text[] not null,
  -- Sealed JSON: what the terminal was given and what it made of it, with where values came from.
  sealed bytea not null,
  channel text not null,
  submit boolean not null,
  signed_digest text,
  said text,
  at timestamptz not null default now(),
  settled_by text,
  settled_at timestamptz,
  -- Path to 'office' or 'terminal'.
  choices jsonb,
  settle_reason text,
  primary key (county, id),
  foreign key (county, record_id) references record,
  constraint kept_version_each_work_once unique (county, entry),
  constraint kept_version_settled_by_somebody check ((settled_by is null) = (settled_at is null) and (settled_by is null) = (choices is null))
);
create index kept_version_open on kept_version (county, record_id) where settled_by is null;
create index kept_version_open_by_area on kept_version (area) where settled_by is null;
select security.protect('kept_version', 'select, insert, update');

-- A record that is handed over takes along what waits beside it.
create function security.kept_versions_follow() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  update public.kept_version set area = new.area where county = new.county and record_id = new.id;
  return null;
end $$;
revoke execute on function security.kept_versions_follow() from public;
create trigger kept_versions_follow after update of area on record for each row when (old.area is distinct from new.area) execute function security.kept_versions_follow();
