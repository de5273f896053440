-- A record that ended or passed review while its hand-over was waiting stays where it is: such a hand-over can only be declined.
create or replace function security.settle_handover(in_county integer, in_id uuid, accept boolean, why text) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, security as $$
declare
  h public.handover%rowtype;
  who uuid;
begin
  select * into h from public.handover x where x.county = in_county and x.id = in_id and x.state = 'asked'
    and x.to_area between security.scope_lo() and security.scope_hi() for update;
  if not found then return null; end if;
  if accept then
    select r.subject_id into who from public.record r where r.county = in_county and r.id = h.record_id
      and r.state in ('listed', 'draft', 'submitted', 'returned') for update;
    if not found then return null; end if;
  end if;
  update public.handover x set state = case when accept then 'accepted' else 'declined' end, settled_by = security.account(),
    settled_at = now(), settle_reason = why where x.county = in_county and x.id = in_id;
  if accept then
    update public.subject set area = h.to_area where county = in_county and id = who;
    update public.subject_name_part set area = h.to_area where county = in_county and subject_id = who;
    update public.record set area = h.to_area, updated_at = now() where county = in_county and id = h.record_id;
    update public.revision set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.remark set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.media set area = h.to_area where county = in_county and record_id = h.record_id;
    update public.vouch set area = h.to_area where county = in_county and record_id = h.record_id;
  end if;
  return h.record_id;
end $$;
