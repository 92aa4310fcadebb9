import type { Ticket } from '#contract/ticket';

import type { PatchWrite } from './outbox.js';
import type { TicketChanges, TicketField } from './pending-changes.js';

/** What the server answered to a change of ours, and what our changes have written up to it. */
export interface OwnAnswer {
  readonly ticket: Ticket;
  readonly written: TicketChanges;
}

/** The answer to a change of these fields, the one before it given. What was written is as the server took it. */
export function ownAnswer(ticket: Ticket, changes: TicketChanges, last: OwnAnswer | undefined): OwnAnswer {
  const fields = Object.keys(changes) as TicketField[];
  const now: TicketChanges = Object.fromEntries(fields.map((field) => [field, ticket[field]]));
  return { ticket, written: { ...last?.written, ...now } };
}

/**
 * The version that a change is based on: what the person saw confirmed, moved on over the person's own
 * earlier changes, so that nobody conflicts with himself, but never over somebody else's change of one of
 * its fields, which the person did not see.
 *
 * @param write with the base that it had up to now
 * @param answers to the person's earlier changes of this ticket, given since this one was made, in order
 * @returns undefined when nothing of the ticket was known: then the fields are written as they come
 */
export function baseVersion(
  { changes, seen, base: before, undoes }: PatchWrite,
  answers: readonly OwnAnswer[],
): number | undefined {
  // What takes a change back is based on that change, whatever else came since.
  if (undoes || seen === undefined) return before;
  const fields = Object.keys(changes) as TicketField[];
  const known = { ...seen.row, description: seen.description };
  let base = before ?? seen.row.version;
  for (const { ticket, written } of answers) {
    const expected = { ...known, ...written };
    const unseen = fields.some((field) => !isSame(ticket[field], expected[field]));
    if (ticket.version > base && !unseen) base = ticket.version;
  }
  return base;
}

/** Of two values of one field; people are the same by id. */
function isSame(one: Ticket[TicketField], other: Ticket[TicketField] | undefined): boolean {
  const idOf = (value: typeof other) => (typeof value === 'object' ? (value?.id ?? null) : value);
  return idOf(one) === idOf(other);
}
