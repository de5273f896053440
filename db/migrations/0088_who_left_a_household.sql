-- Members who have left, by the day: few of all members, read by rules of warnings.
create index household_member_left on household_member (county, until) where until is not null;
