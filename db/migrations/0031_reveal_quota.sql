-- How many values in full an account sees in a day: counted by the database, by its own clock, in the transaction that shows the value.
alter table access_policy add column reveals_per_day integer not null default 200 check (reveals_per_day between 1 and 10000);
grant update (reveals_per_day) on access_policy to qingce_app;

create table reveal_count (
  account text not null,
  day date not null,
  shown integer not null check (shown > 0),
  primary key (account, day)
);
alter table reveal_count enable row level security;
alter table reveal_count force row level security;
create policy owner on reveal_count as permissive for all to current_user using (true) with check (true);

-- Takes one of the account's reveals of the day (China Standard Time). What is left after it; null when none was left.
create function security.take_reveal() returns integer
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  who text := security.account();
  most integer;
  now_shown integer;
begin
  if who is null then raise exception 'a reveal needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  select p.reveals_per_day into most from public.access_policy p;
  delete from public.reveal_count c where c.account = who and c.day < (clock_timestamp() at time zone 'Asia/Shanghai')::date - 30;
  insert into public.reveal_count as c (account, day, shown) values (who, (clock_timestamp() at time zone 'Asia/Shanghai')::date, 1)
    on conflict (account, day) do update set shown = c.shown + 1 where c.shown < most
    returning c.shown into now_shown;
  return most - now_shown;
end $$;
revoke all on function security.take_reveal() from public;
grant execute on function security.take_reveal() to qingce_app;
