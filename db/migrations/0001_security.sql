-- The wall inside the database: who may see which rows is decided by a signed scope, set once per transaction.
-- The runtime role owns nothing, bypasses nothing and cannot widen its own scope.

create extension if not exists pgcrypto;

create schema security;
grant usage on schema security to qingce_app;

-- Key under which the server signs scopes. Only the owner and the definer functions below can read it.
create table security.context_key (
  only_row boolean primary key default true check (only_row),
  key bytea not null
);
revoke all on security.context_key from public;

-- The verified parts of the scope `account|lo|hi|expiry|signature`, or NULL when it is absent, forged, altered or expired.
-- NULL makes every comparison in a policy unknown: no rows.
create function security.context(part integer) returns text
  language plpgsql stable security definer set search_path = pg_catalog, public, security as $$
declare
  token text := nullif(current_setting('app.context', true), '');
  parts text[];
  secret bytea;
begin
  if token is null then return null; end if;
  parts := string_to_array(token, '|');
  if array_length(parts, 1) is distinct from 5 then return null; end if;
  select k.key into secret from security.context_key k;
  if encode(hmac(convert_to(array_to_string(parts[1:4], '|'), 'UTF8'), secret, 'sha256'), 'hex') is distinct from parts[5] then return null; end if;
  if parts[4]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return parts[part];
end $$;
revoke all on function security.context(integer) from public;
grant execute on function security.context(integer) to qingce_app;

-- Plain wrappers, which the planner inlines.
create function security.scope_lo() returns bigint language sql stable as $$ select security.context(2)::bigint $$;
create function security.scope_hi() returns bigint language sql stable as $$ select security.context(3)::bigint $$;
create function security.account() returns text language sql stable as $$ select security.context(1) $$;
revoke all on function security.scope_lo(), security.scope_hi(), security.account() from public;
grant execute on function security.scope_lo(), security.scope_hi(), security.account() to qingce_app;

-- The one source of policies: a table with an `area` column is seen and written only inside the scope. Access needs a permissive policy;
-- the scope itself is a restrictive one, which no further permissive policy can widen. A policy of its own lets the owner's definer
-- functions work although row security is forced on the owner too. `security.faults` finds what is missing, at every start.
create function security.protect(target regclass, commands text default 'select, insert, update, delete') returns void
  language plpgsql as $$
declare
  inside constant text := 'area between (select security.scope_lo()) and (select security.scope_hi())';
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy access on %s as permissive for all to qingce_app using (true) with check (true)', target);
  execute format('create policy scope on %s as restrictive for all to qingce_app using (%s) with check (%s)', target, inside, inside);
  execute format('create policy owner on %s as permissive for all to current_user using (true) with check (true)', target);
  execute format('grant %s on %s to qingce_app', commands, target);
end $$;
revoke all on function security.protect(regclass, text) from public;

-- What is wrong with the wall, one row a fault: tables with an area or people that are not protected, policies that were added or lost,
-- roles with too much power, views that look with their owner's eyes, definer functions with an open search path.
create function security.faults() returns table (fault text) language sql stable as $$
  with guarded as (
    select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'area' and not a.attisdropped) as has_area,
      (select count(*) from pg_policy p where p.polrelid = c.oid and p.polname = 'scope' and not p.polpermissive
        and pg_get_expr(p.polqual, p.polrelid) like '%scope_lo%scope_hi%' and pg_get_expr(p.polwithcheck, p.polrelid) like '%scope_lo%scope_hi%') as scopes,
      (select count(*) from pg_policy p where p.polrelid = c.oid and p.polpermissive and 'qingce_app'::regrole = any (p.polroles)) as openings
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('office', 'campaign', 'column_mapping')
  )
  select format('table %s holds areas and is not protected', relname) from guarded where has_area and not (relrowsecurity and relforcerowsecurity)
  union all
  select format('table %s has %s scope policies and %s openings', relname, scopes, openings) from guarded
    where has_area and relrowsecurity and relforcerowsecurity and relname <> 'audit_entry' and (scopes <> 1 or openings <> 1)
  union all
  select format('role %s may bypass row security', rolname) from pg_roles where rolname = 'qingce_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
  union all
  select format('qingce_app is a member of %s', m.roleid::regrole) from pg_auth_members m where m.member = 'qingce_app'::regrole
  union all
  select format('qingce_app may %s %s', g.privilege_type, g.table_name) from information_schema.role_table_grants g
    where g.grantee = 'qingce_app' and g.table_schema = 'public' and g.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER')
  union all
  select format('view %s looks with its owner''s eyes', c.relname) from pg_class c
    where c.relnamespace = 'public'::regnamespace and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  union all
  select format('definer function %s has an open search path', p.proname) from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'security'::regnamespace) and p.prosecdef and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)
$$;
revoke all on function security.faults() from public;
