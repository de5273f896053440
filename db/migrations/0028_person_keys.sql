-- Each person has a key of their own, stored only wrapped under a version of the key-encryption key, which is kept outside the database.
-- What is sealed with it is gone when the key is gone: erasing a person destroys it, and clears what named them.

create table subject_key (
  county integer not null,
  subject_id uuid not null,
  -- Which key of this person; sealed values say it. A person whose key was renewed has two for a while.
  no smallint not null check (no between 1 and 255),
  area bigint not null,
  wrapped bytea not null check (length(wrapped) = 65 and get_byte(wrapped, 0) = 3 and get_byte(wrapped, 4) = no),
  -- Version of the key-encryption key.
  version smallint not null generated always as (get_byte(wrapped, 1)) stored,
  made_at timestamptz not null default now(),
  primary key (county, subject_id, no)
);
select security.protect('subject_key', 'select, insert');

-- A key stands where its person stands, and nobody who was erased gets a new one. One look for all rows of a statement; the caller's own eyes look.
-- As a value of each row, so that each is looked up by its key: as a join the planner would hold some thousand rows against each other one by one.
create function security.stands_with_its_person() returns trigger language plpgsql
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select from added a where (select true from public.subject s where s.county = a.county and s.id = a.subject_id and s.area = a.area and s.erased_at is null) is null) then
    raise exception 'a row of % would stand elsewhere than its person, or the person was erased', tg_table_name using errcode = 'insufficient_privilege', constraint = 'erased_stays_erased';
  end if;
  return null;
end $$;
revoke all on function security.stands_with_its_person() from public;
create trigger stands_with_its_person after insert on subject_key referencing new table as added for each statement execute function security.stands_with_its_person();

-- The same for what hangs on a record.
create or replace function security.stands_with_its_record() returns trigger language plpgsql
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select from added a where (select true from public.record r where r.county = a.county and r.id = a.record_id and r.area = a.area) is null) then
    raise exception 'a row of % would stand elsewhere than its record', tg_table_name using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

create function security.person_keys_follow() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  update public.subject_key set area = new.area where county = new.county and subject_id = new.id;
  return null;
end $$;
revoke all on function security.person_keys_follow() from public;
create trigger person_keys_follow after update of area on subject for each row when (old.area is distinct from new.area) execute function security.person_keys_follow();

-- Keys of every area, for the duty that wraps them anew and for nobody else: those not under `current`, in the order of their keys.
create function security.keys_to_rewrap(current smallint, after_county integer, after_subject uuid, most integer)
  returns table (county integer, subject_id uuid, no smallint, wrapped bytea)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:keys' then raise exception 'keys are wrapped anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  return query select k.county, k.subject_id, k.no, k.wrapped from public.subject_key k
    where (k.county, k.subject_id) > (after_county, after_subject) and k.version <> current order by k.county, k.subject_id, k.no limit most;
end $$;
-- A key that changed meanwhile is left as it is; returns the number of those replaced.
create function security.rewrap_keys(counties integer[], subjects uuid[], nos smallint[], old_keys bytea[], new_keys bytea[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  replaced integer;
begin
  if security.account() is distinct from 'system:keys' then raise exception 'keys are wrapped anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  update public.subject_key k set wrapped = x.after from unnest(counties, subjects, nos, old_keys, new_keys) as x (county, subject_id, no, before, after)
    where k.county = x.county and k.subject_id = x.subject_id and k.no = x.no and k.wrapped = x.before;
  get diagnostics replaced = row_count;
  return replaced;
end $$;
-- How many keys there are under each version, and how many people have none yet.
create function security.count_keys() returns table (version smallint, keys bigint, without bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:keys' then raise exception 'keys are counted by their duty only' using errcode = 'insufficient_privilege'; end if;
  return query select k.version, count(*), 0::bigint from public.subject_key k group by 1
    union all select null, 0, count(*) from public.subject s where s.erased_at is null and not exists (select from public.subject_key k where k.county = s.county and k.subject_id = s.id);
end $$;
-- People whose values are not all under their newest key: the next of them in the order of their ids, with their newest key.
create function security.people_to_reseal(after_county integer, after_subject uuid, most integer, newest_suite smallint)
  returns table (county integer, subject_id uuid, area bigint, no smallint, wrapped bytea)
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:keys' then raise exception 'values are sealed anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  return query
    select s.county, s.id, s.area, k.no, k.wrapped from public.subject s
      left join lateral (select x.no, x.wrapped from public.subject_key x where x.county = s.county and x.subject_id = s.id order by x.no desc limit 1) k on true
    where (s.county, s.id) > (after_county, after_subject) and s.erased_at is null
      and (k.no is null or get_byte(k.wrapped, 3) <> newest_suite or k.no > 1 and exists (select from public.subject_key x where x.county = s.county and x.subject_id = s.id and x.no < k.no)
        or exists (select from public.record r join public.revision v on v.county = r.county and v.record_id = r.id
          where r.county = s.county and r.subject_id = s.id and v.sealed is not null and (get_byte(v.sealed, 0) = 1 or get_byte(v.sealed, 2) <> k.no)))
    order by s.county, s.id limit most;
end $$;
-- The same content under another key. Only the sealed bytes change, and only where they are still those that were read.
create function security.reseal_revisions(in_county integer, records uuid[], nos integer[], old_values bytea[], new_values bytea[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  replaced integer;
begin
  if security.account() is distinct from 'system:keys' then raise exception 'values are sealed anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  update public.revision v set sealed = x.after from unnest(records, nos, old_values, new_values) as x (record_id, no, before, after)
    where v.county = in_county and v.record_id = x.record_id and v.no = x.no and v.sealed = x.before;
  get diagnostics replaced = row_count;
  return replaced;
end $$;
create function security.reseal_kept(in_county integer, ids uuid[], old_values bytea[], new_values bytea[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  replaced integer;
begin
  if security.account() is distinct from 'system:keys' then raise exception 'values are sealed anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  update public.kept_version v set sealed = x.after from unnest(ids, old_values, new_values) as x (id, before, after)
    where v.county = in_county and v.id = x.id and v.sealed = x.before;
  get diagnostics replaced = row_count;
  return replaced;
end $$;
-- A key that nothing names any more, and that no transaction that began with it can still be writing with (they last ten minutes).
create function security.drop_former_key(in_county integer, in_subject uuid, in_no smallint, unused_since timestamptz) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:keys' then raise exception 'keys are dropped by their duty only' using errcode = 'insufficient_privilege'; end if;
  if not exists (select from public.subject_key k where k.county = in_county and k.subject_id = in_subject and k.no > in_no and k.made_at < unused_since) then return false; end if;
  if exists (select from public.record r join public.revision v on v.county = r.county and v.record_id = r.id
      where r.county = in_county and r.subject_id = in_subject and v.sealed is not null and get_byte(v.sealed, 0) = 2 and get_byte(v.sealed, 2) = in_no)
    or exists (select from public.record r join public.kept_version v on v.county = r.county and v.record_id = r.id
      where r.county = in_county and r.subject_id = in_subject and length(v.sealed) > 3 and get_byte(v.sealed, 0) = 2 and get_byte(v.sealed, 2) = in_no)
    or exists (select from public.record r join public.media m on m.county = r.county and m.record_id = r.id
      where r.county = in_county and r.subject_id = in_subject and m.file_key is not null and get_byte(m.file_key, 2) = in_no) then return false; end if;
  delete from public.subject_key k where k.county = in_county and k.subject_id = in_subject and k.no = in_no;
  return found;
end $$;

-- A picture lies in a file under a key of its own, which stands here sealed under the person's key; without one the file is under its county's key.
alter table media add column file_key bytea;
create function security.reseal_media(in_county integer, ids uuid[], old_values bytea[], new_values bytea[]) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  replaced integer;
begin
  if security.account() is distinct from 'system:keys' then raise exception 'values are sealed anew by their duty only' using errcode = 'insufficient_privilege'; end if;
  update public.media m set file_key = x.after from unnest(ids, old_values, new_values) as x (id, before, after)
    where m.county = in_county and m.id = x.id and m.file_key = x.before;
  get diagnostics replaced = row_count;
  return replaced;
end $$;

-- Erasing a person. What stays says that there was somebody: ids, states, dates of steps, counts; and that they were erased, when and by whom.
alter table subject add column erased_at timestamptz;
create table erasure (
  county integer not null,
  subject_id uuid not null,
  area bigint not null,
  at timestamptz not null default now(),
  erased_by text not null,
  -- Files that only they had, as places in the store; gone when `settled_at` says so, and written to the list outside the database.
  files text[] not null default '{}',
  settled_at timestamptz,
  primary key (county, subject_id)
);
create index erasure_to_settle on erasure (at) where settled_at is null;
select security.protect('erasure', 'select');
grant update (settled_at) on erasure to qingce_app;

create function security.erased_stays_erased() returns trigger language plpgsql set search_path = pg_catalog, public, security, pg_temp as $$
begin
  raise exception 'the person was erased' using errcode = 'check_violation', constraint = 'erased_stays_erased';
end $$;
revoke all on function security.erased_stays_erased() from public;
create trigger erased_stays_erased before update on subject for each row
  when (old.erased_at is not null and (new.erased_at is null or new.name <> '' or new.id_digest is not null or new.id_masked is not null or new.birth_date is not null))
  execute function security.erased_stays_erased();

-- Destroys the person's keys and clears what names them, in one step. `entries` and `told`: receipts of terminals' work on their records,
-- sealed anew without content. `digests` and `places`: their files; those that nobody else has are noted for removal.
create function security.erase_person(in_county integer, in_subject uuid, entries uuid[], told bytea[], digests text[], places text[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  who public.subject%rowtype;
  ids uuid[];
  cases uuid[];
  nameless bytea := sha256(convert_to('erased|' || in_subject::text, 'UTF8'));
begin
  select * into who from public.subject s where s.county = in_county and s.id = in_subject and s.area between security.scope_lo() and security.scope_hi() for update;
  if not found then raise exception 'subject is outside the scope' using errcode = 'insufficient_privilege'; end if;
  ids := array(select r.id from public.record r where r.county = in_county and r.subject_id = in_subject for update);
  cases := array(select c.id from public.case_file c where c.county = in_county and (c.subject_id = in_subject or c.record_id = any (ids)));
  insert into public.erasure (county, subject_id, area, erased_by, files) values (in_county, in_subject, who.area, security.account(), array(
    select distinct x.place from unnest(digests, places) as x (digest, place)
    where not exists (select from public.media o where o.county = in_county and o.sha256 = x.digest and o.record_id <> all (ids))
      and not exists (select from public.case_file o where o.county = in_county and o.proof_sha256 = x.digest and o.id <> all (cases)))) on conflict do nothing;
  delete from public.subject_key k where k.county = in_county and k.subject_id = in_subject;
  delete from public.identity_claim c where c.county = in_county and c.subject_id = in_subject;
  delete from public.mark_claim c where c.county = in_county and c.subject_id = in_subject;
  delete from public.subject_name_part p where p.county = in_county and p.subject_id = in_subject;
  delete from public.row_claim c where c.county = in_county and c.record_id = any (ids);
  delete from public.member_claim c where c.county = in_county and c.record_id = any (ids);
  delete from public.authorisation_need n where n.county = in_county and (n.record_id = any (ids) or n.person_digest = who.id_digest);
  delete from public.listed_person l where l.county = in_county and l.id_digest = who.id_digest;
  delete from public.node_order o where o.county = in_county and o.record_id = any (ids);
  update public.authorisation a set id_masked = null, person_digest = nameless where a.county = in_county and (a.record_id = any (ids) or a.person_digest = who.id_digest);
  update public.revision v set answers = '{}', sealed = null, provenance = '{}', signed_digest = null, reason = null where v.county = in_county and v.record_id = any (ids);
  delete from public.media m where m.county = in_county and m.record_id = any (ids);
  update public.remark m set body = '—', answer = case when m.answer is null then null else '—' end where m.county = in_county and m.record_id = any (ids);
  update public.kept_version v set sealed = '', said = null, settle_reason = null, signed_digest = null, settled_by = coalesce(v.settled_by, security.account()), settled_at = coalesce(v.settled_at, now()), choices = coalesce(v.choices, '{}')
    where v.county = in_county and v.record_id = any (ids);
  update public.bundle_entry e set sealed = x.sealed from unnest(entries, told) as x (entry, sealed) where e.record_county = in_county and e.record_id = any (ids) and e.entry = x.entry;
  update public.record r set issues = '[]', updated_at = now() where r.county = in_county and r.id = any (ids);
  update public.record_merge m set issues_before = '[]', into_issues_before = '[]', note = null, undo_reason = case when m.undo_reason is null then null else '—' end
    where m.county = in_county and (m.record_id = any (ids) or m.into_id = any (ids));
  update public.handover h set person = '', reason = '—', settle_reason = null where h.county = in_county and h.record_id = any (ids);
  update public.finding f set sealed = '', confirmed_pair = case when f.confirmed_pair is null then null else nameless end where f.county = in_county and (f.subject_id = in_subject or f.record_id = any (ids));
  update public.link l set sealed = null, why = '[]', weighing = null, other_digest = null where l.county = in_county and l.subject_id = in_subject;
  update public.pair_opinion o set note = null from public.pair_decision d where d.county = in_county and d.subject_id = in_subject and o.county = d.county and o.decision_id = d.id;
  update public.pair_decision d set other_digest = sha256(convert_to('erased|' || d.id::text, 'UTF8')) where d.county = in_county and d.subject_id = in_subject;
  update public.case_file c set person_name = '', answer_note = null, proof_sha256 = null, proof_mime = null where c.county = in_county and c.id = any (cases);
  update public.case_step s set note = null where s.county = in_county and s.case_id = any (cases);
  update public.case_reroute r set person = '', reason = '—', settle_reason = null where r.county = in_county and r.case_id = any (cases);
  update public.import_row i set issues = '[]' where i.county = in_county and i.subject_id = in_subject;
  update public.fusion_person p set sealed = '' where p.county = in_county and p.record_id = any (ids);
  update public.subject s set name = '', pinyin = '', initials = '', sex = null, birth_date = null, id_digest = null, id_masked = null, erased_at = coalesce(s.erased_at, now()) where s.county = in_county and s.id = in_subject;
end $$;

do $$
declare
  f text;
begin
  foreach f in array array['keys_to_rewrap(smallint, integer, uuid, integer)', 'rewrap_keys(integer[], uuid[], smallint[], bytea[], bytea[])', 'count_keys()', 'people_to_reseal(integer, uuid, integer, smallint)',
      'reseal_revisions(integer, uuid[], integer[], bytea[], bytea[])', 'reseal_kept(integer, uuid[], bytea[], bytea[])', 'drop_former_key(integer, uuid, smallint, timestamptz)', 'reseal_media(integer, uuid[], bytea[], bytea[])', 'erase_person(integer, uuid, uuid[], bytea[], text[], text[])'] loop
    execute format('revoke all on function security.%s from public', f);
    execute format('grant execute on function security.%s to qingce_app', f);
  end loop;
end $$;
