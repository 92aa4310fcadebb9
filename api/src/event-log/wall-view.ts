import type { Actor } from '../contract/actor.js';
import type { FeedEvent } from '../contract/events.js';

/** What displays may see changing: nothing that names a customer, repeats what anybody wrote, or is for agents. */
const WALL_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'category',
  'priority',
  'status',
  'assignee',
  'created_at',
  'name',
]);

/**
 * An event as displays may see it: no requester (nor their name as who made it), no comment, no classifier's reason
 * (it may quote the description), of a person the name alone. Built field by field, so that what is added to events
 * later stays out until it is let in.
 */
export function wallView(event: FeedEvent): FeedEvent {
  const { id, type, at, ticket_id, version, ticket, person } = event;
  const actor: Actor =
    event.actor.kind === 'requester' ? { kind: 'requester', id: null, name: 'Requester' } : event.actor;
  const changes = Object.fromEntries(
    Object.entries(event.changes).filter(([field]) => WALL_FIELDS.has(field)),
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
  if (person !== undefined) view.person = { id: person.id, name: person.name };
  return view;
}
