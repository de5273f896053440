-- People of a household besides its head are linked, compared and missed like any person; two counties are told when both hold one of
-- them. And references that bulks of rows make are checked once a statement instead of once a row.

-- Whom of the record a row was linked to, or a pair is about: the member's keyed digest; empty for the subject itself.
alter table link add column member text not null default '';
alter table pair_decision add column member text not null default '';
drop index pair_decision_one_in_force;
create unique index pair_decision_one_in_force on pair_decision (county, subject_id, member, other_digest) where state <> 'revoked';

alter table finding
  drop constraint finding_closed_because_check,
  add constraint finding_closed_because_check check (closed_because in ('agrees', 'confirmed-ours', 'collected', 'explained', 'withdrawn', 'no-longer-member'));

-- Valid numbers of the members of each record as keyed digests, as they stand in its newest answers.
create table member_claim (
  county integer not null,
  record_id uuid not null,
  id_digest bytea not null,
  area bigint not null,
  primary key (county, record_id, id_digest)
);
create index member_claim_by_number on member_claim (id_digest);
select security.protect('member_claim', 'select, insert, update, delete');

-- Records of one county whose person another county holds too: under the same number, as a member of one of its households, or by a
-- list's row that both claim. `member`: which of ours it is, where it is not the subject. Of the other county only its code is told.
-- The caller's scope must cover the county.
drop function security.held_elsewhere(text, integer);
create function security.held_elsewhere(in_scheme text, in_county integer) returns table (record_id uuid, member bytea, other integer)
  language plpgsql stable security definer set search_path = pg_catalog, public, security as $$
begin
  if security.scope_lo() is null or security.scope_lo() > in_county::bigint * 1000000 or security.scope_hi() < in_county::bigint * 1000000 + 999999 then
    raise exception 'the county is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  return query
    with ours as (
      select r.id, null::bytea as member, s.id_digest as digest from public.record r join public.subject s on s.county = r.county and s.id = r.subject_id
        where r.county = in_county and r.scheme = in_scheme and s.id_digest is not null and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
      union
      select r.id, null, c.id_digest from public.row_claim c join public.record r on r.county = c.county and r.id = c.record_id
        where c.county = in_county and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
      union
      select r.id, c.id_digest, c.id_digest from public.member_claim c join public.record r on r.county = c.county and r.id = c.record_id
        where c.county = in_county and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
    )
    select ours.id, ours.member, s.county from ours
      join public.subject s on s.id_digest = ours.digest and s.county <> in_county
      join public.record r on r.county = s.county and r.subject_id = s.id and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
    union
    select ours.id, ours.member, c.county from ours
      join public.row_claim c on c.id_digest = ours.digest and c.county <> in_county
      join public.record r on r.county = c.county and r.id = c.record_id and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found')
    union
    select ours.id, ours.member, c.county from ours
      join public.member_claim c on c.id_digest = ours.digest and c.county <> in_county
      join public.record r on r.county = c.county and r.id = c.record_id and r.scheme = in_scheme and r.state not in ('listed', 'duplicate', 'moved', 'not-found');
end $$;
revoke all on function security.held_elsewhere(text, integer) from public;
grant execute on function security.held_elsewhere(text, integer) to qingce_app;

-- References of tables that are filled by the million. What a foreign key promises, held in three parts: what is added has its parent
-- (one look a statement); keys do not change; and a parent goes only while nobody adds children and none are left.
-- Arguments: the parent table, and the child's columns that stand for its key, in the key's order.
create function security.expect_parent() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  orphans boolean;
  keys constant text[] := (select array_agg(a.attname order by k.place) from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = tg_argv[0]::regclass and i.indisprimary);
begin
  -- `offset 0`: each row looks its parent up in the key's index, however large the parent is.
  execute format('select exists (select from added a where not exists (select from %s p where %s offset 0))', tg_argv[0]::regclass,
    (select string_agg(format('p.%I = a.%I', keys[n], tg_argv[n]), ' and ') from generate_subscripts(keys, 1) n)) into orphans;
  if orphans then
    raise exception 'rows of % without their %', tg_table_name, tg_argv[0] using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name, schema = tg_table_schema;
  end if;
  return null;
end $$;
create function security.keep_key() returns trigger language plpgsql set search_path = pg_catalog, public, security as $$
begin
  raise exception 'the key of a row of % does not change', tg_table_name using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name, schema = tg_table_schema;
end $$;
-- Arguments: a child table and its columns that stand for the key, in the key's order.
create function security.expect_no_children() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  left_over boolean;
  keys constant text[] := (select array_agg(a.attname order by k.place) from pg_index i cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum where i.indrelid = tg_relid and i.indisprimary);
begin
  -- Whoever adds children waits until this is over, and then finds no parent.
  execute format('lock table %s in share mode', tg_argv[0]::regclass);
  execute format('select exists (select from gone g join %s c on %s where not exists (select from %s p where %s))', tg_argv[0]::regclass,
    (select string_agg(format('c.%I = g.%I', tg_argv[n], keys[n]), ' and ') from generate_subscripts(keys, 1) n), tg_relid::regclass,
    (select string_agg(format('p.%I = g.%I', keys[n], keys[n]), ' and ') from generate_subscripts(keys, 1) n)) into left_over;
  if left_over then
    raise exception 'rows of % still stand on %', tg_argv[0], tg_table_name using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name, schema = tg_table_schema;
  end if;
  return null;
end $$;
create function security.keep_rows() returns trigger language plpgsql set search_path = pg_catalog, public, security as $$
begin
  raise exception 'rows of % are not emptied: others stand on them', tg_table_name using errcode = 'foreign_key_violation', constraint = tg_name, table = tg_table_name, schema = tg_table_schema;
end $$;
revoke all on function security.expect_parent(), security.keep_key(), security.expect_no_children(), security.keep_rows() from public;

alter table link drop constraint link_county_run_id_fkey;
create trigger link_of_a_run after insert on link referencing new table as added for each statement execute function security.expect_parent('match_run', 'county', 'run_id');
create trigger link_keeps_its_run before update on link for each row when (old.county <> new.county or old.run_id <> new.run_id) execute function security.keep_key();
alter table listed_person drop constraint listed_person_county_run_id_fkey;
create trigger listed_person_of_a_run after insert on listed_person referencing new table as added for each statement execute function security.expect_parent('match_run', 'county', 'run_id');
create trigger listed_person_keeps_its_run before update on listed_person for each row when (old.county <> new.county or old.run_id <> new.run_id) execute function security.keep_key();
create trigger match_run_goes_without_links after delete on match_run referencing old table as gone for each statement execute function security.expect_no_children('link', 'county', 'run_id');
create trigger match_run_goes_without_listed_people after delete on match_run referencing old table as gone for each statement execute function security.expect_no_children('listed_person', 'county', 'run_id');
create trigger match_run_keeps_its_key before update on match_run for each row when (old.county <> new.county or old.id <> new.id) execute function security.keep_key();
create trigger match_run_is_not_emptied before truncate on match_run for each statement execute function security.keep_rows();

alter table vouch_list drop constraint vouch_list_county_record_id_fkey;
create trigger vouch_list_of_a_record after insert on vouch_list referencing new table as added for each statement execute function security.expect_parent('record', 'county', 'record_id');
create trigger vouch_list_keeps_its_record before update on vouch_list for each row when (old.county <> new.county or old.record_id <> new.record_id) execute function security.keep_key();
create trigger member_claim_of_a_record after insert on member_claim referencing new table as added for each statement execute function security.expect_parent('record', 'county', 'record_id');
create trigger member_claim_keeps_its_record before update on member_claim for each row when (old.county <> new.county or old.record_id <> new.record_id) execute function security.keep_key();
create trigger record_goes_without_vouches after delete on record referencing old table as gone for each statement execute function security.expect_no_children('vouch_list', 'county', 'record_id');
create trigger record_goes_without_members after delete on record referencing old table as gone for each statement execute function security.expect_no_children('member_claim', 'county', 'record_id');
create trigger record_keeps_its_key before update on record for each row when (old.county <> new.county or old.id <> new.id) execute function security.keep_key();

alter table finding drop constraint finding_campaign_id_fkey;
create trigger finding_of_a_campaign after insert on finding referencing new table as added for each statement execute function security.expect_parent('campaign', 'campaign_id');
create trigger finding_keeps_its_campaign before update on finding for each row when (old.campaign_id <> new.campaign_id) execute function security.keep_key();
create trigger campaign_goes_without_findings after delete on campaign referencing old table as gone for each statement execute function security.expect_no_children('finding', 'campaign_id');
create trigger campaign_keeps_its_key before update on campaign for each row when (old.id <> new.id) execute function security.keep_key();

create or replace function security.refresh_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  analyze public.subject, public.subject_name_part, public.record, public.revision, public.identity_claim, public.vouch_list, public.link, public.finding, public.case_file, public.listed_person, public.member_claim;
end $$;
