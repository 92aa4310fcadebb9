import type { Pool } from 'pg';

import type { Actor } from '../../contract/actor.js';
import type { State, Story } from '../story/story.js';

// The actor is set by the statement that writes, so that it goes with its transaction into the log.
const CREATE = `
  insert into ticket (title, description, category, priority, status, classification, requester_name, requester_email)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  returning id, set_config('feed.actor', $9, true)`;

const CHANGE = `
  update ticket set category = $3, priority = $4, status = $5, assignee_id = $6, classification = $7
  where id = $1 and version = $2
  returning version, set_config('feed.actor', $8, true)`;

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

/** Brings a ticket to `state`. @returns its new version; null when somebody else has changed or deleted it */
export async function changeTicket(
  pool: Pool,
  ticket: { readonly id: number; readonly version: number },
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
  ]);
  return rows[0]?.version ?? null;
}
