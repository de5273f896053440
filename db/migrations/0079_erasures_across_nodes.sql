-- Who is erased at the node of their county is erased at each node above that has a copy; each says when it did, and the county sees it at the request.

-- With which bundle the node above was told; a record of an erased person is not sent any more.
alter table node_sent add column erased_seq integer;

-- Where and when a person was erased goes down as an order; `record_id` is the erased subject then.
alter table node_order drop constraint node_order_kind_check, add constraint node_order_kind_check check (kind in ('return', 'word', 'decision', 'erased'));
