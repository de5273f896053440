-- What a statement that slips into a request could still do with the runtime role is made small: it acts under its own name only, moves
-- nobody's rows, reads no password and nobody else's answers, and the functions that look past the wall demand the duty they were made for.

-- True for a duty of the system over the whole nation (reactions, retention, the queue): such an actor sees everything anyway.
create function security.is_national_duty() returns boolean language sql stable as $$
  select coalesce(security.account() like 'system:%' and security.scope_lo() = 0 and security.scope_hi() = 999999999999, false)
$$;
revoke all on function security.is_national_duty() from public;
grant execute on function security.is_national_duty() to qingce_app;

create or replace function security.events_between(after_txid xid8, after_id bigint, to_txid xid8, to_id bigint, kinds text[], most integer)
  returns table (id bigint, txid xid8, at timestamptz, kind text, area bigint, county integer, actor text, subject_id uuid, record_id uuid, data jsonb)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.is_national_duty() then raise exception 'the journal of every area is read by duties only' using errcode = 'insufficient_privilege'; end if;
  return query
    select e.id, e.txid, e.at, e.kind, e.area, e.county, e.actor, e.subject_id, e.record_id, e.data
    from public.event e
    where (e.txid, e.id) > (after_txid, after_id) and (e.txid, e.id) <= (to_txid, to_id) and e.kind = any (kinds)
    order by e.txid, e.id limit most;
end $$;

create or replace function security.unfinished_tasks() returns table (id uuid, kind text, asked_by text)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not security.is_national_duty() then raise exception 'tasks of every area are read by duties only' using errcode = 'insufficient_privilege'; end if;
  return query select t.id, t.kind, t.asked_by from public.task t where t.state in ('waiting', 'running') order by t.asked_at;
end $$;

-- Numbers are claimed in a county of one's own.
create or replace function security.claim_identities(in_scheme text, in_county integer, digests bytea[], subjects uuid[]) returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.scope_lo() is null then raise exception 'claiming needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  if security.scope_hi() < in_county::bigint * 1000000 or security.scope_lo() > in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  insert into public.identity_claim (scheme, id_digest, county, subject_id)
    select in_scheme, x.digest, in_county, x.subject from unnest(digests, subjects) with ordinality as x (digest, subject, n)
    where x.digest is not null order by x.digest, x.n
    on conflict do nothing;
  return query
    select x.subject from unnest(digests, subjects) as x (digest, subject)
    join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest
    where (c.county, c.subject_id) is distinct from (in_county, x.subject);
end $$;

-- A hand-over moves a record only from the place where it was offered: an offer of a record that stands elsewhere moves nothing.
create or replace function security.settle_handover(in_county integer, in_id uuid, accept boolean, why text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  h public.handover%rowtype;
  who uuid;
begin
  select * into h from public.handover x where x.county = in_county and x.id = in_id and x.state = 'asked'
    and x.to_area between security.scope_lo() and security.scope_hi() for update;
  if not found then return null; end if;
  if accept then
    select r.subject_id into who from public.record r where r.county = in_county and r.id = h.record_id and r.area = h.area
      and r.state in ('listed', 'draft', 'submitted', 'returned') for update;
    if not found then return null; end if;
  end if;
  update public.handover x set state = case when accept then 'accepted' else 'declined' end, settled_by = security.account(),
    settled_at = now(), settle_reason = why where x.county = in_county and x.id = in_id;
  if accept then
    update public.subject set area = h.to_area where county = in_county and id = who;
    update public.subject_name_part set area = h.to_area where county = in_county and subject_id = who;
    update public.record set area = h.to_area, updated_at = now() where county = in_county and id = h.record_id;
    update public.revision set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.remark set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.media set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.vouch_list set area = h.to_area where county = in_county and record_id = h.record_id;
  end if;
  return h.record_id;
end $$;

-- What hangs on a record stands where the record stands. A foreign key alone looks past the wall: it would let a row with an area of
-- one's own hang on anybody's record. One look for all rows of a statement; the caller's own eyes look.
-- A plan made while the table was small must not read all of it later: the record is found by its key.
create function security.stands_with_its_record() returns trigger language plpgsql
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select from added a where not exists (select from public.record r where r.county = a.county and r.id = a.record_id and r.area = a.area)) then
    raise exception 'a row of % would stand elsewhere than its record', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function security.stands_with_its_record() from public;
create trigger stands_with_its_record after insert on revision referencing new table as added for each statement execute function security.stands_with_its_record();
create trigger stands_with_its_record after insert on remark referencing new table as added for each statement execute function security.stands_with_its_record();
create trigger stands_with_its_record after insert on media referencing new table as added for each statement execute function security.stands_with_its_record();
create trigger stands_with_its_record after insert on handover referencing new table as added for each statement execute function security.stands_with_its_record();

-- Nobody writes under another's name: a fact, a revision, a remark, a word on a pair. A task in another's name would even run with that
-- account's rights.
create policy own_name on event as restrictive for insert to qingce_app with check (actor = (select security.account()));
create policy own_name on task as restrictive for insert to qingce_app with check (asked_by = (select security.account()));
create policy own_name on revision as restrictive for insert to qingce_app with check (author = (select security.account()));
create policy own_name on remark as restrictive for insert to qingce_app with check (author = (select security.account()));
create policy own_name on pair_opinion as restrictive for insert to qingce_app with check (author = (select security.account()));
create policy own_name on handover as restrictive for insert to qingce_app with check (asked_by = (select security.account()));

-- Whose and where a row is never changes by an update; a person moves by a hand-over, a task keeps what it was asked for and by whom.
revoke update on subject, record, remark, task from qingce_app;
grant update (name, pinyin, initials, sex, birth_date, id_digest, id_masked) on subject to qingce_app;
grant update (version, state, held_from, categories, head, collector, channel, merged_into, open_remarks, issues, captured_at, submitted_at, decided_at, updated_at) on record to qingce_app;
grant update (answer, answered_by, answered_at) on remark to qingce_app;
grant update (state, progress, result, problem, cancel_asked, started_at, finished_at) on task to qingce_app;

-- Accounts: a password's hash is read by the sign-in alone; accounts and offices are opened by administrators and the system's duties.
revoke select, update on account from qingce_app;
grant select (id, login, name, office_id, roles, ends_on, disabled_at, demo, created_at), update (disabled_at) on account to qingce_app;
revoke update on office from qingce_app;
create function security.password_of(in_login text) returns text
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:sign-in' then raise exception 'passwords are held against by the sign-in only' using errcode = 'insufficient_privilege'; end if;
  return (select a.password_hash from public.account a where a.login = in_login);
end $$;
create function security.may_open_accounts() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  -- The first-run set-up comes before there is an administrator, and opens the account of the first.
  select case when security.account() = 'system:public' then not exists (select from public.account a where 'administrator' = any (a.roles))
    when security.account() like 'system:%' then true
    else exists (select from public.account a where a.id::text = security.account() and 'administrator' = any (a.roles) and a.disabled_at is null) end
$$;
revoke all on function security.password_of(text), security.may_open_accounts() from public;
grant execute on function security.password_of(text), security.may_open_accounts() to qingce_app;
alter table account enable row level security;
alter table account force row level security;
create policy owner on account as permissive for all to current_user using (true) with check (true);
create policy seen on account as permissive for select to qingce_app using (true);
create policy opened on account as permissive for insert to qingce_app with check ((select security.may_open_accounts()));
create policy closed on account as permissive for update to qingce_app using ((select security.may_open_accounts()));
alter table office enable row level security;
alter table office force row level security;
create policy owner on office as permissive for all to current_user using (true) with check (true);
create policy seen on office as permissive for select to qingce_app using (true);
create policy opened on office as permissive for insert to qingce_app with check ((select security.may_open_accounts()));

-- Sessions: one's own, and all of them for the sign-in, which finds them by the digest of a token. Ending somebody's takes a function.
revoke update on session from qingce_app;
grant update (last_seen_at) on session to qingce_app;
alter table session enable row level security;
alter table session force row level security;
create policy owner on session as permissive for all to current_user using (true) with check (true);
create policy own on session as permissive for all to qingce_app
  using (account_id::text = (select security.account()) or (select security.account()) = 'system:sign-in')
  with check (account_id::text = (select security.account()) or (select security.account()) = 'system:sign-in');
create function security.end_sessions(in_account uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is null or not (security.account() = in_account::text or security.may_open_accounts()) then
    raise exception 'sessions are ended by their account or an administrator' using errcode = 'insufficient_privilege';
  end if;
  delete from public.session s where s.account_id = in_account;
end $$;
revoke all on function security.end_sessions(uuid) from public;
grant execute on function security.end_sessions(uuid) to qingce_app;

-- Stored answers to writes may hold what was shown: each is sealed, seen under its own account only, and forgotten after a week.
alter table idempotency add column sealed bytea;
comment on column idempotency.body is 'Answers stored before they were sealed; empty since.';
revoke update on idempotency from qingce_app;
grant update (status, sealed) on idempotency to qingce_app;
revoke delete on idempotency from qingce_app;
create index idempotency_by_age on idempotency (at);
alter table idempotency enable row level security;
alter table idempotency force row level security;
create policy owner on idempotency as permissive for all to current_user using (true) with check (true);
create policy own on idempotency as permissive for all to qingce_app using (account = (select security.account())) with check (account = (select security.account()));
create function security.forget_answers(before timestamptz) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  forgotten bigint;
begin
  if not security.is_national_duty() then raise exception 'answers are forgotten by the duty only' using errcode = 'insufficient_privilege'; end if;
  if before > now() - interval '1 day' then raise exception 'an answer is kept for a day at least' using errcode = 'invalid_parameter_value'; end if;
  delete from public.idempotency i where i.at < before;
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
revoke all on function security.forget_answers(timestamptz) from public;
grant execute on function security.forget_answers(timestamptz) to qingce_app;

-- A draft's approval is the approver's own word, and who had a hand in it stays on the list; only what was approved is published.
create function security.draft_keeps_its_hands() returns trigger language plpgsql set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not new.hands @> old.hands or new.author <> old.author
      or (new.approved_by is distinct from old.approved_by and new.approved_by is not null and new.approved_by is distinct from security.account()) then
    raise exception 'a draft keeps its hands, and nobody approves in the name of another' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger draft_keeps_its_hands before update on scheme_draft for each row execute function security.draft_keeps_its_hands();
alter table scheme_version enable row level security;
alter table scheme_version force row level security;
create policy owner on scheme_version as permissive for all to current_user using (true) with check (true);
create policy seen on scheme_version as permissive for select to qingce_app using (true);
create policy approved on scheme_version as permissive for insert to qingce_app with check ((select security.account()) like 'system:%'
  or exists (select from scheme_draft d where d.scheme = scheme_version.scheme and d.version = scheme_version.version and d.hash = scheme_version.hash
    and d.state in ('approved', 'published') and d.approved_by is not null));

-- How far reactions have read is moved by reactions.
alter table reaction_cursor enable row level security;
alter table reaction_cursor force row level security;
create policy owner on reaction_cursor as permissive for all to current_user using (true) with check (true);
create policy duties on reaction_cursor as permissive for all to qingce_app using ((select security.is_national_duty())) with check ((select security.is_national_duty()));

-- A temporary table is looked at first unless the path names it last; and trigger functions are called by triggers only.
do $$
declare
  f record;
begin
  for f in select p.oid::regprocedure as name, p.prosecdef, p.pronamespace = 'security'::regnamespace as inner_one from pg_proc p
      where p.pronamespace in ('security'::regnamespace, 'public'::regnamespace) and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
    if f.prosecdef then execute format('alter function %s set search_path = pg_catalog, public, security, pg_temp', f.name); end if;
    execute format('revoke all on function %s from public', f.name);
  end loop;
end $$;
grant execute on function blobs_made_from_list(integer, uuid) to qingce_app;

-- What is wrong with the wall, one row a fault. A scope policy is held against its text, so that a loose one does not pass for it.
create or replace function security.faults() returns table (fault text) language sql stable as $$
  with texts (inside, either) as (values (
    '((area >= ( SELECT security.scope_lo() AS scope_lo)) AND (area <= ( SELECT security.scope_hi() AS scope_hi)))',
    '(((area >= ( SELECT security.scope_lo() AS scope_lo)) AND (area <= ( SELECT security.scope_hi() AS scope_hi))) OR ((to_area >= ( SELECT security.scope_lo() AS scope_lo)) AND (to_area <= ( SELECT security.scope_hi() AS scope_hi))))'
  )), guarded as (
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped) as has_area,
      -- Two tables are seen from both sides; they are written from one side too.
      (select count(*) from pg_policy p, texts t where p.polrelid = c.oid and p.polname = 'scope' and not p.polpermissive and p.polcmd = '*' and p.polroles = array['qingce_app'::regrole::oid]
        and pg_get_expr(p.polqual, p.polrelid) = case when c.relname in ('handover', 'case_reroute') then t.either else t.inside end
        and pg_get_expr(p.polwithcheck, p.polrelid) = t.inside) as scopes,
      (select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polname <> 'owner') as openings
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('office', 'campaign')
  )
  select format('table %s holds areas and is not protected', relname) from guarded where has_area and not (relrowsecurity and relforcerowsecurity)
  union all
  select format('table %s has %s scope policies and %s openings', relname, scopes, openings) from guarded
    where has_area and relrowsecurity and relforcerowsecurity and relname <> 'audit_entry' and (scopes <> 1 or openings <> 1)
  union all
  select format('table %s has row security that its owner passes', relname) from guarded where relrowsecurity and not relforcerowsecurity and not has_area
  union all
  select format('table %s is opened to qingce_app', relname) from guarded g where relname in ('audit_entry', 'identity_claim', 'mark_claim')
    and (openings > 0 or has_table_privilege('qingce_app', g.oid, 'select, insert, update, delete'))
  union all
  select format('policy %s on %s is for everybody', p.polname, p.polrelid::regclass) from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace and p.polroles = array[0::oid]
  union all
  select format('role %s may bypass row security', rolname) from pg_roles where rolname = 'qingce_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
  union all
  select format('qingce_app is a member of %s', m.roleid::regrole) from pg_auth_members m where m.member = 'qingce_app'::regrole
  union all
  select format('qingce_app may %s %s', g.privilege_type, g.table_name) from information_schema.role_table_grants g
    where g.grantee = 'qingce_app' and g.table_schema = 'public' and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
  union all
  select format('qingce_app owns %s', c.relname) from pg_class c where c.relowner = 'qingce_app'::regrole
  union all
  select format('qingce_app may create in schema %s', n.nspname) from pg_namespace n where n.nspname !~ '^pg_' and has_schema_privilege('qingce_app', n.oid, 'create')
  union all
  select format('view %s looks with its owner''s eyes', c.relname) from pg_class c
    where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  union all
  select format('definer function %s has an open search path', p.proname) from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'security'::regnamespace) and p.prosecdef and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)
  union all
  select format('function %s is for everybody', p.oid::regprocedure) from pg_proc p
    where p.pronamespace = 'security'::regnamespace and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0 and a.privilege_type = 'EXECUTE'))
  union all
  select format('function %s is marked leakproof', p.oid::regprocedure) from pg_proc p where p.pronamespace in ('public'::regnamespace, 'security'::regnamespace) and p.proleakproof
$$;
revoke all on function security.faults() from public;
