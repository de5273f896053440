-- Look-ups tell no more than they must. A number that another office holds is claimed without an answer; the offices settle it between them.

-- A number that two offices hold a person under. Each county has its own row, seen by offices of the whole county and above only.
create table contested_number (
  county integer not null,
  id uuid not null,
  side text not null,
  area bigint not null,
  scheme text not null,
  subject_id uuid not null,
  other_county integer not null,
  opened_at timestamptz not null default now(),
  state text not null default 'open',
  settled_by text,
  settled_at timestamptz,
  reason text,
  primary key (county, id, side),
  constraint contested_number_side check (side in ('asks', 'holds')),
  constraint contested_number_state check (state in ('open', 'kept', 'given', 'ended')),
  constraint contested_number_stands_with_its_county check (area = county::bigint * 1000000)
);
create unique index contested_number_one_open on contested_number (scheme, county, subject_id) where side = 'asks' and state in ('open', 'kept');
create index contested_number_by_other on contested_number (id);
select security.protect('contested_number', 'select');

-- Opens what is to be settled for subjects whose number another subject holds; tells nothing.
create function security.contest_numbers(in_scheme text, in_county integer, digests bytea[], subjects uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.scope_lo() is null or security.scope_hi() < in_county::bigint * 1000000 or security.scope_lo() > in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  with asked as (
    insert into public.contested_number (county, id, side, area, scheme, subject_id, other_county)
      select in_county, gen_random_uuid(), 'asks', in_county::bigint * 1000000, in_scheme, x.subject, c.county
      from unnest(digests, subjects) as x (digest, subject) join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest
      where (c.county, c.subject_id) is distinct from (in_county, x.subject)
      on conflict do nothing returning id, subject_id, other_county
  )
  insert into public.contested_number (county, id, side, area, scheme, subject_id, other_county)
    select a.other_county, a.id, 'holds', a.other_county::bigint * 1000000, in_scheme, c.subject_id, in_county
    from asked a join unnest(digests, subjects) as x (digest, subject) on x.subject = a.subject_id
    join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest;
end $$;

create function security.end_contest(in_scheme text, in_county integer, in_subjects uuid[]) returns void
  language sql set search_path = pg_catalog, public, security, pg_temp as $$
  update public.contested_number o set state = 'ended', settled_at = now() from public.contested_number c
    where c.scheme = in_scheme and c.county = in_county and c.subject_id = any (in_subjects) and c.side = 'asks' and c.state in ('open', 'kept')
      and o.id = c.id and o.state in ('open', 'kept')
$$;
revoke all on function security.end_contest(text, integer, uuid[]) from public;

-- Numbers are claimed in a county of one's own. Told are only subjects whose number is held inside the caller's own scope, where a search
-- by the number finds it as well, or twice in one call; whether an office outside the scope holds it is not told.
create or replace function security.claim_identities(in_scheme text, in_county integer, digests bytea[], subjects uuid[]) returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  told uuid[];
  held uuid[];
begin
  if security.scope_lo() is null then raise exception 'claiming needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  if security.scope_hi() < in_county::bigint * 1000000 or security.scope_lo() > in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  insert into public.identity_claim (scheme, id_digest, county, subject_id)
    select in_scheme, x.digest, in_county, x.subject from unnest(digests, subjects) with ordinality as x (digest, subject, n)
    where x.digest is not null order by x.digest, x.n
    on conflict do nothing;
  select array_agg(x.subject), array_agg(x.subject) filter (where c.county = in_county and c.subject_id = any (subjects)
      or exists (select from public.subject s where s.county = c.county and s.id = c.subject_id and s.area between security.scope_lo() and security.scope_hi()))
    into held, told
    from unnest(digests, subjects) as x (digest, subject)
    join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest
    where (c.county, c.subject_id) is distinct from (in_county, x.subject);
  if held is null then
    perform security.end_contest(in_scheme, in_county, subjects);
    return;
  end if;
  perform security.contest_numbers(in_scheme, in_county, array_agg(x.digest), array_agg(x.subject))
    from unnest(digests, subjects) as x (digest, subject) where x.subject = any (held) and x.subject <> all (coalesce(told, '{}'));
  return query select unnest(told);
end $$;

create or replace function security.release_identity(in_scheme text, in_county integer, in_subject uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not exists (select 1 from public.subject s where s.county = in_county and s.id = in_subject
      and s.area between security.scope_lo() and security.scope_hi()) then
    raise exception 'subject is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  delete from public.identity_claim c where c.scheme = in_scheme and c.county = in_county and c.subject_id = in_subject;
  perform security.end_contest(in_scheme, in_county, array[in_subject]);
end $$;

-- The office that holds a number keeps it, or gives it to the office that asks. It is given only when nothing of the person goes on here.
-- True when it was settled.
create function security.settle_contest(in_county integer, in_id uuid, give boolean, why text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  h public.contested_number%rowtype;
  a public.contested_number%rowtype;
begin
  select * into h from public.contested_number x where x.county = in_county and x.id = in_id and x.side = 'holds' and x.state = 'open'
    and x.area between security.scope_lo() and security.scope_hi() for update;
  if not found then return false; end if;
  select * into a from public.contested_number x where x.id = in_id and x.side = 'asks' for update;
  if give then
    if exists (select from public.record r where r.county = h.county and r.subject_id = h.subject_id and r.scheme = h.scheme
        and r.state not in ('refused', 'not-found', 'deceased', 'moved', 'duplicate')) then return false; end if;
    update public.identity_claim c set county = a.county, subject_id = a.subject_id
      where c.scheme = h.scheme and c.county = h.county and c.subject_id = h.subject_id;
  end if;
  update public.contested_number x set state = case when give then 'given' else 'kept' end, settled_by = security.account(), settled_at = now(), reason = why
    where x.id = in_id;
  return true;
end $$;
do $$
declare
  f text;
begin
  foreach f in array array['contest_numbers(text, integer, bytea[], uuid[])', 'settle_contest(integer, uuid, boolean, text)'] loop
    execute format('revoke all on function security.%s from public; grant execute on function security.%s to qingce_app', f, f);
  end loop;
end $$;
