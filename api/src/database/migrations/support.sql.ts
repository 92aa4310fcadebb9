/** Keys that all processes share, and the stored answers of repeatable writes. */
export const SUPPORT_SQL = /* sql */ `
create table secret (
  name text primary key,
  value bytea not null,
  created_at timestamptz not null default now()
);

create table operation (
  identity text not null check (char_length(identity) <= 200),
  route text not null check (char_length(route) <= 200),
  key text not null check (char_length(key) <= 255),
  body_hash bytea not null,
  status smallint,
  answer json,
  created_at timestamptz(3) not null default now(),
  primary key (identity, route, key)
);
create index operation_created_at on operation (created_at);
`;
