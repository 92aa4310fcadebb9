import type { FeedEvent } from '#contract/events';

import { ticketHistory } from '../api/tickets.js';
import type { SyncClient } from '../sync/sync-client.js';

export type HistoryPhase = 'loading' | 'ready' | 'failed';

/** What happened to a ticket, newest first: read once, then continued from the feed. */
export class TicketHistory {
  readonly #client: SyncClient;
  #events = $state.raw<readonly FeedEvent[]>([]);
  #phase = $state<HistoryPhase>('loading');
  #next = $state<string | null>(null);
  #id = 0;
  /** What is shown was read before the position was lost. */
  #isOutdated = false;
  /** What came by the feed since the read under way began. */
  #since: FeedEvent[] = [];
  #abort = new AbortController();

  constructor(client: SyncClient) {
    this.#client = client;
  }

  get events(): readonly FeedEvent[] {
    return this.#events;
  }

  get phase(): HistoryPhase {
    return this.#phase;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** Follows a ticket; returns how to stop. */
  show(id: number): () => void {
    this.#id = id;
    this.#events = [];
    this.#next = null;
    // Listening before asking: what happens meanwhile is in one of the two, or in both.
    const stop = this.#client.onChange(({ events, moored }) => {
      if (moored) this.#startAnew();
      const mine = events.filter((event) => event.ticket_id === id);
      this.#since.push(...mine);
      this.#add(mine);
    });
    const callOff = this.#client.readFirst(() => void this.retry());
    return () => {
      callOff();
      stop();
      this.#abort.abort();
    };
  }

  retry(): Promise<void> {
    return this.#read();
  }

  more(): Promise<void> {
    return this.#next === null ? Promise.resolve() : this.#read(this.#next);
  }

  /** Between what was read and what comes now, or in another history, events may be missing. */
  #startAnew(): void {
    this.#isOutdated = true;
    void this.#read();
  }

  async #read(link?: string): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#since = [];
    if (this.#events.length === 0) this.#phase = 'loading';
    try {
      const page = await ticketHistory(this.#id, link, signal);
      this.#next = page.next;
      if (this.#isOutdated) this.#events = this.#since;
      this.#isOutdated = false;
      this.#add(page.results);
      this.#phase = 'ready';
    } catch {
      if (!signal.aborted) this.#phase = 'failed';
    }
  }

  #add(events: readonly FeedEvent[]): void {
    if (events.length === 0) return;
    const others = this.#events.filter(({ id }) => !events.some((event) => event.id === id));
    this.#events = [...others, ...events].sort((one, other) => other.id - one.id);
  }
}
