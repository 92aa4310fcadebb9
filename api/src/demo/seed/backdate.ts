import type { ClientBase } from 'pg';

import { instantSql } from '../../database/instant.js';
import { stepsBefore, type Story } from '../story/story.js';

// Comments were stored with the moments and the authors of the stories, so their events need no plan. Of people the
// log says nothing: they were there before it.
const MOVE_EVENTS = `
  with planned as (
    select * from json_to_recordset($1) as p(ticket_id bigint, version int, at timestamptz, actor json)),
  written as (delete from event returning *)
  insert into event (id, at, type, ticket_id, version, mark, actor, changes, changed, ticket, description_before,
                     comment)
  select nextval('event_id_seq'), moved.* from (
    select coalesce(p.at, c.at) as at, w.type, w.ticket_id, w.version, w.mark, coalesce(p.actor, w.comment -> 'author'),
           w.changes, w.changed,
           jsonb_set(w.ticket::jsonb, '{updated_at}',
             to_jsonb(${instantSql('p.at')}))::json,
           w.description_before, w.comment
    from written w left join planned p using (ticket_id, version)
    cross join lateral (select (w.comment ->> 'created_at')::timestamptz as at, (w.comment ->> 'id')::bigint as id) c
    where p.at is not null or c.id is not null
    order by 1, c.id nulls first, ticket_id, version) moved`;

const MOVE_TICKETS = `
  update ticket t set updated_at = e.at
  from event e where e.ticket_id = t.id and e.version = t.version`;

/**
 * Moves what the triggers have just written to the moments and the actors of the stories, and numbers the log anew in
 * the order of these moments. This writes the past over, which is allowed only here, on data that is thrown away,
 * before anybody reads it.
 */
export async function backdate(client: ClientBase, stories: readonly Story[], now: number): Promise<void> {
  const planned = stories.flatMap((story, index) => {
    const made = { at: story.createdAt, actor: story.createdBy };
    return [made, ...story.steps.slice(0, stepsBefore(story, now))].map(({ at, actor }, step) => ({
      ticket_id: index + 1,
      version: step + 1,
      at: new Date(at),
      actor,
    }));
  });
  await client.query('begin');
  await client.query(MOVE_EVENTS, [JSON.stringify(planned)]);
  // These two own the moment and the log; enabled again before anybody sees it.
  await client.query('alter table ticket disable trigger ticket_version, disable trigger emit_event');
  await client.query(MOVE_TICKETS);
  await client.query(
    'alter table ticket enable always trigger ticket_version, enable always trigger emit_event',
  );
  await client.query('commit');
}
