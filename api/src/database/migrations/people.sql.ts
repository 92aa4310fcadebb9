/** People as they sign in, and what else opens the desk. The first three tables have the shapes that better-auth asks for. */
export const PEOPLE_SQL = /* sql */ `
alter table person
  -- nobody without an address can sign in; tickets may be theirs all the same
  add column email text unique check (email = lower(email) and char_length(email) between 3 and 320),
  add column email_verified boolean not null default false,
  add column image text,
  add column role text not null default 'agent' check (role in ('agent', 'admin')),
  add column disabled_at timestamptz(3),
  add column updated_at timestamptz(3) not null default now();

create table session (
  id text primary key,
  token text not null unique,
  person_id text not null references person (id) on delete cascade,
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index session_person_id on session (person_id);

create table account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  person_id text not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  password text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index account_person_id on account (person_id);

create table verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now()
);
create index verification_identifier on verification (identifier);

-- The secrets themselves are nowhere: only their SHA-256.
create table api_token (
  id uuid primary key default gen_random_uuid(),
  hash bytea not null unique,
  name text not null check (char_length(name) between 1 and 100),
  scopes text[] not null check (scopes <@ '{tickets:read,tickets:write,admin}' and cardinality(scopes) > 0),
  person_id text not null references person (id) on delete cascade,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
create index api_token_person_id on api_token (person_id);

create table display (
  id uuid primary key default gen_random_uuid(),
  hash bytea not null unique,
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3),
  revoked_at timestamptz(3)
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default clock_timestamp(),
  actor json not null,
  action text not null,
  target json,
  details json not null default '{}',
  address text
);
create index audit_sign_in on audit ((actor ->> 'id'), at) where action = 'sign_in';

create table setting (
  name text primary key,
  value json not null
);
`;
