-- Marks that only one record of the nation may make under a rule of its scheme (one holder of a certificate, one household of a
-- person). Like numbers they are digests that no role reads: a record claims them for its subject, whose records of other rounds may
-- make them too, and learns only that another subject holds one.
create table mark_claim (
  scheme text not null,
  rule text not null,
  digest bytea not null,
  county integer not null,
  subject_id uuid not null,
  primary key (scheme, rule, digest)
);
create index mark_claim_by_subject on mark_claim (county, subject_id);
alter table mark_claim enable row level security;
alter table mark_claim force row level security;
create policy owner on mark_claim as permissive for all to current_user using (true) with check (true);

-- A subject's marks become exactly these; returns the rules of those that another subject holds already.
create function security.claim_marks(in_scheme text, in_county integer, in_subject uuid, rules text[], digests bytea[]) returns setof text
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
begin
  if not exists (select 1 from public.subject s where s.county = in_county and s.id = in_subject
      and s.area between security.scope_lo() and security.scope_hi()) then
    raise exception 'subject is outside the scope' using errcode = 'insufficient_privilege';
  end if;
  delete from public.mark_claim c where c.scheme = in_scheme and c.county = in_county and c.subject_id = in_subject
    and not exists (select 1 from unnest(rules, digests) as x (rule, digest) where x.rule = c.rule and x.digest = c.digest);
  insert into public.mark_claim (scheme, rule, digest, county, subject_id)
    select in_scheme, x.rule, x.digest, in_county, in_subject from unnest(rules, digests) as x (rule, digest) order by x.rule, x.digest
    on conflict do nothing;
  return query
    select distinct x.rule from unnest(rules, digests) as x (rule, digest)
    join public.mark_claim c on c.scheme = in_scheme and c.rule = x.rule and c.digest = x.digest
    where (c.county, c.subject_id) is distinct from (in_county, in_subject);
end $$;
revoke all on function security.claim_marks(text, integer, uuid, text[], bytea[]) from public;
grant execute on function security.claim_marks(text, integer, uuid, text[], bytea[]) to qingce_app;
