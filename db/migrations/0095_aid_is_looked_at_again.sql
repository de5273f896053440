-- What is given month after month is looked at again: so many months after the last decision about it, sooner for a household in which somebody is able to work. That it goes on is a
-- decision like the others, with its basis and by a person; it repeats the terms of the one before.
alter table aid_item add column recheck_months smallint check (recheck_months between 1 and 60);
alter table aid_item add column recheck_able_months smallint check (recheck_able_months between 1 and recheck_months);
alter table aid_decision drop constraint aid_decision_decision_check;
alter table aid_decision add constraint aid_decision_decision_check check (decision in ('grant', 'refuse', 'change', 'stop', 'continue'));
-- The day by which somebody looks again: of what is granted only.
alter table aid_application add column recheck_on date;
alter table aid_application add constraint aid_application_rechecked_while_granted check (recheck_on is null or state = 'granted');
grant update (recheck_on) on aid_application to qingce_app;
create index aid_application_to_recheck on aid_application (county, scheme, recheck_on) where recheck_on is not null;
