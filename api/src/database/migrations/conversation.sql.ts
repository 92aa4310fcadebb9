import { instantSql as instant } from '../instant.js';

const ACTOR = `coalesce(nullif(current_setting('feed.actor', true), ''), '{"kind":"database","id":null,"name":"Database"}')::json`;

/** One event, numbered and marked as `emit_ticket_event` does it. */
const emit = (values: {
  type: string;
  ticketId: string;
  changes: string;
  changed: string;
  extra: string;
  value: string;
}) => `
  if current_setting('feed.tx', true) is distinct from tx then
    perform feed_enter(tx);
  end if;
  insert into event (id, at, type, ticket_id, version, mark, actor, changes, changed, ${values.extra})
  values (nextval('event_id_seq'), clock_timestamp(), '${values.type}', ${values.ticketId}, null,
    to_hex((random() * 4294967295)::bigint), ${ACTOR}, ${values.changes}, ${values.changed}, ${values.value});
  return null;`;

/** Fields of a person that everybody at the desk may see changing. */
const personChanges = [
  ['name', 'name', 'name'],
  ['role', 'role', 'role'],
  ['disabled', 'disabled_at', 'disabled_at is not null'],
]
  .map(
    ([field, column, value]) => `
  if new.${column} is distinct from old.${column} then
    changed := changed || '${field}'::text;
    parts := parts || ('"${field}":' || json_build_array(old.${value}, new.${value})::text);
  end if;`,
  )
  .join('');

/** Comments, and the triggers by which comments and people reach the log. */
export const CONVERSATION_SQL = /* sql */ `
alter table event add column comment json, add column person json;

create table comment (
  id bigint generated always as identity primary key,
  ticket_id bigint not null references ticket (id) on delete cascade,
  author json not null default '{"kind":"database","id":null,"name":"Database"}' check (coalesce(
    author ->> 'kind' in ('agent', 'token', 'requester', 'classifier', 'database')
    and json_typeof(author -> 'id') in ('string', 'null')
    and json_typeof(author -> 'name') = 'string', false)),
  body text not null check (char_length(body) <= 20000 and body ~ '[^[:space:]]'),
  internal boolean not null,
  created_at timestamptz(3) not null default clock_timestamp()
    check (created_at between '0001-01-01T00:00:00Z' and '9999-12-31T23:59:59.999Z')
);
create index comment_ticket_id_id on comment (ticket_id, id);

-- The log knows new comments only, so nothing else may happen to one; it goes with its ticket.
create function keep_comment() returns trigger language plpgsql set search_path = pg_catalog, public as $$
begin
  if tg_op = 'DELETE' and not exists (select from ticket where id = old.ticket_id) then
    return old;
  end if;
  raise exception 'a comment is neither changed nor deleted apart from its ticket' using errcode = '55000';
end $$;
create trigger keep_comment before update or delete on comment for each row execute function keep_comment();
alter table comment enable always trigger keep_comment;
create trigger refuse_truncate before truncate on comment for each statement execute function refuse_truncate();
alter table comment enable always trigger refuse_truncate;

create function emit_comment_event() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  tx text := pg_current_xact_id()::text;
begin${emit({
  type: 'comment.created',
  ticketId: 'new.ticket_id',
  changes: `'{}'`,
  changed: `'{}'`,
  extra: 'comment',
  value: `json_build_object('id', new.id, 'ticket_id', new.ticket_id, 'author', new.author, 'body', new.body,
      'internal', new.internal, 'created_at', ${instant('new.created_at')})`,
})}
end $$;
revoke execute on function emit_comment_event() from public;
create constraint trigger emit_event after insert on comment
  deferrable initially deferred for each row execute function emit_comment_event();
alter table comment enable always trigger emit_event;

create function emit_person_event() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  tx text := pg_current_xact_id()::text;
  p person := case tg_op when 'DELETE' then old else new end;
  changed text[] := '{}';
  parts text[] := '{}';
begin${personChanges}
  -- an address or a time of last use is nobody else's business
  if cardinality(changed) = 0 then
    return null;
  end if;${emit({
    type: 'person.updated',
    ticketId: 'null',
    changes: `('{' || array_to_string(parts, ',') || '}')::json`,
    changed: 'changed',
    extra: 'person',
    value: `json_build_object('id', p.id, 'name', p.name)`,
  })}
end $$;
revoke execute on function emit_person_event() from public;
create constraint trigger emit_event after insert or update or delete on person
  deferrable initially deferred for each row execute function emit_person_event();
alter table person enable always trigger emit_event;
`;
