-- Bundles of nodes go over the network by themselves, to the address that was registered; notices to terminals; people whom a terminal gave back to the office.

alter table node_peer
  -- Scheme, host and port of the other node's server, nothing behind them.
  add column address text check (address ~ '^https?://[^/?#@[:space:]]+$' and length(address) <= 200),
  add column sending boolean not null default false,
  -- A bundle is made by itself every day or week.
  add column pack_every text check (pack_every in ('day', 'week')),
  add column packed_at timestamptz,
  -- Tries in a row that failed, the last of them, why, and when the next is due.
  add column failures integer not null default 0 check (failures >= 0),
  add column tried_at timestamptz,
  add column next_try_at timestamptz,
  add column send_error jsonb,
  add constraint node_peer_sends_to_an_address check (not sending or address is not null);
grant update (address, sending, pack_every, packed_at, failures, tried_at, next_try_at, send_error) on node_peer to qingce_app;

-- What an office tells the terminals of an area, or some of them. It goes out with the next bundle of each.
create table notice (
  county integer not null,
  id uuid not null,
  area bigint not null,
  hi bigint not null,
  -- Terminals it is for; absent for all of the area.
  devices uuid[],
  title text not null check (length(title) between 1 and 60),
  body text not null check (length(body) between 1 and 1000),
  -- Last day on which terminals show it.
  until date not null,
  changed_in xid8 not null default pg_current_xact_id(),
  written_by text not null,
  at timestamptz not null,
  primary key (county, id),
  constraint notice_covers_its_area check (hi >= area)
);
select security.protect('notice', 'select, insert');

-- Work that a terminal gave back with a reason: it stays with the office until somebody says what was done.
create table handed_back (
  county integer not null,
  entry uuid not null,
  area bigint not null,
  record_id uuid not null,
  device_id uuid not null,
  operator text not null,
  -- The collector's reason, and later the office's answer: sealed, they may name people.
  reason bytea not null,
  at timestamptz not null,
  settled_as text check (settled_as in ('assigned', 'contacted', 'closed')),
  settled_note bytea,
  settled_by text,
  settled_at timestamptz,
  primary key (county, entry),
  foreign key (county, record_id) references record,
  constraint handed_back_is_settled_whole check ((settled_as is null) = (settled_by is null) and (settled_as is null) = (settled_at is null) and (settled_as is null) = (settled_note is null))
);
create index handed_back_open on handed_back (county, area, at) where settled_at is null;
create index handed_back_by_record on handed_back (county, record_id);
select security.protect('handed_back', 'select, insert, update');
