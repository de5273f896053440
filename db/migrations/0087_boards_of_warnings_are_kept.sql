-- A million households are judged in seconds, and the board of what was raised is read without counting it.

-- Rules that add up a year's events read them household by household, from an index alone.
drop index household_event_by_household;
create index household_event_by_household on household_event (county, household_id, happened_on) include (kind, area, scheme, amount_fen);

-- As before; a statement that adds many rows beside those of the parent's table holds them against it by hash, in one pass, instead of each by its key.
create or replace function security.stands_with() returns trigger language plpgsql
  set search_path = pg_catalog, public, security, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_nestloop = on as $$
declare
  elsewhere boolean;
begin
  if (select count(*) from added) > (select greatest(c.reltuples, 100000) / 8 from pg_class c where c.relname = tg_argv[0] and c.relnamespace = 'public'::regnamespace) then
    perform set_config('enable_seqscan', 'on', true), set_config('enable_hashjoin', 'on', true), set_config('enable_nestloop', 'off', true);
    execute format('select exists (select from added a where a.%2$I is not null and not exists (select from public.%1$I x where x.county = a.county and x.id = a.%2$I and x.area = a.area and x.scheme = a.scheme))', tg_argv[0], tg_argv[1]) into elsewhere;
  else
    execute format('select exists (select from added a where a.%2$I is not null and (select true from public.%1$I x where x.county = a.county and x.id = a.%2$I and x.area = a.area and x.scheme = a.scheme) is null)', tg_argv[0], tg_argv[1]) into elsewhere;
  end if;
  if elsewhere then raise exception 'a row of % would stand elsewhere than its %', tg_table_name, tg_argv[0] using errcode = 'insufficient_privilege'; end if;
  return null;
end $$;
revoke all on function security.stands_with() from public;

-- What the board of warnings says of its rules, kept by trigger: one row a village, rule, state and day it is due, instead of a reading of every warning.
create table warning_tally (
  county integer not null,
  no bigint generated always as identity,
  area bigint not null,
  scheme text not null,
  rule_id uuid not null,
  rule_key text not null,
  level text not null,
  state text not null,
  -- Null once it is filed: nothing is due any more.
  due_on date,
  verdict text,
  n integer not null,
  folded boolean not null default false,
  primary key (county, no)
);
select security.protect('warning_tally', 'select');
select security.wall_by_scheme();

insert into warning_tally (county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, n, folded)
  select county, area, scheme, rule_id, rule_key, level, state, case when state <> 'filed' then due_on end, verdict, count(*), true from warning group by 1, 2, 3, 4, 5, 6, 7, 8, 9;

create function security.count_warnings_added() returns trigger language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  insert into public.warning_tally (county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, n)
    select county, area, scheme, rule_id, rule_key, level, state, case when state <> 'filed' then due_on end, verdict, count(*) from added group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
  return null;
end $$;
create function security.count_warnings_changed() returns trigger language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  insert into public.warning_tally (county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, n)
    select county, area, scheme, rule_id, rule_key, level, state, case when state <> 'filed' then due_on end, verdict, sum(sign)
    from (select *, 1 as sign from added union all select *, -1 from gone) x group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(sign) <> 0;
  return null;
end $$;
create function security.count_warnings_gone() returns trigger language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  insert into public.warning_tally (county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, n)
    select county, area, scheme, rule_id, rule_key, level, state, case when state <> 'filed' then due_on end, verdict, -count(*) from gone group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
  return null;
end $$;
revoke all on function security.count_warnings_added(), security.count_warnings_changed(), security.count_warnings_gone() from public;
create trigger warning_counted after insert on warning referencing new table as added for each statement execute function security.count_warnings_added();
create trigger warning_counted_again after update on warning referencing old table as gone new table as added for each statement execute function security.count_warnings_changed();
create trigger warning_counted_no_more after delete on warning referencing old table as gone for each statement execute function security.count_warnings_gone();

-- Puts rows of the same kind together in counties where as many came as were folded before. By the duty only; one at a time; the sums stay.
create function security.fold_warning_counts() returns integer language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  place integer;
  folds integer := 0;
begin
  if not security.is_national_duty() then raise exception 'counts are folded by duties only' using errcode = 'insufficient_privilege'; end if;
  perform pg_advisory_xact_lock(hashtextextended('fold-warning-counts', 0));
  for place in select county from public.warning_tally group by county having count(*) filter (where not folded) > 200 + count(*) filter (where folded) loop
    with gone as (delete from public.warning_tally where county = place returning *)
      insert into public.warning_tally (county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, n, folded)
      select county, area, scheme, rule_id, rule_key, level, state, due_on, verdict, sum(n), true from gone group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0;
    folds := folds + 1;
  end loop;
  return folds;
end $$;
revoke all on function security.fold_warning_counts() from public;
grant execute on function security.fold_warning_counts() to qingce_app;

-- The list comes in the order of its index: what is open by the day it is due, what is filed apart. Other areas' entries, and those of other rules and
-- states, are passed over in the index itself. Beside an index by area the planner would sort a county's warnings: it takes a scope for a two-hundredth of them.
drop index warning_by_state, warning_by_rule;
create index warning_open_by_day on warning (county, due_on, id, area, rule_key, state, level) where state <> 'filed';
create index warning_filed_by_day on warning (county, due_on, id, area, rule_key, level) where state = 'filed';
