-- Signing in with two factors. Rules for passwords and sessions are one row; second factors, recovery codes and what waits between two
-- steps are seen by the sign-in's duty and by their own account only; counting of failures is the sign-in's alone.

create table access_policy (
  only_row boolean primary key default true check (only_row),
  profile text not null check (profile in ('djbh-3', 'asvs', 'demo')),
  min_length integer not null check (min_length between 8 and 64),
  -- Of lower case, upper case, digits and other characters.
  classes integer not null check (classes between 0 and 4),
  history integer not null check (history between 0 and 24),
  -- 0: a password is never changed for its age.
  max_age_days integer not null check (max_age_days between 0 and 3650),
  idle_minutes integer not null check (idle_minutes between 1 and 120),
  administrator_idle_minutes integer not null check (administrator_idle_minutes between 1 and 120),
  session_hours integer not null check (session_hours between 1 and 24),
  failures integer not null check (failures between 3 and 20),
  source_failures integer not null check (source_failures between 10 and 1000),
  block_minutes integer not null check (block_minutes between 1 and 1440),
  -- 0: any number of sessions at the same time.
  sessions integer not null check (sessions between 0 and 20),
  second_factors text[] not null check (second_factors <@ array['totp', 'recovery', 'certificate'] and second_factors && array['totp', 'certificate']),
  changed_at timestamptz not null default now(),
  changed_by text not null default 'system:start'
);
insert into access_policy (profile, min_length, classes, history, max_age_days, idle_minutes, administrator_idle_minutes, session_hours, failures, source_failures, block_minutes, sessions, second_factors)
  values ('djbh-3', 10, 3, 5, 90, 15, 10, 8, 5, 50, 15, 1, array['totp', 'recovery']);

-- An account that was opened has no password until its person sets one.
alter table account alter column password_hash drop not null;
alter table account add column password_set_at timestamptz, add column activated_at timestamptz, add column last_sign_in_at timestamptz;
update account set password_set_at = created_at, activated_at = created_at;
grant select (password_set_at, activated_at, last_sign_in_at) on account to qingce_app;

create table former_password (
  account_id uuid not null references account,
  set_at timestamptz not null,
  password_hash text not null,
  primary key (account_id, set_at)
);
create table activation (
  account_id uuid primary key references account,
  digest bytea not null,
  expires_at timestamptz not null,
  opened_by text not null,
  opened_at timestamptz not null default now()
);
create table second_factor (
  account_id uuid not null references account,
  kind text not null check (kind in ('totp', 'certificate')),
  -- A secret, or the public key of a certificate, sealed to its account.
  sealed bytea not null,
  digest bytea not null,
  -- The time step of the code that was accepted last: no code is accepted twice.
  last_step bigint not null default 0,
  since timestamptz not null,
  primary key (account_id, kind),
  constraint second_factor_serves_one_account unique (digest)
);
create table recovery_code (
  account_id uuid not null references account,
  digest bytea not null,
  primary key (account_id, digest)
);
-- What was begun and waits for the code that confirms it: an activation, an exchange of the second factor, one of the three of a set-up.
create table enrolment (
  token_digest bytea primary key,
  purpose text not null check (purpose in ('activation', 'renewal', 'set-up')),
  account_id uuid references account,
  sealed bytea not null,
  tries integer not null default 0,
  expires_at timestamptz not null
);
-- Between the first and the second step of a sign-in; gone with the first answer, right or wrong.
create table pending_sign_in (
  token_digest bytea primary key,
  step text not null check (step in ('code', 'new-password')),
  -- The login's keyed digest, also where no such account exists.
  login_key text not null,
  account_id uuid references account,
  password_right boolean not null,
  source text not null,
  expires_at timestamptz not null
);

-- An ended session is remembered until its day, so that its page can say why.
alter table session add column source text, add column ended_at timestamptz,
  add column ended_because text check (ended_because in ('signed-out', 'superseded', 'password-changed', 'closed'));
alter table session add constraint session_ends_for_a_reason check ((ended_at is null) = (ended_because is null));
grant update (ended_at, ended_because) on session to qingce_app;
alter table login_attempt add column since timestamptz not null default now();

create function security.holds(in_role text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select exists (select from public.account a where a.id::text = security.account() and in_role = any (a.roles) and a.disabled_at is null)
$$;

do $$
declare
  t text;
begin
  foreach t in array array['former_password', 'activation', 'second_factor', 'recovery_code'] loop
    execute format('create policy own on %I as permissive for all to qingce_app using (account_id::text = (select security.account()) or (select security.account()) = ''system:sign-in'')
      with check (account_id::text = (select security.account()) or (select security.account()) = ''system:sign-in'')', t);
  end loop;
  foreach t in array array['enrolment', 'pending_sign_in', 'login_attempt'] loop
    execute format('create policy duties on %I as permissive for all to qingce_app using ((select security.account()) = ''system:sign-in'') with check ((select security.account()) = ''system:sign-in'')', t);
  end loop;
  foreach t in array array['access_policy', 'former_password', 'activation', 'second_factor', 'recovery_code', 'enrolment', 'pending_sign_in', 'login_attempt'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy owner on %I as permissive for all to current_user using (true) with check (true)', t);
  end loop;
end $$;
create policy seen on access_policy as permissive for select to qingce_app using (true);
create policy changed on access_policy as permissive for update to qingce_app
  using ((select security.account()) in ('system:demo', 'system:console') or (select security.holds('security-administrator')))
  with check (changed_by = (select security.account()));
grant select on access_policy to qingce_app;
grant update (profile, min_length, classes, history, max_age_days, idle_minutes, administrator_idle_minutes, session_hours, failures, source_failures, block_minutes, sessions, second_factors, changed_at, changed_by) on access_policy to qingce_app;
grant select on former_password to qingce_app;
grant select, delete on activation to qingce_app;
grant select, insert, delete on second_factor, recovery_code, pending_sign_in to qingce_app;
grant update (last_step) on second_factor to qingce_app;
grant select, insert, delete, update (tries) on enrolment to qingce_app;

-- A password is set by its account; the one before is remembered.
create function security.set_password(in_account uuid, in_hash text, in_at timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from in_account::text then raise exception 'a password is not set in the name of another' using errcode = 'insufficient_privilege'; end if;
  insert into public.former_password (account_id, set_at, password_hash)
    select a.id, coalesce(a.password_set_at, a.created_at), a.password_hash from public.account a where a.id = in_account and a.password_hash is not null
    on conflict do nothing;
  delete from public.former_password f where f.account_id = in_account
    and f.set_at < (select min(x.set_at) from (select p.set_at from public.former_password p where p.account_id = in_account order by p.set_at desc limit 24) x);
  update public.account set password_hash = in_hash, password_set_at = in_at, activated_at = coalesce(activated_at, in_at) where id = in_account;
end $$;

-- A code with which a person takes an account over. The system administrator opens accounts that nobody has used; the security administrator
-- gives a new code where the old way in is lost, but not for one of the three administrators; nobody for the own account.
create function security.open_activation(in_account uuid, in_digest bytea, in_expires timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  who text := security.account();
  console boolean := who in ('system:console', 'system:demo');
  used boolean;
  administrator boolean;
begin
  select a.activated_at is not null, a.roles && array['system-administrator', 'security-administrator', 'audit-administrator'] into used, administrator
    from public.account a where a.id = in_account for update;
  if who is null or who = in_account::text or used is null
      or not (console or security.holds('security-administrator') and not (used and administrator) or security.holds('system-administrator') and not used) then
    raise exception 'an activation is opened by an administrator, for another' using errcode = 'insufficient_privilege';
  end if;
  delete from public.second_factor f where f.account_id = in_account;
  delete from public.recovery_code c where c.account_id = in_account;
  update public.session s set ended_at = clock_timestamp(), ended_because = 'closed' where s.account_id = in_account and s.ended_at is null;
  update public.account a set password_hash = null, activated_at = null where a.id = in_account and used;
  insert into public.activation (account_id, digest, expires_at, opened_by) values (in_account, in_digest, in_expires, who)
    on conflict (account_id) do update set digest = excluded.digest, expires_at = excluded.expires_at, opened_by = excluded.opened_by, opened_at = now();
end $$;

create or replace function security.end_sessions(in_account uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is null or not (security.account() = in_account::text or security.may_open_accounts() or security.holds('security-administrator')) then
    raise exception 'sessions are ended by their account or an administrator' using errcode = 'insufficient_privilege';
  end if;
  update public.session s set ended_at = clock_timestamp(), ended_because = case when security.account() = in_account::text then 'signed-out' else 'closed' end
    where s.account_id = in_account and s.ended_at is null;
end $$;

-- Failures of one login are forgiven by the security administrator.
create function security.forgive(in_key text) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if not (coalesce(security.account() = 'system:console', false) or security.holds('security-administrator')) then
    raise exception 'failures are forgiven by the security administrator' using errcode = 'insufficient_privilege';
  end if;
  delete from public.login_attempt l where l.key = in_key;
end $$;

create function security.note_sign_in(in_at timestamptz) returns void
  language sql security definer set search_path = pg_catalog, public, security, pg_temp as $$
  update public.account a set last_sign_in_at = in_at where a.id::text = security.account()
$$;

-- What has run out is forgotten.
create function security.forget_sign_ins(in_now timestamptz) returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  if security.account() is distinct from 'system:sign-in' then raise exception 'sign-ins are forgotten by the sign-in only' using errcode = 'insufficient_privilege'; end if;
  delete from public.pending_sign_in p where p.expires_at < in_now;
  delete from public.enrolment e where e.expires_at < in_now;
  delete from public.session s where s.expires_at < in_now - interval '1 day';
  delete from public.login_attempt l where l.since < in_now - interval '1 day' and coalesce(l.blocked_until, l.since) < in_now;
end $$;
revoke all on function security.holds(text), security.set_password(uuid, text, timestamptz), security.open_activation(uuid, bytea, timestamptz), security.forgive(text), security.note_sign_in(timestamptz), security.forget_sign_ins(timestamptz) from public;
grant execute on function security.holds(text), security.set_password(uuid, text, timestamptz), security.open_activation(uuid, bytea, timestamptz), security.forgive(text), security.note_sign_in(timestamptz), security.forget_sign_ins(timestamptz) to qingce_app;
