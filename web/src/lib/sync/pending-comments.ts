import type { Problem } from '#contract/problem';

import type { CommentWrite, OutboxEntry } from './outbox.js';
import { Signal, type Readable } from './signal.js';

/** A comment that the server has not taken yet. */
export interface PendingComment {
  readonly opId: string;
  readonly ticketId: number;
  readonly body: string;
  readonly internal: boolean;
  /** When it was written, milliseconds since 1970. */
  readonly at: number;
  /** Why the server refused it; undefined while it is being sent. */
  readonly problem: Problem | undefined;
}

/** The comments on their way and those refused, in the order they were written. */
export class PendingComments {
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #shown = new Signal<readonly PendingComment[]>([]);

  get all(): Readable<readonly PendingComment[]> {
    return this.#shown;
  }

  get(opId: string): OutboxEntry | undefined {
    return this.#entries.get(opId);
  }

  /** Adds one, or takes its new state. */
  put(entry: OutboxEntry): void {
    this.#entries.set(entry.opId, entry);
    this.#show();
  }

  remove(opId: string): void {
    if (this.#entries.delete(opId)) this.#show();
  }

  #show(): void {
    const entries = [...this.#entries.values()].sort((one, other) => one.order - other.order);
    this.#shown.set(
      entries.map(({ opId, ticketId, at, write, refused }) => {
        const { body, internal } = write as CommentWrite;
        return { opId, ticketId, body, internal, at, problem: refused };
      }),
    );
  }
}
