-- A record on hold remembers which state it was held in, so that the same level takes it up again.
alter table record add column held_from text check (held_from in ('submitted', 'township-approved'));
alter table record add constraint record_held_says_from_where check ((state = 'held') = (held_from is not null));
