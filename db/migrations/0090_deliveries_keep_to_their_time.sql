-- What the service judges of a delivery's time stands in the database too: none for a period after the aid was stopped or was over, none for a period that ended
-- before the aid began. Whoever begins or is stopped within a period may be given it for that period. What was stored before is not judged again.
create function security.aid_delivery_keeps_to_its_time() returns trigger language plpgsql
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if exists (select from added d
      cross join lateral (select case x.decision when 'stop' then coalesce(x.from_on, x.decided_on) else x.to_on end as over_on from public.aid_decision x
        where x.county = d.county and x.application_id = d.application_id and x.household_id = d.household_id and x.item = d.item and x.decided_on <= d.delivered_on
        order by x.decided_on desc, x.at desc limit 1) last
      where last.over_on < d.period_on) then
    raise exception 'a delivery for a period after the aid was over' using errcode = 'check_violation', constraint = 'aid_delivery_keeps_to_its_time';
  end if;
  -- The end of the period by the longest period its item ever had: a plan may say month today and year tomorrow.
  if exists (select from added d
      cross join lateral (select min(x.from_on) as from_on from public.aid_decision x
        where x.county = d.county and x.application_id = d.application_id and x.household_id = d.household_id and x.item = d.item and x.decision in ('grant', 'change')
          and x.decided_on <= d.delivered_on) first
      where first.from_on > d.period_on and first.from_on > (select max(case i.period when 'month' then date_trunc('month', d.period_on) + interval '1 month - 1 day'
        when 'year' then date_trunc('year', d.period_on) + interval '1 year - 1 day' else d.period_on end) from public.aid_item i where i.scheme = d.scheme and i.key = d.item)) then
    raise exception 'a delivery for a period before the aid began' using errcode = 'check_violation', constraint = 'aid_delivery_keeps_to_its_time';
  end if;
  return null;
end $$;
revoke all on function security.aid_delivery_keeps_to_its_time() from public;
create trigger aid_delivery_keeps_to_its_time after insert on aid_delivery referencing new table as added for each statement execute function security.aid_delivery_keeps_to_its_time();
