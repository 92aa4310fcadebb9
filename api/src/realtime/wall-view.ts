import type { Actor } from '../contract/actor.js';
import type { FeedEvent } from '../contract/events.js';

/** Fields of a change that name a customer or repeat what they wrote. */
const PRIVATE_FIELDS: ReadonlySet<string> = new Set(['requester', 'description']);

/**
 * An event as displays may see it: no requester (nor their name as who made it), no comment, no classifier's reason (it may quote the
 * description). Built field by field, so that what is added to events later stays out until it is let in.
 */
export function wallView(event: FeedEvent): FeedEvent {
  const { id, type, at, ticket_id, version, ticket } = event;
  const actor: Actor =
    event.actor.kind === 'requester' ? { kind: 'requester', id: null, name: 'Requester' } : event.actor;
  const changes = Object.fromEntries(
    Object.entries(event.changes).filter(
      ([field]) => !PRIVATE_FIELDS.has(field) && field !== 'classification',
    ),
  );
  const view: FeedEvent = { id, type, at, ticket_id, version, actor, changes, changed: Object.keys(changes) };
  if (ticket !== undefined) {
    const { title, category, priority, status, assignee, created_at, updated_at } = ticket;
    view.ticket = {
      id: ticket.id,
      title,
      category,
      priority,
      status,
      assignee,
      requester: null,
      classification: null,
      version: ticket.version,
      created_at,
      updated_at,
    };
  }
  return view;
}
