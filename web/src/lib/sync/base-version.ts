import type { Ticket } from '#contract/ticket';

import type { TicketField, PendingChange } from './pending-changes.js';

/** What the server answered to a change of ours, and the fields that our changes have written up to it. */
export interface OwnAnswer {
  readonly ticket: Ticket;
  readonly fields: ReadonlySet<TicketField>;
}

/**
 * The version that a change is based on: what the person saw confirmed, moved on over the person's own
 * earlier changes, so that nobody conflicts with himself, but never over somebody else's change of one of
 * its fields, which the person did not see.
 *
 * @param answers to the person's earlier changes of this ticket, given since this one was made, in order
 * @returns undefined when nothing of the ticket was known: then the fields are written as they come
 */
export function baseVersion(
  { changes, seen }: PendingChange,
  answers: readonly OwnAnswer[],
): number | undefined {
  if (seen === undefined) return undefined;
  const fields = Object.keys(changes ?? {}) as TicketField[];
  const known = { ...seen.row, description: seen.description };
  let base = seen.row.version;
  for (const { ticket, fields: own } of answers) {
    const unseen = fields.some((field) => !own.has(field) && !isSame(ticket[field], known[field]));
    if (ticket.version > base && !unseen) base = ticket.version;
  }
  return base;
}

/** Of two values of one field; people are the same by id. */
function isSame(one: Ticket[TicketField], other: Ticket[TicketField] | undefined): boolean {
  const idOf = (value: typeof other) => (typeof value === 'object' ? (value?.id ?? null) : value);
  return idOf(one) === idOf(other);
}
