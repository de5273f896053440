-- Statistics are made anew of tables of which a tenth or more has changed since they were made. A department's list of thirty thousand rows comes in pieces; each piece
-- told the planner of all tables again, and that cost more than the rows. What this transaction has changed is not in the server's own count yet and is
-- added to it; what others changed a moment ago comes into that count seconds later, and shows in the size of the table at once.
create or replace function security.refresh_statistics() returns void
  language plpgsql security definer set search_path = pg_catalog, public, security, pg_temp as $$
declare
  one regclass;
begin
  for one in
    select c.oid from unnest(array['subject', 'subject_name_part', 'record', 'revision', 'identity_claim', 'vouch_list', 'link', 'finding', 'case_file', 'listed_person', 'member_claim',
        'household', 'household_member', 'household_event', 'aid_application', 'aid_decision', 'aid_delivery']) with ordinality t (name, place)
      join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace
      where coalesce(pg_stat_get_mod_since_analyze(c.oid), 0) + coalesce(pg_stat_get_xact_tuples_inserted(c.oid), 0) + coalesce(pg_stat_get_xact_tuples_updated(c.oid), 0)
        + coalesce(pg_stat_get_xact_tuples_deleted(c.oid), 0) > greatest(c.reltuples, 0) / 10
        or pg_relation_size(c.oid) / current_setting('block_size')::int > 1.1 * c.relpages
      order by t.place
  loop
    execute format('analyze %s', one);
  end loop;
end $$;
