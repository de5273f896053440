-- A hold below is told to nodes above that have the record, as it is told that data are only stored: of a record that rose before and is in review anew at its own node.

-- The level at whose desk the record was on hold when the node above was told last, the word before that one, and with which bundle.
alter table node_sent add column held smallint, add column held_before smallint, add column held_seq integer;
create index node_sent_held on node_sent (peer) where held is not null;
create index record_on_hold on record (county, id) where state = 'held';

-- Records of this node's copies that are on hold at the node they came from, or below it. The copy stands as it was sent; the hold ends with that node's word only.
create table hold_below (
  county integer not null,
  record_id uuid not null,
  area bigint not null,
  scheme text not null,
  since timestamptz not null default now(),
  level smallint not null check (level between 0 and 5),
  told_by text not null references node_peer,
  ended_at timestamptz,
  primary key (county, record_id, since)
);
create unique index hold_below_one_in_force on hold_below (county, record_id) where ended_at is null;
create index hold_below_of_peer on hold_below (told_by) where ended_at is null;
select security.protect('hold_below', 'select, insert');
grant update (ended_at) on hold_below to qingce_app;
