-- Subjects, their records and immutable revisions. Everything begins with the county: it is the unit of work,
-- of partitioning and of sharding. `area` is the village that answers for the person.

create table subject (
  county integer not null,
  id uuid not null,
  area bigint not null,
  name text collate "C" not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  sex text,
  birth_date date,
  id_digest bytea,
  id_masked text,
  created_at timestamptz not null default now(),
  primary key (county, id)
);
create index subject_by_id_number on subject (id_digest) where id_digest is not null;
create index subject_by_name on subject (county, name, area);
create index subject_by_pinyin on subject (county, pinyin, area);
create index subject_by_initials on subject (county, initials, area);

-- Ends of names (三丰, 丰 of 张三丰): with a prefix search they find any part of a name, in operators that row-level security can use.
create table subject_name_part (
  county integer not null,
  part text collate "C" not null,
  area bigint not null,
  subject_id uuid not null,
  primary key (county, part, subject_id),
  foreign key (county, subject_id) references subject on delete cascade
);
create index subject_name_part_by_subject on subject_name_part (county, subject_id);

create table record (
  county integer not null,
  id uuid not null,
  subject_id uuid not null,
  area bigint not null,
  scheme text not null,
  version text not null,
  campaign_id uuid not null references campaign,
  origin text not null check (origin in ('base', 'added')),
  state text not null,
  -- A record on hold remembers which state it was held in, so that the same level takes it up again.
  held_from text check (held_from in ('submitted', 'township-approved')),
  categories text[] not null default '{}',
  head integer not null default 0,
  collector text,
  channel text,
  merged_into uuid,
  open_remarks integer not null default 0 check (open_remarks >= 0),
  issues jsonb not null default '[]',
  captured_at timestamptz,
  submitted_at timestamptz,
  decided_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (county, id),
  foreign key (county, subject_id) references subject,
  foreign key (scheme, version) references scheme_version,
  constraint record_one_per_subject_and_campaign unique (county, subject_id, campaign_id),
  constraint record_held_says_from_where check ((state = 'held') = (held_from is not null))
);
create index record_by_area_and_state on record (county, campaign_id, area, state);
create index record_queue on record (county, state, submitted_at);

-- Insert-only. `answers` holds the plain items, `sealed` the sensitive ones (identity, contact, money, health, appeal).
create table revision (
  county integer not null,
  record_id uuid not null,
  no integer not null check (no >= 1),
  based_on integer not null check (based_on >= 0 and based_on < no),
  area bigint not null,
  kind text not null check (kind in ('base', 'capture', 'correction', 'outcome')),
  answers jsonb not null,
  sealed bytea,
  provenance jsonb not null default '{}',
  signed_digest text,
  reason text,
  author text not null,
  channel text,
  at timestamptz not null default now(),
  primary key (county, record_id, no),
  foreign key (county, record_id) references record
);

create table remark (
  county integer not null,
  id uuid not null,
  record_id uuid not null,
  area bigint not null,
  revision integer not null,
  path text not null,
  body text not null check (length(body) between 1 and 1000),
  author text not null,
  at timestamptz not null default now(),
  answer text,
  answered_by text,
  answered_at timestamptz,
  primary key (county, id),
  foreign key (county, record_id) references record,
  constraint remark_answer_is_whole check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index remark_by_record on remark (county, record_id);

create table media (
  county integer not null,
  id uuid not null,
  record_id uuid not null,
  area bigint not null,
  path text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  mime text not null,
  bytes integer not null check (bytes > 0),
  at timestamptz not null default now(),
  primary key (county, id),
  foreign key (county, record_id) references record
);
create index media_by_record on media (county, record_id);

-- What departments say of a value: agreed, or differed, by which list and when.
create table vouch (
  county integer not null,
  record_id uuid not null,
  path text not null,
  department text not null,
  area bigint not null,
  agrees boolean not null,
  extract_id uuid not null,
  as_of date not null,
  at timestamptz not null default now(),
  primary key (county, record_id, path, department),
  foreign key (county, record_id) references record
);

-- Once per person and programme in the whole nation. No role reads this table; it is claimed through a definer function
-- that never says who holds a number elsewhere.
create table identity_claim (
  scheme text not null,
  id_digest bytea not null,
  county integer not null,
  subject_id uuid not null,
  primary key (scheme, id_digest)
);
alter table identity_claim enable row level security;
alter table identity_claim force row level security;
create policy owner on identity_claim as permissive for all to current_user using (true) with check (true);

-- Claims numbers for subjects; returns the subjects whose number is already held by another subject.
create function security.claim_identities(in_scheme text, in_county integer, digests bytea[], subjects uuid[]) returns setof uuid
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  if security.scope_lo() is null then raise exception 'claiming needs a signed scope' using errcode = 'insufficient_privilege'; end if;
  insert into public.identity_claim (scheme, id_digest, county, subject_id)
    select in_scheme, x.digest, in_county, x.subject from unnest(digests, subjects) with ordinality as x (digest, subject, n)
    where x.digest is not null order by x.digest, x.n
    on conflict do nothing;
  return query
    select x.subject from unnest(digests, subjects) as x (digest, subject)
    join public.identity_claim c on c.scheme = in_scheme and c.id_digest = x.digest
    where (c.county, c.subject_id) is distinct from (in_county, x.subject);
end $$;
revoke all on function security.claim_identities(text, integer, bytea[], uuid[]) from public;
grant execute on function security.claim_identities(text, integer, bytea[], uuid[]) to qingce_app;

-- Gives a number up, when its holder's record is corrected or found to be a duplicate.
create function security.release_identity(in_scheme text, in_county integer, in_subject uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  if not exists (select 1 from public.subject s where s.county = in_county and s.id = in_subject
      and s.area between security.scope_lo() and security.scope_hi()) then
    raise exception 'subject is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  delete from public.identity_claim c where c.scheme = in_scheme and c.county = in_county and c.subject_id = in_subject;
end $$;
revoke all on function security.release_identity(text, integer, uuid) from public;
grant execute on function security.release_identity(text, integer, uuid) to qingce_app;

-- Hand-over: asked by the office that holds the record, taken or declined by the one that should.
create table handover (
  county integer not null,
  id uuid not null,
  record_id uuid not null,
  area bigint not null,
  to_area bigint not null,
  -- Whom it is about, masked: the receiving office cannot read the record before it takes it.
  person text not null,
  reason text not null check (length(reason) between 1 and 500),
  state text not null default 'asked' check (state in ('asked', 'accepted', 'declined')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  settled_by text,
  settled_at timestamptz,
  settle_reason text,
  primary key (county, id)
);
create unique index handover_one_open_per_record on handover (county, record_id) where state = 'asked';
create index handover_to on handover (to_area) where state = 'asked';
alter table handover enable row level security;
alter table handover force row level security;
-- Seen from both sides, made from one: the record's.
create policy access on handover as permissive for all to qingce_app using (true) with check (true);
create policy scope on handover as restrictive for all to qingce_app
  using (area between (select security.scope_lo()) and (select security.scope_hi())
      or to_area between (select security.scope_lo()) and (select security.scope_hi()))
  with check (area between (select security.scope_lo()) and (select security.scope_hi()));
create policy owner on handover as permissive for all to current_user using (true) with check (true);
grant select, insert on handover to qingce_app;

-- The receiving office settles; accepting moves the person and everything that hangs on the record, in one step. A record that
-- ended or passed review while its hand-over was waiting stays where it is: such a hand-over can only be declined.
create function security.settle_handover(in_county integer, in_id uuid, accept boolean, why text) returns uuid
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
    update public.vouch set area = h.to_area where county = in_county and record_id = h.record_id;
  end if;
  return h.record_id;
end $$;
revoke all on function security.settle_handover(integer, uuid, boolean, text) from public;
grant execute on function security.settle_handover(integer, uuid, boolean, text) to qingce_app;

select security.protect('subject', 'select, insert, update');
select security.protect('subject_name_part', 'select, insert, delete');
select security.protect('record', 'select, insert, update');
select security.protect('revision', 'select, insert');
select security.protect('remark', 'select, insert, update');
select security.protect('media', 'select, insert');
select security.protect('vouch', 'select, insert, update, delete');
