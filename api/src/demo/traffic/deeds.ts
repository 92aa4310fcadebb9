import type { Pool } from 'pg';

import type { Actor } from '../../contract/actor.js';
import type { Remark, State, Story } from '../story/story.js';
import type { DeskTicket } from './desk.js';

// The actor is set by the statement that writes, so that it goes with its transaction into the log.
const CREATE = `
  insert into ticket (title, description, category, priority, status, classification, requester_name, requester_email)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  returning id, set_config('feed.actor', $9, true)`;

const CHANGE = `
  update ticket set category = $3, priority = $4, status = $5, assignee_id = $6, classification = $7
  where id = $1 and version = $2 and (select count(*) from comment where ticket_id = $1) = $9
  returning version, set_config('feed.actor', $8, true)`;

const SAY = `
  insert into comment (ticket_id, author, body, internal)
  select id, $4::text::json, $5, $6 from ticket
  where id = $1 and version = $2 and (select count(*) from comment where ticket_id = $1) = $3
  returning id, set_config('feed.actor', $4, true)`;

/** A ticket as whoever is about to do something knows it. */
type Known = Pick<DeskTicket, 'id' | 'version' | 'comments'>;

/** Stores a ticket as its story begins. @returns its id */
export async function createTicket(
  pool: Pool,
  { draft, initial, createdBy }: Pick<Story, 'draft' | 'initial' | 'createdBy'>,
): Promise<number> {
  const { category, priority, status, classification } = initial;
  const { rows } = await pool.query<{ id: string }>(CREATE, [
    draft.title,
    draft.description,
    category,
    priority,
    status,
    JSON.stringify(classification),
    draft.requester.name,
    draft.requester.email,
    JSON.stringify(createdBy),
  ]);
  return Number(rows[0]!.id);
}

/** Brings a ticket to `state`. @returns its new version; null when somebody else has been at it */
export async function changeTicket(
  pool: Pool,
  ticket: Known,
  { category, priority, status, assignee, classification }: State,
  actor: Actor,
): Promise<number | null> {
  const { rows } = await pool.query<{ version: number }>(CHANGE, [
    ticket.id,
    ticket.version,
    category,
    priority,
    status,
    assignee,
    JSON.stringify(classification),
    JSON.stringify(actor),
    ticket.comments,
  ]);
  return rows[0]?.version ?? null;
}

/** Adds to a ticket's conversation. @returns whether it could: false when somebody else has been at it */
export async function say(
  pool: Pool,
  { id, version, comments }: Known,
  { author, body, internal }: Remark,
): Promise<boolean> {
  const { rowCount } = await pool.query(SAY, [id, version, comments, JSON.stringify(author), body, internal]);
  return rowCount === 1;
}
