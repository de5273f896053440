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
  body text;
begin
  if token is null then return null; end if;
  parts := string_to_array(token, '|');
  if array_length(parts, 1) is distinct from 5 then return null; end if;
  body := array_to_string(parts[1:4], '|');
  if encode(hmac(convert_to(body, 'UTF8'), (select k.key from security.context_key k), 'sha256'), 'hex') is distinct from parts[5] then
    return null;
  end if;
  if parts[4]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return parts[part];
end $$;
revoke all on function security.context(integer) from public;

create function security.scope_lo() returns bigint language sql stable security definer
  set search_path = pg_catalog, security as $$ select security.context(2)::bigint $$;
create function security.scope_hi() returns bigint language sql stable security definer
  set search_path = pg_catalog, security as $$ select security.context(3)::bigint $$;
create function security.account() returns text language sql stable security definer
  set search_path = pg_catalog, security as $$ select security.context(1) $$;
revoke all on function security.scope_lo(), security.scope_hi(), security.account() from public;
grant execute on function security.scope_lo(), security.scope_hi(), security.account() to qingce_app;

-- The one source of policies: a table with an `area` column is seen and written only inside the scope.
-- One permissive policy opens, one restrictive policy stands guard against any forgotten permissive one; a policy of its
-- own lets the owner's definer functions work although row security is forced on the owner too.
create function security.protect(target regclass, commands text default 'select, insert, update, delete') returns void
  language plpgsql as $$
declare
  inside constant text := 'area between (select security.scope_lo()) and (select security.scope_hi())';
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy scope on %s as permissive for all to qingce_app using (%s) with check (%s)', target, inside, inside);
  execute format('create policy guard on %s as restrictive for all to qingce_app using (%s) with check (%s)', target, inside, inside);
  execute format('create policy owner on %s as permissive for all to current_user using (true) with check (true)', target);
  execute format('grant %s on %s to qingce_app', commands, target);
end $$;
revoke all on function security.protect(regclass, text) from public;
