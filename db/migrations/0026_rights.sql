-- Three administrators instead of one. The system administrator opens accounts without rights; the security administrator gives rights;
-- neither acts on the own account. A right may hold for named schemes only, and the wall knows for which.

update account set roles = array_replace(roles, 'administrator', 'system-administrator') where 'administrator' = any (roles);

alter table account drop constraint account_roles_check;
alter table account
  -- Why it was disabled: 'administrator', 'idle'.
  add column disabled_why text,
  -- The rights in force, as the trigger below keeps them: [{role, schemes, endsOn}]. `roles` holds their names.
  add column rights jsonb not null default '[]';
alter table office add column closed_at timestamptz;

-- A roster that was taken in: every line has exactly one outcome. No code and no password is kept.
create table account_batch (
  id uuid primary key,
  file_name text not null,
  made integer not null,
  returned integer not null,
  lines jsonb not null,
  made_by text not null,
  made_at timestamptz not null,
  constraint account_batch_every_line_has_one_outcome check (jsonb_array_length(lines) = made + returned)
);
alter table account add column batch_id uuid references account_batch;

-- A role of an account: asked for by the system administrator, in force once the security administrator has confirmed it.
create table account_role (
  account_id uuid not null references account,
  role text not null,
  -- The schemes for which it holds; null for all.
  schemes text[],
  ends_on date,
  contract text,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  confirmed_by text,
  confirmed_at timestamptz,
  primary key (account_id, role),
  constraint account_role_names_its_schemes check (cardinality(schemes) > 0),
  constraint account_role_entrusted_has_a_contract check (role <> 'entrusted' or (contract <> '' and ends_on is not null)),
  constraint account_role_confirmed_by_somebody check ((confirmed_by is null) = (confirmed_at is null))
);
create index account_role_waiting on account_role (account_id) where confirmed_at is null;

create function security.administrator_roles() returns text[] language sql immutable as $$ select array['system-administrator', 'security-administrator', 'audit-administrator'] $$;
-- Whether the caller is an administrator of this kind who may act now.
create function security.is_administrator(kind text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select exists (select from public.account a where a.id::text = security.account() and kind = any (a.roles) and a.disabled_at is null and a.ends_on >= current_date)
$$;
create or replace function security.may_open_accounts() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  -- The first-run set-up comes before there are administrators, and opens the accounts of the three.
  select case when security.account() = 'system:public' then not exists (select from public.installation)
    when security.account() like 'system:%' then true
    else security.is_administrator('system-administrator') end
$$;
create function security.may_empower() returns boolean language sql stable as $$ select security.is_administrator('security-administrator') $$;

-- `account.roles` and `account.rights` follow the confirmed rows. An administrator holds no other role, waiting or in force.
create function security.keep_rights() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  whose uuid := coalesce(new.account_id, old.account_id);
begin
  if (select count(*) > 1 and bool_or(r.role = any (security.administrator_roles())) from public.account_role r where r.account_id = whose) then
    raise exception 'an administrator holds no other role' using errcode = 'check_violation', constraint = 'account_administrator_holds_nothing_else';
  end if;
  update public.account a set
    roles = coalesce((select array_agg(r.role order by r.role) from public.account_role r where r.account_id = whose and r.confirmed_at is not null), '{}'),
    rights = coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('role', r.role, 'schemes', r.schemes, 'endsOn', r.ends_on)) order by r.role)
      from public.account_role r where r.account_id = whose and r.confirmed_at is not null), '[]')
    where a.id = whose;
  return null;
end $$;
create trigger keep_rights after insert or update or delete on account_role for each row execute function security.keep_rights();

-- Accounts that are opened with roles (the three of the set-up, the demonstration) hold them for every scheme.
create function security.rights_of_opening() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
begin
  insert into public.account_role (account_id, role, asked_by, confirmed_by, confirmed_at)
    select new.id, r, coalesce(security.account(), 'system:opening'), coalesce(security.account(), 'system:opening'), now() from unnest(new.roles) r;
  return null;
end $$;
create trigger rights_of_opening after insert on account for each row when (cardinality(new.roles) > 0) execute function security.rights_of_opening();
insert into account_role (account_id, role, asked_by, confirmed_by, confirmed_at) select a.id, r, 'system:opening', 'system:opening', now() from account a, unnest(a.roles) r;

-- The last active administrator of a kind is not disabled, ended or left without the role.
create function security.keep_an_administrator() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  kind text;
begin
  if old.disabled_at is not null or old.ends_on < current_date then return new; end if;
  foreach kind in array security.administrator_roles() loop
    if kind = any (old.roles) and (new.disabled_at is not null or new.ends_on < current_date or not kind = any (new.roles)) then
      perform pg_advisory_xact_lock(hashtextextended('administrators', 0));
      if not exists (select from public.account a where a.id <> old.id and kind = any (a.roles) and a.disabled_at is null and a.ends_on >= current_date) then
        raise exception 'the last % stays', kind using errcode = 'check_violation', constraint = 'account_last_administrator_stays';
      end if;
    end if;
  end loop;
  return new;
end $$;
create trigger keep_an_administrator before update on account for each row execute function security.keep_an_administrator();

-- An administrator is replaced, or joined by a second one, when the other two have agreed: one asks, the other confirms.
create table administrator_handover (
  id uuid primary key,
  role text not null,
  from_account uuid references account,
  to_account uuid not null references account,
  state text not null default 'asked' check (state in ('asked', 'done', 'declined')),
  asked_by text not null,
  asked_at timestamptz not null,
  settled_by text,
  settled_at timestamptz,
  constraint administrator_handover_is_an_administrators check (role in ('system-administrator', 'security-administrator', 'audit-administrator')),
  constraint administrator_handover_needs_two check (settled_by is distinct from asked_by)
);
create unique index administrator_handover_one_open on administrator_handover (role) where state = 'asked';
-- Who asks: the security administrator, and for their own kind the system administrator.
create function security.asks_handover(kind text) returns text language sql immutable as $$
  select case kind when 'security-administrator' then 'system-administrator' else 'security-administrator' end $$;
-- Who confirms: the third.
create function security.confirms_handover(kind text) returns text language sql immutable as $$
  select case kind when 'audit-administrator' then 'system-administrator' else 'audit-administrator' end $$;
create function security.settle_administrator(in_id uuid, accept boolean) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  h public.administrator_handover%rowtype;
  who text := security.account();
begin
  select * into h from public.administrator_handover x where x.id = in_id and x.state = 'asked' for update;
  if not found then return false; end if;
  if not security.is_administrator(security.confirms_handover(h.role)) or who = h.asked_by or who = h.from_account::text or who = h.to_account::text then
    raise exception 'another administrator must confirm' using errcode = 'insufficient_privilege';
  end if;
  if accept then
    perform from public.account a where a.id = h.to_account and a.disabled_at is null and a.ends_on >= current_date for update;
    if not found then return false; end if;
    insert into public.account_role (account_id, role, asked_by, confirmed_by, confirmed_at) values (h.to_account, h.role, h.asked_by, who, now());
    if h.from_account is not null then
      delete from public.account_role r where r.account_id = h.from_account and r.role = h.role;
      update public.session s set ended_at = clock_timestamp(), ended_because = 'closed' where s.account_id = h.from_account and s.ended_at is null;
    end if;
  end if;
  update public.administrator_handover x set state = case when accept then 'done' else 'declined' end, settled_by = who, settled_at = now() where x.id = in_id;
  return true;
end $$;

revoke all on function security.administrator_roles(), security.is_administrator(text), security.may_empower(), security.keep_rights(), security.rights_of_opening(),
  security.keep_an_administrator(), security.asks_handover(text), security.confirms_handover(text), security.settle_administrator(uuid, boolean) from public;
grant execute on function security.administrator_roles(), security.is_administrator(text), security.may_empower(), security.asks_handover(text), security.confirms_handover(text),
  security.settle_administrator(uuid, boolean) to qingce_app;

grant select (disabled_why, rights, batch_id), update (disabled_why, ends_on, office_id, name) on account to qingce_app;
grant update (name, closed_at) on office to qingce_app;
grant select, insert on account_batch, administrator_handover to qingce_app;
grant select, insert, update (schemes, ends_on, contract, confirmed_by, confirmed_at), delete on account_role to qingce_app;

drop policy opened on account;
create policy opened on account as permissive for insert to qingce_app with check ((select security.may_open_accounts()) and (cardinality(roles) = 0 or (select security.account()) like 'system:%'));
drop policy closed on account;
create policy changed on account as permissive for update to qingce_app using ((select security.may_open_accounts()) and id::text <> (select security.account()));
create policy changed on office as permissive for update to qingce_app using ((select security.may_open_accounts()));

alter table account_batch enable row level security;
alter table account_batch force row level security;
create policy owner on account_batch as permissive for all to current_user using (true) with check (true);
create policy seen on account_batch as permissive for select to qingce_app using ((select security.may_open_accounts()) or (select security.may_empower()));
create policy made on account_batch as permissive for insert to qingce_app with check ((select security.may_open_accounts()) and made_by = (select security.account()));

alter table account_role enable row level security;
alter table account_role force row level security;
create policy owner on account_role as permissive for all to current_user using (true) with check (true);
create policy seen on account_role as permissive for select to qingce_app using (true);
-- Nobody gives or takes own rights; administrators come and go by hand-over only. Asking is the system administrator's; only the security administrator confirms.
create policy asked on account_role as permissive for insert to qingce_app with check (
  asked_by = (select security.account()) and account_id::text <> (select security.account()) and role <> all (security.administrator_roles())
  and (((select security.may_open_accounts()) and confirmed_by is null) or ((select security.may_empower()) and confirmed_by = (select security.account()))));
create policy confirmed on account_role as permissive for update to qingce_app
  using (account_id::text <> (select security.account()) and role <> all (security.administrator_roles()) and ((select security.may_empower()) or (select security.may_open_accounts())))
  with check (confirmed_by is null or ((select security.may_empower()) and confirmed_by = (select security.account())));
create policy taken on account_role as permissive for delete to qingce_app
  using (account_id::text <> (select security.account()) and role <> all (security.administrator_roles()) and ((select security.may_empower()) or ((select security.may_open_accounts()) and confirmed_by is null)));

alter table administrator_handover enable row level security;
alter table administrator_handover force row level security;
create policy owner on administrator_handover as permissive for all to current_user using (true) with check (true);
create policy seen on administrator_handover as permissive for select to qingce_app
  using ((select security.is_administrator('system-administrator')) or (select security.is_administrator('security-administrator')) or (select security.is_administrator('audit-administrator')));
create policy asked on administrator_handover as permissive for insert to qingce_app with check (
  asked_by = (select security.account()) and state = 'asked' and settled_by is null and security.is_administrator(security.asks_handover(role))
  and to_account::text <> (select security.account()) and from_account::text is distinct from (select security.account()));

-- The signed scope names the schemes as well: `account|lo|hi|expiry|schemes|signature`, where schemes are keys with commas, or `*`.
create or replace function security.context(part integer) returns text
  language plpgsql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  token text := nullif(current_setting('app.context', true), '');
  parts text[];
  secret bytea;
begin
  if token is null then return null; end if;
  parts := string_to_array(token, '|');
  if array_length(parts, 1) is distinct from 6 then return null; end if;
  select k.key into secret from security.context_key k;
  if encode(hmac(convert_to(array_to_string(parts[1:5], '|'), 'UTF8'), secret, 'sha256'), 'hex') is distinct from parts[6] then return null; end if;
  if parts[4]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return parts[part];
end $$;
-- The schemes of the scope; null for all of them. It is read without holding it against the signature, which would cost as much again for every
-- table of a statement: who alters it has no signed scope any more, and sees no row of any area.
create function security.schemes() returns text[] language sql stable as $$
  select case s when '*' then null when '' then '{}' else string_to_array(s, ',') end from (select coalesce(split_part(current_setting('app.context', true), '|', 5), '') as s) x $$;
-- The rounds of these schemes; null for all of them.
create function security.campaign_ids() returns uuid[] language sql stable as $$
  select case when s is null then null else array(select c.id from public.campaign c where c.scheme = any (s)) end from security.schemes() s $$;

alter table campaign enable row level security;
alter table campaign force row level security;
create policy owner on campaign as permissive for all to current_user using (true) with check (true);
create policy access on campaign as permissive for all to qingce_app using (true) with check (true);

-- Every table with an area that names a scheme or a round gets one more restrictive policy. Called after all migrations too, for tables that come later.
create function security.wall_by_scheme() returns void language plpgsql as $$
declare
  t record;
  inside text;
begin
  for t in
    select c.oid::regclass as name, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'scheme' and a.atttypid = 'text'::regtype and not a.attisdropped) as by_scheme
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped)
      and exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and ((a.attname = 'scheme' and a.atttypid = 'text'::regtype) or (a.attname = 'campaign_id' and a.atttypid = 'uuid'::regtype)))
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'in_scheme')
  loop
    inside := case when t.by_scheme then 'coalesce(scheme = any ((select security.schemes())::text[]), true)' else 'coalesce(campaign_id = any ((select security.campaign_ids())::uuid[]), true)' end;
    execute format('create policy in_scheme on %s as restrictive for all to qingce_app using (%s) with check (%s)', t.name, inside, inside);
  end loop;
end $$;
revoke all on function security.schemes(), security.campaign_ids(), security.wall_by_scheme() from public;
grant execute on function security.schemes(), security.campaign_ids() to qingce_app;
select security.wall_by_scheme();
