-- What a capture costs in the database. Nothing here decides otherwise than before.

-- One expression, so that it becomes a part of the statement that asks: a body of its own was parsed and planned for each of the seven questions of a capture.
create or replace function security.schemes() returns text[] language sql stable as $$
  select string_to_array(nullif(coalesce(security.context(5), ''), '*'), ',')
$$;

-- True when the subject holds the number it is known by and no other office waits for it: then there is nothing to claim. Of a subject outside the
-- scope it says false, as of one without a number.
create function security.holds_own_number(in_scheme text, in_county integer, in_subject uuid) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  lo constant bigint := security.scope_lo();
  hi constant bigint := security.scope_hi();
begin
  return exists (select from public.subject s join public.identity_claim c on c.scheme = in_scheme and c.id_digest = s.id_digest
      where s.county = in_county and s.id = in_subject and s.area between lo and hi and c.county = in_county and c.subject_id = in_subject)
    and not exists (select from public.contested_number n where n.scheme = in_scheme and n.county = in_county and n.subject_id = in_subject and n.side = 'asks' and n.state in ('open', 'kept'));
end $$;
revoke all on function security.holds_own_number(text, integer, uuid) from public;
grant execute on function security.holds_own_number(text, integer, uuid) to qingce_app;

-- As before. Where every number was free nobody is asked who else holds one, and a contest is ended only where there is one.
create or replace function security.claim_identities(in_scheme text, in_county integer, digests bytea[], subjects uuid[]) returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  lo constant bigint := security.scope_lo();
  hi constant bigint := security.scope_hi();
  told uuid[];
  held uuid[];
  taken bigint;
begin
  if lo is null then raise exception 'claiming needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  if hi < in_county::bigint * 1000000 or lo > in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  insert into public.identity_claim (scheme, id_digest, county, subject_id)
    select in_scheme, x.digest, in_county, x.subject from unnest(digests, subjects) with ordinality as x (digest, subject, n)
    where x.digest is not null order by x.digest, x.n
    on conflict do nothing;
  get diagnostics taken = row_count;
  if taken < cardinality(array_remove(digests, null)) then
    select array_agg(x.subject), array_agg(x.subject) filter (where c.county = in_county and c.subject_id = any (subjects)
        or exists (select from public.subject s where s.county = c.county and s.id = c.subject_id and s.area between lo and hi))
      into held, told
      from unnest(digests, subjects) as x (digest, subject)
      join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest
      where (c.county, c.subject_id) is distinct from (in_county, x.subject);
  end if;
  if held is null then
    if exists (select from public.contested_number c where c.scheme = in_scheme and c.county = in_county and c.subject_id = any (subjects) and c.side = 'asks' and c.state in ('open', 'kept')) then
      perform security.end_contest(in_scheme, in_county, subjects);
    end if;
    return;
  end if;
  perform security.contest_numbers(in_scheme, in_county, array_agg(x.digest), array_agg(x.subject))
    from unnest(digests, subjects) as x (digest, subject) where x.subject = any (held) and x.subject <> all (coalesce(told, '{}'));
  return query select unnest(told);
end $$;
