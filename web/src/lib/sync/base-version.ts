import type { Ticket } from '#contract/ticket';

import type { PatchWrite } from './outbox.js';
import type { TicketChanges, TicketField } from './pending-changes.js';
import { isSameValue } from './same-value.js';

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
 * its fields, which the person did not see. What takes a change back moves on only over what puts back the
 * values that this change had set: then they are the last word of this person again.
 *
 * @param write with the base that it had up to now
 * @param answers to the person's earlier changes of this ticket, given since this one was made, in order
 * @returns undefined when nothing of the ticket was known: then the fields are written as they come
 */
export function baseVersion(
  { changes, seen, base: before, undoes }: PatchWrite,
  answers: readonly OwnAnswer[],
): number | undefined {
  const fields = Object.keys(changes) as TicketField[];
  if (undoes) return answers.findLast((answer) => isBack(undoes, fields, answer))?.ticket.version ?? before;
  if (seen === undefined) return before;
  const known = { ...seen.row, description: seen.description };
  let base = before ?? seen.row.version;
  for (const { ticket, written } of answers) {
    const expected = { ...known, ...written };
    const unseen = fields.some((field) => !isSameValue(ticket[field], expected[field]));
    if (ticket.version > base && !unseen) base = ticket.version;
  }
  return base;
}

/** Whether one's own writing has put back what an earlier change had set in these fields. */
export const isBack = (
  set: TicketChanges,
  fields: readonly TicketField[],
  { ticket, written }: OwnAnswer,
): boolean => fields.every((field) => field in written && isSameValue(ticket[field], set[field]));
