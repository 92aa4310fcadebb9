import type { FeedEvent } from '#contract/events';
import type { EventLogPage } from '#contract/queries';

import { followEvents, searchEvents, type EventLogParams } from '../../api/logs.js';
import type { SyncClient } from '../../sync/sync-client.js';
import { isMatch, type EventFilter } from './log-params.js';
import { unknownTo } from './merge-rows.js';

const PAGE_SIZE = 50;

export type LogLook = 'loading' | 'events' | 'empty' | 'failed';

/** The event log on the screen: newest first, continued from the feed above and by search below. */
export class EventLog {
  readonly #client: SyncClient;
  #filter: EventFilter | undefined;
  #events = $state.raw<readonly FeedEvent[]>([]);
  #arrived = $state.raw<readonly FeedEvent[]>([]);
  #fresh = $state.raw<readonly number[]>([]);
  #next = $state<string | null>(null);
  #searchedTo = $state<string | null>(null);
  #retentionDays = $state<number | null>(null);
  #isReading = $state(false);
  #isRead = $state(false);
  #hasGap = $state(false);
  #problem = $state.raw<unknown>();
  #abort = new AbortController();

  constructor(client: SyncClient) {
    this.#client = client;
  }

  get look(): LogLook {
    if (this.#events.length > 0) return 'events';
    if (this.#isRead) return 'empty';
    return this.#problem === undefined ? 'loading' : 'failed';
  }

  get events(): readonly FeedEvent[] {
    return this.#events;
  }

  /** How many have happened that are not shown; undefined: some, but nobody knows how many. */
  get arrivals(): number | undefined {
    return this.#hasGap ? undefined : this.#arrived.length;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** How far back everything that matches is shown; null: to the beginning. */
  get searchedTo(): string | null {
    return this.#searchedTo;
  }

  /** Of tickets closed for so many days not every update is kept; null: all is. */
  get retentionDays(): number | null {
    return this.#retentionDays;
  }

  get isReading(): boolean {
    return this.#isReading;
  }

  /** Events are shown, or a stretch was searched, but the last read has failed. */
  get isStuck(): boolean {
    return this.#isRead && this.#problem !== undefined;
  }

  isFresh(id: number): boolean {
    return this.#fresh.includes(id);
  }

  /** Follows the log as far as it matches; returns how to stop. */
  show(filter: EventFilter): () => void {
    this.#filter = filter;
    this.#events = [];
    this.#next = null;
    this.#isRead = false;
    // Listening before asking: what happens meanwhile is in one of the two, or in both.
    const stop = this.#client.onChange(({ events, moored }) => {
      if (moored && this.#isRead) void this.#catchUp();
      this.#arrive(events.filter((event) => isMatch(event, filter, this.#titleOf(event))).toReversed());
    });
    void this.reload();
    return () => {
      stop();
      this.#abort.abort();
    };
  }

  /** Reads the newest anew. Never throws. */
  reload(): Promise<void> {
    this.#arrived = [];
    this.#fresh = [];
    this.#hasGap = false;
    return this.#read((signal) => searchEvents(this.#params(), signal), []);
  }

  /** Shows what has happened meanwhile. */
  bringUpToDate(): void {
    if (this.#hasGap) return void this.reload();
    const added = unknownTo(this.#events, this.#arrived);
    this.#arrived = [];
    this.#fresh = added.map(({ id }) => id);
    this.#events = [...added, ...this.#events];
  }

  /** Searches the next stretch and shows what it has below. */
  async goOn(): Promise<void> {
    const link = this.#next;
    if (link !== null && !this.#isReading)
      await this.#read((signal) => followEvents(link, signal), this.#events);
  }

  /** The feed began anew: what it left out is asked for. */
  async #catchUp(): Promise<void> {
    const filter = this.#filter;
    try {
      const { results } = await searchEvents(this.#params(), this.#abort.signal);
      if (filter !== this.#filter) return;
      const missed = unknownTo(this.#events, results);
      if (missed.length === PAGE_SIZE) this.#hasGap = true;
      this.#arrive(missed);
    } catch {
      if (filter === this.#filter) this.#hasGap = true;
    }
  }

  #arrive(events: readonly FeedEvent[]): void {
    const added = unknownTo(this.#arrived, events);
    if (added.length > 0) this.#arrived = [...added, ...this.#arrived];
  }

  #params(): EventLogParams {
    const { type, actor, ticket, search } = this.#filter!;
    return { type, actor, ticket, search: search || undefined, page_size: PAGE_SIZE };
  }

  async #read(
    read: (signal: AbortSignal) => Promise<EventLogPage>,
    above: readonly FeedEvent[],
  ): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#isReading = true;
    this.#problem = undefined;
    try {
      const { results, next, searched_to: searchedTo, retention_days: retentionDays } = await read(signal);
      if (signal.aborted) return;
      this.#events = [...above, ...results];
      this.#next = next;
      this.#searchedTo = searchedTo;
      this.#retentionDays = retentionDays;
      this.#isRead = true;
      this.#arrived = unknownTo(this.#events, this.#arrived);
    } catch (problem) {
      if (!signal.aborted) this.#problem = problem;
    } finally {
      if (!signal.aborted) this.#isReading = false;
    }
  }

  /** Comments and deletions come without their ticket. */
  #titleOf({ ticket_id: id }: FeedEvent): string | undefined {
    return id === null ? undefined : this.#client.view(id)?.row.title;
  }
}
