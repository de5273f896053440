-- Who is the head and what everybody is to the head is entered where no form says it: after the head left, and of those who came from another household.
alter table household_change drop constraint household_change_kind_check;
alter table household_change add constraint household_change_kind_check check (kind in ('formed', 'assessed', 'split', 'merged', 'married', 'born', 'died', 'moved', 'left', 'relations', 'support-began', 'support-ended', 'contested', 'settled', 'ended'));
