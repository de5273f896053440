-- Journal, audit, idempotency and tasks: what every module stands on.

-- Facts in the order they committed. `txid` lets a reader stop before transactions that are still open.
create table event (
  id bigint generated always as identity primary key,
  txid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  kind text not null,
  area bigint not null,
  county integer not null,
  actor text not null,
  subject_id uuid,
  record_id uuid,
  data jsonb not null
);
create index event_by_transaction on event (txid, id);
create index event_by_record on event (county, record_id, id) where record_id is not null;
select security.protect('event', 'select, insert');

-- How far each reaction has read the journal.
create table reaction_cursor (
  reaction text primary key,
  txid xid8 not null default '0',
  event_id bigint not null default 0
);
grant select, insert, update on reaction_cursor to qingce_app;

-- The last fact before every open transaction: a reader that has come so far has missed nothing.
create function security.event_horizon() returns table (txid xid8, id bigint)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select e.txid, e.id from public.event e where e.txid < pg_snapshot_xmin(pg_current_snapshot()) order by e.txid desc, e.id desc limit 1
$$;
revoke all on function security.event_horizon() from public;
grant execute on function security.event_horizon() to qingce_app;

-- True while committed facts lie behind a transaction that is still open (anywhere in the cluster), so that nobody may read them yet.
create function security.events_waiting() returns boolean
  language sql stable security definer set search_path = pg_catalog, public as $$
  select exists (select from public.event e where e.txid >= pg_snapshot_xmin(pg_current_snapshot()))
$$;
revoke all on function security.events_waiting() from public;
grant execute on function security.events_waiting() to qingce_app;

-- Facts of some kinds up to a horizon, for reactions, which work for every area.
create function security.events_between(after_txid xid8, after_id bigint, to_txid xid8, to_id bigint, kinds text[], most integer)
  returns table (id bigint, txid xid8, at timestamptz, kind text, area bigint, county integer, actor text, subject_id uuid, record_id uuid, data jsonb)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select e.id, e.txid, e.at, e.kind, e.area, e.county, e.actor, e.subject_id, e.record_id, e.data
  from public.event e
  where (e.txid, e.id) > (after_txid, after_id) and (e.txid, e.id) <= (to_txid, to_id) and e.kind = any (kinds)
  order by e.txid, e.id limit most
$$;
revoke all on function security.events_between(xid8, bigint, xid8, bigint, text[], integer) from public;
grant execute on function security.events_between(xid8, bigint, xid8, bigint, text[], integer) to qingce_app;

-- One row for each reading or writing of personal data, in the same transaction. No personal value inside.
create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  account text not null,
  office text,
  action text not null,
  purpose text,
  county integer,
  area bigint,
  record_id uuid,
  people integer not null default 1 check (people >= 0),
  detail jsonb
);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy owner on audit_entry as permissive for all to current_user using (true) with check (true);

create function security.write_audit(entry_office text, entry_action text, entry_purpose text, entry_county integer, entry_area bigint,
    entry_record uuid, entry_people integer, entry_detail jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  who text := security.account();
begin
  if who is null then raise exception 'audit needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  insert into public.audit_entry (account, office, action, purpose, county, area, record_id, people, detail)
  values (who, entry_office, entry_action, entry_purpose, entry_county, entry_area, entry_record, entry_people, entry_detail);
end $$;
revoke all on function security.write_audit(text, text, text, integer, bigint, uuid, integer, jsonb) from public;
grant execute on function security.write_audit(text, text, text, integer, bigint, uuid, integer, jsonb) to qingce_app;

-- The stored answer to a write: the same key from the same account gets the same answer and nothing happens twice.
create table idempotency (
  account text not null,
  key text not null check (length(key) between 8 and 200),
  route text not null,
  request_digest text not null,
  status integer not null,
  body jsonb,
  at timestamptz not null default now(),
  constraint idempotency_one_answer_per_key primary key (account, key)
);
-- The key is taken before the work is done and gets its answer afterwards.
grant select, insert, update (status, body), delete on idempotency to qingce_app;

-- Long work: asked for by a person, done by a worker, seen with its progress, resumed after a kill.
create table task (
  id uuid primary key,
  kind text not null,
  area bigint not null,
  county integer not null,
  asked_by text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  input jsonb not null,
  progress jsonb,
  result jsonb,
  problem jsonb,
  cancel_asked boolean not null default false,
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index task_unfinished on task (asked_at) where state in ('waiting', 'running');
select security.protect('task', 'select, insert, update');

-- For the worker at its start: unfinished tasks of every area, ids and askers only.
create function security.unfinished_tasks() returns table (id uuid, kind text, asked_by text)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select t.id, t.kind, t.asked_by from public.task t where t.state in ('waiting', 'running') order by t.asked_at
$$;
revoke all on function security.unfinished_tasks() from public;
grant execute on function security.unfinished_tasks() to qingce_app;
