/**
 * The log of committed changes: `event`, its sequence, and what every emitting trigger shares.
 * The reasoning stands in `event-log/event-log-reader.ts`, its other half.
 */
export const FEED_SQL = /* sql */ `
create table feed (
  only_row boolean primary key default true check (only_row),
  epoch uuid not null default gen_random_uuid(),
  -- where this history lives; a restored copy finds other values here and begins a new epoch
  system_identifier text,
  timeline integer,
  database_oid oid,
  event_table_oid oid,
  -- the resume window begins after this event
  floor_id bigint not null default 0,
  floor_mark text not null default ''
);
insert into feed default values;

create sequence event_id_seq as bigint cache 1;
-- Called once before the first event: else its id would equal last_value, which a writer locks as "below all my ids".
select nextval('event_id_seq');

create table event (
  id bigint primary key,
  at timestamptz(3) not null,
  type text not null check (type in ('ticket.created', 'ticket.updated', 'ticket.deleted', 'comment.created', 'person.updated')),
  ticket_id bigint,
  version integer,
  mark text not null,
  -- whoever sets feed.actor: clients must be able to read it
  actor json not null check (coalesce(
    actor ->> 'kind' in ('agent', 'token', 'requester', 'classifier', 'database')
    and json_typeof(actor -> 'id') in ('string', 'null')
    and json_typeof(actor -> 'name') = 'string', false)),
  changes json not null,
  changed text[] not null,
  -- the list row after the change; of a delete, the row that went
  ticket json,
  -- kept for merges; too long to travel with every event
  description_before text
);
alter sequence event_id_seq owned by event.id;
create index event_ticket_id_id on event (ticket_id, id);
create index event_at on event using brin (at) with (pages_per_range = 32, autosummarize = on);

-- Once a transaction and BEFORE its first nextval: a shared lock that holds a position below all its event ids.
create function feed_enter(tx text) returns void language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock_shared((77::bigint << 48) + (select last_value from public.event_id_seq));
  perform set_config('feed.tx', tx, true);
  -- An event that was seen must survive a crash, else its id would be given to another one.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end $$;

create function refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'TRUNCATE of "%" would hide changes from the feed; use DELETE', tg_table_name using errcode = '55000';
end $$;

create trigger refuse_truncate before truncate on event for each statement execute function refuse_truncate();
alter table event enable always trigger refuse_truncate;
`;
