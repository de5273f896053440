-- Cases that climb, move to another office and repeat; people whom two counties hold; files that go back to the departments.

-- What the State Council's yearly notice makes of single days: free weekdays, and weekend days worked instead.
create table holiday (
  day date primary key,
  worked boolean not null,
  source text not null
);
grant select, insert, update, delete on holiday to qingce_app;
insert into holiday (day, worked, source)
  select d::date, false, '国办发明电〔2017〕12号' from unnest(array['2018-01-01','2018-02-15','2018-02-16','2018-02-19','2018-02-20','2018-02-21','2018-04-05','2018-04-06',
    '2018-04-30','2018-05-01','2018-06-18','2018-09-24','2018-10-01','2018-10-02','2018-10-03','2018-10-04','2018-10-05']) d
  union all select d::date, true, '国办发明电〔2017〕12号' from unnest(array['2018-02-11','2018-02-24','2018-04-08','2018-04-28','2018-09-29','2018-09-30']) d
  union all select d::date, false, '国办发明电〔2025〕7号' from unnest(array['2026-01-01','2026-01-02','2026-02-16','2026-02-17','2026-02-18','2026-02-19','2026-02-20','2026-02-23',
    '2026-04-06','2026-05-01','2026-05-04','2026-05-05','2026-06-19','2026-09-25','2026-10-01','2026-10-02','2026-10-05','2026-10-06','2026-10-07']) d
  union all select d::date, true, '国办发明电〔2025〕7号' from unnest(array['2026-01-04','2026-02-14','2026-02-28','2026-05-09','2026-09-20','2026-10-10']) d;

-- A late case climbs: 1 the county sees it as its own duty, 2 the city does; each level has a day of its own. The office stays the owner.
alter table case_file
  add column climbed smallint not null default 0 check (climbed between 0 and 2),
  add column climbed_on date,
  add column climb_due_on date,
  add constraint case_climbs_with_a_day check ((climbed = 0) = (climbed_on is null) and (climbed = 0) = (climb_due_on is null)),
  drop constraint case_file_routed_by_check,
  add constraint case_routed_by_a_known_rule check (routed_by in ('registration', 'residence', 'collector', 'county', 'person'));
create index case_unclosed_by_day on case_file (county, due_on) where state <> 'closed';
create index case_reopened on case_file (county, area) where times_reopened > 0;
alter table case_step
  drop constraint case_step_kind_check,
  add constraint case_step_of_a_known_kind check (kind in ('answered', 'accepted', 'sent-back', 'reopened', 'closed', 'climbed', 'reroute-asked', 'rerouted', 'reroute-declined', 'value-taken'));

-- A case is offered to another office of the county, which takes or declines it.
create table case_reroute (
  county integer not null,
  id uuid not null,
  case_id uuid not null,
  area bigint not null,
  to_area bigint not null,
  class_group text not null,
  -- Whom it is about, masked: the receiving office cannot read the case before it takes it.
  person text not null,
  reason text not null check (length(reason) between 1 and 500),
  state text not null default 'asked' check (state in ('asked', 'accepted', 'declined')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  settled_by text,
  settled_at timestamptz,
  settle_reason text,
  primary key (county, id),
  foreign key (county, case_id) references case_file,
  constraint case_moves_inside_its_county check (to_area / 1000000 = county and to_area <> area),
  constraint case_reroute_is_settled_by_another check (settled_by is null or settled_by <> asked_by)
);
create unique index case_reroute_one_open_per_case on case_reroute (county, case_id) where state = 'asked';
create index case_reroute_to on case_reroute (to_area) where state = 'asked';
alter table case_reroute enable row level security;
alter table case_reroute force row level security;
-- Seen from both sides, made from one: the office that has the case.
create policy access on case_reroute as permissive for all to qingce_app using (true) with check (true);
create policy scope on case_reroute as restrictive for all to qingce_app
  using (area between (select security.scope_lo()) and (select security.scope_hi())
      or to_area between (select security.scope_lo()) and (select security.scope_hi()))
  with check (area between (select security.scope_lo()) and (select security.scope_hi()));
create policy owner on case_reroute as permissive for all to current_user using (true) with check (true);
grant select, insert on case_reroute to qingce_app;

-- The receiving office settles; accepting moves the case, its history and its findings in one step. A case that was answered or closed
-- meanwhile stays where it is: such an offer can only be declined.
create function security.settle_case_reroute(in_county integer, in_id uuid, accept boolean, why text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  r public.case_reroute%rowtype;
begin
  select * into r from public.case_reroute x where x.county = in_county and x.id = in_id and x.state = 'asked'
    and x.to_area between security.scope_lo() and security.scope_hi() for update;
  if not found then return null; end if;
  if accept then
    perform 1 from public.case_file c where c.county = in_county and c.id = r.case_id and c.state = 'open' and c.area = r.area for update;
    if not found then return null; end if;
  end if;
  update public.case_reroute x set state = case when accept then 'accepted' else 'declined' end, settled_by = security.account(),
    settled_at = now(), settle_reason = why where x.county = in_county and x.id = in_id;
  if accept then
    update public.case_file set area = r.to_area, routed_by = 'person' where county = in_county and id = r.case_id;
    update public.case_step set area = r.to_area where county = in_county and case_id = r.case_id;
    update public.finding set area = r.to_area where county = in_county and case_id = r.case_id;
  end if;
  insert into public.case_step (county, id, case_id, area, kind, actor, note, at)
    values (in_county, gen_random_uuid(), r.case_id, case when accept then r.to_area else r.area end,
      case when accept then 'rerouted' else 'reroute-declined' end, security.account(), why, clock_timestamp());
  return r.case_id;
end $$;
revoke all on function security.settle_case_reroute(integer, uuid, boolean, text) from public;
grant execute on function security.settle_case_reroute(integer, uuid, boolean, text) to qingce_app;

-- Whose number a surely linked row carries, where it is not the record's own: with it two counties can be told that both claim one person.
create table row_claim (
  county integer not null,
  campaign_id uuid not null references campaign,
  department text not null,
  record_id uuid not null,
  id_digest bytea not null,
  area bigint not null,
  primary key (county, campaign_id, department, record_id)
);
create index row_claim_by_number on row_claim (id_digest);
select security.protect('row_claim', 'select, insert, delete');

-- Records of one county whose person another county holds too: under the same number, or by a list's row that both claim.
-- Of the other county only its code is told. The caller's scope must cover the county.
create function security.held_elsewhere(in_scheme text, in_county integer) returns table (record_id uuid, other integer)
  language plpgsql stable security definer set search_path = pg_catalog, public, security as $$
begin
  if security.scope_lo() is null or security.scope_lo() > in_county::bigint * 1000000 or security.scope_hi() < in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  return query
    with ours as (
      select r.id, s.id_digest as digest from public.record r join public.subject s on s.county = r.county and s.id = r.subject_id
        where r.county = in_county and r.scheme = in_scheme and s.id_digest is not null and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
      union
      select r.id, c.id_digest from public.row_claim c join public.record r on r.county = c.county and r.id = c.record_id
        where c.county = in_county and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
    )
    select ours.id, s.county from ours
      join public.subject s on s.id_digest = ours.digest and s.county <> in_county
      join public.record r on r.county = s.county and r.subject_id = s.id and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
    union
    select ours.id, c.county from ours
      join public.row_claim c on c.id_digest = ours.digest and c.county <> in_county
      join public.record r on r.county = c.county and r.id = c.record_id and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found');
end $$;
revoke all on function security.held_elsewhere(text, integer) from public;
grant execute on function security.held_elsewhere(text, integer) to qingce_app;

-- Confirmed errors that went back to a department, signed by the installation. The workbook itself is kept sealed among the files.
create table return_file (
  county integer not null,
  id uuid not null,
  area bigint not null,
  campaign_id uuid not null references campaign,
  department text not null,
  rows integer not null,
  rates jsonb not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  blob_sha256 text not null,
  signature jsonb not null,
  made_by text not null,
  at timestamptz not null default now(),
  primary key (county, id)
);
create index return_file_by_department on return_file (county, campaign_id, department, at);
select security.protect('return_file', 'select, insert');
