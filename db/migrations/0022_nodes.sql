-- Nodes: installations above and below this one, the chains of bundles between them, and what of each record a node above has been sent.

create table node_peer (
  -- As bundles call it, such as `node:350500000000`.
  name text primary key check (name ~ '^node:[0-9]{12}$'),
  label text not null check (length(label) between 1 and 60),
  side text not null check (side in ('above', 'below')),
  -- The areas that a node below answers for; of a node above, ours.
  lo bigint not null,
  hi bigint not null,
  suite text not null check (suite in ('international', 'national')),
  seal_key text not null,
  sign_key text not null,
  -- Our chain to it and its chain to us.
  sent_seq integer not null default 0 check (sent_seq >= 0),
  sent_digest text,
  taken_seq integer not null default 0 check (taken_seq >= 0),
  taken_digest text,
  -- Highest number of ours that it has said it took.
  confirmed_seq integer not null default 0 check (confirmed_seq >= 0),
  added_by text not null,
  added_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_because text,
  constraint node_peer_range_is_one check (lo <= hi),
  constraint node_peer_ends_with_a_reason check ((ended_at is null) = (ended_because is null))
);
create table node_bundle (
  peer text not null references node_peer,
  way text not null check (way in ('sent', 'taken')),
  seq integer not null check (seq >= 1),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  entries integer not null,
  bytes bigint not null,
  counts jsonb not null,
  at timestamptz not null default now(),
  by text not null,
  primary key (peer, way, seq)
);
grant select, insert on node_peer, node_bundle to qingce_app;
grant update (label, sent_seq, sent_digest, taken_seq, taken_digest, confirmed_seq, ended_at, ended_because) on node_peer to qingce_app;

-- As which a record was last sent up. A record that stands otherwise now is sent again; nothing depends on clocks or on the order of commits.
create table node_sent (
  county integer not null,
  record_id uuid not null,
  peer text not null references node_peer,
  area bigint not null,
  head integer not null,
  state text not null,
  seq integer not null,
  primary key (county, record_id, peer)
);
select security.protect('node_sent', 'select, insert, update, delete');

-- What goes down to a node below with the next bundle.
create table node_order (
  county integer not null,
  id uuid not null,
  area bigint not null,
  peer text not null references node_peer,
  kind text not null check (kind in ('return', 'word')),
  record_id uuid not null,
  -- Sealed JSON: the entry as it will stand in the bundle.
  sealed bytea not null,
  asked_by text not null,
  at timestamptz not null default now(),
  sent_seq integer,
  primary key (county, id)
);
create index node_order_waiting on node_order (peer) where sent_seq is null;
select security.protect('node_order', 'select, insert, update');

-- A node below has its own people under their own names in the history: what it sends is stored as it is, by this function only, within the
-- range that the node answers for. History is never rewritten.
create function security.take_replica(subject_row jsonb, record_row jsonb, revision_rows jsonb, media_rows jsonb, name_parts text[]) returns text
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
  if exists (select from jsonb_populate_recordset(null::public.revision, revision_rows) n join public.revision v on v.county = r.county and v.record_id = r.id and v.no = n.no
      where (v.kind, v.author, v.at, v.answers) is distinct from (n.kind, n.author, n.at, n.answers)) then
    raise exception 'the history of the record was rewritten' using errcode = 'check_violation', constraint = 'replica_keeps_its_history';
  end if;
  r.changed_in := pg_current_xact_id();
  insert into public.subject as x select (s).* on conflict (county, id) do update set area = s.area, name = s.name, pinyin = s.pinyin, initials = s.initials, sex = s.sex,
    birth_date = s.birth_date, id_digest = s.id_digest, id_masked = s.id_masked;
  delete from public.subject_name_part p where p.county = s.county and p.subject_id = s.id;
  insert into public.subject_name_part (county, part, area, subject_id) select s.county, p, s.area, s.id from unnest(name_parts) p;
  insert into public.record as x select (r).* on conflict (county, id) do update set area = r.area, version = r.version, state = r.state, held_from = r.held_from, categories = r.categories, head = r.head,
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
  return case when was.id is null then 'added' when was.head = r.head and was.state = r.state then 'same' else 'updated' end;
end $$;
revoke all on function security.take_replica(jsonb, jsonb, jsonb, jsonb, text[]) from public;
grant execute on function security.take_replica(jsonb, jsonb, jsonb, jsonb, text[]) to qingce_app;

-- A node above moves the dates of a round that it has sent down.
grant update (starts_on, ends_on) on campaign to qingce_app;
