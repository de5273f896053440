-- Three administrators instead of one. The system administrator opens accounts without rights; the security administrator gives rights.

update account set roles = array_replace(roles, 'administrator', 'system-administrator') where 'administrator' = any (roles);

create or replace function security.may_open_accounts() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  -- The first-run set-up comes before there are administrators, and opens the accounts of the three.
  select case when security.account() = 'system:public' then not exists (select from public.installation)
    when security.account() like 'system:%' then true
    else exists (select from public.account a where a.id::text = security.account() and 'system-administrator' = any (a.roles) and a.disabled_at is null) end
$$;
