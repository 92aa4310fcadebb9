import { SvelteSet } from 'svelte/reactivity';

import type { Ticket } from '#contract/ticket';

import type { SyncClient } from '../sync/sync-client.js';
import { sideBySide } from './queue-bulk-turns.js';

/**
 * Reads the tickets of a plan that are not known here, since after a reset only what is shown is read again.
 * Invariant: one round at a time; the next one, or `stop`, ends the one before.
 */
export class BulkReads {
  readonly #client: Pick<SyncClient, 'read'>;
  readonly #read: (id: number, signal?: AbortSignal) => Promise<Ticket>;
  readonly #left = new SvelteSet<number>();
  #round = new AbortController();

  /** @param read rejects for one that cannot be read, which stays unknown */
  constructor(client: Pick<SyncClient, 'read'>, read: (id: number, signal?: AbortSignal) => Promise<Ticket>) {
    this.#client = client;
    this.#read = read;
  }

  /** Whether it is still to be seen if a ticket can be read. */
  has(id: number): boolean {
    return this.#left.has(id);
  }

  /** Reads each once. Fulfilled when all have been tried, or the round was ended. */
  async begin(ids: readonly number[]): Promise<void> {
    this.stop();
    const { signal } = (this.#round = new AbortController());
    for (const id of ids) this.#left.add(id);
    await sideBySide(ids, async (id) => {
      if (signal.aborted) return;
      const source = {
        fetch: () => this.#read(id, signal),
        snapshot: (ticket: Ticket) => ({ asOf: null, tickets: [ticket] }),
        givesPosition: false,
      };
      await this.#client.read(source, signal).catch(() => undefined);
      if (!signal.aborted) this.#left.delete(id);
    });
  }

  stop(): void {
    this.#round.abort();
    this.#left.clear();
  }
}
