-- Cutoffs and weights that an area put in force hold below it too, until a place below puts its own in force. The table shows an office its own area and what is below; of the areas
-- above, this tells what is in force and nothing else. By the digits of the codes: village, township, county, city, province, country.
create function security.parameter_sets_above(of_scheme text) returns table (area bigint, key text, version integer, definition jsonb)
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select p.area, p.key, p.version, p.definition from public.parameter_set p
  cross join lateral (select case when p.area = 0 then 999999999999 when p.area % 10000000000 = 0 then 9999999999 when p.area % 100000000 = 0 then 99999999
    when p.area % 1000000 = 0 then 999999 when p.area % 1000 = 0 then 999 else 0 end as rest) span
  where p.scheme = of_scheme and coalesce(p.scheme = any ((select security.schemes())::text[]), true) and p.approved_by is not null and p.ended_at is null
    and p.area <= security.scope_lo() and security.scope_hi() <= p.area + span.rest
$$;
revoke all on function security.parameter_sets_above(text) from public;
grant execute on function security.parameter_sets_above(text) to qingce_app;
