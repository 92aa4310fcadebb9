import type { Ticket } from '#contract/ticket';

import { entryOf, type Entry } from './entry.js';
import type { TicketChanges, TicketField } from './pending-changes.js';
import type { Replica } from './replica.js';
import { isSameValue } from './same-value.js';

/** What was seen was in a history that is over, and what is there now was not seen. */
export class OtherHistoryError extends Error {
  override readonly name = 'OtherHistoryError';
}

/**
 * What a person saw confirmed of some tickets at one moment, for changes that are sent later.
 *
 * Invariant: a change made with it is based on that moment, however late its turn comes, and moves on over the
 * person's own answers since, nobody else's. So what others change between the moment and the turn becomes a
 * conflict, and is never written over unseen. SPEC.md, P11. In another history the moment is no base, since versions
 * mean nothing there: only a change of what stands there as it was seen can be made.
 */
export class Sight {
  readonly #entries: Map<number, Entry>;
  readonly #epoch: string | undefined;
  readonly #closed: () => void;

  /**
   * @param epoch the history that was seen
   * @param closed called when no change will be based on it any more
   */
  constructor(entries: Iterable<Entry>, epoch: string | undefined, closed: () => void) {
    this.#entries = new Map(Array.from(entries, (entry) => [entry.row.id, entry]));
    this.#epoch = epoch;
    this.#closed = closed;
  }

  /** Undefined: nothing was known of the ticket then. */
  of(ticketId: number): Entry | undefined {
    return this.#entries.get(ticketId);
  }

  /**
   * What a change is based on when its turn comes; undefined: nothing was known of the ticket.
   *
   * @throws OtherHistoryError
   */
  baseOf(ticketId: number, changes: TicketChanges, replica: Replica): Entry | undefined {
    const seen = this.of(ticketId);
    if (replica.epoch === this.#epoch) return seen;
    const now = replica.get(ticketId);
    const fields = Object.keys(changes) as TicketField[];
    if (seen && now && fields.every((field) => isUnchanged(field, seen, now))) return now;
    throw new OtherHistoryError('The desk is not the one that was seen');
  }

  /** The person was shown this state of a ticket since, and has decided about it. */
  show(ticket: Ticket): void {
    this.#entries.set(ticket.id, entryOf(ticket));
  }

  /** To be called once, when all changes with it were made. */
  close(): void {
    this.#closed();
  }
}

function isUnchanged(field: TicketField, seen: Entry, now: Entry): boolean {
  if (field !== 'description') return isSameValue(seen.row[field], now.row[field]);
  return seen.description !== undefined && seen.description === now.description;
}
