import type { ClientBase } from 'pg';

import { instantSql } from '../../database/instant.js';
import { stepsBefore, type Story } from '../story/story.js';

const MOVE_EVENTS = `
  with planned as (
    select * from json_to_recordset($1) as p(ticket_id bigint, version int, at timestamptz, actor json)),
  written as (delete from event returning *)
  insert into event (id, at, type, ticket_id, version, mark, actor, changes, changed, ticket, description_before)
  select nextval('event_id_seq'), moved.* from (
    select p.at, w.type, ticket_id, version, w.mark, p.actor, w.changes, w.changed,
           jsonb_set(w.ticket::jsonb, '{updated_at}',
             to_jsonb(${instantSql('p.at')}))::json,
           w.description_before
    from written w join planned p using (ticket_id, version)
    order by p.at, ticket_id, version) moved`;

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
