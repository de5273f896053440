-- Terminals: which device stands where, who may use it until when, the bundles both ways, and what became of each piece of work.
-- Public keys are hexadecimal text. A table's `area` is the device's, but for the work of an operator, which stands under the operator's office.

create table device (
  county integer not null,
  id uuid not null,
  area bigint not null,
  label text not null check (length(label) between 1 and 60),
  state text not null default 'registered' check (state in ('registered', 'active', 'revoked')),
  suite text check (suite in ('international', 'national')),
  seal_key text,
  sign_key text,
  -- As bundles name the key.
  key_name text check (key_name ~ '^[0-9a-f]{32}$'),
  lease_days integer not null check (lease_days between 1 and 14),
  wipe_after_days integer not null check (wipe_after_days between 0 and 60),
  -- The chain of its bundles that the office has taken in.
  seq integer not null default 0 check (seq >= 0),
  head_digest text,
  -- The chain of bundles made for it, and the last of them that it has shown to hold.
  down_seq integer not null default 0 check (down_seq >= 0),
  down_digest text,
  confirmed_seq integer not null default 0 check (confirmed_seq >= 0),
  last_seen_at timestamptz,
  skew_seconds integer,
  alarm jsonb,
  registered_by text not null,
  registered_at timestamptz not null default now(),
  enrolled_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  revoked_because text check (length(revoked_because) between 1 and 300),
  -- Number of the county's list of revoked devices that names it first.
  revocation_no integer,
  primary key (county, id),
  constraint device_keys_are_whole check ((sign_key is null) = (seal_key is null) and (sign_key is null) = (suite is null) and (sign_key is null) = (key_name is null)),
  constraint device_active_has_keys check (state <> 'active' or sign_key is not null),
  constraint device_is_revoked_with_a_reason check ((state = 'revoked') = (revoked_at is not null) and (state = 'revoked') = (revoked_because is not null) and (state = 'revoked') = (revocation_no is not null)),
  constraint device_key_is_used_once unique (county, key_name)
);
create index device_by_id on device (id);
create index device_by_key on device (key_name) where key_name is not null;
create unique index device_revocation_has_one_number on device (county, revocation_no) where revocation_no is not null;
select security.protect('device', 'select, insert, update');

create table device_operator (
  county integer not null,
  device_id uuid not null,
  account uuid not null references account,
  area bigint not null,
  trained_on date not null,
  -- Last day on which this person may use the device.
  until date not null,
  -- What is open of the activation code: its first letters, and a keyed digest of the rest.
  code_place text,
  code_digest text,
  code_expires_at timestamptz,
  code_tries integer not null default 0 check (code_tries between 0 and 5),
  -- A used code is kept until it expires: a terminal that did not hear the answer asks again with the same keys.
  code_used_at timestamptz,
  sign_key text,
  key_name text,
  -- Keys of earlier activations, `name:key`: bundles that were packed before still carry them.
  former_keys text[] not null default '{}',
  activated_at timestamptz,
  added_by text not null,
  added_at timestamptz not null default now(),
  primary key (county, device_id, account),
  foreign key (county, device_id) references device,
  constraint device_operator_code_is_whole check ((code_place is null) = (code_digest is null) and (code_place is null) = (code_expires_at is null)),
  constraint device_operator_key_is_whole check ((sign_key is null) = (key_name is null) and (sign_key is null) = (activated_at is null))
);
-- Looked up before it is known whose code it is.
create unique index device_operator_code_has_its_place on device_operator (code_place) where code_place is not null;
select security.protect('device_operator', 'select, insert, update');

create table device_lease (
  county integer not null,
  device_id uuid not null,
  no integer not null check (no >= 1),
  area bigint not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  granted_by text not null,
  primary key (county, device_id, no),
  foreign key (county, device_id) references device,
  constraint device_lease_is_at_most_fourteen_days check (until_at > from_at and until_at <= from_at + interval '14 days')
);
select security.protect('device_lease', 'select, insert');

-- A bundle on its way in: received piece by piece or read from a file, then opened, held against the chain, and applied entry by entry.
create table up_bundle (
  county integer not null,
  id uuid not null,
  -- Absent when no device is known by the key the bundle names.
  device_id uuid,
  area bigint not null,
  way text not null check (way in ('http', 'file')),
  state text not null check (state in ('receiving', 'waiting', 'queued', 'applied', 'refused')),
  bytes bigint not null check (bytes > 0),
  received bigint not null default 0 check (received >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  seq integer,
  digest text,
  previous text,
  -- True once it is a link of the device's chain, applied or out of date.
  in_chain boolean not null default false,
  -- As the terminal says it.
  made_at timestamptz,
  operator uuid,
  outcomes jsonb not null default '{}',
  problem jsonb,
  brought_by text not null,
  at timestamptz not null default now(),
  complete_at timestamptz,
  settled_at timestamptz,
  primary key (county, id),
  foreign key (county, device_id) references device,
  constraint up_bundle_holds_no_more_than_it_has check (received <= bytes),
  constraint up_bundle_refused_says_why check ((state = 'refused') = (problem is not null)),
  constraint up_bundle_content_comes_once unique (county, device_id, sha256)
);
create unique index up_bundle_one_link_per_number on up_bundle (county, device_id, seq) where in_chain;
create index up_bundle_by_device on up_bundle (county, device_id, seq);
create index up_bundle_at_work on up_bundle (at) where state in ('receiving', 'waiting', 'queued');
create index up_bundle_by_time on up_bundle (county, at);
select security.protect('up_bundle', 'select, insert, update, delete');

-- One piece of work: the row is there exactly when its effect is, in one transaction. Refused work may come again, amended.
create table bundle_entry (
  county integer not null,
  entry uuid not null,
  area bigint not null,
  device_id uuid not null,
  bundle_id uuid not null,
  operator uuid not null,
  campaign_id uuid,
  record_id uuid not null,
  record_county integer not null,
  outcome text not null check (outcome in ('applied', 'merged', 'kept-apart', 'unchanged', 'refused')),
  head integer not null,
  state text not null,
  -- As for records: which snapshot can see the receipt.
  changed_in xid8 not null default pg_current_xact_id(),
  -- Issues, the reason of a refusal and the note given to the office: they may name values, so they are sealed.
  sealed bytea not null,
  at timestamptz not null,
  constraint bundle_entry_is_applied_once primary key (county, entry),
  foreign key (county, device_id) references device,
  foreign key (county, bundle_id) references up_bundle
);
create index bundle_entry_by_bundle on bundle_entry (county, bundle_id);
create index bundle_entry_by_device on bundle_entry (county, device_id, at);
select security.protect('bundle_entry', 'select, insert, update, delete');

-- A bundle made for a device. What it brings the terminal up to: the snapshot in which the people were read, and the number of the last receipt.
create table down_bundle (
  county integer not null,
  device_id uuid not null,
  seq integer not null check (seq >= 1),
  id uuid not null,
  area bigint not null,
  way text not null check (way in ('http', 'file')),
  state text not null check (state in ('preparing', 'ready', 'failed')),
  whole boolean not null,
  -- Made without a lease in force: nobody personal is in it, and the terminal stays where it was.
  withheld boolean not null default false,
  since_seq integer not null default 0,
  snapshot text not null,
  -- Of which database cluster the snapshot speaks.
  cluster text not null,
  revocation_no integer not null,
  lease_no integer not null,
  taken_seq integer not null,
  -- Rounds (`campaign:<id>`) and definitions (`scheme:<key>@<version>`) that it or an earlier one of the same line brought.
  holds text[] not null,
  done integer not null default 0,
  total integer not null default 0,
  people integer not null default 0,
  bytes bigint not null default 0,
  digest text,
  asked_by text not null,
  at timestamptz not null,
  fetched_at timestamptz,
  primary key (county, device_id, seq),
  foreign key (county, device_id) references device,
  constraint down_bundle_ready_has_its_digest check ((state = 'ready') = (digest is not null))
);
create index down_bundle_by_id on down_bundle (id);
create index down_bundle_at_work on down_bundle (at) where state = 'preparing';
select security.protect('down_bundle', 'select, insert, update');

-- Which transaction changed a record last: what a terminal has not seen is what its snapshot cannot see, whenever it was committed.
-- Older rows have none: they were changed before any terminal read.
alter table record add column changed_in xid8;
alter table record alter column changed_in set default pg_current_xact_id();
create function mark_record_change() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;
create trigger record_change_is_marked before update on record for each row execute function mark_record_change();

-- A record that moved to another area, said where it was: the terminals there give the person up.
create table record_left (
  county integer not null,
  id uuid not null default gen_random_uuid(),
  record_id uuid not null,
  area bigint not null,
  campaign_id uuid not null,
  changed_in xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  primary key (county, id)
);
create index record_left_by_area on record_left (county, area);
select security.protect('record_left', 'select, insert');
create function note_record_left() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  insert into record_left (county, record_id, area, campaign_id) values (old.county, old.id, old.area, old.campaign_id);
  return null;
end $$;
create trigger record_that_moved_is_noted after update of area on record for each row when (old.area is distinct from new.area) execute function note_record_left();


