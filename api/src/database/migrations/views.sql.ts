/** Saved views. */
export const VIEWS_SQL = /* sql */ `
create table saved_view (
  id uuid primary key default gen_random_uuid(),
  owner_id text not null references person (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 60),
  query text not null check (char_length(query) <= 1000),
  shared boolean not null,
  created_at timestamptz(3) not null default now()
);
create index saved_view_owner_id on saved_view (owner_id);
create index saved_view_shared on saved_view (id) where shared;
`;
