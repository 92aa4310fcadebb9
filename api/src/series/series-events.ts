import type { TicketRow } from '../contract/ticket.js';
import type { SqlExecutor } from '../database/database.js';
import type { LoggedEvent } from '../event-log/logged-event.js';
import { type Movement, movementsOf } from './movements.js';

/**
 * Of comments by their event and ticket ids: those before which nobody at the desk had answered, with the ticket as it
 * was then. The log alone decides, so that it is the same whenever it is asked.
 */
const FIRST_RESPONSES = `
  select c.id, t.ticket
  from unnest($1::bigint[], $2::bigint[]) as c (id, ticket_id)
  cross join lateral (
    select e.ticket from event e where e.ticket_id = c.ticket_id and e.id < c.id and e.ticket is not null
    order by e.id desc limit 1) t
  where not exists (
    select from event e where e.ticket_id = c.ticket_id and e.id < c.id and e.type = 'comment.created'
      and e.comment ->> 'internal' = 'false' and e.comment -> 'author' ->> 'kind' in ('agent', 'token'))`;

/** Of deletions by their event and ticket ids: those of tickets whose life is still in the log. */
const KNOWN_DELETIONS = `
  select d.id from unnest($1::bigint[], $2::bigint[]) as d (id, ticket_id)
  where exists (select from event e where e.ticket_id = d.ticket_id and e.id < d.id and e.type = 'ticket.created')`;

/**
 * What events mean for the series, in their order. A ticket whose life has been removed from the log, all but its
 * deletion, was never there.
 */
export async function movementsOfAll(
  events: readonly LoggedEvent[],
  execute: SqlExecutor,
): Promise<Movement[]> {
  const responses = await firstResponses(events.filter(isResponse), execute);
  const deletions = await knownDeletions(events.filter(isDeletion), execute);
  return events
    .filter((event) => !isDeletion(event) || deletions.has(event.event.id))
    .flatMap((event) => movementsOf(event, responses.get(event.event.id)));
}

const isDeletion = ({ event }: LoggedEvent): boolean => event.type === 'ticket.deleted';

function isResponse({ event: { comment } }: LoggedEvent): boolean {
  return (
    comment !== undefined &&
    !comment.internal &&
    (comment.author.kind === 'agent' || comment.author.kind === 'token')
  );
}

async function firstResponses(
  comments: readonly LoggedEvent[],
  execute: SqlExecutor,
): Promise<Map<number, TicketRow>> {
  // The first in hand of each ticket; of the later ones it is known that they are not.
  const byTicket = new Map<number, number>();
  for (const { event } of comments) {
    if (!byTicket.has(event.ticket_id!)) byTicket.set(event.ticket_id!, event.id);
  }
  if (byTicket.size === 0) return new Map();
  const { rows } = await execute<{ id: string; ticket: TicketRow }>(FIRST_RESPONSES, [
    [...byTicket.values()],
    [...byTicket.keys()],
  ]);
  return new Map(rows.map(({ id, ticket }) => [Number(id), ticket]));
}

async function knownDeletions(
  deletions: readonly LoggedEvent[],
  execute: SqlExecutor,
): Promise<ReadonlySet<number>> {
  if (deletions.length === 0) return new Set();
  const { rows } = await execute<{ id: string }>(KNOWN_DELETIONS, [
    deletions.map(({ event }) => event.id),
    deletions.map(({ event }) => event.ticket_id),
  ]);
  return new Set(rows.map(({ id }) => Number(id)));
}
