-- Marks that only one record of the nation may make under a rule of its scheme (one holder of a certificate, one household of a
-- person). Like numbers they are digests that no role reads: a record claims them and learns only that another holds one.
create table mark_claim (
  scheme text not null,
  rule text not null,
  digest bytea not null,
  county integer not null,
  record_id uuid not null,
  primary key (scheme, rule, digest)
);
create index mark_claim_by_record on mark_claim (county, record_id);
alter table mark_claim enable row level security;
alter table mark_claim force row level security;
create policy owner on mark_claim as permissive for all to current_user using (true) with check (true);

-- A record's marks become exactly these; returns the rules of those that another record holds already.
create function security.claim_marks(in_scheme text, in_county integer, in_record uuid, rules text[], digests bytea[]) returns setof text
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  if not exists (select 1 from public.record r where r.county = in_county and r.id = in_record
      and r.area between security.scope_lo() and security.scope_hi()) then
    raise exception 'record is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  delete from public.mark_claim c where c.county = in_county and c.record_id = in_record
    and not exists (select 1 from unnest(rules, digests) as x (rule, digest) where x.rule = c.rule and x.digest = c.digest);
  insert into public.mark_claim (scheme, rule, digest, county, record_id)
    select in_scheme, x.rule, x.digest, in_county, in_record from unnest(rules, digests) as x (rule, digest) order by x.rule, x.digest
    on conflict do nothing;
  return query
    select distinct x.rule from unnest(rules, digests) as x (rule, digest)
    join public.mark_claim c on c.scheme = in_scheme and c.rule = x.rule and c.digest = x.digest
    where (c.county, c.record_id) is distinct from (in_county, in_record);
end $$;
revoke all on function security.claim_marks(text, integer, uuid, text[], bytea[]) from public;
grant execute on function security.claim_marks(text, integer, uuid, text[], bytea[]) to qingce_app;
