-- A household is measured by what holds where it lives, whoever asks: an office above sees it by the cutoffs of its place, and so does the person themselves, whose scope has no range.
-- Asked of an area within the scope, or of one in which the person in the scope is held; without an area it is the scope's own range, as before.
drop function security.parameter_sets_above(text);
create function security.parameter_sets_above(of_scheme text, of_area bigint default null) returns table (area bigint, key text, version integer, definition jsonb)
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select p.area, p.key, p.version, p.definition from public.parameter_set p
  cross join lateral (select case when p.area = 0 then 999999999999 when p.area % 10000000000 = 0 then 9999999999 when p.area % 100000000 = 0 then 99999999
    when p.area % 1000000 = 0 then 999999 when p.area % 1000 = 0 then 999 else 0 end as rest) span
  where p.scheme = of_scheme and coalesce(p.scheme = any ((select security.schemes())::text[]), true) and p.approved_by is not null and p.ended_at is null
    and case when of_area is null then p.area <= security.scope_lo() and security.scope_hi() <= p.area + span.rest
      else of_area between p.area and p.area + span.rest
        and (of_area between security.scope_lo() and security.scope_hi() or security.self() is not null and exists (select from security.held_about_me() h where h.area = of_area and not h.as_member)) end
$$;
revoke all on function security.parameter_sets_above(text, bigint) from public;
grant execute on function security.parameter_sets_above(text, bigint) to qingce_app;
