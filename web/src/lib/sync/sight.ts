import type { Ticket } from '#contract/ticket';

import { entryOf, type Entry } from './entry.js';

/**
 * What a person saw confirmed of some tickets at one moment, for changes that are sent later.
 *
 * Invariant: a change made with it is based on that moment, however late its turn comes, and moves on over the
 * person's own answers since, nobody else's. So what others change between the moment and the turn becomes a
 * conflict, and is never written over unseen. SPEC.md, P11.
 */
export class Sight {
  readonly #entries: Map<number, Entry>;
  readonly #closed: () => void;

  /** @param closed called when no change will be based on it any more */
  constructor(entries: Iterable<Entry>, closed: () => void) {
    this.#entries = new Map(Array.from(entries, (entry) => [entry.row.id, entry]));
    this.#closed = closed;
  }

  /** Undefined: nothing was known of the ticket then. */
  of(ticketId: number): Entry | undefined {
    return this.#entries.get(ticketId);
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
