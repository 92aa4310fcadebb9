/** What the log adds up to by hour and by day. The reasoning stands in `series/series-projector.ts`. */
export const SERIES_SQL = /* sql */ `
create table series_cell (
  -- hours that it spans: 1 or 24, from "at" on
  span smallint not null check (span in (1, 24)),
  -- which facets it is of: 1 category, 2 priority, 4 assignee, added up
  cut smallint not null check (cut between 0 and 7),
  at timestamptz not null,
  -- '' where the cell is of all; an assignee "none" is nobody
  category text not null,
  priority text not null,
  assignee text not null,
  inflow integer not null,
  outflow integer not null,
  -- by how much the number of unsolved tickets changed
  backlog integer not null,
  -- histograms: each element is (bucket << 32) + count
  first_response bigint[],
  resolution bigint[],
  primary key (span, cut, at, category, priority, assignee)
) with (fillfactor = 80);

-- Up to where the cells hold the log. Whoever adds to them locks its row.
create table series_position (
  only_row boolean primary key default true check (only_row),
  epoch uuid,
  id bigint not null default 0,
  mark text not null default ''
);
insert into series_position default values;

create function series_add(a bigint[], b bigint[]) returns bigint[] language sql immutable parallel safe as $$
  select array_agg((bucket << 32) + count) from (
    select pair >> 32 as bucket, sum(pair & 4294967295)::bigint as count from unnest(a || b) pair group by 1) sums
$$;
`;
