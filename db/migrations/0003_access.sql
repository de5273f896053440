-- Offices and accounts. An office is a department at an area; an account belongs to one office and holds roles.

create table office (
  id uuid primary key,
  area bigint not null,
  department text not null,
  name text not null,
  constraint office_one_per_area_and_department unique (area, department)
);
create table account (
  id uuid primary key,
  login text not null,
  name text not null,
  office_id uuid not null references office,
  password_hash text not null,
  roles text[] not null check (cardinality(roles) > 0),
  ends_on date not null,
  disabled_at timestamptz,
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  constraint account_login_is_taken unique (login)
);
create table session (
  token_digest bytea primary key,
  account_id uuid not null references account,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_by_account on session (account_id);
create table login_attempt (
  key text primary key,
  failures integer not null,
  blocked_until timestamptz
);
-- Set once when the first administrator is made; absent while the server waits for its set-up.
create table installation (
  only_row boolean primary key default true check (only_row),
  set_up_at timestamptz not null default now(),
  demo boolean not null
);
grant select, insert, update on office, account to qingce_app;
grant select, insert, update, delete on session, login_attempt to qingce_app;
grant select, insert on installation to qingce_app;
