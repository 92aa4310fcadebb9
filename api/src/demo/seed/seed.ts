import { hashPassword } from 'better-auth/crypto';
import type { ClientBase } from 'pg';

import type { DatabaseConnection } from '../../database/connection.js';
import { withClient } from '../../database/with-client.js';
import { AGENTS, emailOf } from '../agents.js';
import { remarksBefore, type State, stateAfter, stepsBefore, type Story } from '../story/story.js';
import { backdate } from './backdate.js';

/** Rows of one transaction. */
const CHUNK = 1_000;

const INSERT = `
  insert into ticket (id, title, description, category, priority, status, assignee_id,
                      requester_name, requester_email, classification, created_at, updated_at)
  select id, title, description, category, priority, status, assignee_id,
         requester_name, requester_email, classification, created_at, created_at
  from json_to_recordset($1) as t(id bigint, title text, description text, category text, priority text, status text,
    assignee_id text, requester_name text, requester_email text, classification jsonb, created_at timestamptz)`;

const CHANGE = `
  update ticket t set category = c.category, priority = c.priority, status = c.status,
                      assignee_id = c.assignee_id, classification = c.classification
  from json_to_recordset($1) as c(id bigint, category text, priority text, status text, assignee_id text,
    classification jsonb)
  where t.id = c.id`;

/** In the order of time, which their ids then follow. */
const SAY = `
  insert into comment (ticket_id, author, body, internal, created_at)
  select ticket_id, author, body, internal, created_at
  from rows from (json_to_recordset($1) as (ticket_id bigint, author json, body text, internal boolean,
    created_at timestamptz)) with ordinality as said (ticket_id, author, body, internal, created_at, place)
  order by place`;

/**
 * Fills an empty, migrated database with the stories as they stand at `now` (milliseconds since 1970), and with the
 * log of how they came there. Nobody may be reading the log yet. The first story is ticket 1, the next one 2, …
 * Everybody at the desk signs in with `password`.
 */
export async function seed(
  connection: DatabaseConnection,
  stories: readonly Story[],
  now: number,
  password: string,
): Promise<void> {
  await withClient(connection, 'signalbox demo', async (client) => {
    await addPeople(client, await hashPassword(password));
    await inChunks(client, INSERT, stories.map(newTicket));
    await client.query(`select setval(pg_get_serial_sequence('ticket', 'id'), $1)`, [stories.length]);
    const past = stories.map((story) => stepsBefore(story, now));
    for (let step = 0; step < Math.max(...past); step += 1) {
      const changed = stories.flatMap(({ initial, steps }, index) =>
        step < past[index]!
          ? [{ id: index + 1, ...columns(stateAfter(initial, steps.slice(0, step + 1))) }]
          : [],
      );
      await inChunks(client, CHANGE, changed);
    }
    await inChunks(client, SAY, conversations(stories, now));
    await backdate(client, stories, now);
    await client.query('analyze ticket, ticket_text, event, comment');
  });
}

async function addPeople(client: ClientBase, hash: string): Promise<void> {
  const people = AGENTS.map((agent, index) => ({
    id: agent.id,
    name: agent.name,
    email: emailOf(agent),
    role: index === 0 ? 'admin' : 'agent',
  }));
  await client.query(
    `insert into person (id, name, email, role)
     select id, name, email, role from json_to_recordset($1) as p(id text, name text, email text, role text)`,
    [JSON.stringify(people)],
  );
  await client.query(
    `insert into account (id, account_id, provider_id, person_id, password)
     select gen_random_uuid()::text, id, 'credential', id, $1 from person where id = any ($2)`,
    [hash, people.map(({ id }) => id)],
  );
}

/** All that has been said before `now`, in the order of time. */
function conversations(stories: readonly Story[], now: number) {
  return stories
    .flatMap((story, index) =>
      remarksBefore(story, now).map(({ at, ...said }) => ({ ticket_id: index + 1, at, ...said })),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...said }) => ({ ...said, created_at: new Date(at) }));
}

async function inChunks(client: ClientBase, sql: string, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK)
    await client.query(sql, [JSON.stringify(rows.slice(start, start + CHUNK))]);
}

const newTicket = ({ draft, createdAt, initial }: Story, index: number) => ({
  id: index + 1,
  title: draft.title,
  description: draft.description,
  requester_name: draft.requester.name,
  requester_email: draft.requester.email,
  created_at: new Date(createdAt),
  ...columns(initial),
});

/** A state as the table's columns hold it. */
function columns({ assignee, ...others }: State): Record<string, unknown> {
  return { ...others, assignee_id: assignee };
}
