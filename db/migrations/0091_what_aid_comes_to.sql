-- What the aid line of a household comes to, kept with the household: who asked, who was helped and with how much is told without reading every delivery there ever was, and a
-- snapshot sees by one row a household whether its aid has changed. Only these triggers write the columns.
alter table household
  add column applied_on date,
  add column helped_on date,
  add column given_fen bigint not null default 0,
  add column deliveries integer not null default 0,
  add column taken_back integer not null default 0;

update household h set applied_on = a.applied_on from (select county, household_id, max(applied_on) as applied_on from aid_application group by 1, 2) a
  where h.county = a.county and h.id = a.household_id;
update household h set helped_on = d.helped_on, given_fen = d.given_fen, deliveries = d.deliveries, taken_back = d.taken_back
  from (select county, household_id, max(delivered_on) filter (where not taken_back) as helped_on, coalesce(sum(amount_fen) filter (where not taken_back), 0) as given_fen, count(*) as deliveries,
      count(*) filter (where taken_back) as taken_back from aid_delivery group by 1, 2) d
  where h.county = d.county and h.id = d.household_id;

-- Households are locked in the order of their ids before they are written: two departments that deliver to the same ones wait for each other and do not stand across.
create function security.aid_was_asked() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform from public.household h where (h.county, h.id) in (select county, household_id from changed) order by h.county, h.id for no key update;
  update public.household h set applied_on = greatest(h.applied_on, a.applied_on)
    from (select county, household_id, max(applied_on) as applied_on from changed group by 1, 2) a where h.county = a.county and h.id = a.household_id;
  return null;
end $$;
create function security.aid_was_given() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform from public.household h where (h.county, h.id) in (select county, household_id from changed) order by h.county, h.id for no key update;
  update public.household h set helped_on = greatest(h.helped_on, d.helped_on), given_fen = h.given_fen + d.given_fen, deliveries = h.deliveries + d.deliveries, taken_back = h.taken_back + d.taken_back
    from (select county, household_id, max(delivered_on) filter (where not taken_back) as helped_on, coalesce(sum(amount_fen) filter (where not taken_back), 0) as given_fen, count(*) as deliveries,
        count(*) filter (where taken_back) as taken_back from changed group by 1, 2) d
    where h.county = d.county and h.id = d.household_id;
  return null;
end $$;
-- The last day of help is not to be had by taking away: what is left is read again.
create function security.aid_was_taken_back() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  perform from public.household h where (h.county, h.id) in (select county, household_id from changed) order by h.county, h.id for no key update;
  update public.household h set helped_on = d.helped_on, given_fen = d.given_fen, taken_back = d.taken_back
    from (select distinct county, household_id from changed) c
      cross join lateral (select max(x.delivered_on) filter (where not x.taken_back) as helped_on, coalesce(sum(x.amount_fen) filter (where not x.taken_back), 0) as given_fen,
        count(*) filter (where x.taken_back) as taken_back from public.aid_delivery x where x.county = c.county and x.household_id = c.household_id) d
    where h.county = c.county and h.id = c.household_id;
  return null;
end $$;
revoke all on function security.aid_was_asked(), security.aid_was_given(), security.aid_was_taken_back() from public;
create trigger aid_was_asked after insert on aid_application referencing new table as changed for each statement execute function security.aid_was_asked();
create trigger aid_was_given after insert on aid_delivery referencing new table as changed for each statement execute function security.aid_was_given();
create trigger aid_was_taken_back after update on aid_delivery referencing new table as changed for each statement execute function security.aid_was_taken_back();
