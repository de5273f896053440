-- What is made from a list goes with the list: sealed content of fusions, token files, files that went back to departments. Economic checks
-- see only people of whose household every adult signed; each row that is refused says why. Holidays say where each year comes from.

-- When a fusion's content was wiped with one of its lists; its counts and the outcomes of rows stay.
alter table fusion add column wiped_at timestamptz;
create index fusion_by_list on fusion using gin (lists jsonb_path_ops) where wiped_at is null;

-- The tokens end with the list of hits, or on a day of their own when no hits came back. Key and files are gone then.
alter table blind_exchange
  add column keep_until date,
  add column wiped_at timestamptz,
  add column hits_sha256 text check (hits_sha256 ~ '^[0-9a-f]{64}$'),
  alter column sealed drop not null,
  drop constraint blind_exchange_state_check,
  add constraint blind_exchange_state_check check (state in ('waiting', 'made', 'taking', 'returned', 'failed')),
  drop constraint blind_exchange_made_has_its_files,
  drop constraint blind_exchange_returned_has_a_run,
  add constraint blind_exchange_made_has_its_files check (state in ('waiting', 'failed') or wiped_at is not null or (tokens_sha256 is not null and records_sha256 is not null)),
  add constraint blind_exchange_returned_has_a_run check ((state = 'returned') = (run_id is not null) and (state not in ('taking', 'returned') or as_of is not null)),
  add constraint blind_exchange_wiped_keeps_no_key check ((sealed is null) = (wiped_at is not null));
update blind_exchange set keep_until = (at at time zone 'Asia/Shanghai')::date + 180;
create index blind_exchange_to_wipe on blind_exchange (keep_until) where wiped_at is null;
create index blind_exchange_by_list on blind_exchange (county, batch_id) where batch_id is not null;

-- Which lists a file to a department cites; unknown for older ones, which go with any list of theirs. Digest, signature and figures stay.
alter table return_file add column batches text[], add column wiped_at timestamptz;
grant update (wiped_at, signature) on return_file to qingce_app;

-- Blobs that other modules made from a list: they are removed before the list says that it is wiped.
create function blobs_made_from_list(in_county integer, in_batch uuid) returns table (sha256 text)
  language sql stable set search_path = pg_catalog, public as $$
  select unnest(array[x.tokens_sha256, x.records_sha256, x.hits_sha256]) from blind_exchange x where x.county = in_county and x.batch_id = in_batch and x.wiped_at is null
  union
  select r.blob_sha256 from return_file r join import_batch b on b.county = r.county and b.id = in_batch
    where r.county = in_county and r.wiped_at is null and (r.batches @> array[in_batch::text] or r.batches is null and r.campaign_id = b.campaign_id and r.department = b.department)
$$;

create function forget_what_was_made_from_list() returns trigger language plpgsql set search_path = pg_catalog, public as $$
declare
  cited constant jsonb := jsonb_build_array(jsonb_build_object('batch', new.id));
begin
  -- A fusion that is being stored ends first; what it stored is seen by the statements that follow.
  perform from fusion f where f.county = new.county and f.lists @> cited and f.wiped_at is null for update;
  update fusion_person p set sealed = '' from fusion f
    where f.county = new.county and f.lists @> cited and f.wiped_at is null and p.county = f.county and p.fusion_id = f.id;
  update fusion_doubt d set why = '{}' from fusion f
    where f.county = new.county and f.lists @> cited and f.wiped_at is null and d.county = f.county and d.fusion_id = f.id;
  update fusion f set wiped_at = now() where f.county = new.county and f.lists @> cited and f.wiped_at is null;
  update blind_exchange x set wiped_at = now(), sealed = null where x.county = new.county and x.batch_id = new.id and x.wiped_at is null;
  -- What a closed finding held of the list goes; an open one keeps it until the county has settled it.
  update finding f set sealed = '' from match_run m
    where m.county = new.county and m.batch_id = new.id and f.county = m.county and f.run_id = m.id and f.state = 'closed' and f.sealed <> '';
  update case_file c set person_name = '—' from finding f join match_run m on m.county = f.county and m.id = f.run_id
    where m.county = new.county and m.batch_id = new.id and c.county = f.county and c.id = f.case_id and c.state = 'closed' and c.record_id is null;
  -- The signature holds without the digests of single rows, from which short contents could be guessed.
  update return_file r set wiped_at = now(), signature = case when r.signature ? 'sheets'
      then jsonb_set(r.signature, '{sheets}', (select coalesce(jsonb_agg(s - 'rows'), '[]') from jsonb_array_elements(r.signature -> 'sheets') s)) else r.signature end
    where r.county = new.county and r.wiped_at is null and (r.batches @> array[new.id::text] or r.batches is null and r.campaign_id = new.campaign_id and r.department = new.department);
  return null;
end $$;
create trigger import_batch_wiped_takes_what_was_made after update of state on import_batch
  for each row when (new.state = 'wiped' and old.state <> 'wiped') execute function forget_what_was_made_from_list();

-- And what was open at the wipe goes when its case is closed.
create function forget_settled_of_wiped_lists() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if pg_trigger_depth() > 1 then return null; end if;
  update finding f set sealed = '' from changed n, match_run m, import_batch b
    where n.state = 'closed' and f.county = n.county and f.case_id = n.id and f.state = 'closed' and f.sealed <> ''
      and m.county = f.county and m.id = f.run_id and b.county = m.county and b.id = m.batch_id and b.state = 'wiped';
  if found then
    update case_file c set person_name = '—' from changed n, finding f
      where n.state = 'closed' and n.record_id is null and c.county = n.county and c.id = n.id and f.county = n.county and f.case_id = n.id and f.sealed = '';
  end if;
  return null;
end $$;
create trigger case_file_closed_forgets after update on case_file referencing new table as changed for each statement execute function forget_settled_of_wiped_lists();

-- Papers entered by hand: who signed (masked), the scanned paper.
alter table authorisation
  add column id_masked text,
  add column paper_sha256 text check (paper_sha256 ~ '^[0-9a-f]{64}$'),
  add column paper_mime text,
  add constraint authorisation_paper_has_a_kind check ((paper_sha256 is null) = (paper_mime is null));
create index authorisation_by_paper on authorisation (county, scheme, document) where record_id is null;

-- Whose signatures are needed before a list's row about a person is matched: the adults of the person's household, as keyed digests.
create table authorisation_need (
  county integer not null,
  scheme text not null,
  record_id uuid not null,
  person_digest bytea not null,
  area bigint not null,
  adult_digests bytea[] not null,
  primary key (county, scheme, record_id, person_digest)
);
create index authorisation_need_by_person on authorisation_need (county, scheme, person_digest);
select security.protect('authorisation_need', 'select, insert, delete');

-- Rows of a list that the last run did not match for want of an authorisation, each with its reason.
create table row_left_out (
  county integer not null,
  batch_id uuid not null,
  row_no integer not null,
  area bigint not null,
  reason text not null check (reason in ('no-number', 'not-signed', 'not-yet', 'expired', 'revoked', 'adult-not-signed')),
  primary key (county, batch_id, row_no),
  foreign key (county, batch_id) references import_batch
);
select security.protect('row_left_out', 'select, insert, delete');

-- Where a year's holidays come from, and whether somebody held them against the notice itself.
create table holiday_year (
  year integer primary key check (year between 2000 and 2100),
  notice text not null check (length(notice) between 1 and 100),
  title text not null default '',
  published_on date,
  url text not null default '',
  verified boolean not null,
  entered_by text not null,
  at timestamptz not null default now()
);
grant select, insert, update, delete on holiday_year to qingce_app;
-- The first days of 2019 that the notice of 2019 frees lie in 2018; 2019 and 2025 whole, unless an installation has entered them itself.
insert into holiday (day, worked, source)
  select d::date, w, n from (values
    ('2018-12-31', false, '国办发明电〔2018〕15号'), ('2018-12-29', true, '国办发明电〔2018〕15号')) x (d, w, n)
    where not exists (select from holiday h where h.day between '2018-01-01' and '2018-12-31' and h.source <> '国办发明电〔2017〕12号')
  on conflict (day) do nothing;
insert into holiday (day, worked, source)
  select d::date, false, '国办发明电〔2018〕15号' from unnest(array['2019-01-01','2019-02-04','2019-02-05','2019-02-06','2019-02-07','2019-02-08','2019-04-05','2019-06-07','2019-09-13',
    '2019-10-01','2019-10-02','2019-10-03','2019-10-04','2019-10-07']) d where not exists (select from holiday h where h.day between '2019-01-01' and '2019-12-31')
  union all select d::date, true, '国办发明电〔2018〕15号' from unnest(array['2019-02-02','2019-02-03','2019-09-29','2019-10-12']) d where not exists (select from holiday h where h.day between '2019-01-01' and '2019-12-31')
  union all select d::date, w, '国办发明电〔2019〕3号' from (values ('2019-05-01', false), ('2019-05-02', false), ('2019-05-03', false), ('2019-04-28', true), ('2019-05-05', true)) x (d, w)
    where not exists (select from holiday h where h.day between '2019-01-01' and '2019-12-31')
  union all select d::date, false, '国办发明电〔2024〕12号' from unnest(array['2025-01-01','2025-01-28','2025-01-29','2025-01-30','2025-01-31','2025-02-03','2025-02-04','2025-04-04',
    '2025-05-01','2025-05-02','2025-05-05','2025-06-02','2025-10-01','2025-10-02','2025-10-03','2025-10-06','2025-10-07','2025-10-08']) d where not exists (select from holiday h where h.day between '2025-01-01' and '2025-12-31')
  union all select d::date, true, '国办发明电〔2024〕12号' from unnest(array['2025-01-26','2025-02-08','2025-04-27','2025-09-28','2025-10-11']) d where not exists (select from holiday h where h.day between '2025-01-01' and '2025-12-31');
insert into holiday_year (year, notice, title, published_on, url, verified, entered_by)
  select x.* from (values
    (2018, '国办发明电〔2017〕12号', '国务院办公厅关于2018年部分节假日安排的通知', date '2017-11-30', 'https://www.gov.cn/zhengce/content/2017-11/30/content_5243579.htm', true, 'system:release'),
    (2019, '国办发明电〔2018〕15号', '国务院办公厅关于2019年部分节假日安排的通知（劳动节按国办发明电〔2019〕3号调整）', date '2018-12-04', 'https://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm', true, 'system:release'),
    (2025, '国办发明电〔2024〕12号', '国务院办公厅关于2025年部分节假日安排的通知', date '2024-11-12', 'https://www.gov.cn/zhengce/content/202411/content_6986382.htm', true, 'system:release'),
    (2026, '国办发明电〔2025〕7号', '国务院办公厅关于2026年部分节假日安排的通知', date '2025-11-04', 'https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm', true, 'system:release')) x (year, notice, title, published_on, url, verified, entered_by)
  where not exists (select from holiday h where extract(year from h.day) = x.year and h.source not in ('国办发明电〔2017〕12号', '国办发明电〔2018〕15号', '国办发明电〔2019〕3号', '国办发明电〔2024〕12号', '国办发明电〔2025〕7号'));
-- Years that an installation entered itself stand as they were entered.
insert into holiday_year (year, notice, verified, entered_by)
  select extract(year from day)::integer, min(source), false, 'system:upgrade' from holiday group by 1 on conflict (year) do nothing;
