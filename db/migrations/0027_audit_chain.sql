-- The audit is chained: a sequencer takes committed entries in the order of their transactions, gives each a number without gaps and a
-- digest over the one before; checkpoints are signed and written outside. The runtime role reads and writes none of it but through these functions.

-- The transaction tells the sequencer what may still be open before it. Rows from before this version count as one.
alter table audit_entry add column txid xid8 not null default pg_current_xact_id();
create index audit_entry_by_transaction on audit_entry (txid, id);
create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_account on audit_entry (account, at, id);
create index audit_entry_by_record on audit_entry (record_id, at, id) where record_id is not null;

create table audit_chain (
  seq bigint primary key check (seq > 0),
  entry_id bigint not null,
  algorithm text not null check (algorithm in ('sha-256', 'sm3')),
  digest bytea not null check (length(digest) = 32),
  constraint audit_chain_holds_each_entry_once unique (entry_id)
);
create table audit_checkpoint (
  no bigint primary key check (no > 0),
  seq bigint not null,
  digest bytea not null check (length(digest) = 32),
  rows bigint not null check (rows > 0),
  algorithm text not null,
  at timestamptz not null,
  key_id text not null,
  public_key text not null,
  signature bytea not null
);
-- What was deleted after its years: the digest where the rest of the chain goes on, signed.
create table audit_stub (
  to_seq bigint primary key,
  digest bytea not null check (length(digest) = 32),
  removed bigint not null check (removed > 0),
  at timestamptz not null,
  key_id text not null,
  public_key text not null,
  signature bytea not null
);
-- Where the chain stands. `base_id`: entries up to it are from a server whose transactions were counted otherwise (a restored copy).
create table audit_cursor (
  only_row boolean primary key default true check (only_row),
  seq bigint not null default 0,
  digest bytea not null default decode(repeat('00', 32), 'hex'),
  txid xid8 not null default '0',
  entry_id bigint not null default 0,
  base_id bigint not null default 0
);
insert into audit_cursor default values;
create table audit_retention (
  only_row boolean primary key default true check (only_row),
  years integer not null default 3,
  set_by text,
  set_at timestamptz,
  constraint audit_is_kept_three_years check (years between 3 and 30)
);
insert into audit_retention default values;
do $$
declare
  name text;
begin
  foreach name in array array['audit_chain', 'audit_checkpoint', 'audit_stub', 'audit_cursor', 'audit_retention'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy owner on %I as permissive for all to current_user using (true) with check (true)', name);
  end loop;
end $$;

-- True for an audit administrator who may act now.
create function security.reads_audit() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select exists (select from public.account a where a.id::text = security.account() and 'audit-administrator' = any (a.roles) and a.disabled_at is null and a.ends_on >= current_date)
$$;
create function security.demand_audit_duty() returns void language plpgsql stable set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not (security.is_national_duty() and security.account() = 'system:audit') then
    raise exception 'the audit is chained by duties only' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- An entry without an area of its own belongs where its writer's scope begins.
create or replace function security.write_audit(entry_office text, entry_action text, entry_purpose text, entry_county integer, entry_area bigint,
    entry_record uuid, entry_people integer, entry_detail jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  who text := security.account();
begin
  if who is null then raise exception 'audit needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  insert into public.audit_entry (account, office, action, purpose, county, area, record_id, people, detail)
  values (who, entry_office, entry_action, entry_purpose, entry_county, coalesce(entry_area, security.scope_lo()), entry_record, entry_people, entry_detail);
end $$;

-- The next entries to chain: committed, in the order of their transactions, none behind a transaction that is still open.
create function security.audit_unchained(most integer) returns table (id bigint, at_us bigint, txid xid8, account text, office text, action text, purpose text,
    county integer, area bigint, record_id uuid, people integer, detail text)
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  c public.audit_cursor%rowtype;
  seen pg_snapshot := pg_current_snapshot();
  former boolean;
begin
  perform security.demand_audit_duty();
  select * into c from public.audit_cursor x for update;
  former := c.txid >= pg_snapshot_xmax(seen);
  if former and not exists (select from public.audit_entry e where (e.txid, e.id) > (c.txid, c.entry_id)) then
    -- Transactions are counted anew since (a restored copy): what stands from before is chained, the rest goes on from here.
    update public.audit_cursor x set txid = '0', entry_id = 0, base_id = (select max(e.id) from public.audit_entry e where e.txid >= pg_snapshot_xmax(seen)) returning x.* into c;
    former := false;
  end if;
  return query
    select e.id, (extract(epoch from e.at) * 1000000)::bigint, e.txid, e.account, e.office, e.action, e.purpose, e.county, e.area, e.record_id, e.people, e.detail::text
    from public.audit_entry e
    where (e.txid, e.id) > (c.txid, c.entry_id) and e.id > c.base_id and (former or e.txid < pg_snapshot_xmin(seen))
    order by e.txid, e.id limit most;
end $$;

-- True while committed entries wait behind a transaction that is still open.
create function security.audit_waiting() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select exists (select from public.audit_entry e, public.audit_cursor c where (e.txid, e.id) > (c.txid, c.entry_id) and e.id > c.base_id and e.txid < pg_snapshot_xmax(pg_current_snapshot()))
$$;

create function security.audit_end() returns table (seq bigint, digest bytea)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  perform security.demand_audit_duty();
  return query select c.seq, c.digest from public.audit_cursor c;
end $$;

create function security.chain_audit(first bigint, entries bigint[], digests bytea[], in_algorithm text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  c public.audit_cursor%rowtype;
  chained bigint;
begin
  perform security.demand_audit_duty();
  select * into c from public.audit_cursor x for update;
  if first <> c.seq + 1 or cardinality(entries) <> cardinality(digests) or cardinality(entries) = 0 then
    raise exception 'the chain goes on at %', c.seq + 1 using errcode = 'insufficient_privilege';
  end if;
  insert into public.audit_chain (seq, entry_id, algorithm, digest)
    select first + x.n - 1, e.id, in_algorithm, x.digest
    from unnest(entries, digests) with ordinality as x (id, digest, n) join public.audit_entry e on e.id = x.id;
  get diagnostics chained = row_count;
  if chained <> cardinality(entries) then raise exception 'an entry is not there' using errcode = 'insufficient_privilege'; end if;
  update public.audit_cursor x set seq = first + chained - 1, digest = digests[chained], entry_id = e.id, txid = e.txid
    from public.audit_entry e where e.id = entries[chained];
end $$;

create function security.audit_checkpoints(after_no bigint, most integer) returns table (no bigint, seq bigint, digest text, rows bigint, algorithm text, at timestamptz, key_id text, public_key text, signature text)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.reads_audit() then perform security.demand_audit_duty(); end if;
  return query select c.no, c.seq, encode(c.digest, 'hex'), c.rows, c.algorithm, c.at, c.key_id, c.public_key, translate(encode(c.signature, 'base64'), E'\n', '')
    from public.audit_checkpoint c where c.no > after_no order by c.no limit most;
end $$;

create function security.last_audit_checkpoint() returns table (no bigint, seq bigint, at timestamptz, signature text)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  perform security.demand_audit_duty();
  return query select c.no, c.seq, c.at, translate(encode(c.signature, 'base64'), E'\n', '') from public.audit_checkpoint c order by c.no desc limit 1;
end $$;

-- A checkpoint stands for the chain as it stands, and follows the one before.
create function security.sign_audit(in_no bigint, in_seq bigint, in_digest bytea, in_rows bigint, in_algorithm text, in_at timestamptz, in_key text, in_public text, in_signature bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  perform security.demand_audit_duty();
  if not exists (select from public.audit_chain c where c.seq = in_seq and c.digest = in_digest) or in_no <> coalesce((select max(p.no) from public.audit_checkpoint p), 0) + 1 then
    raise exception 'a checkpoint stands for a place of the chain and follows the one before' using errcode = 'insufficient_privilege';
  end if;
  insert into public.audit_checkpoint (no, seq, digest, rows, algorithm, at, key_id, public_key, signature)
    values (in_no, in_seq, in_digest, in_rows, in_algorithm, in_at, in_key, in_public, in_signature);
end $$;

create function security.audit_stubs() returns table (to_seq bigint, digest text, removed bigint, at timestamptz, key_id text, public_key text, signature text)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.reads_audit() then perform security.demand_audit_duty(); end if;
  return query select s.to_seq, encode(s.digest, 'hex'), s.removed, s.at, s.key_id, s.public_key, translate(encode(s.signature, 'base64'), E'\n', '')
    from public.audit_stub s order by s.to_seq;
end $$;

-- The next checkpoint up to which everything is older than the years for which the audit is kept; a hundred thousand rows at a time.
create function security.audit_past_retention() returns table (to_seq bigint, digest bytea, removed bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  years integer := (select r.years from public.audit_retention r);
  first bigint := (select min(c.seq) from public.audit_chain c);
  old timestamptz := now() - make_interval(years => years);
begin
  perform security.demand_audit_duty();
  return query
    select p.seq, p.digest, p.seq - first + 1 from public.audit_checkpoint p
    where p.at < old and p.seq >= first
      and (p.seq < first + 100000 or p.no = (select min(o.no) from public.audit_checkpoint o where o.seq >= first))
      and not exists (select from public.audit_chain c join public.audit_entry e on e.id = c.entry_id where c.seq <= p.seq and e.at >= old)
    order by p.no desc limit 1;
end $$;

create function security.retire_audit(in_to bigint, in_digest bytea, in_removed bigint, in_at timestamptz, in_key text, in_public text, in_signature bytea) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  perform security.demand_audit_duty();
  if not exists (select from security.audit_past_retention() p where p.to_seq = in_to and p.digest = in_digest and p.removed = in_removed) then
    raise exception 'the audit is kept for its years' using errcode = 'insufficient_privilege';
  end if;
  insert into public.audit_stub (to_seq, digest, removed, at, key_id, public_key, signature) values (in_to, in_digest, in_removed, in_at, in_key, in_public, in_signature);
  with gone as (delete from public.audit_chain c where c.seq <= in_to returning c.entry_id)
    delete from public.audit_entry e using gone where e.id = gone.entry_id;
end $$;

-- Years for which the audit is kept: by the audit administrator, never less than three.
create function security.keep_audit(in_years integer) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.reads_audit() then raise exception 'the audit is kept by its administrator' using errcode = 'insufficient_privilege'; end if;
  update public.audit_retention r set years = in_years, set_by = security.account(), set_at = now();
end $$;

-- Rows of the chain with their entries, for the verification and for files: whole, hence for the duty alone.
create function security.audit_chained(after_seq bigint, to_seq bigint) returns table (seq bigint, algorithm text, digest text, entry_id bigint, id bigint, at_us bigint, txid xid8,
    account text, office text, action text, purpose text, county integer, area bigint, record_id uuid, people integer, detail text)
  -- A stretch of the chain finds its entries by their key, whatever the planner makes of it.
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform security.demand_audit_duty();
  return query
    select c.seq, c.algorithm, encode(c.digest, 'hex'), c.entry_id, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.txid, e.account, e.office, e.action, e.purpose,
      e.county, e.area, e.record_id, e.people, e.detail::text
    from public.audit_chain c left join public.audit_entry e on e.id = c.entry_id
    where c.seq > after_seq and c.seq <= audit_chained.to_seq order by c.seq;
end $$;

-- Entries that should stand in the chain and do not, each with the row before which it pretends to stand: put in later, behind the chain's end.
create function security.audit_slipped_in() returns table (id bigint, before_seq bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  perform security.demand_audit_duty();
  return query
    select e.id, coalesce((select min(x.seq) from public.audit_chain x where x.entry_id > e.id), c.seq) from public.audit_entry e, public.audit_cursor c
    where (e.id <= c.base_id or (e.txid, e.id) <= (c.txid, c.entry_id)) and not exists (select from public.audit_chain x where x.entry_id = e.id) order by e.id limit 10;
end $$;

-- What the audit administrator sees: rows of their own area, newest first, a page at a time. The system's own rows without an area belong to everybody's.
create function security.find_audit(in_from timestamptz, in_to timestamptz, in_account text, in_records uuid[], in_purpose text, in_action text,
    before_at timestamptz, before_id bigint, most integer)
  returns table (id bigint, at timestamptz, account text, office text, action text, purpose text, county integer, area bigint, record_id uuid, people integer, detail jsonb, seq bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  conditions text := 'e.at >= $1 and e.at < $2 and (e.area between security.scope_lo() and security.scope_hi() or coalesce(e.area, 0) = 0 and e.account like ''system:%'')';
begin
  if not security.reads_audit() then raise exception 'the audit is read by its administrator only' using errcode = 'insufficient_privilege'; end if;
  if in_account is not null then conditions := conditions || ' and e.account = $3'; end if;
  if in_records is not null then conditions := conditions || ' and e.record_id = any ($4)'; end if;
  if in_purpose is not null then conditions := conditions || ' and e.purpose = $5'; end if;
  if in_action is not null then conditions := conditions || ' and e.action = $6'; end if;
  if before_at is not null then conditions := conditions || ' and e.at <= $7 and (e.at, e.id) < ($7, $8)'; end if;
  return query execute format('select e.id, e.at, e.account, e.office, e.action, e.purpose, e.county, e.area, e.record_id, e.people, e.detail, c.seq
    from public.audit_entry e left join public.audit_chain c on c.entry_id = e.id where %s order by e.at desc, e.id desc limit $9', conditions)
    using in_from, in_to, in_account, in_records, in_purpose, in_action, before_at, before_id, least(most, 100000);
end $$;

-- Where the chain stands, for the page of the audit administrator.
create function security.audit_state() returns table (chained bigint, unchained bigint, first_seq bigint, checkpoints bigint, checkpoint_seq bigint, checkpoint_at timestamptz, key_id text, years integer, removed bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.reads_audit() then raise exception 'the audit is read by its administrator only' using errcode = 'insufficient_privilege'; end if;
  return query
    select c.seq, (select count(*) from public.audit_entry e where e.id > c.base_id and (e.txid, e.id) > (c.txid, c.entry_id)), (select min(x.seq) from public.audit_chain x),
      coalesce(p.no, 0), p.seq, p.at, p.key_id, r.years, coalesce((select sum(s.removed)::bigint from public.audit_stub s), 0)
    from public.audit_cursor c cross join public.audit_retention r left join lateral (select * from public.audit_checkpoint k order by k.no desc limit 1) p on true;
end $$;

-- Verifications of the chain and their outcome.
create table audit_check (
  id uuid primary key,
  at timestamptz not null default now(),
  asked_by text not null,
  clean boolean not null,
  rows bigint not null,
  to_seq bigint not null,
  fault jsonb,
  took_ms integer not null
);
alter table audit_check enable row level security;
alter table audit_check force row level security;
create policy owner on audit_check as permissive for all to current_user using (true) with check (true);
create policy own on audit_check as permissive for all to qingce_app using ((select security.reads_audit())) with check (asked_by = (select security.account()) and (select security.reads_audit()));
grant select, insert on audit_check to qingce_app;

-- Look-ups that ask for a second look: of relatives, of one's own surname, of colleagues, in an emergency, of a decoy. Ids only.
create table audit_mark (
  county integer not null,
  id uuid not null,
  area bigint not null,
  kind text not null,
  account text not null,
  record_id uuid,
  at timestamptz not null default now(),
  detail jsonb,
  seen_by text,
  seen_at timestamptz,
  remark text,
  primary key (county, id),
  constraint audit_mark_is_seen_by_somebody check ((seen_by is null) = (seen_at is null))
);
create index audit_mark_by_time on audit_mark (at, id);
select security.protect('audit_mark', 'select, insert');
grant update (seen_by, seen_at, remark) on audit_mark to qingce_app;
create policy own_name on audit_mark as restrictive for insert to qingce_app with check (account = (select security.account()));
create policy own_word on audit_mark as restrictive for update to qingce_app using (seen_by is null) with check (seen_by = (select security.account()) and seen_by <> account);

do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'security'::regnamespace
      and p.proname in ('reads_audit', 'demand_audit_duty', 'audit_unchained', 'audit_waiting', 'audit_end', 'chain_audit', 'audit_checkpoints', 'last_audit_checkpoint', 'sign_audit', 'audit_stubs',
        'audit_past_retention', 'retire_audit', 'keep_audit', 'audit_chained', 'audit_slipped_in', 'find_audit', 'audit_state') loop
    execute format('revoke all on function %s from public; grant execute on function %s to qingce_app', f.name, f.name);
  end loop;
end $$;
