-- What a run makes of a file: the checked rows of a department's list for matching, and the returned rows as they came,
-- without refused texts, for the error workbook. Both are sealed blobs. `refused` counts cells that named a military unit.
alter table import_batch add column prepared_sha256 text check (prepared_sha256 ~ '^[0-9a-f]{64}$');
alter table import_batch add column returned_sha256 text check (returned_sha256 ~ '^[0-9a-f]{64}$');
alter table import_batch add column refused integer not null default 0 check (refused >= 0);
