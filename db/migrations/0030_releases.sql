-- Releases: data that leave are asked for, approved by a second person of another office or a higher level, made once, sealed, marked and
-- registered as copies. The table holds no personal value: what was asked, who decided, where the copy is.

create table release (
  county integer not null,
  id uuid not null,
  area bigint not null,
  -- By this number the copy is called in the file and in the register.
  copy_no bigint generated always as identity,
  campaign_id uuid not null references campaign,
  query jsonb not null,
  -- SHA-256 of the canonical form of the query: an approval holds for this digest and no other.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  rows_expected integer not null check (rows_expected >= 0),
  risk jsonb not null,
  state text not null default 'asked' check (state in ('asked', 'approved', 'declined', 'withdrawn', 'making', 'ready', 'taken', 'failed', 'expired')),
  asked_by text not null,
  asked_office uuid not null,
  asked_area bigint not null,
  asked_at timestamptz not null default now(),
  -- Until when it can be approved; once approved, until when the file can be made; once made, until when it can be taken.
  valid_until timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decided_note text,
  approved_digest text,
  task_id uuid,
  why_failed jsonb,
  made_at timestamptz,
  as_of timestamptz,
  rows integer,
  bytes bigint,
  file_digest text,
  -- Secret of the copy's marks, sealed; it stays as long as the register, so that a found file can be traced.
  mark bytea,
  -- Passphrase of a file for a receiver without a key, sealed; wiped with the file.
  passphrase bytea,
  passphrase_shown_at timestamptz,
  downloads integer not null default 0 check (downloads between 0 and 3),
  taken_at timestamptz,
  wiped_at timestamptz,
  -- The receiver has promised to destroy the copy by this day.
  keep_until date not null,
  destroyed_at timestamptz,
  destroyed_by text,
  destroyed_note text,
  primary key (county, id),
  constraint release_is_approved_by_a_second_person check (decided_by is null or decided_by <> asked_by or state in ('withdrawn', 'expired')),
  constraint release_approval_is_for_this_query check (state not in ('approved', 'making', 'ready', 'taken') or (approved_digest = digest and decided_by is not null)),
  constraint release_destruction_is_whole check ((destroyed_at is null) = (destroyed_by is null))
);
create index release_by_state on release (state, valid_until);
create index release_by_asker on release (asked_by, asked_at);
create index release_copies on release (keep_until) where state = 'taken' and destroyed_at is null;
select security.protect('release', 'select, insert');
grant update (query, digest, area, rows_expected, risk, state, asked_at, valid_until, decided_by, decided_at, decided_note, approved_digest, task_id, why_failed, made_at, as_of, rows, bytes, file_digest, mark,
  passphrase, passphrase_shown_at, downloads, taken_at, wiped_at, keep_until, destroyed_at, destroyed_by, destroyed_note) on release to qingce_app;
create policy own_name on release as restrictive for insert to qingce_app with check (asked_by = (select security.account()) and state = 'asked' and decided_by is null and approved_digest is null);

-- Who may move a release where: the asker asks, changes, makes and takes; another office's person decides; the duty lets it expire.
-- A changed query stands as asked again, whatever had been approved.
create function security.release_moves() returns trigger language plpgsql set search_path = pg_catalog, public, security, pg_temp as $$
declare
  who text := security.account();
  own boolean := who = old.asked_by;
  duty boolean := who = 'system:releases';
begin
  if new.asked_by <> old.asked_by or new.asked_office <> old.asked_office then
    raise exception 'a release keeps its asker' using errcode = 'insufficient_privilege';
  end if;
  if (new.query, new.digest, new.area) is distinct from (old.query, old.digest, old.area)
      and not (own and old.state in ('asked', 'approved') and new.state = 'asked' and new.approved_digest is null and new.decided_by is null) then
    raise exception 'a changed query must be asked for again' using errcode = 'insufficient_privilege';
  end if;
  if new.state <> old.state and not (case new.state
      when 'asked' then own and old.state = 'approved' and new.approved_digest is null
      when 'approved' then old.state = 'asked' and new.decided_by = who and not own
        and exists (select from account a where a.id::text = who and a.disabled_at is null and a.office_id <> old.asked_office)
      when 'declined' then old.state = 'asked' and new.decided_by = who and not own
      when 'withdrawn' then own and old.state in ('asked', 'approved')
      when 'making' then own and old.state = 'approved'
      when 'ready' then own and old.state = 'making'
      when 'failed' then (own or duty) and old.state = 'making'
      when 'taken' then own and old.state = 'ready'
      when 'expired' then duty and old.state in ('asked', 'approved', 'ready')
      else false end) then
    raise exception 'a release does not go from % to % by this hand', old.state, new.state using errcode = 'insufficient_privilege';
  end if;
  if new.decided_by is distinct from old.decided_by and new.decided_by is not null and new.decided_by is distinct from who then
    raise exception 'nobody decides in the name of another' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function security.release_moves() from public;
create trigger release_moves before update on release for each row execute function security.release_moves();
