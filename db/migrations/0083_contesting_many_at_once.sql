-- Who stands in two households is marked for thousands at once while a county's households are made. A plan that is kept from the first, small calls holds each of them
-- against each member of the county; so it is made for what is given.
create or replace function security.contest_people(in_county integer, in_scheme text, digests text[]) returns setof text
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  if security.scope_lo() is null or security.scope_lo() > in_county::bigint * 1000000 + 999999 or security.scope_hi() < in_county::bigint * 1000000 or not coalesce(in_scheme = any (security.schemes()), true) then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  return query with marked as (
    update public.household_member m set contested = true from unnest(digests) x (digest)
      where m.county = in_county and m.scheme = in_scheme and m.person_digest = decode(x.digest, 'hex') and m.until is null returning x.digest)
    select distinct marked.digest from marked;
end $$;
create or replace function security.uncontest_people(in_county integer, in_scheme text, digests text[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  if security.scope_lo() is null or security.scope_lo() > in_county::bigint * 1000000 + 999999 or security.scope_hi() < in_county::bigint * 1000000 or not coalesce(in_scheme = any (security.schemes()), true) then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  update public.household_member m set contested = false from unnest(digests) x (digest)
    where m.county = in_county and m.scheme = in_scheme and m.person_digest = decode(x.digest, 'hex') and m.until is null and m.contested
      and (select count(*) from public.household_member o where o.county = m.county and o.scheme = m.scheme and o.person_digest = m.person_digest and o.until is null) = 1;
end $$;
