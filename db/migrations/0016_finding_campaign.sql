-- A finding says of which round it is: the office that answers for the person sees its findings, not the county's run.
alter table finding add column campaign_id uuid references campaign;
update finding f set campaign_id = m.campaign_id from match_run m where m.county = f.county and m.id = f.run_id;
alter table finding alter column campaign_id set not null;
drop index finding_by_department;
create index finding_by_department on finding (county, campaign_id, department);
