-- What a department's newest list says of a record is one row, not one for each value: twelve million values are a million rows.
-- `vouch` stays as the way to read it value by value.

alter table vouch rename to vouch_of_values;
create table vouch_list (
  county integer not null,
  record_id uuid not null,
  department text not null,
  area bigint not null,
  -- Paths of the values that agree and of those that differ.
  agrees text[] not null,
  differs text[] not null,
  extract_id uuid not null,
  as_of date not null,
  at timestamptz not null default now(),
  primary key (county, record_id, department),
  foreign key (county, record_id) references record
);
insert into vouch_list (county, record_id, department, area, agrees, differs, extract_id, as_of, at)
  select county, record_id, department, min(area), coalesce(array_agg(path order by path) filter (where agrees), '{}'), coalesce(array_agg(path order by path) filter (where not agrees), '{}'),
    (array_agg(extract_id order by as_of desc, at desc))[1], max(as_of), max(at)
  from vouch_of_values group by county, record_id, department;
drop table vouch_of_values;
select security.protect('vouch_list', 'select, insert, update, delete');

create view vouch with (security_invoker = true) as
  select v.county, v.record_id, p.path, v.department, v.area, p.agrees, v.extract_id, v.as_of, v.at
  from vouch_list v cross join lateral (select unnest(v.agrees) as path, true as agrees union all select unnest(v.differs), false) p;
grant select on vouch to qingce_app;

create or replace function security.refresh_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  analyze public.subject, public.subject_name_part, public.record, public.revision, public.identity_claim, public.vouch_list, public.link, public.finding;
end $$;

create or replace function security.settle_handover(in_county integer, in_id uuid, accept boolean, why text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  h public.handover%rowtype;
  who uuid;
begin
  select * into h from public.handover x where x.county = in_county and x.id = in_id and x.state = 'asked'
    and x.to_area between security.scope_lo() and security.scope_hi() for update;
  if not found then return null; end if;
  if accept then
    select r.subject_id into who from public.record r where r.county = in_county and r.id = h.record_id
      and r.state in ('listed', 'draft', 'submitted', 'returned') for update;
    if not found then return null; end if;
  end if;
  update public.handover x set state = case when accept then 'accepted' else 'declined' end, settled_by = security.account(),
    settled_at = now(), settle_reason = why where x.county = in_county and x.id = in_id;
  if accept then
    update public.subject set area = h.to_area where county = in_county and id = who;
    update public.subject_name_part set area = h.to_area where county = in_county and subject_id = who;
    update public.record set area = h.to_area, updated_at = now() where county = in_county and id = h.record_id;
    update public.revision set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.remark set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.media set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.vouch_list set area = h.to_area where county = in_county and record_id = h.record_id;
  end if;
  return h.record_id;
end $$;
