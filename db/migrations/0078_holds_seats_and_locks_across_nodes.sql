-- Holds, words of seats and locked sections cross nodes as approvals and returns do; a seat sits at a level, which may be another node's.

-- The level at whose desk the seat speaks; a department may have a seat at several.
alter table campaign_seat add column level smallint not null default 3 check (level between 0 and 5);
alter table campaign_seat drop constraint campaign_seat_pkey, add primary key (campaign_id, department, level);

-- A lock that a node above has told of ends with its word only.
alter table section_lock add column told_by text references node_peer;

create or replace function security.take_replica(subject_row jsonb, record_row jsonb, revision_rows jsonb, media_rows jsonb, name_parts text[]) returns text
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  s public.subject%rowtype := jsonb_populate_record(null::public.subject, subject_row);
  r public.record%rowtype := jsonb_populate_record(null::public.record, record_row);
  was public.record%rowtype;
begin
  if security.account() is distinct from 'system:federation' then raise exception 'replicas are taken by the federation only' using errcode = 'insufficient_privilege'; end if;
  if r.area not between security.scope_lo() and security.scope_hi() or s.area <> r.area or s.county <> r.county or r.area / 1000000 <> r.county or r.subject_id <> s.id then
    raise exception 'the record is outside the range of its node' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from jsonb_populate_recordset(null::public.revision, revision_rows) n where (n.county, n.record_id, n.area) is distinct from (r.county, r.id, r.area))
      or exists (select from jsonb_populate_recordset(null::public.media, media_rows) n where (n.county, n.record_id, n.area) is distinct from (r.county, r.id, r.area)) then
    raise exception 'a part stands elsewhere than its record' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from public.subject x where x.county = s.county and x.id = s.id and x.area not between security.scope_lo() and security.scope_hi()) then
    raise exception 'the subject is known otherwise' using errcode = 'insufficient_privilege';
  end if;
  select * into was from public.record x where x.county = r.county and x.id = r.id for update;
  if found and (was.area not between security.scope_lo() and security.scope_hi() or was.subject_id <> r.subject_id or was.campaign_id <> r.campaign_id) then
    raise exception 'the record is known otherwise' using errcode = 'insufficient_privilege';
  end if;
  if was.id is not null and was.head > r.head then return 'older'; end if;
  -- What a level of this node, or one above it, has approved or holds is not put back to its desk by what was sent before the word of it went down.
  if was.id is not null and was.head = r.head and r.desk is not null and (select st.decision in ('approve', 'hold') and st.revision = r.head from public.record_step st
      where st.county = r.county and st.record_id = r.id and st.seat is null and st.level <= r.desk and st.decision in ('approve', 'return', 'hold') order by st.no desc limit 1) then
    return 'older';
  end if;
  if exists (select from jsonb_populate_recordset(null::public.revision, revision_rows) n join public.revision v on v.county = r.county and v.record_id = r.id and v.no = n.no
      where (v.kind, v.author, v.at, v.answers) is distinct from (n.kind, n.author, n.at, n.answers)) then
    raise exception 'the history of the record was rewritten' using errcode = 'check_violation', constraint = 'replica_keeps_its_history';
  end if;
  r.changed_in := pg_current_xact_id();
  insert into public.subject as x select (s).* on conflict (county, id) do update set area = s.area, name = s.name, pinyin = s.pinyin, initials = s.initials, sex = s.sex,
    birth_date = s.birth_date, id_digest = s.id_digest, id_masked = s.id_masked;
  delete from public.subject_name_part p where p.county = s.county and p.subject_id = s.id;
  insert into public.subject_name_part (county, part, area, subject_id) select s.county, p, s.area, s.id from unnest(name_parts) p;
  insert into public.record as x select (r).* on conflict (county, id) do update set area = r.area, version = r.version, state = r.state, desk = r.desk, held_from = r.held_from, categories = r.categories, head = r.head,
    collector = r.collector, channel = r.channel, merged_into = r.merged_into, open_remarks = r.open_remarks, issues = r.issues, captured_at = r.captured_at, submitted_at = r.submitted_at,
    decided_at = r.decided_at, updated_at = r.updated_at;
  if was.id is not null and was.area <> r.area then
    update public.revision set area = r.area where county = r.county and record_id = r.id;
    update public.media set area = r.area where county = r.county and record_id = r.id;
    update public.vouch_list set area = r.area where county = r.county and record_id = r.id;
  end if;
  insert into public.revision select n.* from jsonb_populate_recordset(null::public.revision, revision_rows) n on conflict (county, record_id, no) do nothing;
  insert into public.media select n.* from jsonb_populate_recordset(null::public.media, media_rows) n on conflict (county, id) do nothing;
  if not exists (select from public.revision v where v.county = r.county and v.record_id = r.id and v.no = r.head) and r.head > 0 then
    raise exception 'the record lacks its newest revision' using errcode = 'check_violation', constraint = 'replica_is_whole';
  end if;
  return case when was.id is null then 'added' when was.head = r.head and was.state = r.state and was.desk is not distinct from r.desk then 'same' else 'updated' end;
end $$;
