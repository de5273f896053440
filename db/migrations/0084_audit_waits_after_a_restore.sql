-- After a restore to a server that counts transactions anew, the cursor stands ahead of every new transaction until the former rows are chained.

-- The next entries to chain: committed, in the order of their transactions, none behind a transaction that is still open.
create or replace function security.audit_unchained(most integer) returns table (id bigint, at_us bigint, txid xid8, account text, office text, action text, purpose text,
    county integer, area bigint, record_id uuid, people integer, detail text)
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  c public.audit_cursor%rowtype;
  seen pg_snapshot := pg_current_snapshot();
  former boolean;
begin
  perform security.demand_audit_duty();
  select * into c from public.audit_cursor x for update;
  former := c.txid >= pg_snapshot_xmax(seen);
  if former and not exists (select from public.audit_entry e where (e.txid, e.id) > (c.txid, c.entry_id)) then
    -- Transactions are counted anew since (a restored copy): what stands from before is chained, the rest goes on from here.
    update public.audit_cursor x set txid = '0', entry_id = 0, base_id = greatest(c.entry_id, (select max(e.id) from public.audit_entry e where e.txid >= pg_snapshot_xmax(seen))) returning x.* into c;
    former := false;
  end if;
  return query
    select e.id, (extract(epoch from e.at) * 1000000)::bigint, e.txid, e.account, e.office, e.action, e.purpose, e.county, e.area, e.record_id, e.people, e.detail::text
    from public.audit_entry e
    where (e.txid, e.id) > (c.txid, c.entry_id) and e.id > c.base_id and (former or e.txid < pg_snapshot_xmin(seen))
    order by e.txid, e.id limit most;
end $$;

-- True while committed entries wait: behind a transaction that is still open or, after such a restore, from before it and since. A settling that asked only for
-- rows beyond the cursor left the new ones out.
create or replace function security.audit_waiting() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, security, pg_temp as $$
  select case
    when c.txid < pg_snapshot_xmax(pg_current_snapshot()) then
      exists (select from public.audit_entry e where (e.txid, e.id) > (c.txid, c.entry_id) and e.id > c.base_id and e.txid < pg_snapshot_xmax(pg_current_snapshot()))
    else
      exists (select from public.audit_entry e where (e.txid, e.id) > (c.txid, c.entry_id))
      or exists (select from public.audit_entry e where e.id > greatest(c.entry_id, (select max(f.id) from public.audit_entry f where f.txid >= pg_snapshot_xmax(pg_current_snapshot()))))
  end
  from public.audit_cursor c
$$;
